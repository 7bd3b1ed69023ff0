"""How a fault is planted: what is done to which file of a small module, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.authoring.conftest import cell, edit

ID = "m99-small-module"
LESSON, CHINESE, APP = (f"lessons/{ID}/{name}.ipynb" for name in ("lesson.en", "lesson.zh", "app"))
QUESTIONS = f"lessons/{ID}/questions.toml"
SOLUTION, SOLUTION_ZH = (f"solutions/{language}/{ID}/exercise.ipynb" for language in ("en", "zh"))
EXERCISE = f"exercises/en/{ID}/exercise.ipynb"
SIMULATION, CATALOGUE = "course/simulations/m99_small_module.py", "course/i18n/zh/m99.po"
ANSWERS, NUMBERS_TEST = (f"tests/{folder}/test_m99_small_module.py" for folder in ("grading", "theory"))
LESSON_TEST = "tests/lessons/test_m99_lesson.py"
SIMULATION_TEST = "tests/simulations/test_m99_small_module.py"
ORACLES, ASSIGNMENT_CATALOGUE = "tests/theory/oracles/m99.csv", "course/i18n/zh/m99_assignment.po"
THEORY, THEORY_TEST = "course/theory/small_module.py", "tests/theory/test_small_module.py"
NOTE, NOTE_ZH = (f"lessons/{ID}/teaching.{language}.md" for language in ("en", "zh"))
GIVEN = f"lessons/{ID}/given.toml"
WORDS = f"lessons/{ID}/simulation.toml"
REVEAL = 'reveal = { en = "why it is so", zh = "为什么是这样" }'
TERM = """[[term]]
key = "offset"
name = { en = "offset", zh = "偏移量" }
module = "m99"
meaning = { en = "How far off.", zh = "差多少。" }
"""
SLIDER = "effort = Slider(50, 0, 100)"
CALENDAR = f"""{SLIDER}
    calendar = __import__("course.simulations.calendar").simulations.calendar.Calendar(
        "guest", GUESTS, ("effort",), {{"points": ()}}
    )"""
PLAY = """[play]
offer = { en = "Play", zh = "经营" }
next = { en = "Next", zh = "下一步" }
before = { en = "Not yet.", zh = "还没开始。" }
after = { en = "{period:.0f} over.", zh = "{period:.0f} 过完。" }
over = { en = "Over.", zh = "结束。" }

[tell]
"""
# the bet as a line to draw; it comes after the bet's own fields
LINE = f"""{REVEAL}
kind = "path"

[bet.path]
picture = "points"
table = "points"
across = "guest"
up = "result"
start = 1
stop = 3
every = 1
low = -1000
high = 1000
step = 1
x = {{ en = "guest", zh = "客人" }}
y = {{ en = "result", zh = "结果" }}
"""
HOUSE_CATALOGUE = "course/i18n/zh/quiz.po"
MANIFEST = "course/syllabus.toml"


@dataclass(frozen=True)
class Fault:
    """What is done to which file, and what must be said: file, place, a piece of the problem, a piece of the cure."""

    plant: Callable[[Path], object]
    file: str
    place: str
    problem: str
    cure: str


def source(file: str, name: str, change: Callable[[str], str]) -> Callable[[Path], object]:
    """Change a cell's source."""

    def change_cell(notebook: dict[str, Any]) -> None:
        found = cell(notebook, name)
        found["source"] = change("".join(found["source"])).splitlines(keepends=True)

    return lambda root: edit(root / file, change_cell)


def notebook(file: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    """Change a notebook."""
    return lambda root: edit(root / file, change)


def given(task: str, default: str) -> Callable[[Path], object]:
    """Let learners have their own numbers in a task."""
    entry = f'[[given]]\nname = "size"\ncells = ["{task}"]\nvalues = ["{default}", "4", "5"]\n'
    return lambda root: (root / f"lessons/{ID}/given.toml").write_text(entry, encoding="utf-8")


def text(file: str, old: str, new: str) -> Callable[[Path], object]:
    """Replace a piece of a text that must be there, once."""

    def replace(root: Path) -> None:
        before = (root / file).read_text(encoding="utf-8")
        assert old in before
        (root / file).write_text(before.replace(old, new, 1), encoding="utf-8")

    return replace


def both(*plants: Callable[[Path], object]) -> Callable[[Path], object]:
    """Plant in several places."""
    return lambda root: [plant(root) for plant in plants]


def add(words: str) -> Callable[[str], str]:
    """Append to a source."""
    return lambda before: before + words


def rename(file: str, old: str, new: str) -> Callable[[Path], object]:
    """Give a cell another id."""
    return notebook(file, lambda found: cell(found, old).update(id=new))


def swap(found: dict[str, Any], a: int, b: int) -> None:
    """Exchange two cells."""
    found["cells"][a], found["cells"][b] = found["cells"][b], found["cells"][a]


def grading(file: str, name: str, **marks: object) -> Callable[[Path], object]:
    """Change a cell's nbgrader metadata."""
    return notebook(file, lambda found: cell(found, name)["metadata"]["nbgrader"].update(marks))


OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["7\n"]}
