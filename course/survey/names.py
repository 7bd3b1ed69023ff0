"""The names that the survey tool gives to dimensions, roles, quadrants and charts."""

from __future__ import annotations

from course.i18n import N_
from course.i18n.message import Message
from course.theory.importance import CONCENTRATE, KEEP, LOW, OVERKILL
from course.theory.service_quality import ASSURANCE, EMPATHY, RELIABILITY, RESPONSIVENESS, TANGIBLES

DIMENSION_NAMES = {
    RELIABILITY: N_("Reliability"),
    RESPONSIVENESS: N_("Responsiveness"),
    ASSURANCE: N_("Assurance"),
    EMPATHY: N_("Empathy"),
    TANGIBLES: N_("Tangibles"),
}
QUADRANT_NAMES = {
    CONCENTRATE: N_("Concentrate here"),
    KEEP: N_("Keep it up"),
    LOW: N_("Low priority"),
    OVERKILL: N_("Possible overkill"),
}


def dimension(name: str) -> Message:
    """Return a dimension's name as a message."""
    return Message(DIMENSION_NAMES[name])
