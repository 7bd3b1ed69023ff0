"""What a survey's archive is refused for: locked, damaged, or unpacking to far more than a survey."""

from __future__ import annotations

import zipfile

from course.archives import ArchiveFaultError, Bounds, Fault, Look, measured
from course.i18n import N_
from course.i18n.message import Message
from course.survey.limits import LIMITS
from course.survey.messages import SurveyProblem


def inspected(data: bytes, look: Look | None = None) -> zipfile.ZipFile:
    """Return an archive that was measured and looked at. Raises `SurveyProblem`."""
    # long answers that many give alike are packed densely
    bounds = Bounds(LIMITS.unpacked, LIMITS.shared, dense=True)
    try:
        return measured(data, bounds, look)
    except ArchiveFaultError as error:
        raise {Fault.LOCKED: locked, Fault.DAMAGED: damaged, Fault.LARGE: bomb}[error.fault]() from error


def locked() -> SurveyProblem:
    """Return the problem of a file with a password."""
    return SurveyProblem(Message(N_("The file is locked with a password. Remove the password and save it again.")))


def damaged() -> SurveyProblem:
    """Return the problem of a workbook that cannot be read."""
    return SurveyProblem(
        Message(N_("The workbook is damaged and cannot be read. Open it in Excel or WPS and save it again, or as CSV."))
    )


def bomb() -> SurveyProblem:
    """Return the problem of an archive that unpacks to far more than a survey."""
    return SurveyProblem(
        Message(
            N_(
                "Unpacked, the workbook is far larger than a survey ({limit:.0f} MB at most). "
                "Save the sheet with the answers as CSV."
            ),
            limit=LIMITS.unpacked / 1e6,
        )
    )
