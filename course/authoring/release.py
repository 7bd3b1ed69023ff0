"""The learners' version of an assignment, made by nbgrader's own converter in a temporary folder."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.authoring.repo import Notebook, Repo
from course.manifest import Module

if TYPE_CHECKING:
    from traitlets.config import Config


# what a whole course has, in both languages, twice
MOST_MADE = 64


class ReleaseError(RuntimeError):
    """Raised where nbgrader cannot make the learners' version; the message is nbgrader's."""


def command(module: Module, language: str) -> str:
    """Return the command that generates a module's exercise."""
    return f"COURSE_LANG={language} nbgrader generate_assignment {module.id} --force"


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """Set `COURSE_LANG`, which nbgrader_config.py reads, for a while."""
    before = os.environ.get("COURSE_LANG")
    os.environ["COURSE_LANG"] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ["COURSE_LANG"]
        else:
            os.environ["COURSE_LANG"] = before


def config(repo: Repo, language: str) -> Config:
    """Return the repo's nbgrader configuration for `language`."""
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (repo.root / "nbgrader_config.py").is_file():
        return Config()
    with _spoken(language):
        return PyFileConfigLoader("nbgrader_config.py", path=str(repo.root)).load_config()


def released(repo: Repo, module: Module, language: str) -> Notebook:
    """Return the exercise that nbgrader generates from the solution. Raises `ReleaseError`.

    What it was made from stands for it: nbgrader is asked once for the same files under the same settings.
    """
    files = sorted(path for path in repo.solution(module, language).parent.rglob("*") if path.is_file())
    settings = repo.root / "nbgrader_config.py"
    key = (module.id, language, *((path.name, path.read_bytes()) for path in (settings, *files) if path.is_file()))
    if key not in _made:
        made = json.dumps(_released(repo, module, language))
        while len(_made) >= MOST_MADE:
            del _made[next(iter(_made))]
        _made[key] = made
    notebook: Notebook = json.loads(_made[key])
    return notebook


_made: dict[tuple[object, ...], str] = {}


def _released(repo: Repo, module: Module, language: str) -> Notebook:
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    settings = config(repo, language)
    log = logging.Logger("course.release", logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        settings.CourseDirectory.root = folder
        settings.CourseDirectory.source_directory = str(repo.root / "solutions" / language)
        settings.CourseDirectory.release_directory = str(Path(folder) / "release")
        settings.CourseDirectory.db_url = f"sqlite:///{folder}/gradebook.db"
        settings.CourseDirectory.assignment_id = module.id
        settings.CourseDirectory.directory_structure = os.path.join(
            "{nbgrader_step}", "{student_id}", "{assignment_id}"
        )
        settings.GenerateAssignment.no_database = True
        settings.SaveCells.enabled = False
        converter = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings, log=log)
        try:
            converter.start()
            made = Path(folder) / "release" / module.id / "exercise.ipynb"
            notebook: Notebook = json.loads(made.read_text(encoding="utf-8"))
        except (Exception, SystemExit) as error:
            raise ReleaseError(str(error).strip().splitlines()[-1] if str(error).strip() else repr(error)) from error
    return notebook


def untouched(repo: Repo, path: Path, language: str) -> Any:
    """Return the solution at `path` as a submission without answers: stubs in place, hidden tests still there."""
    import nbformat
    from nbgrader.preprocessors import ClearSolutions

    notebook = nbformat.read(path, as_version=4)
    return ClearSolutions(config=config(repo, language)).preprocess(notebook, {})[0]
