"""What every submission of an assignment would work out anew, the warm process does once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from course.grading.assignment import source
from course.grading.book import marking
from course.grading.intake import preflight
from course.grading.running.execute import run
from course.kernel.limits import Limits
from course.kernel.probe import probe
from course.paths import ROOT
from tests.grading.personas.notebooks import ASSIGNMENT, perfect, write

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")


def test_what_the_given_code_uses_is_imported_before_a_submission_runs(tmp_path: Path) -> None:
    assignment = source.load(ROOT, ASSIGNMENT)
    write(perfect(), tmp_path)
    sound = preflight.inspect(tmp_path, assignment)
    job = marking.job("anna", sound, assignment, Limits(), cell=60, sandbox=True)
    assert "class_gaps" in job.names
    look = new_code_cell(
        'import sys\nprint("course.ratings.lesson" in sys.modules, "course.survey.kano" in sys.modules)'
    )
    ran = run(replace(job, notebook={"cells": [look]}, tests={}))
    assert ran.notebook["cells"][0]["outputs"][0]["text"] == "True False\n"
