"""What a module's app may carry besides its simulator. The manifest names them by key; adding one touches no other module.

A tool has a script (`course.ui.assets.TOOL_SCRIPTS`), fetched when somebody opens it; tools that take a table share one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from course.i18n import HTML_LANG, N_, current_language, translator
from course.ui.assets import asset_name
from course.ui.base import CourseWidget

WORDS = {
    "opening": N_("Opening the tool …"),
    "full": N_("All places for computing are taken at the moment. Yours comes by itself; leave this page open."),
    "no_server": N_(
        "What you upload here is worked on by a program of the course, and behind these pages there is none. "
        "Start the course on a computer with the command “course” and open this tool there."
    ),
    "no_tool": N_("The tool could not be loaded. Reload the page to try again."),
}
Send = Callable[[dict[str, Any], list[bytes]], None]


class Tool(Protocol):
    """The kernel's side of a tool."""

    def __init__(self, send: Send, language: str) -> None:
        """Answer through `send(message, buffers)`, in `language`."""

    @staticmethod
    def describe(language: str) -> dict[str, Any]:
        """Return what the page needs to draw the tool, its `title` among it. JSON-ready."""

    def handle(self, message: dict[str, Any]) -> None:
        """Answer one message of the page, whatever it says."""

    def speak(self, language: str) -> None:
        """Speak `language` from the next answer on."""


# by key: the class, and the key of the script
_HOMES = {
    "survey": ("course.ui.survey:SurveyTool", "survey"),
    "kano": ("course.ui.survey.kano:KanoTool", "survey"),
    "staffing": ("course.ui.survey.staffing:StaffingTool", "survey"),
    "call": ("course.ui.dialogue:CallTool", "dialogue"),
    "gaps": ("course.ui.gaps:GapsTool", "gaps"),
}
# these take what is nobody else's, and hold it in a kernel
_PRIVATE = {"survey", "kano", "staffing"}


def tool_class(key: str) -> type[Tool]:
    """Return the tool called `key`. `KeyError` if there is none."""
    module, name = _HOMES[key][0].split(":")
    found: type[Tool] = getattr(import_module(module), name)
    return found


def describe_tool(key: str, language: str) -> dict[str, Any]:
    """Return everything the page needs to open and draw a tool in `language`. JSON-ready."""
    _ = translator(language)
    return {
        "key": key,
        "script": asset_name(_HOMES[key][1]),
        "private": key in _PRIVATE,
        "language": language,
        "html_lang": HTML_LANG[language],
        "opening": {name: _(text) for name, text in WORDS.items()},
        **tool_class(key).describe(language),
    }


def start_tool(key: str, widget: CourseWidget, language: str) -> Tool:
    """Return the tool `key`, which talks through `widget`; its messages carry its key, so that several can share one."""

    def send(message: dict[str, Any], buffers: list[bytes]) -> None:
        widget.send({"kind": "tool", "tool": key, **message}, buffers=buffers)

    return tool_class(key)(send, language)


class ToolWidget(CourseWidget):
    """A tool by itself, in a notebook."""

    def __init__(self, key: str, language: str = "") -> None:
        language = language or current_language()
        super().__init__(part="tool", content=describe_tool(key, language))
        self._tool = start_tool(key, self, language)

    def handle(self, message: dict[str, Any]) -> None:
        """Pass the page's messages on."""
        self._tool.handle(message)
