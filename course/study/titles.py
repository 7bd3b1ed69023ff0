"""The pages that hold the course together, by their address below `course/`: title, and what a reader finds there."""

from __future__ import annotations

from course.i18n import N_

TITLES = {
    "terms": N_("The course's terms"),
    "formulas": N_("Formula sheet"),
    "map": N_("What leads to what"),
    "self-test": N_("Self-test"),
    "record": N_("What I have done"),
}
FOUND_THERE = {
    "terms": N_("in both languages"),
    "formulas": N_("every equation of the lessons"),
    "map": N_("how the modules build on each other"),
    "self-test": N_("one question from each module, and what to read again"),
    "record": N_("as this browser remembers it; can be printed"),
}
