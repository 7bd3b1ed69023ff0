"""What the page needs to show a class's gaps. A file that somebody chooses is read by the page itself and stays there."""

from __future__ import annotations

from typing import Any

from course.datasets import load
from course.i18n import N_, translator
from course.ratings.averages import Averages, of_table
from course.ratings.file import (
    CANNOT,
    COLUMNS,
    CURE,
    LARGEST_FILE,
    LONGEST_CELL,
    LONGEST_SERVICE,
    MOST_PEOPLE,
    NAME,
    PROBLEMS,
    SERVICE,
)
from course.ratings.items import FEWEST_PEOPLE, HIGHEST, ITEMS, LOWEST
from course.ratings.lesson import STAND_IN
from course.survey.names import DIMENSION_NAMES
from course.ui.tools import Send

HIGHEST_LEVER = 100
# the simulations whose levers are an expectation and what is got, by module: what takes which mean
LEVERS = {"m01": {"expected": 0, "service": 1}}
WORDS = {
    "title": N_("Your class’s own gaps"),
    "lead": N_(
        "A class can rate one service before and after: what it expected of each line, and what it got, from 1 to 7. "
        "Here are its gaps, beside those of the invented hotel of module 3."
    ),
    "alone": N_(
        "There is no {file} of your class here. What you see is the invented hotel alone, which stands in: {people} guests."
    ),
    "reading": N_("Looking for your class’s file …"),
    "rated": N_("Your class rated: {service}. People: {people}."),
    "nameless": N_("a service without a name"),
    "server": N_("From {file} in the folder of the course on this server."),
    "file": N_(
        "From the file that you chose. The page read it; only these means are kept, in this browser, and sent nowhere."
    ),
    "link": N_("From the link that you opened. The means stand in it and are kept in this browser."),
    "short": N_("It fell short most on “{line}”: {gap}."),
    "least": N_("It fell short of nothing. Nearest to it came “{line}”: {gap}."),
    "hotel_short": N_("The hotel falls short most on “{line}”: {gap}."),
    "wider_one": N_("In one line your gap is wider than the hotel’s."),
    "wider": N_("In {count} of {all} lines your gap is wider than the hotel’s."),
    "few": N_("So few people tell what this class thinks, and little about others."),
    "line": N_("line"),
    "whose": N_("whose"),
    "yours": N_("Your class"),
    "hotel": N_("Invented hotel"),
    "scale": N_("from {low} to {high}"),
    "expected": N_("expected"),
    "perceived": N_("got"),
    "gap": N_("gap"),
    "none": N_("no answers"),
    "key": N_("Ring: expected. Dot: got."),
    "source": N_("The hotel’s answers are synthetic: a program made them, no guest gave any."),
    "choose": N_("Choose a class.csv"),
    "stays": N_("Your teacher saves it from the board of a class. It stays on this device."),
    "forget": N_("Forget it"),
    "forgotten": N_("Forgotten."),
    "share": N_("Copy a link with these gaps"),
    "share_how": N_("The means stand in the link itself: whoever opens it sees them, in any dashboard of this module."),
    "copied": N_("Copied."),
    "copy_by_hand": N_("Copy this by hand:"),
    "bad_link": N_("The gaps in this link cannot be read: it was cut off or altered. Ask for it again."),
    "try": N_("Try your class in the simulator"),
    "try_how": N_("Means over all lines, put from {low}–{high} on 0–{top}: expected {expected}, got {perceived}."),
    "tried": N_("Done: the simulator now starts from your class’s means."),
    "not_tried": N_("The simulator has not taken them: open it, decide its bet, and press again."),
}


def hotel() -> Averages:
    """Return what the invented hotel's guests expected and got."""
    return of_table("", load(STAND_IN))


class GapsTool:
    """The gaps of a class. All that happens, happens in the page."""

    def __init__(self, send: Send, language: str) -> None:
        """Nothing to send: the page has everything."""

    @staticmethod
    def describe(language: str) -> dict[str, Any]:
        """Return words, the hotel's gaps, and what a file of a class looks like. JSON-ready."""
        _ = translator(language)
        return {
            "title": _(WORDS["title"]),
            "words": {name: _(text) for name, text in WORDS.items()},
            "lines": [_(DIMENSION_NAMES[name]) for name in ITEMS],
            "hotel": hotel().plain(),
            "levers": LEVERS,
            "top": HIGHEST_LEVER,
            "form": {
                "file": NAME,
                "service": SERVICE,
                "columns": COLUMNS,
                "low": LOWEST,
                "high": HIGHEST,
                "fewest": FEWEST_PEOPLE,
                "most": MOST_PEOPLE,
                "largest": LARGEST_FILE,
                "longest": LONGEST_SERVICE,
                "cell": LONGEST_CELL,
                "cannot": _(CANNOT),
                "cure": _(CURE),
                "problems": {why: _(text) for why, text in PROBLEMS.items()},
            },
        }

    def handle(self, message: dict[str, Any]) -> None:
        """Nothing is asked."""

    def speak(self, language: str) -> None:
        """The page is described anew where the language changes."""
