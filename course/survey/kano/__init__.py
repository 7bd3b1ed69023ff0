"""A firm's own Kano survey: pairs of questions found and confirmed, answers read, features classified and reported."""

from __future__ import annotations

from course.survey.kano.analysis import Feature, Findings, analyse
from course.survey.kano.plan import guess, replan
from course.survey.kano.telling import report, sentences, sheets
from course.survey.kano.template import example, template

__all__ = ["Feature", "Findings", "analyse", "example", "guess", "replan", "report", "sentences", "sheets", "template"]
