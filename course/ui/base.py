"""The ground all our widgets stand on: a tiny loader per widget, the real interface once per page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, Unicode

from course.i18n import N_, current_language, match_language, translator
from course.ui.assets import asset_name, assets
from course.ui.protocol import protocol

PROTOCOL = protocol("page")
RUN_THIS = N_("Run this box to see it: click into it and press Shift + Enter.")


class CourseWidget(anywidget.AnyWidget):
    """A widget drawn by the function `part` of the page's one interface script, from the texts and figures in `content`."""

    _esm = Path(__file__).parent / "page" / "loader.js"
    part = Unicode().tag(sync=True)
    content = Dict().tag(sync=True)
    _ui = Unicode().tag(sync=True)
    _vega = Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(_ui=asset_name("ui"), _vega=asset_name("vega"), **traits)
        self.on_msg(self._receive)

    def leaves(self) -> list[str]:
        """Return what a saved notebook keeps of the widget, in its language: for a reader without its kernel."""
        texts = [self.content.get(key) for key in ("title", "question", "prompt")]
        return [text for text in texts if isinstance(text, str) and text]

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Give the page the widget, and whoever cannot draw it a text instead of Python's name for it."""
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        language = match_language(str(self.content.get("language", ""))) or current_language()
        lines = [*self.leaves(), translator(language)(RUN_THIS)]
        html = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return data | {"text/plain": "\n".join(lines), "text/html": html}, metadata

    def _receive(self, _widget: object, message: dict[str, Any], buffers: list[memoryview]) -> None:
        if message.get("kind") == "asset":
            asset = assets().get(str(message.get("name")))
            if asset:
                self.send(
                    {"kind": "asset", **PROTOCOL.checked("asset", {"name": message["name"]})}, buffers=[asset.body]
                )
            return
        self.handle({**message, "buffers": buffers} if buffers else message)

    def handle(self, message: dict[str, Any]) -> None:
        """Answer a message from the page, its bytes under `buffers`. Widgets that live in the page alone answer nothing."""
