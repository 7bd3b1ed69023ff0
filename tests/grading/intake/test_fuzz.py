"""Mutated notebooks and times: whatever stands in a file, grading begins with a notebook or a sentence, no traceback.

COURSE_FUZZ sets how many; the first ones are always the same.
"""

from __future__ import annotations

import copy
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from course.grading.assignment import source
from course.grading.assignment.status import SubmissionError, to_json
from course.grading.book import marking
from course.grading.book.lateness import arrival
from course.grading.intake import preflight
from course.i18n import LANGUAGES
from course.kernel.limits import Limits
from course.kernel.values import decode, encode
from course.paths import ROOT
from tests.grading.personas.notebooks import ASSIGNMENT, perfect

COUNT = int(os.environ.get("COURSE_FUZZ", "250"))
ODD: list[Any] = [
    None, True, -1, 0.5, 10**30, "", "x", "\ud800", "\x00", "é" * 300, [], {}, [[]], {"a": {"b": []}}, [None],
    "### BEGIN HIDDEN TESTS",
]  # fmt: skip


def _places(node: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        found.append((node, key))
        _places(node[key], found)
    return found


def _mutated(dice: random.Random, notebook: dict[str, Any]) -> bytes:
    for _ in range(dice.randint(1, 6)):
        node, key = dice.choice(_places(notebook, []))
        kind = dice.randrange(4)
        if kind == 0:
            node[key] = copy.deepcopy(dice.choice(ODD))
        elif kind == 1 and len(node) > 1:
            del node[key]
        elif kind == 2 and isinstance(node, list):
            node.insert(dice.randrange(len(node) + 1), copy.deepcopy(dice.choice([*ODD, *node])))
        elif isinstance(node, dict):
            node[dice.choice(["cells", "metadata", "id", "nbgrader", "grade_id", "source", "outputs"])] = node[key]
        if not notebook:
            break
    content = json.dumps(notebook).encode()
    if dice.random() < 0.2:
        at = dice.randrange(len(content))
        content = content[:at] + dice.randbytes(dice.randrange(4)) + content[at + dice.randrange(60) :]
    return content


def test_any_notebook_is_graded_or_refused_with_a_sentence(tmp_path: Path) -> None:
    assignment = source.load(ROOT, ASSIGNMENT)
    original, sound = perfect(), 0
    for number in range(COUNT):
        dice = random.Random(number)
        (tmp_path / "exercise.ipynb").write_bytes(_mutated(dice, copy.deepcopy(original)))
        try:
            found = preflight.inspect(tmp_path, assignment)
        except SubmissionError as error:
            json.dumps(to_json(error.why)).encode()
            error.why.say("zh").encode()
            marking.failure("one", "", error, assignment)
            continue
        job = marking.job("one", found, assignment, Limits(), cell=1, sandbox=True)
        json.dumps(job.notebook, ensure_ascii=False).encode()
        [note.say("zh").encode() for note in found.repairs]
        assert {test.grade_id for test in job.tests.values()} == set(assignment.tests)
        sound += 1
    assert COUNT // 4 < sound < COUNT


def test_any_time_is_read_or_noted() -> None:
    letters = "0123456789-:+TZ. UTCst年月日\x00[\ud800"
    for number in range(COUNT):
        dice = random.Random(number)
        text = "".join(dice.choices(letters, k=dice.choice((1, 8, 20, 60, 5000))))
        content = text.encode("utf-8", "surrogatepass") if number % 2 else dice.randbytes(30)
        arrived, doubts = arrival(content)
        assert (arrived is None) == bool(doubts) or not content.decode("utf-8", "replace").strip("\ufeff \t\r\n")
        for doubt in doubts:
            for language in LANGUAGES:
                doubt.say(language).encode()


def test_any_reply_is_a_value_or_a_value_error() -> None:
    base = encode({"a": [1, 2.5, "x"], "b": (True, None), "c": {1, 2}})
    for number in range(COUNT * 4):
        dice = random.Random(number)
        node = json.loads(base)
        for _ in range(dice.randint(1, 4)):
            inner, key = dice.choice(_places(node, []) or [({"a": 0}, "a")])
            tag = dice.choice(
                ["tuple", "set", "array", "series", "frame", "index", "decimal", "fraction", "parts", "no"]
            )
            inner[key] = copy.deepcopy(
                dice.choice([*ODD, {tag: dice.choice([*ODD, [[2], ["int64", [1]]], ["int64", [1, "x"]]])}])
            )
        try:
            value = decode(json.dumps(node))
        except ValueError:
            continue
        encode(value)


def test_what_is_too_deep_or_too_long_is_refused() -> None:
    for text in ("[" * 100_000, "[" * 500 + "]" * 500, "9" * 10_000, '"' + "x" * 3_000_000 + '"', "{}", '{"tuple":1}'):
        with pytest.raises(ValueError, match=r"."):
            decode(text)
