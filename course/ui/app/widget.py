"""A module's dashboard, in the language of whoever looks at it."""

from __future__ import annotations

from typing import Any

from course.i18n import LANGUAGES, current_language, use_language
from course.manifest import Module
from course.ui.app.content import app_content
from course.ui.base import CourseWidget
from course.ui.simulator import Conversation
from course.ui.tools import start_tool


class App(CourseWidget):
    """One module's page: title, lead, simulator, the module's tools, and switches for language and theme."""

    def __init__(self, module: Module) -> None:
        self._module = module
        super().__init__(part="app", content=app_content(module, current_language()))
        self._conversation = Conversation(self, module)
        self._tools = {key: start_tool(key, self, current_language()) for key in module.tools}

    def handle(self, message: dict[str, Any]) -> None:
        """Change the language, or pass the message on to the simulation or the tool it is for."""
        if message.get("kind") == "language":
            self._speak(message.get("language"))
        elif message.get("kind") != "tool":
            self._conversation.handle(message)
        elif tool := self._tools.get(str(message.get("tool"))):
            tool.handle(message)

    def _speak(self, language: object) -> None:
        if language not in LANGUAGES:
            return
        use_language(str(language))
        self._conversation.speak(str(language))
        for tool in self._tools.values():
            tool.speak(str(language))
        self.content = app_content(self._module, str(language))
