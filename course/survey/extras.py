"""Packages that read and write what few have: the extra `formats`, which the first start leaves out."""

from __future__ import annotations

from importlib.util import find_spec

from course.i18n import N_
from course.i18n.message import Message
from course.survey.messages import SurveyProblem

COMMAND = "uv run --extra formats course"
CANNOT_READ = N_(
    "Files of this kind (SPSS, old Excel, WPS, OpenDocument) are read by a package that the course does not bring along. "
    "Save the file as .xlsx or CSV. Or stop the course and start it once with: {command}"
)
CANNOT_WRITE = N_(
    "Word documents and slides are written by packages that the course does not bring along. Take the report as a web page. "
    "Or stop the course and start it once with: {command}"
)


def need_reader(package: str) -> None:
    """Raise `SurveyProblem` where the package that reads a file is not there."""
    _need(package, CANNOT_READ)


def need_writer(package: str) -> None:
    """Raise `SurveyProblem` where the package that writes a document is not there."""
    _need(package, CANNOT_WRITE)


def _need(package: str, sentence: str) -> None:
    if find_spec(package) is None:
        raise SurveyProblem(Message(sentence, command=COMMAND))
