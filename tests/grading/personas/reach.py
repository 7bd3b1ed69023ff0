"""Hostile learners who try the door between the two rooms."""

from __future__ import annotations

from tests.grading.personas.notebooks import (
    Notebook,
    add,
    answer,
)
from tests.grading.personas.persona import ODD, Persona, answers

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
    ODD.append(Persona(f"reach_{_name}", points, status, answers("felt-value", _source)))


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
