"""Findings as sections of the page: sentences, a picture, a table; all in one language and JSON-ready."""

from __future__ import annotations

import math
from typing import Any

from course.i18n import N_, NN_, Translate, translator
from course.survey import Findings, Message, Sentence, sentences
from course.survey.names import QUADRANT_NAMES, dimension
from course.survey.tabulate import tabulate
from course.theory.importance import CONCENTRATE, KEEP, LOW, OVERKILL
from course.ui.numbers import real_minus
from course.ui.survey import charts
from course.ui.survey.sheets import describe_sheet, shown

# what is usually asked of α (Nunnally, 1978)
USUAL_ALPHA = 0.7
DATE_FORMATS = {"day": "%m-%d", "week": "%m-%d", "month": "%Y-%m", "quarter": "%Y-%m"}

TITLES = {
    "data": N_("What was done with the answers"),
    "gap": N_("Gaps by dimension"),
    "level": N_("Perceptions by dimension"),
    "questions": N_("Question by question"),
    "alpha": N_("Do the questions measure one thing? Cronbach's α"),
    "recommend": N_("Net promoter score"),
    "importance": N_("What matters, and how well it is done"),
    "chart": N_("Over time"),
    "absent": N_("What this survey cannot say"),
}
KINDS = {"alpha_perception": N_("α, perceptions"), "alpha_expectation": N_("α, expectations")}
SCORE = N_("Net promoter score")
GROUPS = {"detractors": N_("Detractors, 0–6"), "passives": N_("Passives, 7–8"), "promoters": N_("Promoters, 9–10")}
BASES = {
    "stated": N_("Importance, as customers stated it"),
    "derived satisfaction": N_("Importance: correlation with satisfaction"),
    "derived recommend": N_("Importance: correlation with “would recommend”"),
    "published": N_("Importance: published weights"),
}
MEASURES = {
    "perception": N_("Mean perception"),
    "satisfaction": N_("Mean satisfaction"),
    "recommend": N_("Mean of “would recommend”"),
}
SPREADS = {
    "range": N_("Range within a period"),
    "deviation": N_("Standard deviation within a period"),
    "individual": N_("Change from one period to the next"),
}
AXES = {
    "gap": N_("Gap P − E, points of the scale"),
    "level": N_("Points of the scale"),
    "performance": N_("Performance: mean perception"),
}
MOST_ALARMS, MORE_ALARMS = 6, NN_("{count} more alarm: see the table.", "{count} more alarms: see the table.")


def describe_findings(findings: Findings, language: str) -> dict[str, Any]:
    """Return the name of the survey, the first finding on each topic, and a section per result."""
    said = sentences(findings)
    page = _Page(findings, said, language)
    sections = [
        page.gaps(),
        page.alphas(),
        page.recommend(),
        page.importance(),
        page.chart(),
        page.data(),
        page.absent(),
    ]
    return {
        "name": findings.name,
        "said": [page.sentence(each) for each in {each.topic: each for each in reversed(said)}.values()][::-1],
        "sections": [section for section in sections if section],
    }


