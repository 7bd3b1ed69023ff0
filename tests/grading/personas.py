"""A class of submissions as a real one hands them in, and worse: each with the status and the points it has to get.

Status and points were worked out by hand from the assignment (24 points are decided by tests). `points` counts those
alone; a paragraph is the teacher's.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from course.manifest import syllabus
from course.paths import ROOT

ASSIGNMENT = "m01-expectation-gap"
# An assignment of the same class that somebody may take for it
OTHER = next(module for module in syllabus().graded if module.id != ASSIGNMENT)
FULL = 24.0
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
Notebook = dict[str, Any]
Work = Callable[[Notebook], object]


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


@cache
def solved(language: str) -> dict[str, str]:
    """Return the model answers by cell id, as a learner would have typed them."""
    source = nbformat.read(ROOT / "solutions" / language / ASSIGNMENT / "exercise.ipynb", as_version=4)
    return {
        cell.id: "\n".join(line for line in cell.source.split("\n") if line.strip() not in MARKERS)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def blank(language: str = "en") -> Notebook:
    """Return the assignment as released."""
    path = ROOT / "exercises" / language / ASSIGNMENT / "exercise.ipynb"
    notebook: Notebook = nbformat.read(path, as_version=4)
    return json.loads(json.dumps(notebook))


def perfect(language: str = "en") -> Notebook:
    """Return the assignment with every answer right."""
    notebook = blank(language)
    for cell in notebook["cells"]:
        cell["source"] = solved(language).get(cell["id"], cell["source"])
    return notebook


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    """Return a cell by its id."""
    return next(one for one in notebook["cells"] if one["id"] == name)


def index(notebook: Notebook, name: str) -> int:
    return notebook["cells"].index(cell(notebook, name))


def answer(notebook: Notebook, name: str, source: str) -> None:
    cell(notebook, name)["source"] = source


def add(notebook: Notebook, source: str, after: str = "setup", name: str = "my-own") -> None:
    """Insert a code cell of the learner's own."""
    fresh = {"id": name, "cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].insert(index(notebook, after) + 1, fresh)


def write(notebook: Notebook, folder: Path, name: str = "exercise.ipynb", **options: Any) -> None:
    (folder / name).write_text(json.dumps(notebook, ensure_ascii=False, **options), encoding="utf-8")


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


# ---------------------------------------------------------------- honest


@persona(FULL, "graded")
def all_right(notebook: Notebook) -> None:
    pass


@persona(FULL, "graded", language="zh")
def all_right_in_chinese(notebook: Notebook) -> None:
    pass


@persona(0, "not attempted")
def nothing_done(notebook: Notebook) -> None:
    notebook.update(blank())


@persona(0, "not attempted", language="zh")
def nothing_done_in_chinese(notebook: Notebook) -> None:
    notebook.update(blank("zh"))


@persona(15, "graded")
def partly_right(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return gap")
    answer(notebook, "place-in-zone", 'def place(msa, mss):\n    return "inside" if msa > 0 else "below"')
    answer(notebook, "weighted-stars", 'def weighted_stars(table):\n    return table["mean_review_stars"].mean()')


@persona(22, "graded")
def right_for_the_visible_numbers_only(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return 7.5858 if gap == 10 else -17.068")


@persona(11, "graded")
def wrong_types(notebook: Notebook) -> None:
    answer(notebook, "felt-value", 'def felt_value(gap):\n    return "a lot"')
    answer(notebook, "offsetting-gain", "offsetting_gain = 25.1")
    answer(notebook, "place-in-zone", "def place(msa, mss):\n    return [msa, mss]")
    cell(notebook, "frugal-run")["source"] = "run = 42"
    add(notebook, "1 + 1", after="frugal-run")


@persona(18, "graded")
def returns_nothing(notebook: Notebook) -> None:
    answer(notebook, "offsetting-gain", "def offsetting_gain(loss):\n    print(loss * 2.25 ** (1 / 0.88))")
    answer(notebook, "place-in-zone", "def place(msa, mss):\n    ...")


@persona(FULL, "graded")
def numpy_numbers_and_a_list(notebook: Notebook) -> None:
    answer(
        notebook,
        "offsetting-gain",
        "import numpy as np\ndef offsetting_gain(loss):\n    return np.float64(loss) * 2.25 ** (1 / 0.88)\n"
        "needed, enough = offsetting_gain(8), 'no'",
    )
    answer(notebook, "service-measures", "def service_measures(perceived, adequate, desired):\n    return [perceived - adequate, perceived - desired]\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)")  # fmt: skip


@persona(21, "graded")
def a_syntax_error(notebook: Notebook) -> None:
    answer(notebook, "place-in-zone", "def place(msa, mss)\n    return 'inside'")


@persona(20, "graded")
def an_error_in_the_function(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return gap / 0")


@persona(FULL, "graded")
def names_a_variable_like_a_built_in(notebook: Notebook) -> None:
    add(notebook, "sum = 3\nmax = 4\nlen = 5")


@persona(FULL, "graded")
def warns_in_the_answer(notebook: Notebook) -> None:
    text = solved("en")["felt-value"].replace(
        "gap):\n", 'gap):\n    import warnings\n    warnings.warn("careful")\n', 1
    )
    answer(notebook, "felt-value", text)


@persona(FULL, "graded")
def writes_to_stderr_in_a_test(notebook: Notebook) -> None:
    add(notebook, "import sys\nold = offsetting_gain\ndef offsetting_gain(loss):\n    print('working', file=sys.__stderr__)\n"
        "    get_ipython().kernel.shell\n    return old(loss)", after="offsetting-gain")  # fmt: skip
    add(notebook, "import sys\nprint('noise', file=sys.stderr)", after="felt-value", name="noise")


@persona(21, "graded")
def asks_for_input(notebook: Notebook) -> None:
    answer(notebook, "place-in-zone", 'word = input("Where? ")\ndef place(msa, mss):\n    return word')


@persona(FULL, "graded")
def leaves_on_exit_tricks(notebook: Notebook) -> None:
    add(notebook, "import atexit, os\natexit.register(os._exit, 0)")


@persona(FULL, "graded")
def uses_magics(notebook: Notebook) -> None:
    add(notebook, "%time 1 + 1\n!echo hello\n%xmode Minimal")


@persona(18, "graded")
def stops_with_sys_exit(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import sys\nsys.exit('done')")
    answer(notebook, "place-in-zone", "raise KeyboardInterrupt")


@persona(FULL, "late", says="after the deadline")
def too_late(notebook: Notebook) -> None:
    pass


def _late(notebook: Notebook, folder: Path) -> None:
    write(notebook, folder)
    (folder / "timestamp.txt").write_text("2026-10-02 08:00:00 UTC\n", encoding="utf-8")


PERSONAS[-1] = Persona("too_late", FULL, "late", too_late, _late, "after the deadline")


@persona(FULL, "graded", place=lambda notebook, folder: (write(notebook, folder), (folder / "timestamp.txt").write_text("2026-09-30 08:00:00 UTC")))  # fmt: skip
def in_time(notebook: Notebook) -> None:
    pass


# ---------------------------------------------------------------- cells that moved


@persona(FULL, "repaired", says="felt-value was there more than once")
def an_answer_twice(notebook: Notebook) -> None:
    notebook["cells"].insert(index(notebook, "felt-value"), {**cell(notebook, "felt-value"), "id": "copy"})


@persona(FULL, "repaired", says="felt-value was there more than once")
def an_answer_and_below_it_the_starter_again(notebook: Notebook) -> None:
    again = {**cell(blank(), "felt-value"), "id": "copy"}
    notebook["cells"].insert(index(notebook, "felt-value") + 1, again)


@persona(FULL, "repaired", says="felt-value-test was there more than once")
def a_test_twice(notebook: Notebook) -> None:
    notebook["cells"].insert(index(notebook, "felt-value-test"), {**cell(notebook, "felt-value-test"), "id": "copy"})


@persona(FULL, "repaired", says="felt-value-test was deleted")
def a_deleted_test(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "felt-value-test"))


@persona(FULL, "repaired", says="frugal-run-test was deleted")
def all_tests_deleted(notebook: Notebook) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if not one["id"].endswith("-test")]


@persona(20, "repaired", says="felt-value is gone")
def a_deleted_answer(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "felt-value"))


@persona(FULL, "repaired", says="setup was deleted")
def the_first_cell_deleted(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "setup"))
    notebook["cells"].remove(cell(notebook, "data-table"))


@persona(FULL, "repaired", says="paragraph was deleted")
def the_paragraph_deleted(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "paragraph"))


