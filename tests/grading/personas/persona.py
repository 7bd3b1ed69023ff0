"""A learner who hands something in, with the status and the points it has to get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.grading.personas.notebooks import ASSIGNMENT, Notebook, Work, add, answer, perfect, write


@dataclass(frozen=True)
class Persona:
    """One learner. `work` changes a perfect notebook, `place` writes it (and whatever else) into the folder."""

    name: str
    points: float
    status: str
    work: Work
    place: Callable[[Notebook, Path], None] | None = None
    says: str = ""
    language: str = "en"


PERSONAS: list[Persona] = []


def persona(points: float, status: str, *, says: str = "", language: str = "en", place: Any = None) -> Any:
    """Register a function that turns a perfect notebook into this learner's."""

    def register(work: Work) -> Work:
        PERSONAS.append(Persona(work.__name__, points, status, work, place, says, language))
        return work

    return register


def hand_in(one: Persona, root: Path, port: int = 9) -> None:
    """Put a learner's submission into `root`. `port` is one where somebody would answer, were there a way out."""
    folder = root / "submitted" / one.name / ASSIGNMENT
    folder.mkdir(parents=True)
    notebook = perfect(one.language)
    one.work(notebook)
    for entry in notebook["cells"]:
        if isinstance(entry, dict) and isinstance(entry.get("source"), str):
            entry["source"] = entry["source"].replace("{root}", str(root)).replace("{port}", str(port))
    (one.place or write)(notebook, folder)


# The second class
ODD: list[Persona] = []


def adds(source: str, after: str = "setup") -> Work:
    return lambda notebook: add(notebook, source, after=after)


def answers(name: str, source: str) -> Work:
    return lambda notebook: answer(notebook, name, source)


def join(kind: str, points: float, rows: dict[str, Work]) -> None:
    ODD.extend(Persona(f"{kind}_{name}", points, "graded", work) for name, work in rows.items())
