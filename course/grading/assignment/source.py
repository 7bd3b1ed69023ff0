"""The assignment as it was released, and as its tests stand in the instructor's version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.i18n import LANGUAGES, N_, gettext


class SourceError(ValueError):
    """Raised where there is nothing to grade against; the message names the place and the cure."""


@dataclass(frozen=True)
class Piece:
    """One cell of the assignment. `source` is what learners got; of a test, the instructor's with its hidden part."""

    id: str
    cell_type: str
    source: str
    metadata: dict[str, Any]

    @property
    def settings(self) -> dict[str, Any]:
        """nbgrader's settings of the cell, empty for one that it does not know."""
        found: dict[str, Any] = self.metadata.get("nbgrader", {})
        return found

    @property
    def grade_id(self) -> str:
        """The cell's name in the gradebook, empty where it has none."""
        return str(self.settings.get("grade_id", ""))

    @property
    def is_answer(self) -> bool:
        """Whether learners write here."""
        return bool(self.settings.get("solution"))

    @property
    def is_graded(self) -> bool:
        """Whether the cell carries points."""
        return bool(self.settings.get("grade"))

    @property
    def is_test(self) -> bool:
        """Whether the cell decides by running."""
        return self.is_graded and not self.is_answer

    @property
    def is_locked(self) -> bool:
        """Whether learners were not to change the cell."""
        return self.is_test or (bool(self.settings.get("locked")) and not self.is_answer)

    @property
    def points(self) -> float:
        """What the cell is worth."""
        return float(self.settings.get("points", 0))


@dataclass(frozen=True)
class Assignment:
    """An assignment in the languages it was released in: its cells in order, its notebook's metadata.

    `files` are those the instructor put beside the notebook; they replace a learner's of the same name. `others` are the
    other assignments that were released here, each with the names of its cells.
    """

    name: str
    notebook: str
    pieces: dict[str, tuple[Piece, ...]]
    metadata: dict[str, dict[str, Any]]
    files: dict[str, bytes]
    others: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def grade_ids(self) -> frozenset[str]:
        """Every name in the gradebook."""
        return frozenset(piece.grade_id for pieces in self.pieces.values() for piece in pieces if piece.grade_id)

    @property
    def tests(self) -> dict[str, Piece]:
        """The test cells by grade id; they are the same in every language."""
        return {piece.grade_id: piece for pieces in self.pieces.values() for piece in pieces if piece.is_test}

    @property
    def graded(self) -> dict[str, Piece]:
        """The cells that carry points, by grade id."""
        return {piece.grade_id: piece for pieces in self.pieces.values() for piece in pieces if piece.is_graded}

    @property
    def answers(self) -> tuple[str, ...]:
        """The grade ids of the cells in which learners write."""
        first = next(iter(self.pieces.values()))
        return tuple(piece.grade_id for piece in first if piece.is_answer)


def load(root: Path, name: str) -> Assignment:
    """Read the assignment from `root`: released cells from `exercises/`, tests from `solutions/`. Raises `SourceError`."""
    pieces: dict[str, tuple[Piece, ...]] = {}
    metadata: dict[str, dict[str, Any]] = {}
    notebooks: set[str] = set()
    files: dict[str, bytes] = {}
    for language in LANGUAGES:
        for path in sorted((root / "exercises" / language / name).glob("*.ipynb")):
            master = root / "solutions" / language / name / path.name
            released = _read(path)
            tests = {piece.grade_id: piece.source for piece in _pieces(_read(master), master) if piece.is_test}
            pieces[language] = tuple(_tested(piece, tests, master) for piece in _pieces(released, path))
            metadata[language] = dict(released.get("metadata", {}))
            notebooks.add(path.stem)
            files |= _beside(master.parent)
    if not pieces:
        raise SourceError(_nothing(root, name))
    if len(notebooks) > 1:
        message = gettext("{assignment} has several notebooks ({names}); one per assignment can be graded.")
        raise SourceError(message.format(assignment=name, names=", ".join(sorted(notebooks))))
    found = Assignment(name, notebooks.pop(), pieces, metadata, files, _others(root, name))
    if not _is_worth_points(found.graded.values()):
        message = gettext("{assignment} is for practice: nothing in it carries points. Choose one of: {known}.")
        raise SourceError(message.format(assignment=name, known=", ".join(_known(root))))
    return found


def _others(root: Path, name: str) -> dict[str, frozenset[str]]:
    """Return the names of the cells of every other assignment, its ids and its grade ids, by the assignment's name."""
    names: dict[str, frozenset[str]] = {}
    for path in sorted(root.glob("exercises/*/*/*.ipynb")):
        if path.parent.name != name:
            pieces = _pieces(_read(path), path)
            own = {piece.grade_id for piece in pieces} | {piece.id for piece in pieces}
            names[path.parent.name] = names.get(path.parent.name, frozenset()) | own - {""}
    return names


def _is_worth_points(pieces: Iterable[Piece]) -> bool:
    return any(piece.points for piece in pieces)


def _known(root: Path) -> list[str]:
    """Return the assignments that can be graded: a sheet for practice carries no points."""
    found = sorted(root.glob("exercises/*/*/*.ipynb"))
    return sorted({path.parent.name for path in found if _is_worth_points(_pieces(_read(path), path))})


def _beside(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and not path.name.startswith(".")
    }


def _nothing(root: Path, name: str) -> str:
    known = _known(root)
    if not known:
        message = gettext(
            "{root} holds no exercises. Call the command in the folder of the course, or name it with --root."
        )
        return message.format(root=root)
    if any((root / "solutions" / language / name).is_dir() for language in LANGUAGES):
        return gettext("{name} was not released yet. Run: nbgrader generate_assignment {name}").format(name=name)
    return gettext("There is no assignment {name!r}. Choose one of: {known}.").format(name=name, known=", ".join(known))


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = gettext("{path} cannot be read: {problem}. Tests are taken from there.")
        raise SourceError(message.format(path=path, problem=error.strerror)) from error
    except ValueError as error:
        raise SourceError(gettext("{path} is no notebook: {problem}").format(path=path, problem=error)) from error
    return notebook


def _pieces(notebook: dict[str, Any], path: Path) -> list[Piece]:
    try:
        return [
            Piece(str(cell.get("id", "")), cell["cell_type"], "".join(cell["source"]), cell["metadata"])
            for cell in notebook["cells"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(gettext("{path} is no notebook: {problem}").format(path=path, problem=repr(error))) from error


def _tested(piece: Piece, tests: dict[str, str], master: Path) -> Piece:
    if not piece.is_test:
        return piece
    if piece.grade_id not in tests:
        message = N_("{path} has no test {name}, but the released notebook has. Run: nbgrader generate_assignment")
        raise SourceError(gettext(message).format(path=master, name=piece.grade_id))
    return Piece(piece.id, piece.cell_type, tests[piece.grade_id], piece.metadata)
