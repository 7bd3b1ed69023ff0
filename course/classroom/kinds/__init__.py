"""The kinds of questions, one table: a kind is a file here, and one in `course/server/page/class/kinds`."""

from __future__ import annotations

from typing import Any

from course.classroom.kinds.challenge import Challenge
from course.classroom.kinds.decision import Decision
from course.classroom.kinds.kind import AnswerError, Kind, Runs, Settings
from course.classroom.kinds.number import Number
from course.classroom.kinds.options import Several, Single
from course.classroom.kinds.path import Path
from course.classroom.kinds.ratings import Ratings
from course.classroom.kinds.slider import Slider
from course.classroom.kinds.strategy import Strategy

__all__ = ["KINDS", "AnswerError", "Kind", "Runs", "Settings"]

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind
    for kind in (Slider(), Single(), Several(), Number(), Path(), Decision(), Challenge(), Strategy(), Ratings())
}
