"""Honest learners with odd habits: an honest habit costs nothing and is called nothing."""

from __future__ import annotations

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    add,
    answer,
    solved,
)
from tests.grading.personas.persona import ODD, Persona, adds, answers, join

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
join("honest", FULL, {"own_names": adds("\n".join(f"{name} = 3" for name in OWN_NAMES), after="frugal-run-task")})
join("honest", FULL, {name: adds(source) for name, source in HABITS.items() if name != "captured_output"})
join("honest", FULL, {"captured_output": adds(HABITS["captured_output"])})
join("honest", FULL, {f"felt_{name}": answers("felt-value", source) for name, source in FELT.items()})


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
join("honest", FULL, {"generator": _generator, "spoils_its_input": _spoils, "names_used_again_later": _later})


def uses_names_again_and_ends_python(notebook: Notebook) -> None:
    """A kernel that ends takes its memory along: in the next one each test has to find its moment again."""
    _later(notebook)
    add(notebook, "import os\nos._exit(0)", after="frugal-run-own-test", name="my-end")


ODD.append(
    Persona("names_used_again_and_python_ended", FULL, "crashed", uses_names_again_and_ends_python, says="my-end")
)
