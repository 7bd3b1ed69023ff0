"""nbgrader's gradebook: is it there, does it know this assignment, and what is wrong if it cannot be used."""

from __future__ import annotations

import io
import logging
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.grading.assignment.source import Assignment
from course.i18n import N_, gettext

if TYPE_CHECKING:
    from traitlets.config import Config

FILE = "gradebook.db"
# How long another program may hold the gradebook, seconds
PATIENCE = 30.0
LATEST = """
CREATE TABLE IF NOT EXISTS course_grading (
    assignment TEXT NOT NULL, student TEXT NOT NULL, run TEXT NOT NULL, fingerprint TEXT NOT NULL,
    status TEXT NOT NULL, notes TEXT NOT NULL, language TEXT NOT NULL, seconds REAL NOT NULL,
    finished TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (assignment, student)
)
"""
RUNS = "CREATE TABLE IF NOT EXISTS course_run (assignment TEXT PRIMARY KEY, run TEXT NOT NULL)"


class GradebookError(RuntimeError):
    """Raised where the gradebook cannot be used; the message says why and what helps."""


@dataclass(frozen=True)
class Known:
    """What the gradebook holds: the sources of the assignment's cells by grade id, and every student."""

    sources: dict[str, str]
    students: tuple[str, ...]


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and SQLAlchemy say about the gradebook into a `GradebookError` with the cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise GradebookError(explanation(path, str(error))) from error
    except Exception as error:
        if "sqlalchemy" not in type(error).__module__:
            raise
        raise GradebookError(explanation(path, str(getattr(error, "orig", error)))) from error


def explanation(path: Path, problem: str) -> str:
    """Return what is wrong with the gradebook, and the cure."""
    cures = {
        "locked": N_("{path} is in use by another program. Close formgrader or the other command, then call: {cure}"),
        "disk is full": N_("The disk is full. Make room, then call: {cure}"),
        "readonly": N_("{path} cannot be written. Give yourself the right to write to it and to its folder."),
        "unable to open": N_("{path} cannot be opened. Give yourself the right to read and write it and its folder."),
        "not a database": N_("{path} is no gradebook. Move it away; a new one is made, or put your backup in its place."),
        "malformed": N_("{path} is damaged. Put your backup in its place."),
        "no such": N_("{path} is of another version of nbgrader. Keep a copy of it, then run: nbgrader db upgrade"),
    }  # fmt: skip
    template = next((cure for sign, cure in cures.items() if sign in problem), N_("{path} cannot be used: {problem}"))
    return gettext(template).format(path=path, problem=problem, cure="course grade … --resume")


def look(path: Path, assignment: Assignment) -> Known:
    """Return what the gradebook knows. Works on the file itself: nbgrader's own interface takes a second to import."""
    if not path.exists():
        return Known({}, ())
    query = (
        "SELECT source_cell.name, source FROM source_cell JOIN notebook ON notebook.id = source_cell.notebook_id "
        "JOIN assignment ON assignment.id = notebook.assignment_id WHERE assignment.name = ? AND notebook.name = ?"
    )
    with explained(path), closing(sqlite3.connect(path, timeout=PATIENCE)) as book:
        tables = {str(name) for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return Known({}, ())
        sources = {str(name): str(text) for name, text in book.execute(query, (assignment.name, assignment.notebook))}
        students = tuple(str(name) for (name,) in book.execute("SELECT id FROM student ORDER BY id"))
    return Known(sources, students)


def has_deadline(path: Path, assignment: str) -> bool:
    """Tell whether lateness matters: whether the gradebook holds a deadline for the assignment."""
    with explained(path), closing(sqlite3.connect(path, timeout=PATIENCE)) as book:
        found = book.execute("SELECT duedate FROM assignment WHERE name = ?", (assignment,)).fetchone()
    return bool(found and found[0])


def is_current(known: Known, assignment: Assignment) -> bool:
    """Tell whether the gradebook's cells and tests are those of the assignment."""
    return set(known.sources) == assignment.grade_ids and all(
        known.sources[name] == test.source for name, test in assignment.tests.items()
    )


def settings(root: Path) -> Config:
    """Return the course's nbgrader configuration. `GradebookError` where it asks for other folders than the usual."""
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / "nbgrader_config.py").is_file():
        return Config()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    for step in ("submitted", "autograded", "feedback"):
        asked = config.CourseDirectory.get(f"{step}_directory", step)
        if asked != step:
            message = gettext(
                "nbgrader_config.py names the folder {asked} for {step}; course grade works with the usual name. Take it out."
            )
            raise GradebookError(message.format(asked=asked, step=step))
    return config


def course_id(config: Config) -> str:
    """Return the course's name in the gradebook."""
    return str(config.CourseDirectory.get("course_id", "") or "exceeding-expectations")


def register(root: Path, assignment: Assignment, config: Config) -> None:
    """Write the assignment into the gradebook, as `nbgrader generate_assignment` does; the released notebook stays.

    Raises `GradebookError`.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    language = next(iter(assignment.pieces))
    own: Any = config.copy()
    with tempfile.TemporaryDirectory(prefix="course-release-") as folder:
        own.CourseDirectory.root = str(root)
        own.CourseDirectory.source_directory = str(root / "solutions" / language)
        own.CourseDirectory.release_directory = folder
        own.CourseDirectory.db_url = f"sqlite:///{root / FILE}"
        own.CourseDirectory.assignment_id = assignment.name
        log = logging.Logger("course.grading", logging.CRITICAL)
        try:
            with redirect_stderr(io.StringIO()), explained(root / FILE):
                own.GenerateAssignment.create_assignment = True
                GenerateAssignment(coursedir=CourseDirectory(config=own), config=own, log=log).start()
        except GradebookError:
            raise
        except (Exception, SystemExit) as error:
            problem = str(error).strip().splitlines()[-1:] or [repr(error)]
            message = gettext(
                "The gradebook did not take {assignment}: {problem}. Try: nbgrader generate_assignment {assignment} --force"
            )
            raise GradebookError(message.format(assignment=assignment.name, problem=problem[0])) from error
