"""Kano surveys of one's own: good files in every dialect, bad ones with place, problem and cure, and what the numbers say."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from course.paths import DATASETS
from course.survey import Plan, RawSurvey, SurveyProblem, kano, limits, read_survey
from course.survey.kano.office import document, slides
from course.survey.kano.plan import pairs
from course.survey.plan import IGNORE, Use
from tests.survey.files import book, table
from tests.survey.formats import ods

EN = ("no", "Tea, functional", "Tea, dysfunctional")
ZH = ("编号", "送茶_正向", "送茶_反向")
NUMBERS = [(1, 1, 5), (2, 1, 3), (3, 2, 5), (4, 3, 3), (5, 1, 5), (6, "", 5)]
"""O A M I O and one with half an answer."""
COUNTS = (1, 2, 1, 1, 0, 0)
WORDS = ("I like it", "It must be so", "I am neutral", "I can live with it", "I dislike it")
WORTE = ("我喜欢", "理应如此", "无所谓", "勉强接受", "我不喜欢")


def said(words: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [(no, *(words[each - 1] if each else "" for each in answers)) for no, *answers in NUMBERS]


def turned() -> list[tuple[Any, ...]]:
    return [(no, *(6 - each if each else "" for each in answers)) for no, *answers in NUMBERS]


def classes(data: bytes, **answers: str) -> tuple[tuple[int, ...], RawSurvey, Plan]:
    raw = read_survey(data, "kano.csv")
    plan = kano.guess(raw)
    plan = kano.replan(raw, plan, {"answers": answers})
    return kano.analyse(raw, plan).features[0].counts, raw, plan


GOOD = {
    "utf-8": table(EN, NUMBERS).encode(),
    "bom": table(ZH, said(WORTE)).encode("utf-8-sig"),
    "gbk": table(ZH, said(WORTE)).encode("gb18030"),
    "utf-16": table(ZH, said(WORTE)).encode("utf-16"),
    "semicolon, decimals": table(
        EN, [(no, *(f"{each},0" if each else "" for each in rest)) for no, *rest in NUMBERS], delimiter=";"
    ).encode(),
    "tab": table(EN, said(WORDS), delimiter="\t").encode(),
    "xlsx": book(rows=(ZH, *said(WORTE))),
    "ods": ods([EN, *said(WORDS)]),
    "labelled": table(
        EN, [(no, *(f"{each} - {WORDS[each - 1]}" if each else "N/A" for each in rest)) for no, *rest in NUMBERS]
    ).encode(),
    "negated": table(
        ("no", "If there is tea, how do you feel?", "If there is no tea, how do you feel?"), said(WORDS)
    ).encode(),
    "negated, Chinese": table(("编号", "如果提供茶水，您感觉如何", "如果不提供茶水，您感觉如何"), said(WORTE)).encode(),
    "five is like": table(EN, turned()).encode(),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_gives_the_classes_by_hand(kind: str) -> None:
    found, _raw, plan = classes(GOOD[kind])
    assert found == COUNTS
    assert {"pairs"} <= {question.key for question in plan.open} - {"direction"}, "the pairs are confirmed by a person"


def test_numbers_are_asked_which_end_is_like() -> None:
    found, _raw, plan = classes(GOOD["utf-8"], direction="last")
    assert plan.chosen("direction") == "last"
    assert found != COUNTS
    assert "direction" not in {question.key for question in classes(GOOD["bom"])[2].questions}


def test_a_wording_with_two_readings_is_asked() -> None:
    rows = [(1, "我喜欢", "可以接受"), (2, "我喜欢", "我不喜欢"), (3, "我喜欢", "哎呀")]
    data = table(ZH, rows).encode()
    asked = {question.key for question in classes(data)[2].questions}
    assert {"word:可以接受", "word:哎呀"} <= asked
    assert classes(data, **{"word:哎呀": "none"})[0] == (1, 1, 0, 0, 0, 0)
    assert classes(data, **{"word:哎呀": "1"})[0] == (1, 1, 0, 0, 0, 1)


@pytest.mark.parametrize(("order", "columns"), [("adjacent", ("a", "b", "c", "d")), ("halves", ("a", "c", "b", "d"))])
def test_names_that_tell_nothing_are_paired_as_their_owner_says(order: str, columns: tuple[str, ...]) -> None:
    raw = read_survey(table(columns, [(1, 5, 2, 5), (1, 3, 1, 4)]).encode(), "kano.csv")
    plan = kano.replan(raw, kano.guess(raw), {"answers": {"pairs": order}})
    whole = [(pair.functional, pair.dysfunctional) for pair in pairs(plan)]
    assert whole == [("a", "b"), ("c", "d")]
    other = kano.replan(raw, plan, {"answers": {"pairs": f"{order}-swap"}})
    assert [(pair.dysfunctional, pair.functional) for pair in pairs(other)] == whole


def answered(survey: str, wording: str, feature: str) -> bytes:
    """The real counts of Reppel (2022) as a row per person, answers in the words that were printed for this group."""
    with (DATASETS / "kano_answer_wordings.csv").open(encoding="utf-8") as opened:
        words = {row["answer"]: row["text"] for row in csv.DictReader(opened) if row["wording"] == wording}
    rows = []
    with (DATASETS / "kano_money_counts.csv").open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            if (row["survey"], row["wording"], row["feature"]) == (survey, wording, feature):
                rows += [(words[row["functional"]], words[row["dysfunctional"]])] * int(row["respondents"])
    return table((f"{feature} (functional)", f"{feature} (dysfunctional)"), rows).encode()


@pytest.mark.parametrize(("wording", "better"), [("W1", 0.5116), ("W2", 0.5914), ("W3", 0.5513), ("W4", 0.5679)])
def test_the_real_survey_is_read_in_its_four_wordings(wording: str, better: float) -> None:
    raw = read_survey(answered("storage", wording, "Convenient storage"), "real.csv")
    plan = kano.guess(raw)
    assert [question.key for question in plan.questions] == ["pairs"], "no wording is asked about"
    ratio = kano.analyse(raw, plan).features[0].better
    assert ratio
    assert ratio.value == pytest.approx(better, abs=1e-4)


def test_responsive_transfers_as_published() -> None:
    assert classes(answered("transfers", "W4", "Responsive transfers"))[0] == (145, 76, 25, 85, 12, 15)


def refused(data: bytes, uses: dict[str, Use] | None = None) -> SurveyProblem:
    with pytest.raises(SurveyProblem) as caught:
        analysed(data, uses or {})
    return caught.value


def analysed(data: bytes, uses: dict[str, Use]) -> kano.Findings:
    raw = read_survey(data, "bad.csv")
    plan = kano.guess(raw)
    given = [[use.role, use.dimension] for use in {**plan.uses, **uses}.values()]
    return kano.analyse(raw, kano.replan(raw, plan, {"uses": given}))


def _with(value: object, at: int = 3) -> bytes:
    rows = [list(row) for row in NUMBERS]
    rows[at][2] = value
    return table(EN, rows).encode()


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b" \n \n", "empty"),
    "header only": (table(EN, []).encode(), "row 1"),
    "no names": (table(("1", "5", "3"), [(2, 3, 4)]).encode(), "Row 1"),
    "six": (_with(6), "Row 5, column “Tea, dysfunctional”: “6”"),
    "nought": (_with(0), "“0”"),
    "half": (_with("2,5"), "“2,5”"),
    "minus": (_with(-1), "“-1”"),
    "no pair": (table(("name", "age"), [("Li", 31), ("Wu", 44)]).encode(), "No pair"),
    "prose": (table(EN, [(no, f"well, {no} times", f"hm {no}") for no in range(40)]).encode(), "No pair"),
    "nobody both": (table(EN, [(1, 1, ""), (2, "", 5)]).encode(), "Nobody answered both"),
    "PDF": (b"%PDF-1.7 \n" + b"x" * 200, "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, ""),
    "broken workbook": (book(rows=(EN, *NUMBERS))[:900], ""),
    "long cell": (_with("x" * (limits.LIMITS.cell + 1)), "5,000"),
    "old archive": (b"Rar!\x1a\x07\x01\x00" + b"\0" * 100, ""),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_told_with_place_problem_and_cure(kind: str) -> None:
    data, words = BAD[kind]
    problem = refused(data)
    english, chinese = problem.say("en"), problem.say("zh")
    assert words in english
    assert re.search(r"[一-鿿]", chinese)
    assert chinese != english
    assert "Traceback" not in english
    assert len(re.findall(r"[.。]", english)) >= 1


def test_a_column_without_its_partner_is_named() -> None:
    problem = refused(GOOD["utf-8"], {"Tea, dysfunctional": Use(IGNORE)})
    assert problem.column == "Tea, functional"
    assert "no partner" in problem.say("en")


def test_too_many_wordings_of_a_used_column_are_named_with_the_first_row() -> None:
    rows = [(no, WORDS[no % 5], f"mumble {no}") for no in range(20)]
    raw = read_survey(table(EN, rows).encode(), "bad.csv")
    plan = kano.guess(raw)
    assert not pairs(plan)
    uses = [["ignore", None], ["functional", "Tea, functional"], ["dysfunctional", "Tea, functional"]]
    with pytest.raises(SurveyProblem, match="Row 2, column “Tea, dysfunctional”: “mumble 0”"):
        kano.analyse(raw, kano.replan(raw, plan, {"uses": uses}))


class Cells(HTMLParser):
    """An independent reader of the report."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True
        assert not any(name in ("src", "href", "onload") for name, _value in attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_read_again_holds_the_counts(language: str) -> None:
    hostile = table(("<b>tea</b>, functional", "<b>tea</b>, dysfunctional"), [row[1:] for row in NUMBERS]).encode()
    raw = read_survey(hostile, "kano.csv")
    page = kano.report(kano.analyse(raw, kano.guess(raw)), language)
    assert "<b>" not in page
    reader = Cells()
    reader.feed(page)
    classes_of, coefficients = reader.tables[0][1], reader.tables[1][1]
    assert tuple(map(int, classes_of[3:9])) == COUNTS
    assert float(coefficients[1]) == pytest.approx(3 / 5)
    assert float(coefficients[4].replace("−", "-")) == pytest.approx(-3 / 5)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_and_slides_hold_the_shares(language: str) -> None:
    from docx import Document
    from pptx import Presentation

    raw = read_survey(GOOD["utf-8"], "kano.csv")
    found = kano.analyse(raw, kano.guess(raw))
    tables = Document(io.BytesIO(document(found, language))).tables
    assert tuple(int(cell.text) for cell in tables[0].rows[1].cells[3:9]) == COUNTS
    shapes = [shape for slide in Presentation(io.BytesIO(slides(found, language))).slides for shape in slide.shapes]
    better, classes_of = (shape.chart for shape in shapes if shape.has_chart)
    assert [list(series.values) for series in better.plots[0].series] == [[pytest.approx(-0.6)], [pytest.approx(0.6)]]
    assert [list(series.values) for series in classes_of.plots[0].series] == [[20], [40], [20], [20], [0], [0]]


def test_intervals_are_wilsons() -> None:
    raw = read_survey(GOOD["utf-8"], "kano.csv")
    ratio = kano.analyse(raw, kano.guess(raw)).features[0].better
    assert ratio
    z, p, n = 1.959964, 0.6, 5
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    assert (ratio.low, ratio.high) == pytest.approx((middle - half, middle + half), abs=1e-6)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_reads_back(kind: str, language: str) -> None:
    raw = read_survey(kano.template(kind, language), "template")
    plan = kano.guess(raw)
    assert [question.key for question in plan.questions] == ["pairs"]
    assert len(kano.analyse(raw, plan).features) == 4


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_invented_example_has_a_class_that_is_not_sure(language: str) -> None:
    raw = read_survey(kano.example(language), "example.csv")
    found = kano.analyse(raw, kano.guess(raw)).features
    assert [each.fong.differ for each in found] == [True, False, True, True]
