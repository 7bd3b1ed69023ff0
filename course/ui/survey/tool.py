"""The survey tool in the kernel: gaps, reliability, the net promoter score, from a survey of one's own."""

from __future__ import annotations

from typing import Any

from course.i18n import N_
from course.paths import DATASETS
from course.survey import Findings, Plan, RawSurvey, analyse, clean, guess, report, template
from course.survey.report import tables_zip
from course.ui.survey.job import Progress
from course.ui.survey.mapping import describe_plan, describe_survey, replan
from course.ui.survey.results import describe_findings
from course.ui.survey.table_tool import PAGE, SLIDES, WORD, ZIP, TableTool
from course.ui.survey.words import WORDS

SEED = 1
# of the progress bar of an analysis, the part that cleaning takes
CLEANING = 0.3
EXAMPLE = DATASETS / "synthetic_servqual_survey.csv"


class SurveyTool(TableTool):
    """Expectations and perceptions by dimension, satisfaction, recommendation."""

    KEY = "survey"
    WORDS = WORDS
    NAMES = {
        "template": N_("survey-template.{kind}"),
        "report": N_("survey-report.html"),
        "word": N_("survey-report.docx"),
        "slides": N_("survey-slides.pptx"),
        "tables": N_("survey-tables.zip"),
        "example": N_("invented hotel.csv"),
    }
    OFFERS = {"report": PAGE, "word": WORD, "slides": SLIDES, "tables": ZIP}

    def plan(self, raw: RawSurvey) -> Plan:
        """Guess by headers and values."""
        return guess(raw)

    def example(self, language: str) -> bytes:
        """Return the synthetic survey among the course's data."""
        return EXAMPLE.read_bytes()

    def template(self, kind: str, language: str) -> bytes:
        """Return a table of SERVQUAL's questions."""
        return template(kind, language)

    def describe_table(self, raw: RawSurvey, plan: Plan, language: str) -> dict[str, Any]:
        """Describe the columns with roles and dimensions."""
        return describe_survey(raw, plan, language)

    def describe_plan(self, plan: Plan, language: str) -> dict[str, Any]:
        """Describe uses, scale, checks and questions."""
        return describe_plan(plan, language)

    def replan(self, raw: RawSurvey, plan: Plan, message: dict[str, Any]) -> Plan:
        """Follow the page."""
        return replan(raw, plan, message)

    def work(self, raw: RawSurvey, plan: Plan, progress: Progress) -> Findings:
        """Clean and analyse."""
        cleaned = clean(raw, plan, progress=lambda share: progress(CLEANING * share))
        return analyse(cleaned, seed=SEED, progress=lambda share: progress(CLEANING + (1 - CLEANING) * share))

    def result(self, findings: Findings, language: str) -> dict[str, Any]:
        """Describe the findings."""
        return describe_findings(findings, language)

    def made(self, what: str, findings: Findings, language: str) -> bytes:
        """Return the report, its Word edition, slides, or the tables."""
        if what == "word":
            from course.survey.word import document

            return document(findings, language)
        if what == "slides":
            from course.survey.slides import slides

            return slides(findings, language)
        return report(findings, language).encode() if what == "report" else tables_zip(findings, language)
