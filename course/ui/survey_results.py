"""Findings as sections of the page: sentences, a picture, a table; all in one language and JSON-ready."""

from __future__ import annotations

import math
from typing import Any

from course.i18n import N_, Translate, translator
from course.survey import Findings, Sentence, sentences
from course.survey.analysis import Chart, Estimate
from course.theory.importance import CONCENTRATE, KEEP, LOW, OVERKILL
from course.ui import survey_charts as charts
from course.ui.survey_words import DIMENSION_NAMES

# what is usually asked of α (Nunnally, 1978)
USUAL_ALPHA = 0.7
DATE_FORMATS = {"day": "%m-%d", "week": "%m-%d", "month": "%Y-%m", "quarter": "%Y-%m"}

TITLES = {
    "data": N_("What was done with the answers"),
    "gap": N_("Gaps by dimension"),
    "level": N_("Perceptions by dimension"),
    "alpha": N_("Do the questions measure one thing? Cronbach's α"),
    "recommend": N_("Net promoter score"),
    "importance": N_("What matters, and how well it is done"),
    "chart": N_("Over time"),
    "absent": N_("What this survey cannot say"),
}
HEADS = {
    "dimension": N_("Dimension"),
    "questions": N_("Questions"),
    "customers": N_("Respondents"),
    "weight": N_("Weight"),
    "expectation": N_("Expectation"),
    "perception": N_("Perception"),
    "gap": N_("Gap P − E"),
    "interval": N_("95 % interval"),
    "alpha_perception": N_("α, perceptions"),
    "alpha_expectation": N_("α, expectations"),
    "answers": N_("Answers"),
    "share": N_("Share"),
    "importance": N_("Importance"),
    "performance": N_("Performance"),
    "quadrant": N_("Quadrant"),
    "start": N_("From"),
    "size": N_("Answers"),
    "mean": N_("Mean"),
    "limits": N_("Limits"),
    "spread": N_("Spread"),
    "alarm": N_("Alarm"),
    "step": N_("What"),
    "count": N_("How many"),
}
TOTALS = {"weighted": N_("Weighted"), "plain": N_("Unweighted"), "score": N_("Net promoter score")}
GROUPS = {"detractors": N_("Detractors, 0–6"), "passives": N_("Passives, 7–8"), "promoters": N_("Promoters, 9–10")}
QUADRANT_NAMES = {
    CONCENTRATE: N_("Concentrate here"),
    KEEP: N_("Keep it up"),
    LOW: N_("Low priority"),
    OVERKILL: N_("Possible overkill"),
}
BASES = {
    "stated": N_("Importance, as customers stated it"),
    "derived": N_("Importance: correlation with satisfaction"),
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
ALARMED, ABSENT = N_("yes"), "–"


def describe_findings(findings: Findings, language: str) -> dict[str, Any]:
    """Return the name of the survey, the findings in short, and a section per result."""
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
        "said": [_sentence(each, language) for each in said if each.topic != "data"],
        "sections": [section for section in sections if section],
    }


def shown(value: float | None, digits: int = 2, *, sign: bool = False) -> str:
    """Return a number as readers expect it: a real minus, a dash where there is none."""
    if value is None or math.isnan(value):
        return ABSENT
    return f"{value:{'+' if sign else ''}.{digits}f}".replace("-", "−")


def _sentence(sentence: Sentence, language: str) -> dict[str, Any]:
    return {"text": sentence.message.say(language), "caution": sentence.caution}


def _interval(estimate: Estimate | None, digits: int = 2) -> str:
    return ABSENT if estimate is None else f"{shown(estimate.low, digits)} … {shown(estimate.high, digits)}"


