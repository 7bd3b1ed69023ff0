"""A lesson's cells, and which of them call one of the course's elements and do nothing else."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.manifest import Module


@dataclass(frozen=True)
class Call:
    """A call of the course with plain arguments: `course.predict("seven-visits")` is `Call("predict", "seven-visits")`."""

    name: str
    argument: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson; `calls` is empty unless calls of the course are all there is in it."""

    id: str
    text: bool
    source: str
    setup: bool
    calls: tuple[Call, ...]

    def only(self, *names: str) -> Call | None:
        """Return the first call of a cell that calls nothing but these."""
        return self.calls[0] if self.calls and all(call.name in names for call in self.calls) else None


def cells(module: Module, language: str) -> tuple[Cell, ...]:
    """Return the cells of a module's lesson in order. Raises `OSError` or `ValueError` where it cannot be read."""
    return _cells(module.lesson(language))


@cache
def _cells(lesson: Path) -> tuple[Cell, ...]:
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    return tuple(_read(notebook["cells"]))


def _read(cells: list[dict[str, object]]) -> Iterator[Cell]:
    for cell in cells:
        lines, metadata = cell["source"], cell.get("metadata")
        source = "".join(lines) if isinstance(lines, list) else str(lines)
        text = cell["cell_type"] != "code"
        tags = metadata.get("tags", ()) if isinstance(metadata, dict) else ()
        yield Cell(str(cell["id"]), text, source, "setup" in tags, () if text else _calls(source))


def _calls(source: str) -> tuple[Call, ...]:
    """Return the calls that make up a cell; none where anything else stands in it."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return ()
    found = [_call(statement) for statement in statements]
    return tuple(call for call in found if call) if all(found) else ()


def _call(statement: ast.stmt) -> Call | None:
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("course"), name), arguments, keywords)):
            values = [*arguments, *(keyword.value for keyword in keywords)]
            if len(values) <= 1 and all(isinstance(value, ast.Constant) for value in values):
                return Call(name, *(str(value.value) for value in values if isinstance(value, ast.Constant)))
    return None
