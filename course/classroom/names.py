"""Names that students make up for a leaderboard: short, and nothing in them but what is seen."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 16
LONGEST_SENT = 200
# letters, digits, what joins to them, punctuation and pictures: nothing that turns, hides or breaks a line
SEEN = {"L", "N", "P", "S", "M"}
MOST_MARKS = 1


def made_up(sent: str) -> str:
    """Return a name as it is shown, at most `LONGEST_NAME` letters long, "" where nothing of it can be shown.

    >>> made_up("  Anna\\u202e   <b> ")
    'Anna <b>'
    """
    shown, marks = "", 0
    for letter in unicodedata.normalize("NFKC", sent[:LONGEST_SENT]):
        kind = unicodedata.category(letter)[0]
        marks = marks + 1 if kind == "M" else 0
        if kind == "Z" or letter in "\t\n":
            shown += " "
        elif kind in SEEN and marks <= MOST_MARKS:
            shown += letter
    return " ".join(shown.split())[:LONGEST_NAME].strip()
