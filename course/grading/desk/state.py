"""What the desk remembers: rubrics, who was given which items, and what can be undone. One file beside the gradebook.

The points themselves are the gradebook's. Losing this file loses no points: only what they were made of.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from course import whole
from course.grading.assignment.status import note
from course.grading.desk.rubric import DeskError, Item
from course.i18n import DEFAULT, N_

FILE = "desk.json"
FORMAT = 2
# Files in which an item said one thing to everybody
OLDER = 1
MOST_STEPS = 200


class StateError(DeskError):
    """Raised where the file is there and cannot be used; the message says what helps."""


@dataclass(frozen=True)
class Mark:
    """What an answer was given at the desk: items (None: a comment only), comment, and what the gradebook was told."""

    items: tuple[int, ...] | None
    comment: str
    points: float | None
    said: str


@dataclass(frozen=True)
class Was:
    """An answer before a step: its mark at the desk, and what stood in the gradebook."""

    mark: Mark | None
    points: float | None
    waiting: bool
    said: str


@dataclass(frozen=True)
class Step:
    """Something that can be undone: marks given, by answer, or a rubric that was changed."""

    number: int
    before: dict[str, Was] = field(default_factory=dict)
    rubric: tuple[Item, ...] | None = None
    comment_only: bool = False


@dataclass
class Sheet:
    """One question's part of the file. `revision` counts the rubric's changes, `steps` all that was ever done."""

    rubric: tuple[Item, ...] = ()
    revision: int = 0
    free: int = 1
    steps: int = 0
    marks: dict[str, Mark] = field(default_factory=dict)
    undo: list[Step] = field(default_factory=list)

    def push(self, before: dict[str, Was], rubric: Sequence[Item] | None = None, *, comment_only: bool = False) -> None:
        """Remember a step. Comments typed on one answer without a pause between are one step."""
        self.steps += 1
        last = self.undo[-1] if self.undo else None
        if comment_only and last and last.comment_only and last.before.keys() == before.keys():
            self.undo.pop()
            before = last.before
        self.undo.append(Step(self.steps, before, None if rubric is None else tuple(rubric), comment_only))
        del self.undo[:-MOST_STEPS]


def load(root: Path) -> dict[str, Sheet]:
    """Return the file's content by question, nothing where there is none. Raises `StateError`."""
    path = root / FILE
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] not in (FORMAT, OLDER):
            raise ValueError(held["format"])
        return {str(name): _sheet(one) for name, one in held["questions"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = N_(
            "{path} cannot be used ({problem}). Points and comments are safe in the gradebook. Put your backup of the file "
            "in its place, or move it away and write the rubric again."
        )
        raise StateError(note(why, path=path, problem=type(error).__name__)) from error


def save(root: Path, sheets: dict[str, Sheet]) -> None:
    """Write the file, whole or not at all."""
    held = {"format": FORMAT, "questions": {name: asdict(one) for name, one in sheets.items()}}
    whole.write(root / FILE, json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n")


def _sheet(held: dict[str, Any]) -> Sheet:
    return Sheet(
        _items(held["rubric"]), int(held["revision"]), int(held["free"]), int(held["steps"]),
        {str(key): _mark(one) for key, one in held["marks"].items()},
        [_step(one) for one in held["undo"]],
    )  # fmt: skip


def _items(held: list[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(int(one["id"]), _texts(one), float(one["points"])) for one in held)


def _texts(held: dict[str, Any]) -> dict[str, str]:
    texts = held["texts"] if "texts" in held else {DEFAULT: held["text"]}
    return {str(language): str(text) for language, text in texts.items()}


def _mark(held: dict[str, Any]) -> Mark:
    items = None if held["items"] is None else tuple(int(one) for one in held["items"])
    return Mark(items, str(held["comment"]), held["points"], str(held["said"]))


def _step(held: dict[str, Any]) -> Step:
    before = {
        str(key): Was(None if one["mark"] is None else _mark(one["mark"]), one["points"], one["waiting"], one["said"])
        for key, one in held["before"].items()
    }
    rubric = None if held["rubric"] is None else _items(held["rubric"])
    return Step(int(held["number"]), before, rubric, bool(held["comment_only"]))
