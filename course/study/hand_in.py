"""What a learner hands in of a lesson without a server: what this browser remembers of it, as one file and a short code.

`course collect` reads both (`course/grading/intake/participation.py`).
"""

from __future__ import annotations

from typing import Any

from course import __version__
from course.i18n import HTML_LANG, N_, translator
from course.study.record import what_there_is

# What the file says it is, and in which version
FORMAT, VERSION = "exceeding-expectations participation", 1
ENDING = ".participation.json"
# Of the id or name that a learner types, characters
LONGEST_WHO = 60
WORDS = {
    "lead": N_(
        "What you did in this lesson is remembered by this browser alone. Where it counts for taking part, save it as a "
        "file and hand that in; where there is only a box for text, copy the code. Nobody is judged by it: a wrong "
        "answer counts as much as a right one."
    ),
    "who": N_("Student number (学号), or your name"),
    "save": N_("Save as a file"),
    "copy": N_("Copy the code"),
    "code": N_("Code: {code}"),
    "copied": N_("Copied."),
    "by_hand": N_("Select the code and copy it."),
    "saved": N_("Saved as {file}. Hand in that file; it holds your answers and texts, and what you typed above."),
    "whose": N_("Type your student number or your name first, so that it can be told whose the file is."),
    "nothing": N_("This browser remembers nothing of this lesson yet. Answer a question, and come back."),
    "done": N_("Done so far: {counts}"),
    "count": N_("{done} of {total} {what}"),
    "between": N_(", "),
    "quiz": N_("questions"),
    "predictions": N_("predictions"),
    "bets": N_("bets"),
    "goals": N_("challenges"),
    "texts": N_("texts"),
}


def hand_in_content(module_id: str, language: str) -> dict[str, Any]:
    """Return what a page needs to save what was done in a module: the keys of all that can be done there, and words."""
    _ = translator(language)
    there = what_there_is(module_id)
    return {
        "html_lang": HTML_LANG[language],
        "language": language,
        "words": {key: _(text) for key, text in WORDS.items()},
        "format": FORMAT,
        "version": VERSION,
        "edition": __version__,
        "ending": ENDING,
        "longest_who": LONGEST_WHO,
        "id": there["id"],
        "number": there["number"],
        "keys": keys(module_id),
    }


def keys(module_id: str) -> dict[str, list[str]]:
    """Return by kind the keys of all that can be done in a module, in the order in which a code counts them."""
    there = what_there_is(module_id)
    return {
        "quiz": there["quiz"],
        "predictions": there["guesses"],
        "bets": there["bets"],
        "goals": there["goals"],
        "texts": there["writings"],
    }
