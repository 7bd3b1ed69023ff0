"""A right answer is right on a busy machine, too: a limit counts no time that others use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import nbformat
import pytest

from course.grading.running.execute import run
from course.grading.running.job import Job
from course.kernel.limits import Limits
from course.kernel.probe import probe

WORK = "import time\nwhile time.process_time() - before < 3:\n    pass"


@pytest.fixture
def neighbours() -> Iterator[None]:
    """So many others that each gets a quarter of a processor."""
    busy = [sys.executable, "-c", "while True: pass"]
    children = [subprocess.Popen(busy) for _ in range(3 * (os.cpu_count() or 1))]
    yield
    for child in children:
        child.kill()
        child.wait()


@pytest.mark.usefixtures("neighbours")
@pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")
@pytest.mark.skipif(not os.path.exists("/proc/self/schedstat"), reason="nobody counts waiting here")
@pytest.mark.parametrize(
    "limits", [{"cell_seconds": 5}, {"limits": Limits(seconds=8)}], ids=["of a cell", "of a notebook"]
)
def test_neighbours_take_nobodys_time(limits: dict[str, object]) -> None:
    sources = ["import time; before = time.process_time()", WORK, "print('done')"]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    ran = run(Job("anna", nbformat.v4.new_notebook(cells=cells), "en", {}, **limits))  # type: ignore[arg-type]
    assert ran.status is None, [why.say("en") for why in ran.notes]
    assert "done" in ran.notebook["cells"][2]["outputs"][0]["text"]
