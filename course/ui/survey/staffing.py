"""The tool that says how many people a half hour takes, from one's own arrivals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.i18n import N_, translator
from course.survey import Plan, RawSurvey, Sentence, arrivals
from course.survey.arrivals.clock import WEEKDAYS, clock
from course.survey.arrivals.roles import ARRIVAL_ROLES, COUNT, SPREAD, TIME, WEEKDAY
from course.survey.arrivals.telling import ANSWER, DATA, of_day, per
from course.survey.plan import DATE, IGNORE
from course.survey.reading import read_table
from course.survey.report import packed
from course.survey.workbook import workbook
from course.ui.numbers import real_minus
from course.ui.survey.day_charts import steps
from course.ui.survey.job import Progress
from course.ui.survey.mapping import describe_columns, describe_questions
from course.ui.survey.sheets import describe_sheet
from course.ui.survey.table_tool import PAGE, XLSX, ZIP, TableTool
from course.ui.survey.words import ROLE_NAMES, WORDS

ROLES = {
    DATE: N_("Date, or date and time"),
    TIME: N_("Time of day"),
    WEEKDAY: N_("Weekday"),
    COUNT: N_("How many came"),
    SPREAD: N_("How many came; the column’s name says when"),
    IGNORE: ROLE_NAMES[IGNORE],
}
PEOPLE, COMING = N_("People on duty"), N_("Arrivals per {unit}")
CAPTIONS = {
    "people": N_("Line: a typical week. Band: from a quiet to a busy week."),
    "arrivals": N_("Line: the mean. Band: 9 weeks of 10. Points: the weeks in the file."),
}
TITLES = {
    "people": N_("{day}: how many people"),
    "arrivals": N_("{day}: how many come"),
    "week": N_("The whole week"),
    "data": N_("What the numbers rest on"),
}


class StaffingTool(TableTool):
    """Arrivals in, people per half hour out, both with intervals."""

    KEY = "staffing"
    WORDS = {
        **WORDS,
        "title": N_("How many people do I need on Monday at ten?"),
        "lead": N_(
            "Bring your own arrivals: calls, customers or visitors per half hour, or a list with one row per call. You get "
            "the people that each half hour of the week takes, how sure that is, how busy they will be, and who hangs up."
        ),
        "no_file": N_("No counts at hand?"),
        "example_about": N_(
            "The example is invented: a program drew eight weeks of calls to a hotel that does not exist."
        ),
        "one_file": N_("Those were several files. Drop one at a time; all weeks must stand in one table."),
        "too_large": N_(
            "“{name}” is {size} MB; at most {most} MB can be read. Keep the columns with date, time and count, "
            "or fewer weeks."
        ),
        "samples": N_("Some cells"),
        "settings": N_("What you ask, and what you wish for"),
        "analyse": N_("How many people?"),
        "analysing": N_("Computing"),
        "workbook": N_("Download the tables (Excel)"),
    }
    NAMES = {
        "template": N_("arrivals-template.{kind}"),
        "report": N_("staffing-report.html"),
        "workbook": N_("staffing.xlsx"),
        "tables": N_("staffing-tables.zip"),
        "example": N_("invented hotel, calls.csv"),
    }
    OFFERS = {"report": PAGE, "workbook": XLSX, "tables": ZIP}

    def read(self, data: bytes, name: str, choices: Mapping[str, str], progress: Progress) -> RawSurvey:
        """Read a table whatever its rows are: here they are no customers' answers."""
        return read_table(data, name, choices=choices, progress=progress)

    def plan(self, raw: RawSurvey) -> Plan:
        """Find days, times and counts."""
        return arrivals.guess(raw)

    def example(self, language: str) -> bytes:
        """Return the invented calls."""
        return arrivals.example(language)

    def template(self, kind: str, language: str) -> bytes:
        """Return a table of counts."""
        return arrivals.template(kind, language)

    def describe_table(self, raw: RawSurvey, plan: Plan, language: str) -> dict[str, Any]:
        """Describe the columns with what they can hold."""
        _ = translator(language)
        return {
            **describe_columns(raw, language),
            "roles": [{"key": role, "label": _(ROLES[role]), "dimension": False} for role in ARRIVAL_ROLES],
            "dimensions": [],
            **self.describe_plan(plan, language),
        }

    def describe_plan(self, plan: Plan, language: str) -> dict[str, Any]:
        """Describe uses, questions and settings; there is no scale and nobody is left out."""
        return {**describe_questions(plan, language), "low": None, "high": None, "checks": []}

    def replan(self, raw: RawSurvey, plan: Plan, message: dict[str, Any]) -> Plan:
        """Follow the page."""
        return arrivals.replan(raw, plan, message)

    def work(self, raw: RawSurvey, plan: Plan, progress: Progress) -> arrivals.Findings:
        """Compute."""
        return arrivals.analyse(raw, plan, progress)

    def result(self, findings: arrivals.Findings, language: str) -> dict[str, Any]:
        """Describe the answer, the day it lies in, and the week."""
        _ = translator(language)
        said = arrivals.sentences(findings)
        number, start = findings.asked
        halves = findings.of_day(number)
        rota, staffing, wishes = (describe_sheet(sheet, language) for sheet in arrivals.sheets(findings))

        def about(*topics: str) -> list[dict[str, Any]]:
            return [_sentence(each, language) for each in said if each.topic in topics]

        def section(key: str, views: list[dict[str, Any]], *tables: dict[str, Any], topics: str = "") -> dict[str, Any]:
            title = _(TITLES[key]).format(day=_(WEEKDAYS[number]))
            caption = [{"text": _(CAPTIONS[key]), "caution": False}] if key in CAPTIONS else []
            return {
                "key": key,
                "title": title,
                "said": [*caption, *about(topics)],
                "views": views,
                "tables": list(tables),
            }

        marked = start if any(each.start == start for each in halves) else None
        axis, spoken = _("Time of day"), " ".join(each["text"] for each in about(ANSWER))
        people, coming = _(PEOPLE), _(COMING).format(unit=per(findings.minutes).say(language))
        days = []
        if halves:
            day = describe_sheet(of_day(findings, number), language)
            taken = steps(_people(halves, findings.minutes), (axis, people), marked, spoken, whole=True)
            come = steps(_coming(halves, findings.minutes), (axis, coming), marked, spoken, whole=False)
            days = [section("people", taken, day), section("arrivals", come)]
        return {
            "name": findings.name,
            "said": about(ANSWER),
            "sections": [
                *days,
                section("week", [], rota, staffing, topics="week"),
                section("data", [], wishes, topics=DATA),
            ],
        }

    def made(self, what: str, findings: arrivals.Findings, language: str) -> bytes:
        """Return the report, the workbook or the tables."""
        if what == "report":
            return arrivals.report(findings, language).encode()
        sheets = arrivals.sheets(findings)
        return workbook(sheets, language) if what == "workbook" else packed(sheets, language)


def _sentence(sentence: Sentence, language: str) -> dict[str, Any]:
    return {"text": real_minus(sentence.message.say(language)), "caution": sentence.caution}


def _spans(half: arrivals.HalfHour, minutes: int) -> dict[str, Any]:
    return {
        "start": half.start,
        "end": half.start + minutes,
        "middle": half.start + minutes / 2,
        "time": clock(half.start),
    }


def _people(halves: tuple[arrivals.HalfHour, ...], minutes: int) -> list[dict[str, Any]]:
    return [
        {
            **_spans(each, minutes),
            **{"value": each.agents, "low": each.least, "high": each.most},
            "text": f"{each.agents} ({each.least}–{each.most})",
            "past": [],
        }
        for each in halves
    ]


def _coming(halves: tuple[arrivals.HalfHour, ...], minutes: int) -> list[dict[str, Any]]:
    return [
        {
            **_spans(each, minutes),
            **{"value": each.coming.mean, "low": each.coming.count_low, "high": each.coming.count_high},
            "text": f"{each.coming.mean:.1f}",
            "past": list(each.past),
        }
        for each in halves
    ]