class _Page:
    def __init__(self, findings: Findings, said: tuple[Sentence, ...], language: str) -> None:
        self.findings, self.said, self.language = findings, said, language
        self.sheets = {sheet.key: sheet for sheet in tabulate(findings)}
        self._: Translate = translator(language)

    def sentence(self, sentence: Sentence) -> dict[str, Any]:
        return {"text": self._say(sentence.message), "caution": sentence.caution}

    def _section(
        self, key: str, topic: str, sheets: list[dict[str, Any]], views: list[dict[str, Any]], *more: Message
    ) -> dict[str, Any]:
        own = [self.sentence(each) for each in self.said if each.topic == topic]
        return {
            "key": key,
            "title": self._(TITLES[key]),
            "said": [*own, *({"text": self._say(each), "caution": False} for each in more)],
            "views": views,
            "tables": sheets,
        }

    def _sheet(self, key: str, columns: slice = slice(None), title: str = "") -> dict[str, Any]:
        return describe_sheet(self.sheets[key], self.language, columns, title)

    def _say(self, message: Message) -> str:
        return real_minus(message.say(self.language))

    def _spoken(self, topic: str) -> str:
        return " ".join(self._say(each.message) for each in self.said if each.topic == topic)

    def gaps(self) -> dict[str, Any] | None:
        dimensions = [each for each in self.findings.dimensions if each.perception]
        if not dimensions and not self.findings.items:
            return None
        if not dimensions:
            questions = [self._sheet("questions"), self._sheet("overall")]
            return self._section("questions", "gap", questions, [])
        gap = all(each.gap for each in dimensions)
        estimates = [(self._say(dimension(each.name)), each.gap if gap else each.perception) for each in dimensions]
        rows = [
            {"name": name, "value": one.value, "low": one.low, "high": one.high, "text": shown(one.value)}
            for name, one in estimates
            if one and math.isfinite(one.value)
        ]
        key = "gap" if gap else "level"
        views = charts.intervals(rows, self._(AXES[key]), self._spoken("gap"), zero=gap)
        tables = [self._sheet("dimensions", slice(None, -2)), self._sheet("questions"), self._sheet("overall")]
        return self._section(key, "gap", tables, views)

    def alphas(self) -> dict[str, Any] | None:
        rows = []
        for each in self.findings.dimensions:
            for kind, name in KINDS.items():
                value = getattr(each, kind)
                if value is not None and math.isfinite(value):
                    rows.append({"name": self._say(dimension(each.name)), "kind": self._(name), "value": value})
        if not rows:
            return None
        views = charts.reliabilities(rows, USUAL_ALPHA, "α", self._spoken("alpha"))
        return self._section("alpha", "alpha", [self._sheet("dimensions", slice(-2, None), TITLES["alpha"])], views)

    def recommend(self) -> dict[str, Any] | None:
        found = self.findings.recommendation
        if not found:
            return None
        rows, before = [], 0.0
        for key, name in GROUPS.items():
            share = getattr(found, key) / max(found.score.n, 1)
            row = {"name": self._(name), "start": before, "end": before + share, "middle": before + share / 2}
            rows.append({**row, "text": f"{100 * share:.0f}%"})
            before += share
        score, spoken = found.score, self._spoken("recommend")
        line = {"name": "", "value": score.value, "low": score.low, "high": score.high, "text": shown(score.value, 1)}
        views = [*charts.recommending(rows, spoken), *charts.intervals([line], self._(SCORE), spoken, zero=True)]
        return self._section("recommend", "recommend", [self._sheet("recommendation")], views)

    def importance(self) -> dict[str, Any] | None:
        found = self.findings.importance
        if not found:
            return None
        rows = [
            {
                "name": self._say(dimension(each.dimension)),
                "importance": each.importance,
                "performance": each.performance,
            }
            for each in found.places
        ]
        corners = [self._(QUADRANT_NAMES[key]) for key in (CONCENTRATE, KEEP, LOW, OVERKILL)]
        axes = (self._(BASES[f"{found.basis} {found.target}".strip()]), self._(AXES["performance"]))
        views = charts.importance_map(rows, found.crossing, corners, axes, self._spoken("importance"))
        return self._section("importance", "importance", [self._sheet("importance")], views)

    def chart(self) -> dict[str, Any] | None:
        found = self.findings.chart
        if not found:
            return None
        wide = {each.place for each in found.alarms if each.rule == "spread"}
        alarms = {each.place for each in found.alarms if each.rule != "spread"}
        starts = [str(day) for day in found.starts.astype("datetime64[D]")]
        spoken, measure = self._spoken("chart"), self._(MEASURES[found.measure])
        dates = DATE_FORMATS[found.period]
        upper = _rows(starts, found.means, found.lower, found.upper, alarms)
        lower = _rows(starts, found.spreads, found.spread_lower, found.spread_upper, wide)
        views = [
            *charts.control(upper, found.centre, measure, spoken, dates),
            *charts.control(lower, found.spread_centre, self._(SPREADS[found.kind]), spoken, dates),
        ]
        told = [found.why, *(each.message for each in found.alarms[:MOST_ALARMS])]
        if len(found.alarms) > MOST_ALARMS:
            told.append(Message(MORE_ALARMS, count=len(found.alarms) - MOST_ALARMS))
        return self._section("chart", "chart", [self._sheet("control-chart")], views, *told)

    def data(self) -> dict[str, Any]:
        return self._section("data", "data", [self._sheet("cleaning")], [])

    def absent(self) -> dict[str, Any] | None:
        return self._section("absent", "", [], [], *self.findings.absent) if self.findings.absent else None


def _rows(starts: list[str], values: Any, lower: Any, upper: Any, alarms: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "start": start,
            "value": float(values[place]),
            "lower": float(lower[place]),
            "upper": float(upper[place]),
            "alarm": place in alarms,
        }
        for place, start in enumerate(starts)
    ]
