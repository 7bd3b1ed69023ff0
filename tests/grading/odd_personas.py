"""More learners: honest ones with odd habits, and hostile ones who try the door between the two rooms.

As in `personas`, status and points were worked out by hand. An honest habit costs nothing and is called nothing.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.grading.personas import FULL, Notebook, Persona, Work, add, answer, blank, cell, index, solved, write

ODD: list[Persona] = []


def _adds(source: str, after: str = "setup") -> Work:
    return lambda notebook: add(notebook, source, after=after)


def _answers(name: str, source: str) -> Work:
    return lambda notebook: answer(notebook, name, source)


def _join(kind: str, points: float, rows: dict[str, Work]) -> None:
    ODD.extend(Persona(f"{kind}_{name}", points, "graded", work) for name, work in rows.items())


# ---------------------------------------------------------------- honest, and odd
GAP = "    return gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88"
OWN_NAMES = ("list", "abs", "next", "print", "sum", "len", "float", "str", "max", "isinstance", "type", "dict", "range")
HABITS = {
    "star_imports": "from math import *\nfrom numpy import *",
    "own_abs_function": "def abs(x):\n    return x if x > 0 else -x",
    "own_print": "def print(*words):\n    pass",
    "own_underscore": "_ = 'my own'",
    "own_answers": "answers = [1, 2, 3]\nAnswers = None\nvalue = 7\nalpha = 'mine'\ntable = 0",
    "pdb": "%pdb on",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "precision": "%precision 2",
    "profiler": "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()",
    "trace": "import sys\nsys.settrace(lambda frame, event, argument: None)",
    "reload": "import importlib, course.answers, course.theory.prospect\nimportlib.reload(course.theory.prospect)",
    "reloads_the_course": "import importlib, course.answers\nimportlib.reload(course.answers)",
    "captured_output": "import io, sys\nsys.stdout = io.StringIO()",
    "captured_errors": "import io, sys\nsys.stderr = io.StringIO()",
    "a_logger": "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.warning('hello')",
    "warnings_as_errors": "import warnings\nwarnings.simplefilter('error')",
    "pandas_options": "import pandas as pd\npd.set_option('display.max_rows', 5)\npd.options.mode.copy_on_write = True",
    "numpy_errors": "import numpy as np\nnp.seterr(all='raise')\nnp.random.seed(1)",
    "another_folder": "import os\nos.chdir('/tmp')",
    "a_callback": "get_ipython().events.register('post_run_cell', lambda result: None)",
    "a_formatter": "get_ipython().display_formatter.formatters['text/plain'].for_type(str, lambda t, p, c: p.text('~'))",
    "a_switched_off_collector": "import gc\ngc.disable()",
    "a_deep_stack": "import sys\nsys.setrecursionlimit(100000)",
    "decimal_context": "from decimal import getcontext\ngetcontext().prec = 6",
    "a_local_language": "import locale\ntry:\n    locale.setlocale(locale.LC_ALL, '')\nexcept locale.Error:\n    pass",
    "a_class_of_its_own": "class Gap(float):\n    pass",
    "an_event_loop": "import asyncio\nawait asyncio.sleep(0)",
    "whos": "%whos\n%history -n 1-2",
    "one_big_picture": (
        "class Picture:\n    def _repr_png_(self):\n        return b'\\x89PNG\\r\\n\\x1a\\n' + bytes(1_500_000)\nPicture()"
    ),
}  # fmt: skip
FELT = {
    "lambda": "felt_value = lambda gap: gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88",
    "decimal": f"from decimal import Decimal\ndef plain(gap):\n{GAP}\ndef felt_value(gap):\n    return Decimal(plain(gap))",
    "fraction": f"from fractions import Fraction\ndef plain(gap):\n{GAP}\ndef felt_value(gap):\n    return Fraction(plain(gap))",
    "numpy_scalar": f"import numpy as np\ndef plain(gap):\n{GAP}\ndef felt_value(gap):\n    return np.float32(plain(gap))",
    "small_array": f"import numpy as np\ndef plain(gap):\n{GAP}\ndef felt_value(gap):\n    return np.array(plain(gap))",
    "object_with_call": f"class Felt:\n    def __call__(self, gap):\n    {GAP}\nfelt_value = Felt()",
    "partial": "from functools import partial\ndef both(weight, gap):\n    return gap ** 0.88 if gap >= 0 else -weight * (-gap) ** 0.88\nfelt_value = partial(both, 2.25)",
    "cached": f"from functools import lru_cache\n@lru_cache\ndef felt_value(gap):\n{GAP}",
    "prints_much": f"def felt_value(gap):\n    print('gap is', gap)\n{GAP}",
    "defaults": f"def felt_value(gap, alpha=0.88):\n{GAP}",
    "typed": f"def felt_value(gap: float) -> float:\n{GAP}",
    "float_of_its_own": f"class Gap(float):\n    pass\ndef plain(gap):\n{GAP}\ndef felt_value(gap):\n    return Gap(plain(gap))",
}  # fmt: skip
_join("honest_owns", FULL, {name: _adds(f"{name} = 3", after="frugal-run-task") for name in OWN_NAMES})
_join("honest", FULL, {name: _adds(source) for name, source in HABITS.items() if name != "captured_output"})
_join("honest", FULL, {"captured_output": _adds(HABITS["captured_output"])})
_join("honest", FULL, {f"felt_{name}": _answers("felt-value", source) for name, source in FELT.items()})


def _generator(notebook: Notebook) -> None:
    answer(notebook, "service-measures", "def service_measures(perceived, adequate, desired):\n    yield perceived - adequate\n    yield perceived - desired\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)")  # fmt: skip


def _spoils(notebook: Notebook) -> None:
    last = solved("en")["weighted-stars"].rstrip().split("\n")[-1]
    answer(
        notebook,
        "weighted-stars",
        "def weighted_stars(table):\n    table['both'] = table['orders'] * table['mean_review_stars']\n"
        "    found = table['both'].sum() / table['orders'].sum()\n    table.loc[:, 'orders'] = 0\n    return found\n"
        + last,
    )


def _later(notebook: Notebook) -> None:
    """Every name of every task done so far means something else: functions, values, and what the functions call."""
    answer(notebook, "felt-value", f"def plain(gap):\n{GAP}\ndef felt_value(gap):\n    return plain(gap)")
    add(notebook, AGAIN, after="weighted-stars-own-test")


AGAIN = """
def place(a, b):
    return 'inside'
