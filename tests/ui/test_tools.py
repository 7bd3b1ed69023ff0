"""What an app carries besides its simulator: declared in the manifest, the same for every module."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.ui.app import App
from course.ui.assets import assets
from course.ui.tools import ToolWidget, describe_tool, tool_class

NAMED = sorted({"survey", "kano", "staffing", *(key for module in syllabus().modules for key in module.tools)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", NAMED)
def test_every_tool_the_manifest_names_can_be_opened(key: str, language: str) -> None:
    described = describe_tool(key, language)
    assert json.dumps(described)
    assert described["script"] in assets()
    assert described["title"]
    assert tool_class(key)(lambda _message, _buffers: None, language)


def test_an_app_passes_a_message_to_the_tool_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(App, "send", lambda _self, message, buffers=None: sent.append(message))
    app = App(replace(syllabus().module("m01"), tools=("survey",)))
    app.handle({"kind": "tool", "tool": "survey", "do": "state"})
    assert sent == [{"kind": "tool", "tool": "survey", "do": "nothing"}]
    for stranger in ("no-such-tool", ["survey"], None):
        app.handle({"kind": "tool", "tool": stranger, "do": "state"})
    assert len(sent) == 1


def test_bytes_of_the_page_reach_a_tool_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(ToolWidget, "send", lambda _self, message, buffers=None: sent.append(message))
    widget = ToolWidget("survey", "en")
    begin = {"kind": "tool", "tool": "survey", "do": "begin", "turn": "a", "name": "x.csv", "size": 9}
    widget._receive(widget, begin, [])
    widget._receive(widget, {**begin, "do": "piece", "at": 0}, [memoryview(b"abcd")])
    assert sent[-1]["at"] == 4


def test_an_app_without_tools_has_none() -> None:
    assert App(syllabus().module("m10")).content["tools"] == []