@persona(FULL, "repaired", says="place-in-zone had been split")
def an_answer_split_in_two(notebook: Notebook) -> None:
    whole = cell(notebook, "place-in-zone")
    head, tail = whole["source"].split("\n", 1)
    notebook["cells"].insert(index(notebook, "place-in-zone") + 1, {**whole, "id": "half", "source": tail})
    whole["source"] = head


@persona(FULL, "repaired", says="place-in-zone had been split")
def an_answer_split_and_unmarked(notebook: Notebook) -> None:
    head, tail = cell(notebook, "place-in-zone")["source"].split("\n", 1)
    answer(notebook, "place-in-zone", head)
    add(notebook, tail, after="place-in-zone")


@persona(20, "repaired", says="felt-value-test had been changed")
def an_edited_test(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return 1")
    answer(notebook, "felt-value-test", "print('all right')")


@persona(FULL, "repaired", says="felt-value-test had been changed")
def a_test_turned_into_text(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value-test")
    test["cell_type"] = "markdown"
    del test["outputs"], test["execution_count"]


@persona(FULL, "repaired", says="felt-value had become another kind of cell")
def an_answer_turned_into_text(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value")
    test["cell_type"] = "markdown"
    del test["outputs"], test["execution_count"]


@persona(FULL, "repaired", says="felt-value had lost its marks")
def stripped_metadata(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}
    notebook["metadata"] = {}


@persona(FULL, "repaired", says="felt-value had lost its marks")
def stripped_metadata_and_ids(notebook: Notebook) -> None:
    stripped_metadata(notebook)
    for one in notebook["cells"]:
        del one["id"]
    notebook["nbformat_minor"] = 4


@persona(FULL, "repaired", says="lost its marks", language="zh")
def stripped_metadata_and_ids_in_chinese(notebook: Notebook) -> None:
    stripped_metadata_and_ids(notebook)


@persona(0, "not attempted", says="lost its marks")
def stripped_and_blank(notebook: Notebook) -> None:
    notebook.update(blank())
    stripped_metadata(notebook)


@persona(FULL, "repaired", says="stood above its answer")
def a_test_above_its_answer(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value-test")
    notebook["cells"].remove(test)
    notebook["cells"].insert(index(notebook, "felt-value-task"), test)


@persona(FULL, "repaired", says="Left out what is no cell: 3")
def mangled_cells(notebook: Notebook) -> None:
    notebook["cells"][3:3] = [None, "text", {"cell_type": "heading", "source": "x", "level": 2}]
    del cell_at(notebook, "felt-value-task")["metadata"]
    cell_at(notebook, "title")["source"] = [cell_at(notebook, "title")["source"], 7]
    cell_at(notebook, "paragraph")["id"] = cell_at(notebook, "title")["id"]


def cell_at(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(one for one in notebook["cells"] if isinstance(one, dict) and one.get("id") == name)


@persona(FULL, "graded")
def the_points_changed(notebook: Notebook) -> None:
    cell(notebook, "felt-value-test")["metadata"]["nbgrader"]["points"] = 400


@persona(FULL, "graded")
def marks_of_another_assignment(notebook: Notebook) -> None:
    add(notebook, "x = 1")
    settings = {**cell(notebook, "felt-value-test")["metadata"]["nbgrader"], "grade_id": "free-points", "points": 9}
    cell(notebook, "my-own")["metadata"] = {"nbgrader": settings}


@persona(FULL, "graded", place=lambda notebook, folder: write(notebook, folder, indent=1))
def thirty_megabytes_of_old_output(notebook: Notebook) -> None:
    cell(notebook, "data-table")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}]


# ---------------------------------------------------------------- files


def _named(name: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: write(notebook, folder, name)


@persona(FULL, "repaired", says="exercise (1).ipynb", place=_named("exercise (1).ipynb"))
def a_renamed_notebook(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="张三", place=_named("张三 作业一.ipynb"))
def a_notebook_named_after_its_author(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="exercise.ipynb.txt", place=_named("exercise.ipynb.txt"))
def saved_as_text_by_the_browser(notebook: Notebook) -> None:
    pass


def _deeper(notebook: Notebook, folder: Path) -> None:
    (folder / "exercise" / "m01").mkdir(parents=True)
    write(notebook, folder, "exercise/m01/exercise.ipynb")


@persona(FULL, "repaired", says="exercise/m01/exercise.ipynb", place=_deeper)
def in_a_folder_of_a_zip_file(notebook: Notebook) -> None:
    pass


def _two(notebook: Notebook, folder: Path) -> None:
    shutil.copy(OTHER.exercise("en"), folder / "exercise m10.ipynb")
    write(notebook, folder, "mine.ipynb")


@persona(FULL, "repaired", says="mine.ipynb", place=_two)
def beside_another_assignment(notebook: Notebook) -> None:
    pass


@persona(0, "missing", says="empty", place=lambda notebook, folder: None)
def an_empty_folder(notebook: Notebook) -> None:
    pass


@persona(0, "missing", says="no notebook", place=lambda notebook, folder: (folder / "essay.docx").write_bytes(b"PK"))
def another_kind_of_file(notebook: Notebook) -> None:
    pass


def _other(notebook: Notebook, folder: Path) -> None:
    shutil.copy(OTHER.exercise("en"), folder / "exercise.ipynb")


@persona(0, "missing", says="not the one of m01", place=_other)
def the_wrong_assignment(notebook: Notebook) -> None:
    pass


def _bytes(content: bytes) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (folder / "exercise.ipynb").write_bytes(content) and None


@persona(0, "unreadable", says="is not JSON", place=lambda notebook, folder: (folder / "exercise.ipynb").write_text(json.dumps(notebook)[:5000]))  # fmt: skip
def cut_off_in_the_middle(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="is empty", place=_bytes(b""))
def an_empty_file(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="line 2", place=_bytes(b"{\n<<<<<<< HEAD\n"))
def marks_of_a_merge(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="holds no cells", place=_bytes(b"[1, 2]"))
def json_but_no_notebook(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="no text", place=_bytes(bytes(range(128, 256)) * 40))
def random_bytes(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="no text", place=_bytes(b"[" * 200_000))
def json_without_bottom(notebook: Notebook) -> None:
    pass


def _encoded(encoding: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (
        (folder / "exercise.ipynb").write_bytes(json.dumps(notebook, ensure_ascii=False).encode(encoding, "ignore"))
        and None
    )


@persona(FULL, "repaired", says="gb18030", language="zh", place=_encoded("gb18030"))
def saved_in_a_chinese_encoding(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="utf-16", place=_encoded("utf-16"))
def saved_by_an_old_editor(notebook: Notebook) -> None:
    pass


@persona(FULL, "graded", place=_encoded("utf-8-sig"))
def with_a_byte_order_mark(notebook: Notebook) -> None:
    pass


def _link(notebook: Notebook, folder: Path) -> None:
    (folder / "exercise.ipynb").symlink_to(folder.parent.parent / "all_right" / ASSIGNMENT / "exercise.ipynb")


@persona(0, "unreadable", says="is a link", place=_link)
def a_link_to_a_neighbour(notebook: Notebook) -> None:
    pass


def _folder_link(notebook: Notebook, folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parent.parent / "all_right" / ASSIGNMENT)


@persona(0, "unreadable", says="is a link", place=_folder_link)
def a_linked_folder(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="device", place=lambda notebook, folder: os.mkfifo(folder / "exercise.ipynb"))
def a_pipe_instead_of_a_file(notebook: Notebook) -> None:
    pass


def _vast(notebook: Notebook, folder: Path) -> None:
    with (folder / "exercise.ipynb").open("wb") as stream:
        stream.truncate(101_000_000)


@persona(0, "too large", says="larger than 100 MB", place=_vast)
def a_vast_file(notebook: Notebook) -> None:
    pass


# ---------------------------------------------------------------- too much


@persona(FULL, "too large", says="my-own")
def one_endless_line(notebook: Notebook) -> None:
    add(notebook, 'print("x" * 60_000_000)')


@persona(FULL, "too large", says="my-own")
def many_lines(notebook: Notebook) -> None:
    add(notebook, "for number in range(60_000):\n    print(number)")


@persona(FULL, "too large", says="my-own")
def many_displays(notebook: Notebook) -> None:
    add(notebook, "for number in range(1000):\n    display(number)")


@persona(FULL, "timed out", says="my-own")
def prints_without_end(notebook: Notebook) -> None:
    add(notebook, "while True:\n    print('again')")


@persona(FULL, "timed out", says="my-own")
def an_endless_loop(notebook: Notebook) -> None:
    add(notebook, "while True:\n    pass")


@persona(20, "timed out", says="felt-value-test")
def an_endless_loop_in_a_function(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    while True:\n        pass")


@persona(21, "timed out", says="could not be interrupted")
def a_loop_that_swallows_everything(notebook: Notebook) -> None:
    answer(
        notebook,
        "frugal-run",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    )


@persona(21, "timed out", says="could not be interrupted")
def a_loop_that_ignores_interrupts(notebook: Notebook) -> None:
    answer(notebook, "frugal-run", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass")


@persona(21, "timed out", says="could not be interrupted")
def stops_itself(notebook: Notebook) -> None:
    answer(notebook, "frugal-run", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")


@persona(FULL, "graded")
def sleeps_a_little(notebook: Notebook) -> None:
    add(notebook, "import time\ntime.sleep(0.5)")


@persona(18, "crashed", says="weighted-stars")
def leaves_through_the_back_door(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import os\nos._exit(0)")


@persona(18, "crashed", says="weighted-stars")
def a_segmentation_fault(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import ctypes\nctypes.string_at(0)")


@persona(21, "graded")
def quits(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "quit()")


@persona(18, "crashed", says="weighted-stars")
def kills_itself(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import os\nos.kill(os.getpid(), 9)")


@persona(21, "graded")
def asks_for_more_memory_than_there_is(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "hog = bytearray(8 << 30)")


@persona(21, "graded")
def eats_memory_bit_by_bit(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "hog = []\nwhile True:\n    hog.append(bytearray(50 << 20))")


# Bounded, should the fence ever fail: 500 is far beyond what a submission may have
BOMB = """
import os, time
for _ in range(500):
    try:
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
    except OSError:
        break
"""


@persona(FULL, "graded")
def a_fork_bomb(notebook: Notebook) -> None:
    add(notebook, BOMB)


@persona(FULL, "graded")
def leaves_processes_behind(notebook: Notebook) -> None:
    add(notebook, 'import subprocess\nsubprocess.Popen(["setsid", "nohup", "sleep", "98765"], start_new_session=True)')


@persona(FULL, "graded")
def leaves_threads_behind(notebook: Notebook) -> None:
    add(
        notebook,
        "import threading, time\nfor _ in range(5):\n    threading.Thread(target=time.sleep, args=(600,)).start()",
    )


@persona(FULL, "graded")
def deletes_what_can_be_deleted(notebook: Notebook) -> None:
    add(notebook, 'import shutil\nfor place in (".", "{root}"):\n    shutil.rmtree(place, ignore_errors=True)')


@persona(FULL, "graded")
def fills_the_disk(notebook: Notebook) -> None:
    add(
        notebook,
        'try:\n    with open("big", "wb") as stream:\n        while True:\n            stream.write(bytes(1 << 20))\nexcept OSError:\n    pass',
    )


@persona(18, "crashed", says="more than 10000 files")
def makes_a_hundred_thousand_files(notebook: Notebook) -> None:
    # should the fence ever fail, the wait ends and the notebook goes on
    made = "for number in range(100_000):\n    open(str(number), 'w').close()\nimport time\ntime.sleep(8)"
    answer(notebook, "weighted-stars", made)


# ---------------------------------------------------------------- where they have no business
# The answer is right only where the learner got through

WRONG_UNLESS = "{attempt}\ndef felt_value(gap):\n    return (gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88) if through else 0"


@persona(20, "graded")
def reaches_for_the_network(notebook: Notebook) -> None:
    attempt = (
        "import socket\nthrough = False\nfor place in (('127.0.0.1', {port}), ('1.1.1.1', 53)):\n    try:\n"
        "        socket.create_connection(place, 1)\n        through = True\n    except OSError:\n        pass"
    )
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


def _reader(notebook: Notebook, pattern: str) -> None:
    attempt = f"import glob\nthrough = False\nfor name in glob.glob({pattern!r}, recursive=True):\n    try:\n        through = bool(open(name, 'rb').read(1)) or through\n    except OSError:\n        pass"  # fmt: skip
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


@persona(20, "graded")
def reads_the_hidden_tests(notebook: Notebook) -> None:
    _reader(notebook, "{root}/solutions/**/*.ipynb")


@persona(20, "graded")
def reads_the_neighbours(notebook: Notebook) -> None:
    _reader(notebook, "{root}/submitted/**/*.ipynb")


@persona(20, "graded")
def reads_the_gradebook(notebook: Notebook) -> None:
    _reader(notebook, "{root}/gradebook.db")


@persona(20, "graded")
def writes_the_gradebook(notebook: Notebook) -> None:
    attempt = (
        'import sqlite3\nthrough = False\ntry:\n    book = sqlite3.connect("{root}/gradebook.db")\n'
        '    through = book.execute("UPDATE grade SET manual_score = 99").rowcount > 0\n    book.commit()\n'
        "except sqlite3.Error:\n    pass"
    )
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


@persona(20, "graded")
def looks_for_other_processes(notebook: Notebook) -> None:
    attempt = "import glob, os\nthrough = any(b'course' in open(f'{name}/cmdline', 'rb').read() and os.stat(name).st_uid == 0 for name in glob.glob('/proc/[0-9]*'))"
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


# ---------------------------------------------------------------- tampering
# Each has one wrong answer, and a way to make a test in the same room not notice. The test is in another

WRONG = "def felt_value(gap):\n    return 0"


def tampering(source: str, *, wrong: str = WRONG) -> Work:
    def work(notebook: Notebook) -> None:
        answer(notebook, "felt-value", f"{source}\n{wrong}")

    return work


TAMPERING = {
    "ast_transformer": (
        "import ast\nclass Gone(ast.NodeTransformer):\n    def visit_Expr(self, node):\n"
        "        return ast.copy_location(ast.Pass(), node) if 'check' in ast.dump(node) else node\n"
        "get_ipython().ast_transformers.append(Gone())"
    ),
    "picky_ast_transformer": (
        "import ast\nclass Gone(ast.NodeTransformer):\n    def visit_Module(self, node):\n"
        "        if 'felt_value' in ast.dump(node):\n            node.body = [ast.parse('print(1)').body[0]]\n"
        "        return node\nget_ipython().ast_transformers.append(Gone())"
    ),
    "input_transformer": (
        "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'] if any('Test' in l for l in lines) else lines)"
    ),
    "input_transformer_by_cleanup": (
        "get_ipython().input_transformer_manager.cleanup_transforms.insert(0, lambda lines: [l for l in lines if 'assert' not in l])"
    ),
    "patched_showtraceback": "get_ipython().showtraceback = lambda *a, **k: None",
    "patched_showtraceback_of_the_class": (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.showtraceback = InteractiveShell._showtraceback = lambda *a, **k: None"
    ),
    "patched_abs": "import builtins\nbuiltins.abs = lambda x: 0",
    "patched_print": "import builtins\nbuiltins.print = lambda *a, **k: None",
    "patched_check": "from course.answers import Answers\nAnswers.check = lambda *a, **k: None",
    "patched_check_by_its_code": (
        "from course.answers import Answers\ndef calm(self, right, message, **figures): pass\n"
        "Answers.check.__code__ = calm.__code__"
    ),
    "patched_number": "from course.answers import Answers\nAnswers.number = lambda self, name, *a: __import__('course').theory.prospect.value(*a)",
    "patched_oracle": "import course.theory.prospect as p\np.value = lambda gap: 0.0",
    "exchanged_code_of_the_oracle": (
        "import course.theory.prospect as p\np.value.__code__ = (lambda gap, **how: 0.0).__code__"
    ),
    "exchanged_module": (
        "import sys, types\nfake = types.ModuleType('course.answers')\nclass Answers:\n    def __init__(self, n): pass\n"
        "    def number(self, *a): return 1.0\n    def check(self, *a, **k): pass\nfake.Answers = Answers\n"
        "sys.modules['course.answers'] = fake"
    ),
    "trace_function": "import sys\nsys.settrace(lambda frame, event, arg: None)",
    "shadowed_abs": "def abs(x):\n    return 0",
    "callback_after_each_cell": "get_ipython().events.register('pre_run_cell', lambda info: None)",
    "import_hook": (
        "import sys\nclass Finder:\n    @staticmethod\n    def find_spec(name, path=None, target=None):\n        return None\n"
        "sys.meta_path.insert(0, Finder())"
    ),
    "patched_display_publisher": "get_ipython().display_pub.publish = lambda *a, **k: None",
    "patched_run_cell": (
        "ip = get_ipython()\nold = ip.run_cell_async\nasync def run_cell_async(code, **k):\n"
        "    return await old('pass' if 'Test' in code else code)\nip.run_cell_async = run_cell_async"
    ),
    "patched_kernel": (
        "k = get_ipython().kernel\nold = k.do_execute\nasync def do_execute(code, *a, **kw):\n"
        "    r = await old(code, *a, **kw)\n    r['status'] = 'ok'\n    return r\nk.do_execute = do_execute"
    ),
    "patched_eval": "import builtins\nbuiltins.eval = lambda *a: True",
    "witness_removed": "import sys\nsys.modules.pop('course.kernel.witness', None)",
    "witness_replaced": (
        "import course.kernel.witness as w, json\n"
        "w.testify = lambda q: w.Statement(json.dumps({'kind': 'value', 'value': '0', 'error': ['', '']}))"
    ),
}  # fmt: skip
# Who breaks the own notebook's mouth is asked in vain from there on; nobody else's room is touched
OWN_LOSS = {"patched_eval": 0, "patched_run_cell": 0, "witness_replaced": 0}
for _name, _source in TAMPERING.items():
    PERSONAS.append(Persona(f"tampers_{_name}", OWN_LOSS.get(_name, FULL - 4), "graded", tampering(_source)))


@persona(20, "graded")
def tampers_while_being_tested(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "def felt_value(gap):\n    from course.answers import Answers\n    Answers.check = lambda *a, **k: None\n    return 0",
    )  # fmt: skip


@persona(20, "graded")
def forges_a_reply(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "def felt_value(gap):\n    k = get_ipython().kernel\n    p = k.get_parent()\n"
        "    k.session.send(k.shell_stream if hasattr(k, 'shell_stream') and k.shell_stream else k.shell_streams[0], 'execute_reply',\n"
        "        {'status': 'ok', 'execution_count': 1, 'user_expressions': {}, 'payload': []}, parent=p,\n"
        "        ident=k._parent_ident if not hasattr(k, '_shell_parent_ident') else k._shell_parent_ident.get())\n    return 0",
    )  # fmt: skip


@persona(FULL, "graded")
def prints_the_hidden_tests(notebook: Notebook) -> None:
    add(
        notebook, "import linecache\nfor lines in linecache.cache.values():\n    print(''.join(lines[2]) if len(lines) > 2 else '')\nprint('\\n'.join(In))",
        after="felt-value-test",
    )  # fmt: skip


@persona(20, "graded")
def an_object_that_equals_everything(notebook: Notebook) -> None:
    answer(
        notebook, "felt-value",
        "class Yes(float):\n    def __eq__(self, other): return True\n    __lt__ = __gt__ = __le__ = __ge__ = __eq__\n"
        "    def __sub__(self, other): return self\n    def __abs__(self): return self\n    __float__ = lambda self: 0.0\n"
        "    __hash__ = None\ndef felt_value(gap):\n    return Yes(0)",
    )  # fmt: skip


@persona(21, "graded")
def a_word_that_equals_everything(notebook: Notebook) -> None:
    answer(
        notebook, "place-in-zone",
        "class Yes(str):\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\n"
        "    def strip(self): return self\n    def lower(self): return self\ndef place(msa, mss):\n    return Yes('x')",
    )  # fmt: skip


def _shadows(notebook: Notebook, folder: Path) -> None:
    write(notebook, folder)
    (folder / "course").mkdir()
    (folder / "course" / "__init__.py").write_text("")
    (folder / "course" / "answers.py").write_text(
        "class Answers:\n    def __init__(self, n): pass\n    def __getattr__(self, n): return lambda *a, **k: 1\n"
    )
    for name in ("pandas", "numbers", "math"):
        (folder / f"{name}.py").write_text("raise SystemExit\n")


@persona(20, "graded", place=_shadows)
def files_named_like_modules(notebook: Notebook) -> None:
    answer(notebook, "felt-value", WRONG)
