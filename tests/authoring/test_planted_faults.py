"""Every fault that an author can make, planted one by one in a sound module, is found with file, place and cure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import check, rules
from course.authoring.rules.execution import lessons_and_app_run, solutions_pass, untouched_exercises_fail

from .conftest import NUMBER, cell, edit, generate

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

FAULTS = {
    "file missing": Fault(lambda root: (root / CHINESE).unlink(), CHINESE, "", "missing", "course new m99"),
    "exercise missing": Fault(
        lambda root: (root / EXERCISE).unlink(), EXERCISE, "", "missing", "COURSE_LANG=en nbgrader generate_assignment"
    ),
    "answers missing": Fault(lambda root: (root / ANSWERS).unlink(), ANSWERS, "", "missing", "course new m99"),
    "lesson's test missing": Fault(
        lambda root: (root / LESSON_TEST).unlink(), LESSON_TEST, "", "missing", "course new m99"
    ),
    "worked numbers missing": Fault(
        lambda root: (root / NUMBERS_TEST).unlink(), NUMBERS_TEST, "", "missing", "course new m99"
    ),
    "table of answers missing": Fault(
        text(ANSWERS, "VISIBLY_WRONG", "WRONG"), ANSWERS, "VISIBLY_WRONG", "VISIBLY_WRONG is missing", "another module"
    ),
    "table of claims missing": Fault(
        text(SIMULATION_TEST, "CLAIMS = {", "CLAIM = {"), SIMULATION_TEST, "CLAIMS", "CLAIMS is missing", "another module"
    ),
    "sentence without a claim": Fault(
        text(WORDS, "[tell]\n", '[tell]\nrare = { en = "rare", zh = "少见" }\n'),
        SIMULATION_TEST, "CLAIMS", f"no entry 'rare', which stands in {WORDS}", "Add it",
    ),
    "claim of no sentence": Fault(
        text(SIMULATION_TEST, '"usual"', '"often"'), SIMULATION_TEST, "CLAIMS", "an entry 'often'", "take the entry out"
    ),
    "worked number not computed": Fault(
        text(NUMBERS_TEST, '"m99-outcome"', '"m99-income"'),
        NUMBERS_TEST, "FUNCTIONS", f"no entry 'm99-outcome', which stands in {ORACLES}", "Add it",
    ),
    "no worked numbers": Fault(
        text(ORACLES, "m99-outcome,what is computed,effort 50,60,1e-9,where the number stands\n", ""),
        ORACLES, "", "no rows", "by hand",
    ),
    "table of worked numbers missing": Fault(
        lambda root: (root / ORACLES).unlink(), ORACLES, "", "missing", "course new m99"
    ),
    "theory's test missing": Fault(
        lambda root: (root / THEORY_TEST).unlink(), THEORY_TEST, "", "missing", "course new m99"
    ),
    "placeholder in the theory": Fault(
        text(THEORY, "SOURCES", "# ‹write: more›\nSOURCES"), THEORY, "line ", "‹write: more›", "Replace it"
    ),
    "placeholder in a catalogue": Fault(
        text(ASSIGNMENT_CATALOGUE, "求出了什么", "‹待写：求出了什么›"), ASSIGNMENT_CATALOGUE, "line ", "‹待写：", "Replace it"
    ),
    "numbers of one's own missing": Fault(
        lambda root: (root / GIVEN).unlink(), GIVEN, "", "missing", "course new m99"
    ),
    "too few numbers of one's own": Fault(
        text(GIVEN, 'cells = ["task-two"]', 'cells = ["task-one"]'), GIVEN, "", "2 tasks have numbers", "at least 3"
    ),
    "answers are no Python": Fault(text(ANSWERS, "ACCEPTED = {", "ACCEPTED = "), ANSWERS, "line ", "cannot read", "Correct"),
    "placeholder": Fault(
        source(LESSON, "story", add("\n‹write: more›")), LESSON, "story", "‹write: more›", "Replace it"
    ),
    "placeholder in the words": Fault(
        text(WORDS, "一个小模块", "‹待写：题目›"), WORDS, "line 3", "‹待写：题目›", "Replace it"
    ),
    "broken JSON": Fault(text(LESSON, '"cells": [', '"cells": ['[:-1]), LESSON, "", "no valid notebook", "git checkout"),
    "old notebook format": Fault(
        notebook(APP, lambda found: found.update(nbformat_minor=4)), APP, "", "nbformat 4.4", "git checkout"
    ),
    "unknown cell type": Fault(
        notebook(APP, lambda found: found["cells"][0].update(cell_type="cod")), APP, "", "no valid notebook", "git checkout"
    ),
    "output kept": Fault(
        notebook(LESSON, lambda found: cell(found, "check-quiz").update(outputs=[OUTPUT])),
        LESSON, "check-quiz", "keeps an output", f"course format {LESSON}",
    ),
    "execution count kept": Fault(
        notebook(APP, lambda found: cell(found, "app").update(execution_count=3)),
        APP, "app", "execution count", f"course format {APP}",
    ),
    "id drawn by an editor": Fault(
        both(rename(LESSON, "theory-limits", "3f2a91bc"), rename(CHINESE, "theory-limits", "3f2a91bc")),
        LESSON, "3f2a91bc", "drawn by an editor", "theory-equation",
    ),
    "id twice": Fault(
        rename(LESSON, "theory-limits", "theory-equation"), LESSON, "theory-equation", "occurs 2 times", "of its own"
    ),
    "kernel unnamed": Fault(
        notebook(LESSON, lambda found: found["metadata"].pop("kernelspec")),
        LESSON, "metadata.kernelspec.name", "do not say what it is", '"python3"',
    ),
    "edition unnamed": Fault(
        notebook(SOLUTION_ZH, lambda found: found["metadata"]["course"].update(language="en")),
        SOLUTION_ZH, "metadata.course", "do not say what it is", '"language": "zh"',
    ),
    "page of a dashboard unnamed": Fault(
        notebook(APP, lambda found: found["metadata"].pop("voila")),
        APP, "metadata.voila.template", "do not say what it is", '"course"',
    ),
    "section missing": Fault(
        rename(LESSON, "critical", "critical-reading"), LESSON, "critical", "no first markdown cell", "takeaways"
    ),
    "sections in another order": Fault(
        notebook(LESSON, lambda found: swap(found, 2, 3)), LESSON, "objectives", "'story' belongs", "story, objectives"
    ),
    "setup with plumbing": Fault(
        source(LESSON, "setup", add("\nimport numpy")), LESSON, "setup", "not the common setup", 'language="en"'
    ),
    "setup in the other language": Fault(
        source(CHINESE, "setup", lambda code: code.replace('"zh"', '"en"')),
        CHINESE, "setup", "not the common setup", 'language="zh"',
    ),
    "code too long": Fault(
        source(LESSON, "check-quiz", add("\nx = 1" * 8)), LESSON, "check-quiz", "9 lines", "Bring it down to 8"
    ),
    "line too long": Fault(
        source(LESSON, "check-quiz", add(f"\nx = '{'a' * 90}'")), LESSON, "check-quiz", "96 characters", "at most 88"
    ),
    "nothing to change": Fault(
        source(LESSON, "data-change-me", lambda code: code.replace("# change me", "")),
        LESSON, "data-change-me", "marks 0 places", "# change me",
    ),
    "English mark in Chinese": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("# 改这里", "# change me")),
        CHINESE, "data-change-me", "marks 0 places", "# 改这里",
    ),
    "magic": Fault(source(APP, "app", add("\n%matplotlib inline")), APP, "app", "Line 4 is not plain Python", "no magics"),
    "cell missing in Chinese": Fault(
        notebook(CHINESE, lambda found: found["cells"].remove(cell(found, "theory-limits"))),
        CHINESE, "theory-limits", f"{LESSON} has it", "Add it",
    ),
    "cell missing in English": Fault(
        notebook(LESSON, lambda found: found["cells"].remove(cell(found, "theory-limits"))),
        CHINESE, "theory-limits", f"missing in {LESSON}", "Add it there",
    ),
    "cells in another order": Fault(
        notebook(CHINESE, lambda found: swap(found, 7, 8)), CHINESE, "theory-try", "another place", "same order"
    ),
    "other cell type": Fault(
        notebook(CHINESE, lambda found: (c := cell(found, "theory-limits"), c.update(cell_type="raw"))),
        CHINESE, "theory-limits", "is raw here", LESSON,
    ),
    "other code": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("head(5)", "head(6)")),
        CHINESE, "data-change-me", "`rows.head(6)` here, `rows.head(5)` there", LESSON,
    ),
    "other equation": Fault(
        source(CHINESE, "theory-equation", lambda words: words.replace("0.8", "0.9")),
        CHINESE, "theory-equation", "y=20+0.9\\,x only here", LESSON,
    ),
    "other link": Fault(
        source(LESSON, "story", add(" [DOI](https://doi.org/10.1/1)")),
        CHINESE, "story", "https://doi.org/10.1/1 missing here", LESSON,
    ),
    "other image": Fault(
        source(CHINESE, "story", add(" ![图](lesson.zh.ipynb)")), CHINESE, "story", "lesson.ipynb only here", LESSON
    ),
    "other points in Chinese": Fault(
        grading(SOLUTION_ZH, "task-one-test", points=6), SOLUTION_ZH, "task-one-test", "metadata differ", SOLUTION
    ),
    "other test in Chinese": Fault(
        source(SOLUTION_ZH, "task-one-test", lambda code: code.replace("71.5", "72.5")),
        SOLUTION_ZH, "task-one-test", "Other code", SOLUTION,
    ),
    "unknown prediction": Fault(
        source(LESSON, "predict-ask", lambda code: code.replace("first-guess", "second-guess")),
        LESSON, "predict-ask", "no prediction 'second-guess'", "first-guess",
    ),
    "prediction never asked": Fault(
        both(*(source(file, "predict-ask", lambda code: "1 + 1") for file in (LESSON, CHINESE))),
        QUESTIONS, "prediction first-guess", f"{CHINESE} never asks", 'course.predict("first-guess")',
    ),
    "metadata no tables": Fault(
        notebook(SOLUTION, lambda found: cell(found, "task-one-test")["metadata"].update(nbgrader="?", course=3)),
        SOLUTION,
        "task-one-test",
        "grade id '' is not unique",
        "Name the task",
    ),
    "questions no tables": Fault(
        lambda root: (root / QUESTIONS).write_text("item = 3\nprediction = [1]\n", encoding="utf-8"),
        QUESTIONS,
        "",
        "",
        "Mend this entry",
    ),
    "unknown dataset": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("olist_delay_by_day", "olist")),
        CHINESE, "data-change-me", "no dataset 'olist'", "olist_delay_by_day",
    ),
    "question in one language": Fault(
        text(QUESTIONS, 'question = { en = "what to guess", zh = "猜什么" }', 'question = { en = "what to guess" }'),
        QUESTIONS, "", "question", "Mend this entry",
    ),
    "too few items": Fault(
        lambda root: (root / QUESTIONS).write_text(
            (root / QUESTIONS).read_text(encoding="utf-8").rpartition("[[item]]")[0], encoding="utf-8"
        ),
        QUESTIONS, "", "3 items", "Write 4 to 6",
    ),
    "objective unchecked": Fault(
        both(
            text(QUESTIONS, 'objective = "third"', 'objective = "second"'),
            *(text(file, '"third"', '"second"') for file in (SOLUTION, SOLUTION_ZH)),
        ),
        MANIFEST, f"{ID}, third", "checks this objective", 'objective = "third"',
    ),
    "objective unknown": Fault(
        notebook(SOLUTION, lambda found: cell(found, "task-two-task")["metadata"].update(course={"objectives": ["ninth"]})),
        SOLUTION, "task-two-task", "no objective 'ninth'", "first, second, third",
    ),
    "no hint": Fault(
        source(SOLUTION, "task-two-task", lambda words: words.replace("Hint", "Help")),
        SOLUTION, "task-two", "no hint", "<summary>Hint</summary>",
    ),
    "no Chinese hint": Fault(
        source(SOLUTION_ZH, "argue-task", lambda words: words.replace("提示", "Hint")),
        SOLUTION_ZH, "argue", "no hint", "<summary>提示</summary>",
    ),
    "too few tasks": Fault(
        grading(SOLUTION, "task-five-test", grade=False, locked=False), SOLUTION, "", "4 tasks mark", "at least 5"
    ),
    "answer without a test": Fault(
        grading(SOLUTION, "task-five-test", grade=False, locked=False), SOLUTION, "task-five", "No test", "Add a test cell"
    ),
    "nothing for the instructor": Fault(
        grading(SOLUTION, "argue", grade=False), SOLUTION, "", "No task is marked by the instructor", "grade and solution"
    ),
    "grade id twice": Fault(
        grading(SOLUTION, "task-two", grade_id="task-one"), SOLUTION, "task-two", "'task-one' is not unique", "Name the task"
    ),
    "points that do not add up": Fault(
        grading(SOLUTION, "task-one-test", points=4), SOLUTION, "", "29 points, the manifest says 30", "Change the points"
    ),
    "answer without markers": Fault(
        source(SOLUTION, "task-one", lambda code: "def task_one(number):\n    return number, 'done'"),
        SOLUTION, "task-one", "between a pair of markers", "### BEGIN SOLUTION",
    ),
    "marker in the wrong cell": Fault(
        source(SOLUTION, "setup", add("\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION")),
        SOLUTION, "setup", "learners would see the solution", "### BEGIN SOLUTION",
    ),
    "secret printed": Fault(
        source(SOLUTION, "task-one-test", lambda code: code.replace("### END HIDDEN", "print(task_one(9))\n### END HIDDEN")),
        SOLUTION, "task-one-test", "Line 21 of the hidden test", "plain assert",
    ),
    "secret in a message": Fault(
        source(SOLUTION, "task-one-test", lambda code: code.replace("### END H", "assert found == 60, '60'\n### END H")),
        SOLUTION, "task-one-test", "Line 21 of the hidden test", "plain assert",
    ),
    "hidden test never ends": Fault(
        source(SOLUTION, "task-one-test", lambda code: code.replace("### END HIDDEN TESTS", "")),
        SOLUTION, "task-one-test", "only one of its two markers", "### END HIDDEN TESTS",
    ),
    "exercise edited": Fault(
        source(EXERCISE, "task-one-task", add("\nSee page 3.")),
        EXERCISE, "task-one-task", "not what nbgrader makes", "change the solution and run: COURSE_LANG=en",
    ),
    "solution changed since": Fault(
        source(SOLUTION, "task-three", lambda code: code.replace("def task_three(effort)", "def task_three(amount)")),
        EXERCISE, "task-three", "not what nbgrader makes", "nbgrader generate_assignment",
    ),
    "exercise lacks a cell": Fault(
        notebook(EXERCISE, lambda found: found["cells"].remove(cell(found, "argue"))),
        EXERCISE, "argue", "not what nbgrader makes", "Never edit an exercise",
    ),
    "image from elsewhere": Fault(
        source(LESSON, "story", add("\n![map](https://tiles.example.org/1.png)")),
        LESSON, "story", "https://tiles.example.org/1.png", "Keep a copy in the repo",
    ),
    "script from elsewhere": Fault(
        source(CHINESE, "story", add('\n<script src="https://cdn.example.org/a.js"></script>')),
        CHINESE, "story", "cdn.example.org", "Keep a copy in the repo",
    ),
    "address in a code cell": Fault(
        source(APP, "app", add('\nrows = read("https://data.example.org/a.csv")')),
        APP, "app", "https://data.example.org/a.csv", "Keep a copy in the repo",
    ),
    "link to nowhere": Fault(
        source(LESSON, "takeaways", add(" [next](../m98/lesson.en.ipynb)")),
        LESSON, "takeaways", "../m98/lesson.en.ipynb leads nowhere", f"/lessons/{ID}/",
    ),
    "link out of the repo": Fault(
        source(LESSON, "takeaways", add(" [notes](../../../notes.md)")),
        LESSON, "takeaways", "leads out of the repo", "relative to",
    ),
    "link from the server's root": Fault(
        source(LESSON, "takeaways", add(" [app](/voila/render/app.ipynb)")),
        LESSON, "takeaways", "root of a server", "relative to",
    ),
    "string without Chinese": Fault(
        text(SIMULATION, "import numpy as np\n", 'import numpy as np\nN_("another metric")\n'),
        SIMULATION, "line ", "another metric", CATALOGUE,
    ),
    "string whose Chinese stands in another module's catalogue": Fault(
        both(
            text("course/i18n/zh/m01_assignment.po", "", 'msgid "Elsewhere alone"\nmsgstr "只在别处"\n\n'),
            text(SIMULATION, "import numpy as np\n", 'import numpy as np\nN_("Elsewhere alone")\n'),
        ),
        SIMULATION, "line ", "Elsewhere alone", CATALOGUE,
    ),
    "string of a code cell without Chinese": Fault(
        source(LESSON, "check-quiz", add('\nprint(_("Well done."))')), LESSON, "check-quiz", "Well done.", CATALOGUE
    ),
    "half-width comma in a lesson": Fault(
        source(CHINESE, "story", add("\n先看,再想")), CHINESE, "story", "先看,再想", "先看，再想"
    ),
    "half-width parentheses in an assignment": Fault(
        source(SOLUTION_ZH, "task-one-task", add("\n答案(整数)")), SOLUTION_ZH, "task-one-task", "答案(整数)", "答案（整数）"
    ),
    "no space in a question": Fault(
        text(QUESTIONS, 'zh = "猜什么"', 'zh = "猜Python的什么"'), QUESTIONS, "line 5", "猜Python的什么", "猜 Python 的什么"
    ),
    "half-width colon in the words": Fault(
        text(WORDS, 'zh = "一个指标"', 'zh = "一个指标:好"'), WORDS, "line ", "一个指标:好", "一个指标：好"
    ),
    "no points": Fault(text(MANIFEST, "points = 30\ntitle = { en = \"A small", "points = 0\ntitle = { en = \"A small"),
        MANIFEST, ID, "not above 0", "Give the minutes"),
    "too few objectives": Fault(
        text(MANIFEST, '\n[[module.objective]]\nid = "third"\nen = "Do the third thing"\nzh = "会做这件事"\n', ""),
        MANIFEST,
        ID,
        "It has 2 objectives",
        "three or four",
    ),
    "dataset not packaged": Fault(
        text(MANIFEST, 'datasets = ["olist_delay_by_day"]\n\n[[module.objective]]\nid = "first"',
             'datasets = ["olist_delay_by_day", "olist"]\n\n[[module.objective]]\nid = "first"'),
        MANIFEST, ID, "'olist' is not in datasets/datapackage.json", "Describe it there",
    ),
    "dataset's file gone": Fault(
        lambda root: (root / "datasets" / "olist_delay_by_day.csv").unlink(),
        "datasets/datapackage.json", "olist_delay_by_day", "is missing", "Add the file",
    ),
    "words that cannot be read": Fault(
        text(WORDS, 'label = { en = "a metric", zh = "一个指标" }', 'label = "a metric"'),
        WORDS, "", "metric result: label needs both languages", "Mend this entry",
    ),
    "source unknown": Fault(
        text(WORDS, 'source = "ours"', 'source = "someone-1900"'), WORDS, "", "'someone-1900' is not in", "Mend this entry"
    ),
    "equation with nothing to fill it": Fault(
        text(WORDS, 'over = "guests"\n', ""), WORDS, "", "say which numbers its symbols stand for", "Mend this entry"
    ),
    "symbol that no number stands for": Fault(
        text(WORDS, "0.8\\,x'\nover = \"guests\"", "z\\,x'\nsymbols = { x = \"effort\" }"),
        WORDS, "", "the equation holds z, which symbols does not know", "Mend this entry",
    ),
    "symbol bound to nothing": Fault(
        text(WORDS, "0.8\\,x'\nover = \"guests\"", "8\\,x'\nsymbols = { x = \"zeal\" }"),
        WORDS, "metric result", "names 'zeal'", "Choose one of",
    ),
    "simulation that fails": Fault(
        text(SIMULATION, "luck = np", "luck = nothing"), SIMULATION, "", "NameError", "Run it in a notebook"
    ),
    "slider without words": Fault(
        text(SIMULATION, "effort = Slider(50, 0, 100)", "effort = Slider(50, 0, 100)\n    other = Slider(1, 0, 2)"),
        WORDS, "parameter other", "has no words", "[parameter.other]",
    ),
    "slider between steps": Fault(
        text(SIMULATION, "Slider(50, 0, 100)", "Slider(50, 0, 100, 15)"),
        WORDS, "parameter effort", "between two steps", "divides both",
    ),
    "metric without words": Fault(
        text(SIMULATION, "result: float", "result: float\n    second: float = 0"),
        WORDS, "metric second", "has no words", "[metric.second]",
    ),
    "words without a metric": Fault(
        text(WORDS, "[metric.result]", "[metric.results]"), WORDS, "metric results", "nothing of this name", "Correct"
    ),
    "preset out of bounds": Fault(
        text(WORDS, "values = { effort = 90 }", "values = { effort = 180 }"),
        WORDS, "preset other", "effort = 180 is out of its bounds", "from 0 to 100",
    ),
    "goal not reached": Fault(
        text(WORDS, "reached_by = { effort = 80 }", "reached_by = { effort = 55 }"),
        WORDS, "goal first-goal", "not >= 75", "settings that reach it",
    ),
    "goal reached from the start": Fault(
        text(WORDS, "result >= 75", "result >= 7"), WORDS, "goal first-goal", "from the start", "Ask for more"
    ),
    "goal for what is not there": Fault(
        text(WORDS, "result >= 75", "outcome >= 75"), WORDS, "goal first-goal", "'outcome'", "effort, result"
    ),
    "bet off its scale": Fault(
        text(WORDS, "high = 100", "high = 10"), WORDS, "bet first-bet", "is not on the scale", "Widen"
    ),
    "bet on an unknown preset": Fault(
        text(WORDS, 'preset = "default"', 'preset = "usual"'), WORDS, "bet first-bet", "no preset 'usual'", "default, other"
    ),
    "line over an unknown table": Fault(
        text(WORDS, REVEAL, LINE.replace('table = "points"', 'table = "dots"')),
        WORDS, "bet first-bet, path", "no table 'dots'", "points",
    ),
    "line through an unknown column": Fault(
        text(WORDS, REVEAL, LINE.replace('up = "result"', 'up = "outcome"')),
        WORDS, "bet first-bet, path", "no column 'outcome'", "guest, result",
    ),
    "line off its scale": Fault(
        text(WORDS, REVEAL, LINE.replace("high = 1000", "high = 1")),
        WORDS, "bet first-bet, path", "is not on the scale", "Widen",
    ),
    "line with nothing to compare": Fault(
        text(WORDS, REVEAL, LINE.replace("start = 1\nstop = 3", "start = 1001\nstop = 1003")),
        WORDS, "bet first-bet, path", "No row is left", "start and stop",
    ),
    "line of one point": Fault(
        text(WORDS, REVEAL, LINE.replace("every = 1", "every = 5")),
        WORDS, "", "path: every must part start to stop into 2 to 40 points", "Mend",
    ),
    "bet of an unknown kind": Fault(
        text(WORDS, 'key = "first-bet"', 'key = "first-bet"\nkind = "curve"'),
        WORDS, "", "kind cannot be 'curve'; choose one of: number, path", "Mend",
    ),
    "column without a label": Fault(
        text(WORDS, "guest = {", "guests = {"), WORDS, "column.guest", "has no label", "under [column]"
    ),
    "table of an unknown frame": Fault(
        text(WORDS, "[table]\npoints", "[table]\npoint"), WORDS, "table.point", "No frame has this name", "points"
    ),
    "picture over an unknown frame": Fault(
        text(SIMULATION, 'pen.dots("points"', 'pen.dots("dots"'), WORDS, "picture points", "frame 'dots'", "points"
    ),
    "picture of an unknown column": Fault(
        text(SIMULATION, 'pen.x("guest"', 'pen.x("visitor"'), WORDS, "picture points", "column 'visitor'", "guest"
    ),
    "picture without words": Fault(
        text(WORDS, "[picture.points]", "[picture.dots]"), WORDS, "picture points", "has no words", "[picture.points]"
    ),
    "name of no line": Fault(
        text(WORDS, "[table]\n", '[picture.points.names]\nover = { en = "over", zh = "超过" }\n\n[table]\n'),
        WORDS, "picture points", "Nothing it draws is called 'over'", "take it out",
    ),
    "sentence that is missing": Fault(
        text(SIMULATION, 'return "usual"', 'return "rare"'), WORDS, "tell.rare", "no such sentence", "under [tell]"
    ),
    "sentence with an unknown number": Fault(
        text(WORDS, "what just happened: {result:.1f}", "what just happened: {outcome:.1f}"),
        WORDS, "tell.usual", "no number 'outcome'", "effort, result",
    ),
    "words of a play without a calendar": Fault(
        text(WORDS, "[tell]\n", PLAY),
        WORDS, "play", "nothing of this name", "calendar",
    ),
    "situation to play without a calendar": Fault(
        text(WORDS, "values = { effort = 90 }", "values = { effort = 90 }\nplay = true"),
        WORDS, "preset other", "no calendar", "Take play out",
    ),
    "calendar without words": Fault(
        text(SIMULATION, SLIDER, CALENDAR), WORDS, "play", "has no words", "under [play]"
    ),
    "calendar of nothing": Fault(
        both(text(SIMULATION, SLIDER, CALENDAR.replace('("effort",)', '("zeal",)')),
             text(WORDS, "[tell]\n", PLAY)),
        WORDS, "play", "'zeal'", "Correct the name",
    ),
    "sentence of a play with an unknown number": Fault(
        both(text(SIMULATION, SLIDER, CALENDAR), text(WORDS, "[tell]\n", PLAY.replace("{period:.0f} over", "{sold} over"))),
        WORDS, "play, after", "cannot be filled: 'sold'", "Choose one of: period",
    ),
    "bet on how a play ends": Fault(
        both(text(SIMULATION, SLIDER, CALENDAR),
             text(WORDS, "[tell]\n", PLAY),
             text(WORDS, 'label = { en = "a situation"', 'play = true\nlabel = { en = "a situation"')),
        WORDS, "preset default", "a bet asks how it ends", "another preset",
    ),
    "term that a bet does not explain": Fault(
        both(text(WORDS, 'question = { en = "a question"', 'question = { en = "Which offset?"'),
             text("lessons/glossary.toml", "[[term]]", f'{TERM}\n[[term]]')),
        WORDS, "bet first-bet", "asks about “offset”", 'glossary = ["offset"]',
    ),
    "term that is in no glossary": Fault(
        text(WORDS, 'key = "first-bet"', 'key = "first-bet"\nglossary = ["offset"]'),
        WORDS, "", "glossary names 'offset'", "Mend this entry",
    ),
    "another word for a term": Fault(
        source(CHINESE, "story", add("\n\n每一位客户都满意。")), CHINESE, "story", "does not say “客户”", "Write “顾客”"
    ),
    "another word for a term, in a task": Fault(
        source(SOLUTION, "task-one-task", add("\n\nRound it anew.")),
        SOLUTION, "task-one-task", "“anew”", "Say instead: again",
    ),
    "another word for a term, in the teacher's note": Fault(
        lambda root: (root / f"lessons/{ID}/teaching.zh.md").write_text("# 题\n\n看板\n", encoding="utf-8"),
        f"lessons/{ID}/teaching.zh.md", "line 3", "“看板”", "仪表板",
    ),
    "another word for a term, in the words": Fault(
        text(WORDS, "一个小模块", "翻桌率"), WORDS, "title", "“翻桌率”", "翻台率"
    ),
    "a space before the percent sign": Fault(
        source(LESSON, "story", add("\n\nNow 83.5 % stay.")), LESSON, "story", "5 %", "Write 5%"
    ),
    "reference not in the table": Fault(
        both(*(
            notebook(file, lambda found: cell(found, "references").update(source="###\n\nSomeone. (1900). *Book*."))
            for file in (LESSON, CHINESE)
        )),
        LESSON, "references", "no such entry: Someone. (1900). *Book*.", "Add it there",
    ),
    "teacher's note missing": Fault(lambda root: (root / NOTE).unlink(), NOTE, "", "missing", "course new m99"),
    "session with a gap": Fault(
        text(NOTE, "| 10–90 |", "| 15–90 |"), NOTE, "line ", "from minute 15 to 90, where minute 10 is next", "begin where"
    ),
    "session that is too short": Fault(
        text(NOTE, "| 10–90 |", "| 10–80 |"), NOTE, "", "ends at minute 80, not 90", "table of stretches"
    ),
    "number that the module does not have": Fault(
        text(NOTE, "## Questions", "It was 61.5.\n\n## Questions"), NOTE, "line ", "61.5 stands nowhere", "Quote one"
    ),
    "note's link to nowhere": Fault(
        text(NOTE, "(teaching.zh.md)", "(teaching.fr.md)"), NOTE, "line ", "teaching.fr.md leads nowhere", "relative to"
    ),
    "half-width comma in a note": Fault(
        text(NOTE_ZH, "写给教师，", "写给教师,"), NOTE_ZH, "line ", "写给教师,", "写给教师，"
    ),
    "given number elsewhere": Fault(
        given("task-one", "3.75"), SOLUTION, "task-one", "'3.75' stands in this task, and it does not", "given.toml"
    ),
    "given number untested": Fault(
        given("task-one", "3.75"), SOLUTION_ZH, "task-one", "No test of this task asks for size", 'given("m99", "size")'
    ),
    "given number twice": Fault(
        given("task-one", "4"), f"lessons/{ID}/given.toml", "", "at least three values", "Correct the entry"
    ),
}  # fmt: skip

HOUSE_FAULTS = {
    "another word for a term, in the manifest": Fault(
        text(MANIFEST, "没什么可看", "没有客户"), MANIFEST, "module.m99-small-module.summary", "“客户”", "顾客"
    ),
    "another word for a term, in a catalogue": Fault(
        text(HOUSE_CATALOGUE, "", 'msgid "x"\nmsgstr "看板"\n'), HOUSE_CATALOGUE, "line 2", "“看板”", "仪表板"
    ),
    "a term of no module": Fault(
        text("lessons/glossary.toml", 'module = "m10"', 'module = "m77"'),
        "lessons/glossary.toml", "table-turnover", "no module 'm77'", "Choose one of: m00",
    ),
    "glossary broken": Fault(
        text("lessons/glossary.toml", 'key = "customer"', 'kay = "customer"'),
        "lessons/glossary.toml", "", "key is missing", "Correct the entry",
    ),
    "script asks another host": Fault(
        text("course/ui/page/page.js", "", 'fetch("https://api.example.org/v1");\n'),
        "course/ui/page/page.js", "line 1", "api.example.org", "Keep a copy",
    ),
    "style asks another host": Fault(
        text("course/ui/page/theme.css", "", "@import url('//fonts.example.org/a.css');\n"),
        "course/ui/page/theme.css", "line 1", "fonts.example.org", "Keep a copy",
    ),
    "Python asks another host": Fault(
        text("course/theory/prospect.py", "", 'import urllib\n\nurllib.urlopen("https://api.example.org")\n'),
        "course/theory/prospect.py", "line 3", "api.example.org", "Keep a copy",
    ),
    "page embeds from another host": Fault(
        text("course/theory/prospect.py", "", 'PAGE = "<link rel=stylesheet href=https://cdn.example.org/a.css>"\n'),
        "course/theory/prospect.py", "line 1", "cdn.example.org", "Keep a copy",
    ),
    "dead link in the README": Fault(
        lambda root: (root / "README.md").write_text("# Course\n\nSee [this](docs/none.md).\n", encoding="utf-8"),
        "README.md", "line 3", "docs/none.md leads nowhere", "relative to",
    ),
    "Chinese README with a half-width comma": Fault(
        lambda root: (root / "README.zh.md").write_text("# 课程\n\n先读,再做\n", encoding="utf-8"),
        "README.zh.md", "line 3", "先读,再做", "先读，再做",
    ),
    "half-width comma in the manifest": Fault(
        text(MANIFEST, "没什么可看", "没什么可看,真的"), MANIFEST, "line ", "没什么可看,真的", "没什么可看，真的"
    ),
    "package string without Chinese": Fault(
        text("course/paths.py", "", 'from course.i18n import N_\nNAME = N_("Somewhere over there")\n'),
        "course/paths.py", "line 2", "Somewhere over there", "course/i18n/zh/",
    ),
    "page string without Chinese": Fault(
        text("course/server/page/home.html.j2", "", "<p>{{ _('Nowhere to go') }}</p>\n"),
        "course/server/page/home.html.j2",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "script string without Chinese": Fault(
        text("course/ui/page/page.js", "", 'const nowhere = _("Nowhere to go");\n'),
        "course/ui/page/page.js",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "one of two strings without Chinese": Fault(
        text("course/paths.py", "", '_("Reset" if ROOT else "Nowhere to go")\n'),
        "course/paths.py",
        "line 1",
        "Nowhere to go",
        "course/i18n/zh/",
    ),
    "theory without a source": Fault(
        text("course/theory/prospect.py", 'SOURCES = ("tversky', 'BOOKS = ("tversky'),
        "course/theory/prospect.py", "", "names no source", "kalman-1960",
    ),
    "theory with an unknown source": Fault(
        text("course/theory/prospect.py", '"tversky-kahneman-1992"', '"someone-1900"'),
        "course/theory/prospect.py", "line ", "no reference 'someone-1900'", "correct the key",
    ),
    "references broken": Fault(
        text("lessons/references.toml", 'short = "Kalman (1960)"\n', ""),
        "lessons/references.toml", "", "reference kalman-1960: short is missing", "Mend this entry",
    ),
    "string nobody shows": Fault(
        lambda root: (root / HOUSE_CATALOGUE).open("a", encoding="utf-8").write('\nmsgid "Gone"\nmsgstr "没了"\n'),
        HOUSE_CATALOGUE, "line ", "Nothing shows this string: Gone", "Take the entry out",
    ),
    "placeholder lost": Fault(
        text(HOUSE_CATALOGUE, "{file}：{place}：{problem}", "{file}：{place}"),
        HOUSE_CATALOGUE, "line ", "Other placeholders than in English", "{problem}",
    ),
    "string without msgstr": Fault(
        text(HOUSE_CATALOGUE, 'msgstr "文件开头"', 'msgstr ""'),
        HOUSE_CATALOGUE, "line ", "has no Chinese", "Write the msgstr",
    ),
    "two translations": Fault(
        lambda root: (root / "course/i18n/zh/zz_more.po").write_text(
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
            'msgid "top of the file"\nmsgstr "某个开头"\n',
            encoding="utf-8",
        ),
        "course/i18n/zh/zz_more.po", "line 5", "quiz.po has another Chinese", "Keep one",
    ),
    "catalogue broken": Fault(
        text(HOUSE_CATALOGUE, 'msgid "top of', 'mgsid "top of'), HOUSE_CATALOGUE, "", "cannot be read", "Correct the line"
    ),
    "module twice": Fault(
        text(MANIFEST, 'id = "m99-small-module"', 'id = "m01-small-module"'),
        MANIFEST, "m01", "occurs 2 times", "Renumber",
    ),
    "objective twice": Fault(
        text(MANIFEST, 'id = "third"', 'id = "second"'), MANIFEST, f"{ID}, second", "occurs 2 times", "of its own"
    ),
    "id of another form": Fault(
        text(MANIFEST, 'id = "m99-small-module"', 'id = "m99_small_module"'),
        MANIFEST,
        "m99_small_module",
        "not of the form",
        "joined by hyphens",
    ),
    "module in no part": Fault(
        text(MANIFEST, 'id = "m99-small-module"\npart = "theory"', 'id = "m99-small-module"\npart = "practice"'),
        MANIFEST, ID, "no part 'practice'", "theory, cases",
    ),
}  # fmt: skip


def findings(root: Path, *, house: bool) -> list[Finding]:
    """Run the rules that execute nothing, on the small module or on the house."""
    repo = Repo(root)
    if house:
        return [finding for rule in rules() if rule.house for finding in rule.house(repo)]
    return list(check(repo, [repo.syllabus.module(NUMBER)], fast=True))


@pytest.fixture(scope="module")
def house_before(written: Path) -> list[Finding]:
    """Return what the house has to mend anyway: other parts may be half-written while these tests run."""
    return findings(written, house=True)


def assert_found(found: list[Finding], fault: Fault) -> None:
    told = [
        one
        for one in found
        if one.file == fault.file
        and (one.place == fault.place or (fault.place.endswith(" ") and one.place.startswith(fault.place)))
        and fault.problem in one.problem
        and fault.cure in one.cure
    ]
    assert told, "\n".join(str(one) for one in found) or "nothing was found"


def test_a_sound_module_has_no_findings(written: Path):
    assert [str(finding) for finding in findings(written, house=False)] == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_of_a_module_is_found(tree: Path, name: str):
    FAULTS[name].plant(tree)
    assert_found(findings(tree, house=False), FAULTS[name])


@pytest.mark.parametrize("name", HOUSE_FAULTS)
def test_a_planted_fault_of_the_house_is_found(tree: Path, house_before: list[Finding], name: str):
    HOUSE_FAULTS[name].plant(tree)
    after = [finding for finding in findings(tree, house=True) if finding not in house_before]
    assert_found(after, HOUSE_FAULTS[name])


def test_what_is_no_request_is_left_alone(tree: Path, house_before: list[Finding]):
    source(LESSON, "story", add("\n[a paper](https://example.org/paper.pdf) `<img src='https://a.example.org'>`"))(tree)
    source(CHINESE, "story", add("\n[论文](https://example.org/paper.pdf) `<img src='https://a.example.org'>`"))(tree)
    text("course/theory/prospect.py", "", 'SOURCE = "Someone (1992), https://doi.org/10.1/1"\n')(tree)
    text("course/ui/page/page.js", "", 'fetch("static/a.js"); const schema = "https://vega.github.io/schema";\n')(tree)
    text("course/paths.py", "", '_(WORDS["not a message"])\n')(tree)
    assert findings(tree, house=False) == []
    assert {one.problem for one in findings(tree, house=True)} <= {one.problem for one in house_before}


def test_comments_may_differ_between_the_languages(tree: Path):
    source(CHINESE, "check-quiz", add("  # 测验"))(tree)
    source(SOLUTION_ZH, "task-one-test", lambda code: code.replace("# Test · 测试", "# 测试"))(tree)
    generate(Repo(tree))
    assert findings(tree, house=False) == []


def executed(rule: Callable[..., Any], root: Path) -> list[Finding]:
    repo = Repo(root)
    return list(rule(repo, repo.syllabus.module(NUMBER)))


def test_a_sound_assignment_passes_solved_and_fails_untouched(written: Path):
    assert executed(solutions_pass, written) == []
    assert executed(untouched_exercises_fail, written) == []


def test_a_solution_that_fails_is_found(tree: Path):
    source(SOLUTION_ZH, "task-two", lambda code: code.replace("return 20", "return 21"))(tree)
    fault = Fault(print, SOLUTION_ZH, "task-two-test", "AnswerError", "Correct the answer")
    assert_found(executed(solutions_pass, tree), fault)


def test_a_test_that_passes_untouched_is_found(tree: Path):
    source(SOLUTION, "task-three-test", lambda code: "assert callable(task_three)")(tree)
    source(SOLUTION, "setup", add("\n1 / 0"))(tree)
    found = executed(untouched_exercises_fail, tree)
    assert_found(found, Fault(print, SOLUTION, "task-three-test", "passes although", "only an answer can give"))
    assert_found(found, Fault(print, SOLUTION, "setup", "ZeroDivisionError", "learners run it first"))


def test_a_lesson_that_fails_is_found(tree: Path):
    for file in (LESSON, APP):
        source(file, "setup" if file == LESSON else "app", add("\nraise SystemError('no')"))(tree)
    found = executed(lessons_and_app_run, tree)
    assert_found(found, Fault(print, LESSON, "setup", "SystemError: no", "from top to bottom"))
    assert_found(found, Fault(print, APP, "app", "SystemError: no", "from top to bottom"))
    assert not [one for one in found if one.file == CHINESE], found
