"""A decision in a case: options with consequences, none of them right; one of them is what was done."""

from __future__ import annotations

from course.classroom.kinds.kind import Runs
from course.classroom.kinds.options import Single
from course.classroom.step import Step


class Decision(Single):
    """One option, by its place. The option that is `right` is the one that was taken at the time."""

    name = "decision"

    def right(self, step: Step, answer: int, runs: Runs) -> None:
        """Tell nothing: what was done is not what had to be done."""
