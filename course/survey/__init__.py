"""A firm's own survey, from the bytes of a file to findings in plain words: read, map, clean, analyse, report.

>>> from course.survey import analyse, clean, guess, read_survey, report, sentences
>>> raw = read_survey(data, "visitors.csv")        # doctest: +SKIP
>>> plan = guess(raw)                              # doctest: +SKIP
>>> findings = analyse(clean(raw, plan), seed=1)   # doctest: +SKIP

Everything stays in memory: no part of an uploaded file is written to disk or logged.
"""

from __future__ import annotations

from course.i18n.message import Message
from course.survey.analysis import Findings, analyse
from course.survey.cleaning import Clean, clean
from course.survey.findings import Sentence, sentences
from course.survey.mapping import guess, with_scale, with_uses
from course.survey.messages import CancelledError, SurveyProblem
from course.survey.plan import Plan, Question, Use
from course.survey.reading import LIMITS, RawSurvey, read_survey
from course.survey.report import report, tables, tables_zip
from course.survey.template import template

__all__ = [
    "LIMITS",
    "CancelledError",
    "Clean",
    "Findings",
    "Message",
    "Plan",
    "Question",
    "RawSurvey",
    "Sentence",
    "SurveyProblem",
    "Use",
    "analyse",
    "clean",
    "guess",
    "read_survey",
    "report",
    "sentences",
    "tables",
    "tables_zip",
    "template",
    "with_scale",
    "with_uses",
]
