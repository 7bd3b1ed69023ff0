"""What answers are marked with: items that give or take points, the same for everybody who answers a question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from course.grading.assignment.status import note
from course.i18n import LANGUAGES, N_
from course.i18n.message import Message

MOST_ITEMS, LONGEST_ITEM, LONGEST_COMMENT, MOST_POINTS = 9, 200, 5_000, 100


class DeskError(Exception):
    """Raised where the desk cannot do what it was asked for; `why` says so in any language."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


class AskError(DeskError):
    """Raised for what cannot be done as it was asked for; the sentence says why, and what can."""


@dataclass(frozen=True)
class Item:
    """One line of a rubric: a number of its own, what it says by language, and its points, which may be below zero."""

    id: int
    texts: dict[str, str]
    points: float

    def line(self, language: str) -> str:
        """Return the item as learners of an edition read it; in another language where it says nothing in theirs."""
        text = self.texts.get(language) or next(iter(self.texts.values()))
        sign = f"{self.points:+g}".replace("-", "−")
        return f"{text} ({sign})" if self.points else text

    def to_json(self) -> dict[str, Any]:
        """Return the item as JSON holds it."""
        return asdict(self)


def clean(text: object, longest: int) -> str:
    """Return what somebody wrote as text that any file can hold. Raises `AskError` where it is too long."""
    plain = str(text if text is not None else "").encode("utf-8", "replace").decode().strip()
    if len(plain) > longest:
        why = N_("At most {most} characters fit here, and these are {count}. Shorten the text.")
        raise AskError(note(why, most=longest, count=len(plain)))
    return plain


def read_items(asked: object, free: int) -> tuple[Item, ...]:
    """Return a rubric as a page sent it; items without a number get one from `free` on. Raises `AskError`."""
    if not isinstance(asked, list):
        raise AskError(note(N_("A rubric is a list of items.")))
    if len(asked) > MOST_ITEMS:
        raise AskError(note(N_("A rubric has at most nine items, one for each key from 1 to 9. Join two of them.")))
    found: list[Item] = []
    for place, one in enumerate(asked, 1):
        texts = _texts(one.get("texts") if isinstance(one, dict) else None)
        points = _points(one.get("points") if isinstance(one, dict) else None)
        if not texts or points is None:
            why = N_("Item {place} needs a text, and points from −{most} to {most}.")
            raise AskError(note(why, place=place, most=MOST_POINTS))
        number = one.get("id")
        if not isinstance(number, int) or isinstance(number, bool) or number in {item.id for item in found}:
            number, free = free, free + 1
        found.append(Item(number, texts, points))
    return tuple(found)


def _texts(asked: object) -> dict[str, str]:
    """Return the wordings that are there, by language, in the order of the course's languages. Raises `AskError`."""
    if not isinstance(asked, dict):
        return {}
    found = {language: clean(asked.get(language), LONGEST_ITEM) for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def _points(asked: object) -> float | None:
    if isinstance(asked, bool) or not isinstance(asked, int | float | str):
        return None
    try:
        points = float(str(asked).strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return round(points, 2) if math.isfinite(points) and abs(points) <= MOST_POINTS else None


def reckon(rubric: Sequence[Item], chosen: Iterable[int], out_of: float) -> float:
    """Return the points of an answer: the sum of its items, never below 0 nor above what the task is worth."""
    wanted = set(chosen)
    return min(max(round(sum(item.points for item in rubric if item.id in wanted), 2), 0.0), out_of)


def told(rubric: Sequence[Item], chosen: Iterable[int] | None, comment: str, language: str) -> str:
    """Return what a learner of an edition reads: the items that were chosen, then the comment."""
    wanted = set(chosen or ())
    lines = "\n".join(item.line(language) for item in rubric if item.id in wanted)
    return "\n\n".join(part for part in (lines, comment) if part)
