"""No test waits a fixed time: too short on a busy machine, lost on an idle one; tests/waiting.py waits for states."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import waiting
from tests.waiting import until

HERE = Path(__file__).parent
WAITS = {"sleep", "wait_for_timeout"}
# A program that hangs is ended with its test, by pytest-timeout
RUNS = {"run", "check_output", "communicate", "wait"}
# What is not in a test's way: where, and why the time is meant
MEANT = {
    ("waiting.py", "until"): "the pause between two questions",
    ("waiting.py", "until_true"): "the pause between two questions",
    ("server/classes.py", "ask"): "the pause of a phone before it asks again",
    ("server/test_door.py", "create_session"): "a session that hangs",
    ("grading/session/test_grade_run.py", "test_killed_at_ten_moments_and_resumed"): "moments drawn by lot",
}


def waits(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, int]]:
    """Yield the function and the line of each call that lets time pass; `sleep(0)` lets none."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            at_once = [ast.unparse(one) for one in node.args] == ["0"]
            if name in WAITS and not at_once:
                yield inside, node.lineno
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from waits(node, node.name if function else inside)


def hurries(tree: ast.AST) -> list[int]:
    """Return the lines that give a program a number of seconds which a busy machine may need for something else."""
    return [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in RUNS
        for word in call.keywords
        if word.arg == "timeout"
        and isinstance(word.value, ast.Constant)
        and 0 < word.value.value < waiting.LONGEST_SECONDS
    ]


@cache
def trees() -> dict[str, ast.AST]:
    """The tests by path; a benchmark is about time."""
    paths = sorted(set(HERE.rglob("*.py")) - set((HERE / "benchmarks").rglob("*.py")))
    return {path.relative_to(HERE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def found() -> dict[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = {}
    for path, tree in trees().items():
        for function, line in waits(tree):
            places.setdefault((path, function), []).append(line)
    return places


def test_no_test_waits_a_fixed_time() -> None:
    wrong = {place: lines for place, lines in found().items() if place not in MEANT}
    assert not wrong, "wait for a state, by tests/waiting.py"
    assert found().keys() == MEANT.keys(), "meant, and no longer there"


def test_no_program_is_hurried() -> None:
    wrong = {path: lines for path, tree in trees().items() if (lines := hurries(tree))}
    assert not wrong, "a program that hangs is ended by pytest-timeout"


def test_who_hurries_a_program_is_found() -> None:
    code = (
        "subprocess.run(a, timeout=60)\nprocess.wait(timeout=20)\nrun(b, timeout=900)\np.wait(timeout=0)\np.wait(LONG)"
    )
    assert hurries(ast.parse(code)) == [1, 2]


@pytest.mark.parametrize(
    "code", ["time.sleep(1)", "async def f():\n    await sleep(seconds)", "page.wait_for_timeout(500)", "sleep()"]
)
def test_a_wait_is_found(code: str) -> None:
    assert len(list(waits(ast.parse(code)))) == 1


@pytest.mark.parametrize("code", ["asyncio.sleep(0)", "page.wait_for_selector('a')", "'time.sleep(1)'"])
def test_what_waits_for_no_time_is_not(code: str) -> None:
    assert not list(waits(ast.parse(code)))


def test_what_never_comes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LONGEST_SECONDS", 0.0)
    with pytest.raises(AssertionError, match="no bus"):
        until(lambda: None, "no bus")


def test_the_first_true_answer_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSE_SECONDS", 0.0)
    answers = iter([0, None, 3, 4])
    assert until(lambda: next(answers)) == 3
