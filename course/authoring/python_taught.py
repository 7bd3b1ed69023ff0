"""Which constructs of Python a piece of code uses, by the words under which a beginner meets them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from course.authoring.repo import Cell

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
# A run code is copied from the simulator and pasted as a text; only the model answer works one out
PASTED = "encode_run"
SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.FloorDiv: "//", ast.Mod: "%",
    ast.USub: "-x", ast.Not: "not", ast.Invert: "~", ast.And: "and", ast.Or: "or",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in",
}  # fmt: skip
NAMES: dict[type[ast.AST], str] = {
    ast.FunctionDef: "def", ast.Lambda: "lambda", ast.If: "if", ast.IfExp: "… if … else …", ast.For: "for",
    ast.While: "while", ast.Continue: "continue", ast.Break: "break", ast.AugAssign: "+=", ast.Import: "import",
    ast.ImportFrom: "from … import", ast.List: "[…]", ast.Dict: "{…: …}", ast.Set: "{…}",
    ast.ListComp: "[… for …]", ast.GeneratorExp: "(… for …)", ast.DictComp: "{…: … for …}", ast.SetComp: "{… for …}",
    ast.JoinedStr: 'f"…"', ast.Starred: "*x", ast.Try: "try", ast.With: "with",
}  # fmt: skip
SILENT = (
    ast.Module, ast.Expr, ast.expr_context, ast.arguments, ast.arg, ast.alias, ast.Name, ast.Assign, ast.Tuple,
    ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.comprehension, ast.FormattedValue, ast.Pass,
)  # fmt: skip


class Use(NamedTuple):
    """A construct and its line. A `word` is a function, method, argument or attribute; all else is grammar ("")."""

    construct: str
    line: int
    word: str = ""


def uses(tree: ast.AST) -> Iterator[Use]:
    """Yield every construct of a syntax tree."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        yield from (use._replace(line=line) for use in _of(node))


def _of(node: ast.AST) -> Iterator[Use]:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            yield Use(f"{name}()", 0, name)
        case ast.Attribute(attr=name):
            yield Use(f".{name}", 0, name)
        case ast.keyword(arg=str(name)):
            yield Use(f"{name}=", 0, name)
        case ast.Return(value=ast.Tuple()):
            yield from (Use("return", 0), Use("return a, b", 0))
        case ast.Return():
            yield Use("return", 0)
        case ast.Subscript(slice=ast.Slice()):
            yield Use("x[a:b]", 0)
        case ast.Subscript(slice=ast.Tuple()):
            yield Use("x[a, b]", 0)
        case ast.Subscript():
            yield Use("x[a]", 0)
        case ast.Constant(value=None):
            yield Use("None", 0)
        case ast.Constant(value=value):
            yield Use(type(value).__name__, 0)
        case ast.BinOp(op=sign) | ast.UnaryOp(op=sign) | ast.BoolOp(op=sign):
            yield Use(SIGNS.get(type(sign), type(sign).__name__), 0)
        case ast.Compare(ops=signs):
            yield from (Use(SIGNS.get(type(sign), type(sign).__name__), 0) for sign in signs)
            if len(signs) > 1:
                yield Use("a < b < c", 0)
        case ast.Slice() | ast.Call() | ast.keyword():
            return
        case _ if isinstance(node, SILENT):
            yield from _of_assignments(node)
        case _:
            yield Use(NAMES.get(type(node), type(node).__name__), 0)
    yield from _of_branches(node)


def _of_assignments(node: ast.AST) -> Iterator[Use]:
    match node:
        case ast.Assign(targets=[ast.Tuple()]):
            yield Use("a, b = …", 0)
        case ast.Assign(targets=[ast.Subscript()]):
            yield Use("x[a] = …", 0)
        case ast.Assign(targets=[_, _, *_]):
            yield Use("a = b = …", 0)


def _of_branches(node: ast.AST) -> Iterator[Use]:
    match node:
        case ast.If(orelse=[ast.If()]):
            yield Use("elif", 0)
        case ast.If(orelse=[_, *_]):
            yield Use("else", 0)
        case ast.For(target=ast.Tuple()):
            yield Use("for a, b in …", 0)


def taught(cells: Collection[Cell]) -> set[str]:
    """Return the constructs that the code cells of a lesson show."""
    return {use.construct for cell in cells if cell.kind == "code" for use in uses(_parsed(cell.source))}


def untaught(assignment: list[Cell], known: Collection[str]) -> Iterator[tuple[Cell, str]]:
    """Yield (answer cell, construct) for what an answer uses and neither `known` nor the assignment itself explains.

    The assignment explains the names its own cells define or import, and the functions, methods and arguments that a
    task shows in `code`. Grammar it does not explain.
    """
    named: set[str] = set()
    text = ""
    for cell in assignment:
        if cell.kind == "markdown" and not cell.answered:
            text = cell.source
            continue
        if cell.kind != "code":
            continue
        tree = _parsed(cell.source)
        named |= _defined(tree)
        if not cell.answered or PASTED in cell.source:
            continue
        shown = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`", text))))
        lines = _answer_lines(cell.source)
        missing = {
            use.construct: None
            for use in uses(tree)
            if use.line in lines and use.construct not in known and not (use.word and use.word in named | shown)
        }
        yield from ((cell, construct) for construct in missing)


def _parsed(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _defined(tree: ast.AST) -> set[str]:
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return names | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _answer_lines(source: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or BEGIN in line) and END not in line
        lines |= {number} if inside else set()
    return lines
