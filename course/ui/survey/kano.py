"""The tool for a Kano survey of one's own, beside the parts that every tool with a table has."""

from __future__ import annotations

from typing import Any

from course.i18n import N_, translator
from course.survey import Plan, RawSurvey, Sentence, kano
from course.survey.kano.plan import DYSFUNCTIONAL, FUNCTIONAL, KANO_ROLES, features
from course.survey.kano.telling import BETTER, CORNERS, WORSE
from course.survey.messages import quote
from course.survey.plan import IGNORE
from course.survey.report import packed
from course.ui.numbers import real_minus
from course.ui.survey import charts
from course.ui.survey.job import Progress
from course.ui.survey.mapping import describe_columns, describe_questions
from course.ui.survey.sheets import describe_sheet, shown
from course.ui.survey.table_tool import PAGE, SLIDES, WORD, ZIP, TableTool
from course.ui.survey.words import ROLE_NAMES, WORDS

ROLES = {
    FUNCTIONAL: N_("Question: the feature is there"),
    DYSFUNCTIONAL: N_("Question: the feature is absent"),
    IGNORE: ROLE_NAMES[IGNORE],
}
NO_FEATURE = N_("No feature")
MAP, CLASSES, DATA = N_("Better and worse"), N_("Which class each feature has"), N_("What the results rest on")


class KanoTool(TableTool):
    """Pairs of questions in, classes with intervals and the better–worse map out."""

    KEY = "kano"
    WORDS = {
        **WORDS,
        "title": N_("Analyse your own Kano survey"),
        "lead": N_(
            "Bring a table with one row per customer and two columns per feature: how would you feel if it were there, "
            "and if it were not? You get the class of each feature with intervals, whether that class is sure, and a map "
            "of what pleases and what is missed."
        ),
        "example_about": N_(
            "The example is invented: a program answered for 220 guests of a hotel that does not exist."
        ),
        "dimension": N_("Feature"),
        "dimension_of": N_("Feature of “{name}”"),
    }
    NAMES = {
        "template": N_("kano-template.{kind}"),
        "report": N_("kano-report.html"),
        "word": N_("kano-report.docx"),
        "slides": N_("kano-slides.pptx"),
        "tables": N_("kano-tables.zip"),
        "example": N_("invented hotel, Kano.csv"),
    }
    OFFERS = {"report": PAGE, "word": WORD, "slides": SLIDES, "tables": ZIP}

    def plan(self, raw: RawSurvey) -> Plan:
        """Find the pairs."""
        return kano.guess(raw)

    def example(self, language: str) -> bytes:
        """Return the invented survey."""
        return kano.example(language)

    def template(self, kind: str, language: str) -> bytes:
        """Return a table of pairs."""
        return kano.template(kind, language)

    def describe_table(self, raw: RawSurvey, plan: Plan, language: str) -> dict[str, Any]:
        """Describe the columns with the two kinds of question and the features."""
        _ = translator(language)
        dimensions = [{"key": name, "label": quote(name)} for name in features(raw, plan)]
        return {
            **describe_columns(raw, language),
            "roles": [{"key": role, "label": _(ROLES[role]), "dimension": role != IGNORE} for role in KANO_ROLES],
            "dimensions": [*dimensions, {"key": "", "label": _(NO_FEATURE)}],
            **self.describe_plan(plan, language),
        }

    def describe_plan(self, plan: Plan, language: str) -> dict[str, Any]:
        """Describe uses and questions; there is one scale and nobody is left out."""
        return {**describe_questions(plan, language), "low": None, "high": None, "checks": []}

    def replan(self, raw: RawSurvey, plan: Plan, message: dict[str, Any]) -> Plan:
        """Follow the page."""
        return kano.replan(raw, plan, message)

    def work(self, raw: RawSurvey, plan: Plan, progress: Progress) -> kano.Findings:
        """Classify."""
        return kano.analyse(raw, plan, progress)

    def result(self, findings: kano.Findings, language: str) -> dict[str, Any]:
        """Describe classes and map, each with its tables."""
        _ = translator(language)
        said = kano.sentences(findings)
        sheets = {sheet.key: describe_sheet(sheet, language) for sheet in kano.sheets(findings)}

        def section(key: str, title: str, topics: str, tables: str, views: list[dict[str, Any]]) -> dict[str, Any]:
            own = [_sentence(each, language) for each in said if each.topic in topics.split()]
            chosen = [sheets[name] for name in tables.split()]
            return {"key": key, "title": _(title), "said": own, "views": views, "tables": chosen}

        return {
            "name": findings.name,
            "said": [_sentence(each, language) for each in said if each.topic in ("map", "data")],
            "sections": [
                section("map", MAP, "", "better-worse", _map(findings, said, language)),
                section("classes", CLASSES, "class", "classes shares", []),
                section("data", DATA, "", "pairs", []),
            ],
        }

    def made(self, what: str, findings: kano.Findings, language: str) -> bytes:
        """Return the report, its Word edition, slides, or the tables."""
        if what == "word":
            from course.survey.kano.office import document

            return document(findings, language)
        if what == "slides":
            from course.survey.kano.office import slides

            return slides(findings, language)
        if what == "report":
            return kano.report(findings, language).encode()
        return packed(kano.sheets(findings), language)


def _sentence(sentence: Sentence, language: str) -> dict[str, Any]:
    return {"text": real_minus(sentence.message.say(language)), "caution": sentence.caution}


def _map(findings: kano.Findings, said: tuple[Sentence, ...], language: str) -> list[dict[str, Any]]:
    _ = translator(language)
    rows = []
    for each in findings.features:
        better, worse = each.better, each.worse
        if better and worse:
            low, high = -worse.high, -worse.low
            across = {"performance": better.value, "performance_low": better.low, "performance_high": better.high}
            up = {"importance": -worse.value, "importance_low": low, "importance_high": high}
            text = f"{shown(better.value)} / {shown(worse.value)}"
            rows.append({"name": quote(each.name), "text": text, **across, **up})
    if not rows:
        return []
    spoken = " ".join(each.message.say(language) for each in said if each.topic == "map")
    corners = [_(text) for text in CORNERS]
    return charts.importance_map(rows, (0.5, 0.5), corners, (_(WORSE), _(BETTER)), real_minus(spoken), shares=True)
