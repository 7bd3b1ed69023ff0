"""Copies are found, honest work is left alone, in a class of sixty made by hand and by dice."""

from __future__ import annotations

import random
import re
from importlib import import_module
from itertools import pairwise

import pytest

from course.grading.assignment.taskbook import tasks
from course.grading.telling.similarity import Answer, runs, similar
from course.manifest import syllabus

M01 = syllabus().module("m01")
TABLES = import_module("tests.grading.test_m01_expectation_gap")
KNOWN = [
    Answer(task.id, text, task.written)
    for language in ("en", "zh")
    for task in tasks(M01, language)
    for text in (task.starter, task.solution)
]
# what honest learners write: the model answer, another right one, or one of the typical wrong ones
CHOICES = {
    task.id: [task.solution]
    + [row[1] for table in ("ACCEPTED", "VISIBLY_WRONG", "WRONG_WHERE_NOBODY_LOOKS")
       for row in getattr(TABLES, table).values() if row[0] == task.id]
    for task in tasks(M01, "en") if not task.written
}  # fmt: skip
WORDS = re.findall(
    r"\w+",
    "the canteen hall queue minutes students serve rice soup every Tuesday costs nobody notices screen "
    "owner could switch off two weeks compare ratings guests before layer basic standard elevated "
    "emotional expect promise late table prove orders Brazil chance sellers library quiet seats evening "
    "hairdresser cut mirror tea magazine bus ",
)


def essay(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=140))


def honest(seed: int) -> list[Answer]:
    dice = random.Random(seed)
    code = [Answer(task, dice.choice(choices)) for task, choices in CHOICES.items()]
    return [*code, Answer("paragraph", essay(dice), prose=True)]


CLASS = {f"s{seed:02}": honest(seed) for seed in range(60)}
OWN_WAY = """def felt_value(difference):
    # my own way
    sizes = [1, 2, 3]
    total = sum(sizes) / len(sizes)
    if difference >= total - total:
        felt = pow(difference, 0.88)
    else:
        felt = 0 - 2.25 * pow(abs(difference), 0.88)
    return felt + total - total
"""
DISGUISED = """def felt_value(gap):
    numbers = [1, 2, 3]   # helper list
    mean = sum(numbers) / len(numbers)
    if gap >= mean - mean:
        result = pow(gap, 0.88)

    else:
        result = 0 - 2.25 * pow(abs(gap), 0.88)
    return result + mean - mean
"""


def code_of(name: str, source: str) -> list[Answer]:
    """An honest learner's answers, but with this code and no paragraph."""
    keep = [answer for answer in honest(int(name)) if answer.task not in ("felt-value", "paragraph")]
    return [*keep, Answer("felt-value", source)]


def test_an_honest_class_has_no_conspicuous_pair() -> None:
    assert similar(CLASS, KNOWN) == []


def test_equal_right_answers_say_nothing() -> None:
    model = [Answer(task.id, task.solution, task.written) for task in tasks(M01, "en")]
    assert similar({f"s{number}": model for number in range(3)}, KNOWN) == []


def test_a_copy_with_other_names_and_comments_is_found() -> None:
    found = similar({**CLASS, "anna": code_of("101", OWN_WAY), "ben": code_of("102", DISGUISED)}, KNOWN)
    assert [(pair.one, pair.other) for pair in found] == [("anna", "ben")]
    assert found[0].share > 0.9


@pytest.mark.parametrize(
    "text",
    [
        essay(random.Random(900)),
        "食堂的第二块屏幕没有人看，老板完全可以关掉两周，比较前后两周的评分和客流，如果没有变化，钱就白花了。",
    ],
)
def test_a_copied_paragraph_is_found_with_a_few_words_changed(text: str) -> None:
    changed = text.replace("soup", "noodles").replace("老板", "店主")
    class_ = {
        **CLASS,
        "anna": [Answer("paragraph", text, prose=True)],
        "ben": [Answer("paragraph", changed, prose=True)],
    }
    assert [(pair.one, pair.other) for pair in similar(class_, KNOWN)] == [("anna", "ben")]


def test_three_who_share_are_three_pairs() -> None:
    class_ = CLASS | {name: code_of(str(seed), OWN_WAY) for seed, name in enumerate(("anna", "ben", "cleo"), 101)}
    assert len(similar(class_, KNOWN)) == 3


def test_names_and_comments_do_not_matter_but_what_is_done_does() -> None:
    assert runs(Answer("felt-value", OWN_WAY)) == runs(Answer("felt-value", DISGUISED))
    assert runs(Answer("a", "x = 1 + 2 + 3")) != runs(Answer("a", "x = 1 + 2 - 3"))
    assert runs(Answer("a", "def f(:\n  '''")), "code that is no Python is compared, too"


def test_the_order_of_the_class_does_not_matter() -> None:
    class_ = {**CLASS, "anna": code_of("101", OWN_WAY), "ben": code_of("102", DISGUISED)}
    assert similar(class_, KNOWN) == similar(dict(reversed(class_.items())), KNOWN)
    shares = [pair.share for pair in similar(class_, KNOWN)]
    assert all(first >= second for first, second in pairwise(shares))
