"""Every fault that an author can make, planted one by one in a sound module, is found with file, place and cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import check, rules
from course.authoring.rules.execution import lessons_and_app_run, solutions_pass, untouched_exercises_fail
from tests.authoring.faults import assignments, house, lessons, simulations
from tests.authoring.faults.planting import (
    APP,
    CHINESE,
    LESSON,
    SOLUTION,
    SOLUTION_ZH,
    Fault,
    add,
    source,
    text,
)

from .conftest import NUMBER, generate

FAULTS = lessons.FAULTS | assignments.FAULTS | simulations.FAULTS


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


@pytest.mark.parametrize("name", house.FAULTS)
def test_a_planted_fault_of_the_house_is_found(tree: Path, house_before: list[Finding], name: str):
    house.FAULTS[name].plant(tree)
    after = [finding for finding in findings(tree, house=True) if finding not in house_before]
    assert_found(after, house.FAULTS[name])


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


def test_a_copy_is_run_with_its_own_package(tree: Path):
    """Also from a warm process, which has imported the package before any notebook."""
    first = "from contextlib import suppress\n"
    text("course/warmup.py", first, f"{first}import builtins; builtins.of_the_copy = __file__\n")(tree)
    source(LESSON, "setup", add("\nraise SystemError(of_the_copy, __import__('course').__file__)"))(tree)
    (told,) = [one.problem for one in executed(lessons_and_app_run, tree) if one.file == LESSON]
    assert f"{tree}/course/warmup.py" in told
    assert f"{tree}/course/__init__.py" in told


def test_a_lesson_that_fails_is_found(tree: Path):
    for file in (LESSON, APP):
        source(file, "setup" if file == LESSON else "app", add("\nraise SystemError('no')"))(tree)
    found = executed(lessons_and_app_run, tree)
    assert_found(found, Fault(print, LESSON, "setup", "SystemError: no", "from top to bottom"))
    assert_found(found, Fault(print, APP, "app", "SystemError: no", "from top to bottom"))
    assert not [one for one in found if one.file == CHINESE], found
