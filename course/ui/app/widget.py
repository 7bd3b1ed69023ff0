"""A module's dashboard, in the language of whoever looks at it."""

from __future__ import annotations

from typing import Any

from course.i18n import HTML_LANG, LANGUAGES, N_, NAMES, current_language, translator, use_language
from course.manifest import Module, syllabus
from course.simulations import simulation_class
from course.ui.base import CourseWidget
from course.ui.simulator import Conversation
from course.ui.simulator.describe import describe
from course.ui.tools import describe_tool, start_tool

WORDS = {
    "language": N_("Language"),
    "dark": N_("Dark"),
    "light": N_("Light"),
    "parts": N_("Parts of this page"),
    "simulator": N_("Simulator"),
    "unknown_language": N_(
        "The link asks for a language that the course does not have. It is shown in this one instead."
    ),
}


class App(CourseWidget):
    """One module's page: title, lead, simulator, the module's tools, and switches for language and theme."""

    def __init__(self, module: Module) -> None:
        self._module = module
        super().__init__(part="app", content=_content(module, current_language()))
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
        self.content = _content(self._module, str(language))


def _content(module: Module, language: str) -> dict[str, Any]:
    _ = translator(language)
    model = simulation_class(module)
    simulator = describe(model, module, language)
    simulator["preset"] = model.words().presets[0].key
    return {
        "language": language,
        "html_lang": HTML_LANG[language],
        "language_names": NAMES,
        "course": syllabus().title[language],
        "number": module.number,
        "title": module.title[language],
        "lead": module.summary[language],
        "words": {key: _(text) for key, text in WORDS.items()},
        "simulator": simulator,
        "tools": [describe_tool(key, language) for key in module.tools],
    }
