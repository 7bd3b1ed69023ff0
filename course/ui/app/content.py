"""What a dashboard's page holds, in one language."""

from __future__ import annotations

from typing import Any

from course.i18n import HTML_LANG, N_, NAMES, translator
from course.manifest import Module, syllabus
from course.simulations import simulation_class
from course.ui.simulator.describe import describe
from course.ui.simulator.task_words import TASK_WORDS
from course.ui.tools import describe_tool

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


def app_content(module: Module, language: str) -> dict[str, Any]:
    """Return everything the page needs to draw a module's dashboard in `language`. JSON-ready."""
    _ = translator(language)
    model = simulation_class(module)
    simulator = describe(model, module, language)
    simulator["preset"] = model.words().presets[0].key
    simulator["task_words"] = {key: _(text) for key, text in TASK_WORDS.items()}
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