def _value(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.value


class _Page:
    def __init__(self, findings: Findings, said: tuple[Sentence, ...], language: str) -> None:
        self.findings, self.said, self.language = findings, said, language
        self._: Translate = translator(language)

    def _section(
        self, key: str, topic: str, heads: list[str], rows: list[list[str]], views: list[dict[str, Any]], *more: str
    ) -> dict[str, Any]:
        own = [_sentence(each, self.language) for each in self.said if each.topic == topic]
        return {
            "key": key,
            "title": self._(TITLES[key]),
            "said": [*own, *({"text": text, "caution": False} for text in more)],
            "views": views,
            "heads": [self._(HEADS[head]) for head in heads],
            "rows": rows,
        }

    def _spoken(self, topic: str) -> str:
        return " ".join(each.message.say(self.language) for each in self.said if each.topic == topic)

    def _named(self, name: str) -> str:
        return self._(DIMENSION_NAMES.get(name, name))

    def gaps(self) -> dict[str, Any] | None:
        dimensions = [each for each in self.findings.dimensions if each.perception]
        if not dimensions:
            return None
        gap = all(each.gap for each in dimensions)
        estimates = [(self._named(each.name), each.gap if gap else each.perception) for each in dimensions]
        rows = [
            {"name": name, "value": one.value, "low": one.low, "high": one.high, "text": shown(one.value)}
            for name, one in estimates
            if one
        ]
        key = "gap" if gap else "level"
        table = [
            [
                self._named(each.name),
                str(each.questions),
                str(each.perception.n if each.perception else 0),
                shown(each.weight),
                shown(_value(each.expectation)),
                shown(_value(each.perception)),
                shown(_value(each.gap)),
                _interval(each.gap or each.perception),
            ]
            for each in self.findings.dimensions
        ]
        for name, total in (("weighted", self.findings.weighted_gap), ("plain", self.findings.plain_gap)):
            if total:
                label = self._(TOTALS[name])
                table.append([label, "", str(total.n), "", "", "", shown(total.value), _interval(total)])
        heads = ["dimension", "questions", "customers", "weight", "expectation", "perception", "gap", "interval"]
        views = charts.intervals(rows, self._(AXES[key]), self._spoken("gap"), zero=gap)
        return self._section(key, "gap", heads, table, views)

    def alphas(self) -> dict[str, Any] | None:
        table, rows = [], []
        for each in self.findings.dimensions:
            values = {"alpha_perception": each.alpha_perception, "alpha_expectation": each.alpha_expectation}
            name = self._named(each.name)
            table.append([name, str(each.questions), *map(shown, values.values())])
            for kind, value in values.items():
                if value is not None and math.isfinite(value):
                    rows.append({"name": name, "kind": self._(HEADS[kind]), "value": value})
        if not rows:
            return None
        views = charts.reliabilities(rows, USUAL_ALPHA, "α", self._spoken("alpha"))
        return self._section(
            "alpha", "alpha", ["dimension", "questions", "alpha_perception", "alpha_expectation"], table, views
        )

    def recommend(self) -> dict[str, Any] | None:
        found = self.findings.recommendation
        if not found:
            return None
        rows, table, before = [], [], 0.0
        for key in ("detractors", "passives", "promoters"):
            count = getattr(found, key)
            name, share = self._(GROUPS[key]), count / max(found.score.n, 1)
            text = f"{100 * share:.0f} %"
            rows.append(
                {"name": name, "start": before, "end": before + share, "middle": before + share / 2, "text": text}
            )
            before += share
            table.append([name, str(count), text, ""])
        score = self._(TOTALS["score"])
        table.append([score, str(found.score.n), shown(found.score.value, 1), _interval(found.score, 1)])
        line = {"name": "", "value": found.score.value, "low": found.score.low, "high": found.score.high}
        line["text"] = shown(found.score.value, 1)
        views = [
            *charts.recommending(rows, self._spoken("recommend")),
            *charts.intervals([line], score, self._spoken("recommend"), zero=True),
        ]
        return self._section("recommend", "recommend", ["answers", "count", "share", "interval"], table, views)

    def importance(self) -> dict[str, Any] | None:
        found = self.findings.importance
        if not found:
            return None
        basis = self._(BASES[found.basis])
        rows = [
            {"name": self._named(each.dimension), "importance": each.importance, "performance": each.performance}
            for each in found.places
        ]
        table = [
            [
                self._named(each.dimension),
                shown(each.importance),
                shown(each.performance),
                self._(QUADRANT_NAMES[each.quadrant]),
            ]
            for each in found.places
        ]
        corners = [self._(QUADRANT_NAMES[key]) for key in (CONCENTRATE, KEEP, LOW, OVERKILL)]
        axes = (basis, self._(AXES["performance"]))
        views = charts.importance_map(rows, found.crossing, corners, axes, self._spoken("importance"))
        return self._section(
            "importance", "importance", ["dimension", "importance", "performance", "quadrant"], table, views
        )

    def chart(self) -> dict[str, Any] | None:
        found = self.findings.chart
        if not found:
            return None
        alarms = {each.place for each in found.alarms if each.rule != "spread"}
        wide = {each.place for each in found.alarms if each.rule == "spread"}
        starts = [str(day)[:10] for day in found.starts.astype("datetime64[D]")]
        spoken, measure = self._spoken("chart"), self._(MEASURES[found.measure])
        dates = DATE_FORMATS[found.period]
        upper = _rows(starts, found.means, found.lower, found.upper, alarms)
        lower = _rows(starts, found.spreads, found.spread_lower, found.spread_upper, wide)
        views = [
            *charts.control(upper, found.centre, measure, spoken, dates),
            *charts.control(lower, found.spread_centre, self._(SPREADS[found.kind]), spoken, dates),
        ]
        told = [found.why.say(self.language), *(each.message.say(self.language) for each in found.alarms)]
        heads = ["start", "size", "mean", "limits", "spread", "alarm"]
        return self._section("chart", "chart", heads, self._periods(found, starts, alarms | wide), views, *told)

    def _periods(self, found: Chart, starts: list[str], alarms: set[int]) -> list[list[str]]:
        return [
            [
                start,
                str(int(found.sizes[place])),
                shown(float(found.means[place])),
                f"{shown(float(found.lower[place]))} … {shown(float(found.upper[place]))}",
                shown(float(found.spreads[place])),
                self._(ALARMED) if place in alarms else "",
            ]
            for place, start in enumerate(starts)
        ]

    def data(self) -> dict[str, Any]:
        table = [[each.message.say(self.language), str(each.count)] for each in self.findings.steps]
        return self._section("data", "data", ["step", "count"], table, [])

    def absent(self) -> dict[str, Any] | None:
        told = [each.say(self.language) for each in self.findings.absent]
        return self._section("absent", "", [], [], [], *told) if told else None


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
