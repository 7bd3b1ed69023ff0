"""The self-test of the whole course: the quizzes of all finished modules in one; each round asks one question of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.i18n import N_, translator
from course.manifest import syllabus
from course.questions import questions
from course.ui.quiz.content import quiz_content

WORDS = {
    "round": N_("Round {number}: {count} questions, one from each module."),
    "another": N_("Another round"),
    "byModule": N_("You have been through every question. By module:"),
}


def self_test_content(language: str, places: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page needs to draw the self-test. `places` holds the addresses of lessons by module (`m01`)."""
    _ = translator(language)
    items: list[dict[str, Any]] = []
    objectives = []
    shared: dict[str, Any] = {}
    for module in syllabus().modules:
        if not module.ready or not (asked := questions(module).items):
            continue
        shared = quiz_content(asked, module.id, language)
        items += [
            {**item, "key": f"{module.number}.{item['key']}", "objective": module.number} for item in shared["items"]
        ]
        objectives.append({"id": module.number, "text": module.title[language]})
    words = {**shared["words"], **{key: _(text) for key, text in WORDS.items()}}
    return {
        **shared,
        "module": "self-test",
        "words": {**words, "summary": words["byModule"]},
        "items": items,
        "objectives": objectives,
        "places": dict(places),
    }