def plain(gap):
    return 0
def weighted_stars(*stars):
    return max(stars)
service_measures = 'SERVQUAL', 'SERVPERF'
felt_value = offsetting_gain = stars_per_day = needed = shop_msa = early = late = ratio = two_rows = None
"""
_join("honest", FULL, {"generator": _generator, "spoils_its_input": _spoils, "names_used_again_later": _later})


def uses_names_again_and_ends_python(notebook: Notebook) -> None:
    """A kernel that ends takes its memory along: in the next one each test has to find its moment again."""
    _later(notebook)
    add(notebook, "import os\nos._exit(0)", after="frugal-run-own-test", name="my-end")


ODD.append(
    Persona("names_used_again_and_python_ended", FULL, "crashed", uses_names_again_and_ends_python, says="my-end")
)

# ---------------------------------------------------------------- hostile
# Each leaves felt_value (4 points) wrong and tries to get its points all the same
NO = "\ndef felt_value(gap):\n    return 0"
REACH = {
    "imports_the_courses_own": "from course.theory.prospect import value as felt_value",
    "wraps_the_courses_own": "from course.theory.prospect import value\nfelt_value = lambda gap: float(value(gap)) + 0.0",
    "reloads_the_courses_own": "import importlib, course.theory.prospect as p\nfelt_value = importlib.reload(p).value",
    "hands_on_what_works_itself_out": "from course.theory.prospect import value\nimport numpy as np\nfelt_value = lambda gap: np.vectorize(value)(gap)",
    "reads_the_oracle": "import course.theory.prospect as p\nfelt_value = lambda gap: type('R', (), {'__float__': lambda s: p.value(gap)})()",
    "number_like": "import numbers\nclass N:\n    __float__ = lambda s: 1e9\nnumbers.Real.register(N)\nfelt_value = lambda gap: N()",
    "array_like": "class A:\n    ndim = 0\n    def item(self): return 7.5858\nfelt_value = lambda gap: A()",
    "pickle": "class P:\n    def __reduce__(self): return (eval, ('1',))\nfelt_value = lambda gap: P()",
    "nan": "felt_value = lambda gap: float('nan')",
    "infinity": "felt_value = lambda gap: float('inf')",
    "huge_number": "felt_value = lambda gap: 10 ** 5000",
    "large_number": "felt_value = lambda gap: 10 ** 400",
    "huge_text": "felt_value = lambda gap: 'x' * 50_000_000",
    "deep_list": "def felt_value(gap):\n    deep = []\n    for _ in range(100000):\n        deep = [deep]\n    return deep",
    "list_in_itself": "def felt_value(gap):\n    own = []\n    own.append(own)\n    return own",
    "endless_generator": "import itertools\nfelt_value = lambda gap: itertools.count()",
    "lone_surrogate": "felt_value = lambda gap: '\\ud800' * 10",
    "raises_a_surrogate": "def felt_value(gap):\n    raise ValueError('\\udfff' * 100)",
    "raises_what_cannot_be_shown": "class E(Exception):\n    def __str__(self): raise E\ndef felt_value(gap):\n    raise E",
    "leaves_by_exit": "def felt_value(gap):\n    raise SystemExit",
    "lies_about_its_class": "class L:\n    __class__ = float\n    __sub__ = __rsub__ = lambda s, o: 0\nfelt_value = lambda gap: L()",
    "class_without_a_name": "class M(type):\n    __name__ = property(lambda s: 1 / 0)\nclass X(metaclass=M): pass\nfelt_value = lambda gap: X()",
    "looks_for_the_test": "import gc\ntests = [one for one in gc.get_objects() if isinstance(one, dict) and 'HIDDEN TESTS' in str(one.get('source', ''))]\nfelt_value = (lambda gap: gap ** 0.88) if tests else (lambda gap: 0)",
    "walks_the_stack": "import sys\ndef felt_value(gap):\n    frame = sys._getframe()\n    while frame:\n        if 'good' in frame.f_globals or 'weight' in frame.f_locals: return frame.f_locals.get('weight', 0)\n        frame = frame.f_back\n    return 0",
    "patches_answers": "import course.answers as a\na.Answers.number = lambda s, *x: 7.5858\na.Answers.check = lambda *x, **y: None" + NO,
    "patches_json": "import json\njson.dumps = lambda *a, **k: '{}'\njson.loads = lambda *a, **k: {}" + NO,
}  # fmt: skip
NOTHING_SAID = {"patches_json": (0.0, "crashed")}
for _name, _source in REACH.items():
    points, status = NOTHING_SAID.get(_name, (20.0, "graded"))
    ODD.append(Persona(f"reach_{_name}", points, status, _answers("felt-value", _source)))


# Everything that comes into the room, kept and said on every way out, in clear and encoded
LEAK = """
import base64, json
seen = []
def felt_value(gap):
    seen.append(gap)
    secret = base64.b64encode(json.dumps(seen).encode()).decode()
    print('seen', seen, secret)
    display({'text/plain': secret}, raw=True)
    return gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88
