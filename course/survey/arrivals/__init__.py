"""A firm's own arrivals: counts or single calls read into half hours, and the people that each half hour takes."""

from __future__ import annotations

from course.survey.arrivals.analysis import Findings, HalfHour, analyse
from course.survey.arrivals.plan import guess, replan
from course.survey.arrivals.telling import report, sentences, sheets
from course.survey.arrivals.template import example, template

__all__ = ["Findings", "HalfHour", "analyse", "example", "guess", "replan", "report", "sentences", "sheets", "template"]
