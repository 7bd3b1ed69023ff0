from __future__ import annotations

from pathlib import Path

import pytest

from course.ui import assets
from course.ui.assets import asset_name
from tests.ui.vega import runtime


def test_the_names_carry_the_content() -> None:
    served = assets.assets()
    stems = ("ui", "live", "private", "reader", "vega", *assets.TOOL_SCRIPTS)
    assert set(served) == {asset_name(stem) for stem in stems}
    ui = served[asset_name("ui")].body.decode()
    assert ui.count("export const { render, mount } = page$parts;") == 1
    assert 'from "./' not in ui, "one file, nothing left to import"
    assert "--accent" in ui, "the styles travel with it"
    assert served[asset_name("vega")].body.decode().rstrip().endswith("export const vega = window.vega;")


def test_a_tool_travels_by_itself_and_finds_in_the_page_what_it_borrows() -> None:
    ui, survey = (assets.assets()[asset_name(stem)].body.decode() for stem in ("ui", "survey"))
    assert "export const { startTool } = survey$survey;" in survey
    assert 'from "./' not in survey
    borrowed = survey.split("const { ")[1].split(" }")[0].split(", ")
    assert "page$dom" in borrowed
    assert "const page$dom" not in survey, "what the page has already does not travel again"
    lent = ui.rsplit(".kit = { ", 1)[1].split(" }")[0].split(", ")
    assert set(borrowed) <= set(lent)
    assert ".survey-drop" in survey
    assert ".survey-drop" not in ui, "pages without the tool do not carry its styles"


def test_a_missing_runtime_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "RUNTIME", tmp_path / "vega.js")
    with pytest.raises(FileNotFoundError, match=r"git checkout course/ui/static/vega\.js"):
        assets._runtime()


def test_the_runtime_is_what_its_tool_makes() -> None:
    assert assets.RUNTIME.read_text(encoding="utf-8") == runtime()
