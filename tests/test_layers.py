"""A string that names a module of the package is an import, and is held to the same floors as one."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.paths import ROOT

PACKAGE = ROOT / "course"
NAME = re.compile(r"\bcourse((?:\.[A-Za-z_]\w*)+)")
# Other kinds of file that name what somebody imports: settings of servers, notebooks, templates
PLAIN = {".ipynb", ".html", ".j2", ".json", ".toml", ".txt"}


def floors() -> dict[str, int]:
    """Return the floor of each part of the package, by import-linter's own contract; 0 is the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return {part.strip(): number for number, layer in enumerate(layers) for part in layer.split("|")}


FLOORS = floors()


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) for every string that the program can get hold of: docstrings are for readers."""
    tree = ast.parse(source)
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose:
                yield node.lineno, text
            case ast.BinOp(left=ast.Constant(value=str(left)), op=ast.Add(), right=ast.Constant(value=str(right))):
                yield node.lineno, left + right


def part_named(dotted: str) -> str:
    """Return the part of the package that a name such as `.ui.app.App` leads into; empty where it leads nowhere."""
    part = dotted.split(".")[1]
    return part if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file() else ""


def upward(path: Path, source: str) -> list[str]:
    """Return the strings of a file at `path`, relative to the package, that name what stands above it or beside it."""
    part = path.with_suffix("").parts[0]
    texts = in_python(source) if path.suffix == ".py" else enumerate(source.splitlines(), 1)
    return [
        f"{path}:{line} names course.{other}"
        for line, text in texts
        for dotted in NAME.findall(text)
        if (other := part_named(dotted)) and other != part and FLOORS[other] <= FLOORS.get(part, len(FLOORS))
    ]


def sources() -> list[Path]:
    """Return the files of the package that may name a module; the package's own front is a menu of names."""
    found = [path for path in PACKAGE.rglob("*") if path.suffix in PLAIN | {".py"} and path.is_file()]
    return [
        path.relative_to(PACKAGE) for path in found if path != PACKAGE / "__init__.py" and "static" not in path.parts
    ]


def test_strings_point_down_too():
    found = [line for path in sources() for line in upward(path, (PACKAGE / path).read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'import_module("course.grading.guard")',
        'import_module("course." + "grading.guard")',
        '__import__("course.grading.guard", fromlist=["guard"])',
        'HOME = "course.ui.app:App"',
        'import_module(f"course.simulations.{name}")',
        'run([sys.executable, "-c", "import course.ui.app"])',
        'if True:\n    run("python -m course.server.apps")',
    ],
)
def test_a_string_that_points_up_is_seen(source):
    assert upward(Path("kernel/planted.py"), source) != []


@pytest.mark.parametrize(
    "source",
    [
        '"""Started by `course.server.open`."""',
        'HOME = "course.kernel.sandbox"',
        'HOME = "course.i18n"',
        'LINE = "course.simulator()"',
    ],
)
def test_one_that_points_down_or_nowhere_is_let_be(source):
    assert upward(Path("kernel/planted.py"), source) == []


def test_a_setting_that_points_up_is_seen():
    assert upward(Path("ui/planted.json"), '{\n"class": "course.server.kernels.X"\n}') == [
        "ui/planted.json:2 names course.server"
    ]


def test_nobody_reaches_up_through_the_front():
    """`import course` and `course.read_run` would fetch from any floor."""
    for path in (path for path in sources() if path.suffix == ".py" and path.name != "cli.py"):
        for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert "course" not in [name.name for name in node.names], path
            if isinstance(node, ast.ImportFrom) and node.module == "course":
                assert all(name.name == "__version__" or part_named(f".{name.name}") for name in node.names), path
