"""Every ready module's worked numbers are tested, and the reader of the table can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.manifest import syllabus
from tests.oracles import Oracle, cases, oracles


@pytest.mark.parametrize("module", syllabus().graded, ids=lambda module: module.id)
def test_every_ready_module_tests_its_rows(module):
    tests = Path(__file__).with_name(f"test_{module.slug}.py")
    assert oracles(module.number)
    assert f'@cases("{module.number}", ' in tests.read_text(encoding="utf-8")


def test_every_module_of_the_table_is_in_the_manifest():
    assert len([row for module in syllabus().modules for row in oracles(module.number)]) == 40


def test_a_number_outside_its_tolerance_fails():
    row = Oracle("x", "m01", "", "", (1.0, 2.0), 0.01)
    row.check([1.005, 1.995])
    with pytest.raises(AssertionError):
        row.check([1.005, 2.02])
    with pytest.raises(AssertionError):
        row.check([float("nan"), 2.0])
    with pytest.raises(AssertionError):
        row.check(1.0)


def test_a_row_without_a_function_fails():
    with pytest.raises(AssertionError):
        cases("m01", {})
