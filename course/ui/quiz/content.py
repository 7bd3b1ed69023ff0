"""What a page needs to show a quiz: items with feedback for each option, and the words around them. No widget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course.i18n import HTML_LANG, N_, translator
from course.manifest import syllabus
from course.questions import Item, OptionItem

WORDS = {
    "question": N_("Question {number}"),
    "tickAll": N_("Tick all that apply."),
    "check": N_("Check"),
    "right": N_("Right."),
    "notYet": N_("Not yet. Change your answer and check again."),
    "named": N_("“{option}”"),
    "wrong": N_("“{option}” does not belong here."),
    "belongs": N_("“{option}” belongs here."),
    "more": N_("Something is still missing."),
    "empty_choice": N_("Nothing is chosen yet. Choose one option, then check."),
    "empty_several": N_("Nothing is ticked yet. Tick at least one option, then check."),
    "empty_number": N_("Nothing is written yet. Write a number, then check."),
    "notNumber": N_("“{answer}” cannot be read as a number. Write digits only, for example −2.5."),
    "answer": N_("Your answer, in {unit}"),
    "progress": N_("{right} of {total} right"),
    "progressLabel": N_("Right answers"),
    "summary": N_("You have been through every question. By objective:"),
    "atFirst": N_("{first} of {total} right at the first try"),
    "readAgain": N_("Worth reading again:"),
    "reset": N_("Clear all answers"),
    "cleared": N_("All answers are cleared."),
    "undo": N_("Bring them back"),
    "notKept": N_("This browser does not let the course keep your answers: they are gone when you close the page."),
}
SECTIONS = {
    "theory": N_("The theory"),
    "simulation": N_("The simulation"),
    "data": N_("The data"),
    "critical": N_("Read critically"),
}


def _item_content(item: Item, language: str) -> dict[str, Any]:
    _ = translator(language)
    common = {
        "key": item.key,
        "objective": item.objective,
        "kind": item.kind,
        "section": _(SECTIONS[item.section]),
        "question": item.question[language],
    }
    if isinstance(item, OptionItem):
        options = [
            {"text": option.text[language], "right": option.right, "feedback": option.feedback[language]}
            for option in item.options
        ]
        return {**common, "options": options}
    traps = [
        {"value": trap.value, "tolerance": trap.tolerance, "feedback": trap.feedback[language]} for trap in item.traps
    ]
    return {
        **common,
        "answer": item.answer,
        "tolerance": item.tolerance,
        "unit": item.unit[language],
        "label": _(WORDS["answer"]).format(unit=item.unit[language]),
        "hit": item.hit[language],
        "miss": item.miss[language],
        "traps": traps,
    }


def quiz_content(items: Iterable[Item], module_id: str, language: str) -> dict[str, Any]:
    """Return what the page needs to show a module's quiz in `language`."""
    _ = translator(language)
    objectives = syllabus().module(module_id).objectives
    return {
        "html_lang": HTML_LANG[language],
        "language": language,
        "words": {name: _(text) for name, text in WORDS.items()},
        "module": module_id,
        "objectives": [{"id": objective.id, "text": objective.text[language]} for objective in objectives],
        "items": [_item_content(item, language) for item in items],
    }
