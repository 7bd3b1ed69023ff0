"""Every ready module's worked numbers are tested, and the reader of the table can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.manifest import syllabus
from tests.oracles import TABLES, Oracle, cases, oracles


@pytest.mark.parametrize("module", syllabus().graded, ids=lambda module: module.id)
def test_every_ready_module_tests_its_rows(module):
    tests = Path(__file__).with_name(f"test_{module.slug}.py")
    assert oracles(module.number)
    assert f'@cases("{module.number}", ' in tests.read_text(encoding="utf-8")


def test_every_table_is_a_modules_and_has_rows_of_its_own():
    tables = [table.stem for table in sorted(TABLES.glob("*.csv"))]
    assert tables
    assert set(tables) <= {module.number for module in syllabus().modules}
    rows = [row.id for table in tables for row in oracles(table)]
    assert len(set(rows)) == len(rows)


def test_a_number_outside_its_tolerance_fails():
    row = Oracle("x", "", "", (1.0, 2.0), 0.01)
    row.check([1.005, 1.995])
    with pytest.raises(AssertionError):
        row.check([1.005, 2.02])
    with pytest.raises(AssertionError):
        row.check([float("nan"), 2.0])
    with pytest.raises(AssertionError):
        row.check(1.0)


@pytest.mark.parametrize(("module", "functions"), [("m01", {}), ("m01", {"no such row": lambda: 1.0}), ("m00", {})])
def test_a_row_a_function_or_a_table_that_is_missing_fails(module, functions):
    *_others, case = cases(module, functions).args[1]
    row, compute = case.values
    with pytest.raises(AssertionError):
        row.check(compute())
