"""The arrows between the parts of the package point one way, and the package stays light."""

from __future__ import annotations

import subprocess
import sys

import pytest

import course
from course.paths import ROOT


def test_arrows_point_one_way():
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    contracts = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert contracts.returncode == 0, contracts.stdout + contracts.stderr
    assert " 0 broken" in contracts.stdout


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("course", ["numpy", "pandas", "altair", "babel", "IPython", "traitlets"]),
        ("course.manifest", ["numpy", "pandas", "altair", "babel", "IPython", "traitlets"]),
        ("course.theory.prospect", ["pandas", "altair", "babel", "IPython", "traitlets"]),
        ("course.simulations.m01_expectation_gap", ["altair", "babel", "IPython", "ipywidgets"]),
        ("course.server.routes", ["numpy", "pandas", "altair", "IPython", "ipywidgets", "anywidget"]),
        ("course.grading.session", ["nbformat", "jsonschema", "sqlalchemy", "nbgrader", "pandas", "zmq"]),
    ],
)
def test_importing_stays_light(module, heavy):
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("name", course.__all__)
def test_every_promised_name_is_there(name):
    assert name in dir(course)
    assert callable(getattr(course, name))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'simulater'"):
        _ = course.simulater
