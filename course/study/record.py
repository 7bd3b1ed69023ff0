"""What there is to do in each module, so that a page can say how much of it a learner has done.

What was done is kept by the learner's own browser and by nobody else; the page compares the two.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from course.entries import Entry
from course.i18n import HTML_LANG, N_, gettext, translator
from course.manifest import Module, syllabus
from course.paths import LESSONS
from course.questions import questions

WORDS = {
    "quiz": N_("Questions right"),
    "first": N_("Right at the first try"),
    "guesses": N_("Predictions made"),
    "goals": N_("Challenges met"),
    "writings": N_("Texts written"),
    "module": N_("Module"),
    "count": N_("{done} of {total}"),
    "none": "–",
    "nothing": N_("This browser remembers nothing of the course yet. Open a lesson, answer a question, and come back."),
    "name": N_("Your name, for the print-out (it stays on this page)"),
    "print": N_("Print"),
    "total": N_("All modules"),
}


class RecordError(ValueError):
    """Raised where a simulation's words cannot be read; the message names file, entry and cure."""


def record_content(language: str) -> dict[str, Any]:
    """Return what the page needs to tell how far a learner is: by module the keys of what can be done there."""
    _ = translator(language)
    return {
        "html_lang": HTML_LANG[language],
        "language": language,
        "words": {key: _(text) for key, text in WORDS.items()},
        "modules": [
            {"title": module.title[language], **what_there_is(module.id)}
            for module in syllabus().modules
            if module.ready
        ],
    }


@cache
def what_there_is(module_id: str) -> dict[str, Any]:
    """Return the keys of a module's questions, predictions, challenges, bets and texts."""
    module = syllabus().module(module_id)
    asked = questions(module)
    return {
        "id": module.id,
        "number": module.number,
        "quiz": [item.key for item in asked.items],
        "guesses": [one.key for one in asked.predictions],
        "goals": _simulated(module, "goal", gettext("goal {number}")),
        "bets": _simulated(module, "bet", gettext("bet {number}")),
        "writings": [one.key for one in asked.writings],
    }


def _simulated(module: Module, kind: str, place: str) -> list[str]:
    """Return the keys of a simulation's challenges or bets. Its other words, which pandas reads along, stay unread."""
    if not module.simulated:
        return []
    path = LESSONS / module.id / "simulation.toml"
    whole = Entry.read(path, f"lessons/{module.id}/{path.name}", RecordError)
    return [row.string("key") for row in whole.rows(kind, place)]
