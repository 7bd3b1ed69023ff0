"""A module is its own files and its lines of the manifest: one that comes passes every test, one that goes breaks none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course.authoring.repo import Repo
from course.authoring.scaffold import create
from course.manifest import syllabus
from course.paths import ROOT

from .conftest import fill, generate
from .test_commands import files

FOLDERS = (".ci", ".devcontainer", "binder", "course", "lessons", "solutions", "exercises", "datasets", "tests")
MANIFEST = "course/syllabus.toml"
PYTEST = ("-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider")
NEW = "m99-small-module"
# what tries every module, whatever it is about
OF_EVERY_MODULE = (
    "tests/authoring/test_this_course.py",
    "tests/grading/assignment/test_assignments.py",
    "tests/grading/telling/test_feedback.py",
    "tests/grading/assignment/test_variants.py",
    "tests/lessons/test_ledgers.py",
    "tests/simulations/test_axes.py",
    "tests/simulations/test_every_simulation.py",
    "tests/simulations/test_levels.py",
    "tests/simulations/test_luck.py",
    "tests/simulations/test_sentences.py",
    "tests/simulations/test_why.py",
    "tests/theory/test_oracles.py",
    "tests/test_datasets.py",
    "tests/test_manifest.py",
    "tests/test_questions.py",
)
# quick tests that read the manifest or all modules
OF_THE_HOUSE = (
    "tests/server/test_home.py",
    "tests/test_documents.py",
    "tests/test_i18n.py",
    "tests/test_layers.py",
    "tests/test_manifest.py",
    "tests/test_questions.py",
    "tests/test_references.py",
    "tests/theory/test_oracles.py",
    "tests/lessons/test_prose.py",
    "tests/simulations/test_codes.py",
    "tests/simulations/test_registry.py",
    "tests/ui/test_simulator.py",
    "tests/ui/test_tools.py",
)


def without_doors_but(module: str) -> str:
    """Leave out the doors of other modules, and those in Chinese: all are made of the manifest in one way."""
    return f"not (every_door and (zh or not {module}))"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a copy of the course and its tests, with the bytecode that is there, but for what is just being written.

    The environment of the tests, a gigabyte, stays where it is: the copy's tests run with this Python.
    """
    root = tmp_path / "clone"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("*.pyc.*", ".venv"))
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, root)
    return root


def run(root: Path, *words: str) -> str:
    """Run Python with the copy's package and tests; return what it says. It must succeed."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "COURSE_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    return done.stdout


def passed(root: Path, *words: str) -> list[str]:
    """Run the copy's tests; return the names of the files whose tests passed, once for each. None may fail or be skipped."""
    report = root.parent / "report.xml"
    run(root, *PYTEST, f"--junitxml={report}", *words)
    cases = ElementTree.parse(report).getroot().iter("testcase")
    found = [case for case in cases if not list(case.iter("skipped"))]
    return [case.attrib["classname"].replace(".", "/") + ".py" for case in found]


def lines_of(manifest: Path, name: str) -> tuple[str, str]:
    """Return the manifest without the lines of one module, and these."""
    head, *blocks = manifest.read_text(encoding="utf-8").split("\n[[module]]\n")
    (own,) = [block for block in blocks if f'id = "{name}"' in block]
    return "\n[[module]]\n".join([head, *(block for block in blocks if block is not own)]).rstrip() + "\n", own


def test_a_module_from_the_template_passes_every_test_and_touches_the_manifest_alone(clone: Path) -> None:
    before = files(clone)
    created = create(Repo(clone), NEW)
    for path in created:
        fill(path)
    manifest = clone / MANIFEST
    rest, own = lines_of(manifest, NEW)
    ready = own.replace('status = "coming"', 'status = "ready"')
    manifest.write_text(f"{rest}\n[[module]]\n{ready}", encoding="utf-8")
    generate(Repo(clone), NEW)

    repo = Repo(clone)
    module = repo.syllabus.module(NEW)
    after = files(clone)
    touched = {name for name in after if after[name] != before.get(name)}
    (theory,) = repo.theory(module)
    mine = {repo.name(path) for path in (*repo.own(module), theory, repo.theory_test(theory))}
    assert touched - mine == {MANIFEST}
    assert touched >= {repo.name(path) for path in repo.files(module)}
    assert before.keys() <= after.keys()

    tests = [
        repo.name(path) for path in (*repo.tests(module), repo.theory_test(theory)) if path != repo.answers(module)
    ]
    whole = ("tests/server/test_home.py", "tests/test_manifest.py", "tests/test_layers.py")
    chosen = " or ".join(("m99", "small_module", "nothing_is_to_mend", *(Path(name).stem for name in whole)))
    found = set(passed(clone, *OF_EVERY_MODULE, *tests, *whole, "-k", f"({chosen}) and {without_doors_but('m99')}"))
    assert found == {*OF_EVERY_MODULE, *tests, *whole}


@pytest.mark.parametrize("number", [syllabus().simulated[-1].number])
def test_a_module_that_is_taken_away_is_missed_by_nobody(clone: Path, number: str) -> None:
    repo = Repo(clone)
    module = repo.syllabus.module(number)
    for path in repo.own(module):
        path.unlink()
    manifest = clone / MANIFEST
    manifest.write_text(lines_of(manifest, module.id)[0], encoding="utf-8")
    # every test is collected, a missing module's would fail there; those of the house are run, `course check` among them.
    left = next(one.number for one in repo.syllabus.ready if one.simulated and one != module)
    chosen = " or ".join(("test_nothing_is_to_mend", *(Path(name).stem for name in OF_THE_HOUSE)))
    found = set(passed(clone, "tests", "-m", "not browser", "-k", f"({chosen}) and {without_doors_but(left)}"))
    assert found >= {*OF_THE_HOUSE, "tests/authoring/test_this_course.py"}
