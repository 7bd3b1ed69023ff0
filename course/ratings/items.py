"""What a class is asked about a service: a statement for each dimension of service quality, once before and once after."""

from __future__ import annotations

from course.i18n import N_
from course.theory.service_quality import ASSURANCE, EMPATHY, RELIABILITY, RESPONSIVENESS, TANGIBLES

LOWEST, HIGHEST = 1, 7
# so few answers would tell what single people said
FEWEST_PEOPLE = 5
EXPECTED, PERCEIVED = "E", "P"
# the exercise belongs to these modules
MODULES = ("m01", "m02", "m03")
ITEMS = {
    RELIABILITY: N_("They do what they promise, when they promise it."),
    RESPONSIVENESS: N_("They are quick to help."),
    ASSURANCE: N_("They know what they are doing, and one can trust them."),
    EMPATHY: N_("They see what each guest needs."),
    TANGIBLES: N_("The place and its things are clean and pleasant."),
}


def column(part: str, dimension: str) -> str:
    """Return what the survey tool and the course's own survey call the column of an item.

    >>> column(EXPECTED, RELIABILITY)
    'E_reliability_1'
    """
    return f"{part}_{dimension}_1"
