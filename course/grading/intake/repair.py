"""Putting a submission's cells in order: every piece of the assignment found again, tests and locked cells put back.

Cells are matched by grade id, then cell id, then text, then place. What is repaired is noted; nothing a learner wrote is
changed, but for an answer that was split into pieces, which is put together again.
"""

from __future__ import annotations

import ast
import copy
import difflib
from typing import Any

from course.grading.assignment.source import Piece
from course.grading.assignment.status import note
from course.i18n import N_
from course.i18n.message import Message

Cell = dict[str, Any]
# How alike a cell must be to the released text, 0 to 1, to be taken for it where every other mark is gone
ALIKE = 0.6
# A cell with so many characters stands in no other assignment
DISTINCT = 60


def grade_id_of(cell: Cell) -> str:
    """Return a cell's name in the gradebook as the file has it, empty where it has none."""
    found = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    return found if isinstance(found, str) else ""


def plain(text: str) -> str:
    """Return a text without regard to its white space."""
    return " ".join(text.split())


def repair(cells: list[Cell], pieces: tuple[Piece, ...]) -> tuple[list[Cell], list[Message]]:
    """Return the cells in an order that can be run, each piece of the assignment where it belongs, and what was mended."""
    return _Repair(cells, pieces).result()


class _Repair:
    def __init__(self, cells: list[Cell], pieces: tuple[Piece, ...]) -> None:
        self.cells = cells
        self.pieces = pieces
        self.notes: list[Message] = []
        self.taken: dict[int, Piece] = {}
        self.place: dict[str, float] = {}
        self.dropped: set[int] = set()

    def note(self, template: str, piece: Piece) -> None:
        self.notes.append(note(template, name=piece.grade_id or piece.id))

    def result(self) -> tuple[list[Cell], list[Message]]:
        """Match, put together, put back, and order."""
        named = [piece for piece in self.pieces if piece.grade_id]
        for piece in named:
            self.match(piece)
        for piece in named:
            if piece.is_answer and piece.grade_id not in self.place:
                self.search(piece)
        placed = self.put_back()
        placed += [
            (index, 0, self.marked(cell, self.taken.get(index)))
            for index, cell in enumerate(self.cells)
            if index not in self.dropped
        ]
        placed.sort(key=lambda entry: entry[:2])
        return self.identified([cell for _place, _rank, cell in placed]), self.notes

    def match(self, piece: Piece) -> None:
        """Find a piece by its grade id, else by its cell id or its text."""
        free = [index for index in range(len(self.cells)) if index not in self.taken and index not in self.dropped]
        found = [index for index in free if grade_id_of(self.cells[index]) == piece.grade_id]
        if not found:
            others = [index for index in free if not self.belongs_elsewhere(index, piece)]
            found = [index for index in others if piece.id and self.cells[index]["id"] == piece.id]
            found = found or [index for index in others if self.is_text_of(index, piece)]
            if found:
                self.note(N_("{name} had lost its marks."), piece)
        if not found:
            return
        if piece.is_locked:
            self.lock(piece, found)
        else:
            self.answer(piece, found)

    def belongs_elsewhere(self, index: int, piece: Piece) -> bool:
        own = grade_id_of(self.cells[index])
        return bool(own) and own != piece.grade_id and own in {other.grade_id for other in self.pieces}

    def is_text_of(self, index: int, piece: Piece) -> bool:
        text = plain(self.cells[index]["source"])
        if piece.is_locked:
            return text in (plain(piece.source), plain(shown(piece.source)))
        return text == plain(piece.source) and len(text) > DISTINCT

    def lock(self, piece: Piece, found: list[int]) -> None:
        """Put the instructor's text into one cell, and take the others out."""
        if len(found) > 1:
            self.note(N_("{name} was there more than once."), piece)
            self.dropped.update(found[1:])
        cell = self.cells[found[0]]
        if cell["cell_type"] != piece.cell_type or plain(cell["source"]) not in (
            plain(piece.source),
            plain(shown(piece.source)),
        ):
            self.note(N_("{name} had been changed; the released text was put back."), piece)
        self.taken[found[0]] = piece
        self.place[piece.grade_id] = found[0]

    def answer(self, piece: Piece, found: list[int]) -> None:
        """Take the last cell that holds an answer; one that was split into pieces is put together."""
        written = [index for index in found if plain(self.cells[index]["source"]) != plain(piece.source)]
        if not written and piece.cell_type == "markdown" and piece.is_graded:
            self.look_beside(piece, found[-1])
        chosen = (written or found)[-1]
        if len(found) > 1:
            self.note(N_("{name} was there more than once; the last answer counts."), piece)
            self.dropped.update(index for index in found if index not in written and index != chosen)
        if piece.cell_type == "code":
            chosen = self.joined(piece, chosen, written or found)
        cell = self.cells[chosen]
        if cell["cell_type"] != piece.cell_type:
            self.note(N_("{name} had become another kind of cell."), piece)
        self.taken[chosen] = piece
        self.place[piece.grade_id] = chosen

    def look_beside(self, piece: Piece, index: int) -> None:
        """Take a text that was written in new cells around the place for it, instead of in it."""
        around: list[int] = []
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(self.cells) and self.is_own_text(at):
                around.append(at)
                at += step
        if around:
            own = [self.cells[at]["source"].strip() for at in sorted(around)]
            self.cells[index]["source"] = "\n\n".join(own)
            self.dropped.update(around)
            self.note(N_("{name} was written in a new cell; it was put in its place."), piece)

    def is_own_text(self, index: int) -> bool:
        """Tell whether a cell is a text of the learner's."""
        cell = self.cells[index]
        known = {plain(piece.source) for piece in self.pieces} | {""}
        ids = {piece.id for piece in self.pieces} - {""}
        return (
            cell["cell_type"] == "markdown"
            and index not in self.taken
            and index not in self.dropped
            and not grade_id_of(cell)
            and cell["id"] not in ids
            and plain(cell["source"]) not in known
        )

    def joined(self, piece: Piece, chosen: int, found: list[int]) -> int:
        """Put neighbouring cells together where only that makes Python of them. Returns the cell that holds the whole."""
        first = found[0]
        if _parses(self.cells[first]["source"]) and _parses(self.cells[chosen]["source"]):
            return chosen
        for last in range(first + 1, min(first + 4, len(self.cells))):
            if last in self.taken or self.cells[last]["cell_type"] != "code":
                break
            if last not in found and grade_id_of(self.cells[last]):
                break
            parts = [self.cells[index]["source"].strip("\n") for index in range(first, last + 1)]
            if _parses("\n".join(parts)):
                self.cells[first]["source"] = "\n".join(parts)
                self.dropped.update(range(first + 1, last + 1))
                self.dropped.discard(first)
                self.note(N_("{name} had been split; its pieces were put together."), piece)
                return first
        return chosen

    def search(self, piece: Piece) -> None:
        """Look between its neighbours for an answer that lost every mark: the cell most like the starter code."""
        order = [other.grade_id for other in self.pieces if other.grade_id]
        here = order.index(piece.grade_id)
        low = max((self.place[name] for name in order[:here] if name in self.place), default=-1)
        high = min((self.place[name] for name in order[here + 1 :] if name in self.place), default=len(self.cells))
        others = {other.id for other in self.pieces if other is not piece} - {""}
        given = {plain(other.source) for other in self.pieces if not other.grade_id}
        best, score = -1, ALIKE
        for index, cell in enumerate(self.cells):
            free = index not in self.taken and index not in self.dropped and not grade_id_of(cell)
            free = free and cell["id"] not in others and plain(cell["source"]) not in given
            if not (free and low < index < high and cell["cell_type"] == piece.cell_type):
                continue
            alike = _alike(cell["source"], piece)
            if alike > score:
                best, score = index, alike
        if best < 0:
            if not piece.is_graded:
                self.note(N_("The cell {name} is gone."), piece)
            return
        self.note(N_("{name} had lost its marks."), piece)
        self.answer(piece, [best])

    def put_back(self) -> list[tuple[float, int, Cell]]:
        """Return the pieces that have to be there and are not, with their places, and move tests below their answers."""
        back: list[tuple[float, int, Cell]] = []
        ids = {cell["id"]: index for index, cell in enumerate(self.cells) if cell["id"]}
        texts = {plain(cell["source"]): index for index, cell in enumerate(self.cells)}
        before, answered = -1.0, -1.0
        for rank, piece in enumerate(self.pieces, 1):
            here = self.place.get(piece.grade_id) if piece.grade_id else self.given(piece, ids, texts)
            if here is None and (piece.is_locked or piece.is_graded or self.is_given(piece)):
                self.note(N_("The cell {name} was deleted, and put back."), piece)
                back.append((max(before, answered), rank, self.marked(None, piece)))
            elif here is not None and piece.is_test and here < answered:
                self.note(N_("{name} stood above its answer, and was moved."), piece)
                self.dropped.add(int(here))
                back.append((answered, rank, self.marked(None, piece)))
                here = None
            answered = -1.0 if piece.is_test else max(answered, here if piece.is_answer and here is not None else -1)
            before = before if here is None else here
        return back

    @staticmethod
    def is_given(piece: Piece) -> bool:
        """Tell whether a piece is code that learners were given to run."""
        return piece.cell_type == "code" and not piece.grade_id

    def given(self, piece: Piece, ids: dict[str, int], texts: dict[str, int]) -> float | None:
        return ids.get(piece.id, texts.get(plain(piece.source)))

    def marked(self, cell: Cell | None, piece: Piece | None) -> Cell:
        """Return a cell of the graded notebook: a learner's, or the assignment's own where it is locked or missing."""
        if piece is None:
            assert cell is not None
            metadata = {name: value for name, value in cell["metadata"].items() if name != "nbgrader"}
            return {**cell, "metadata": metadata}
        source = piece.source if cell is None or piece.is_locked else cell["source"]
        made: Cell = {
            "id": (cell["id"] if cell else "") or piece.id,
            "cell_type": piece.cell_type,
            "source": source,
            "metadata": copy.deepcopy(piece.metadata),
        }
        if piece.cell_type == "code":
            made |= {"outputs": [], "execution_count": None}
        return made

    def identified(self, cells: list[Cell]) -> list[Cell]:
        """Give every cell an id of its own."""
        used: set[str] = set()
        for number, cell in enumerate(cells):
            cell.pop("number", None)
            name = cell["id"] if _is_id(cell["id"]) else f"cell-{number}"
            while name in used:
                name = f"{name[:50]}-{number}"
            used.add(name)
            cell["id"] = name
        return cells


def _is_id(text: str) -> bool:
    return 0 < len(text) <= 64 and text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()


def shown(source: str) -> str:
    """Return a test as learners got it, without its hidden part."""
    from course.grading.assignment.messages import split

    return "\n".join(line for line in split(source)[0].split("\n") if line)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # a magic is no Python, but nothing is missing from it
        return any(line.lstrip().startswith(("%", "!", "?")) for line in source.split("\n"))
    return True


def _alike(source: str, piece: Piece) -> float:
    """Return how like the starter code a cell is, 0 to 1; a cell that defines the same function is taken for it."""
    stub, text = piece.source.strip(), source.strip()
    first = stub.split("\n", 1)[0]
    if first.startswith("def ") and any(line.startswith(first.split("(")[0] + "(") for line in text.split("\n")):
        return 1.0
    if piece.cell_type == "markdown":
        return 0.7 if len(text) > 40 and not text.startswith("#") else 0.0
    return difflib.SequenceMatcher(None, stub[:2000], text[:2000]).ratio() if text else 0.0
