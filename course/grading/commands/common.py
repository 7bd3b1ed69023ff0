"""What the instructor's commands share: where to grade, which assignment is meant, and what to say when one ends."""

from __future__ import annotations

import glob
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from course.i18n import gettext as _
from course.paths import ROOT

# Exit codes: everything graded; some need a person; could not begin; stopped on the way, --resume goes on; Python or the
# grader ended under a submission, whoever else needs a person
FINE, LOOK, USAGE, STOPPED, CRASHED = 0, 1, 2, 3, 4


class Stop(click.ClickException):
    """The command ends here, with a message."""

    exit_code = USAGE

    def __init__(self, message: object) -> None:
        super().__init__(str(message))


class Halt(Stop):
    """The command stopped on the way."""

    exit_code = STOPPED


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=_("The folder that holds submitted/ and the gradebook; otherwise this one, or the course's."),
)


def find_root(asked: Path | None) -> Path:
    """Return the folder to grade in: the one asked for, else this one if it has submissions, else the course's own."""
    if asked is not None:
        return asked.resolve()
    here = Path.cwd()
    return here if (here / "submitted").is_dir() else ROOT


def full_name(root: Path, name: str) -> str:
    """Return an assignment's name, for a module's number too."""
    from course.manifest import ManifestError, syllabus

    if not any(root.glob(f"exercises/*/{glob.escape(name)}")):
        with suppress(ManifestError):
            return syllabus().module(name).id
    return name


@contextmanager
def explained() -> Iterator[None]:
    """Turn what can go wrong outside of submissions into a message and an exit code."""
    from course.grading.assignment.source import SourceError
    from course.grading.book.gradebook import GradebookError
    from course.grading.running.engine import EngineError
    from course.grading.running.talk import StartError
    from course.kernel.probe import SandboxError

    try:
        yield
    except (SourceError, EngineError) as error:
        raise Stop(error) from error
    except (GradebookError, SandboxError) as error:
        raise Halt(error) from error
    except (click.ClickException, KeyboardInterrupt):
        raise
    except StartError as error:
        message = _("Python does not start here: {problem}. Mend that, then call the command again with --resume.")
        raise Halt(message.format(problem=error)) from error
    except OSError as error:
        message = _("{path} cannot be written: {problem}. Mend that, then call the command again with --resume.")
        raise Halt(message.format(path=error.filename or "", problem=error.strerror or error)) from error
    except Exception as error:
        place = Path(tempfile.gettempdir()) / "course-grade-error.txt"
        place.write_text(traceback.format_exc(), encoding="utf-8")
        message = _(
            "The grader itself failed: {problem}. Send {file} to whoever looks after the course; --resume goes on."
        )
        raise Halt(message.format(problem=repr(error)[:300], file=place)) from error