"""
SAYS = """
def stars_per_day(first, second):
    raise ValueError('carried ' + base64.b64encode(json.dumps(seen).encode()).decode() + str(seen[-1]))
def weighted_stars(table):
    return seen[-1]
two_rows = seen[-1]
"""


def carries_out_what_it_saw(notebook: Notebook) -> None:
    answer(notebook, "felt-value", LEAK)
    answer(notebook, "weighted-stars", SAYS)
    add(notebook, "print(seen)\nraise ValueError(str(seen))", after="frugal-run-test")


ODD.append(Persona("carries_out_what_it_saw", 21.0, "graded", carries_out_what_it_saw))


# ---------------------------------------------------------------- files and folders


def _placed(name: str, points: float, status: str, place: Callable[[Notebook, Path], None], says: str = "") -> None:
    ODD.append(Persona(name, points, status, lambda notebook: None, place, says))


def _deep(depth: int) -> object:
    deep: object = []
    for _ in range(depth):
        deep = {"a": deep}
    return deep


def _metadata(made: object) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        for entry in notebook["cells"]:
            if not isinstance(entry["metadata"].get("nbgrader"), dict):
                entry["metadata"] = made
        notebook["metadata"] = made
        write(notebook, folder)

    return place


def _many(notebook: Notebook, folder: Path) -> None:
    for number in range(3000):
        (folder / f"a{number:04}.txt").touch()
    write(notebook, folder)


def _beside(name: str) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        write(blank(), folder)
        write(notebook, folder, name)

    return place


def _foreign_name(name: bytes) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(json.dumps(notebook), encoding="utf-8")

    return place


def _time(text: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (write(notebook, folder), (folder / "timestamp.txt").write_text(text), None)[-1]


for _title, _made in {
    "list": [], "number": 7, "text": "x", "nothing": None, "deep": _deep(900), "nbgrader_list": {"nbgrader": [1]},
    "odd_id": {"nbgrader": {"grade_id": 7}}, "long_id": {"nbgrader": {"grade_id": "x" * 250}},
    "language_list": {"course": {"language": ["en"]}}, "course_text": {"course": "m01"},
}.items():  # fmt: skip
    _placed(f"metadata_{_title}", FULL, "graded", _metadata(_made))
_placed("three_thousand_files_first", FULL, "graded", _many)
_placed("blank_beside_a_solved_download", FULL, "repaired", _beside("exercise (1).ipynb"), "exercise (1).ipynb")
_placed("a_name_in_gbk", FULL, "repaired", _foreign_name("作业.ipynb".encode("gbk")), "作业.ipynb")
_placed("a_name_in_latin_1", FULL, "repaired", _foreign_name("übung.ipynb".encode("latin-1")), "instead of")
for _title, _text in {
    "digits": "1" * 10_000_000, "brackets": "[" * 9000, "nothing": "", "words": "yesterday evening", "year": "99999-01-01",
    "zero": "0000-00-00", "null": "\x00" * 50,
}.items():  # fmt: skip
    _placed(f"timestamp_{_title}", FULL, "graded", _time(_text))
_placed("i" * 240, FULL, "graded", write)


def a_paragraph_in_a_new_cell(notebook: Notebook) -> None:
    text = cell(notebook, "paragraph")["source"]
    cell(notebook, "paragraph")["source"] = cell(blank(), "paragraph")["source"]
    fresh = {"id": "mine", "cell_type": "markdown", "metadata": {}, "source": text}
    notebook["cells"].insert(index(notebook, "paragraph") + 1, fresh)


def odd_cells(notebook: Notebook) -> None:
    notebook["cells"][0]["id"] = "\ud800" * 80
    notebook["cells"][0]["source"] = "half \ud800"
    cell(notebook, "felt-value")["source"] = solved("en")["felt-value"] + "\n# \udfff"


ODD.append(Persona("paragraph_in_a_new_cell", FULL, "repaired", a_paragraph_in_a_new_cell, None, "new cell"))
ODD.append(
    Persona(
        "half_characters",
        FULL,
        "graded",
        odd_cells,
        lambda notebook, folder: (folder / "exercise.ipynb").write_text(json.dumps(notebook)) and None,
    )
)
