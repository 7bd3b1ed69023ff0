"""What goes out: sentences with their caution, a page that asks nothing of the network, tables that nothing will run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import escape
from html.parser import HTMLParser

import pandas as pd
import pytest

from course.datasets import load
from course.i18n import NN_
from course.i18n.message import Message
from course.references import references
from course.survey import analyse, clean, guess, read_survey, report, sentences, tables, tables_zip
from course.survey.messages import SurveyProblem, quote
from course.survey.report import DANGEROUS, harmless
from course.survey.slides import slides
from course.survey.word import document, real_minus
from tests.survey.files import table

EVIL = '=HYPERLINK("http://evil.example","<script>alert(1)</script>")'


def analysed(data: bytes, name: str = "survey"):
    raw = read_survey(data, name)
    return analyse(clean(raw, guess(raw)), seed=1)


@pytest.fixture(scope="module")
def hotel():
    return analysed(load("synthetic_servqual_survey").to_csv(index=False).encode(), "hotel.csv")


@pytest.fixture(scope="module")
def evil():
    """A survey whose name, headers and cells try to get out."""
    header = [f"{EVIL} P_reliability", "@P_empathy <b>", "+Date", "-x"]
    rows = [
        [5, 99, "2026-01-01", "a"],
        [6, 4, "2026-01-02", "b"],
        ["", 3, "2026-01-03", "c"],
        [4, 5, "2026-01-04", "d"],
    ]
    return analysed(table(header, rows).encode(), EVIL)


class Outline(HTMLParser):
    """The tags of a page, what they refer to, and whether they close in order."""

    VOID = {"meta", "circle", "line", "polyline", "rect"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.references: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.references += [
            f"{name}={value}" for name, value in attrs if name in ("src", "href", "xlink:href", "onload")
        ]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_stands_alone_and_escapes_everything(hotel, evil, language):
    for findings in (hotel, evil):
        page = report(findings, language)
        outline = Outline(page)
        assert outline.references == []
        assert not outline.tags & {"script", "link", "img", "iframe", "a", "b", "object"}
        assert not re.search(r"url\(|@import|src=", page)
        assert "default-src 'none'" in page
        assert "@media print" in page
    assert "&lt;script&gt;" in report(evil, language)


def test_the_report_says_what_was_found_in_both_languages(hotel):
    for language, words in (
        ("en", ("Reliability", "falls short", "Missing answers: 130", "Findings", "1.11 points short")),
        ("zh", ("可靠性", "服务比顾客的期望低", "缺失的回答", "发现", "低了 1.11 分")),
    ):
        page = report(hotel, language)
        assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in page
        assert page.count("<svg") == 3
        for each in words:
            assert each in page


def test_no_english_is_left_in_the_chinese_report(hotel):
    page = re.sub(r"<style>.*?</style>|<p class=\"soft\">[^<]*</p>|<[^>]+>", " ", report(hotel, "zh"), flags=re.S)
    for item in hotel.items:
        # the columns keep the names that they have in the file
        page = page.replace(item.name, "")
    words = set(re.findall(r"[A-Za-z]{3,}", page)) - {"tangibles", "SERVPERF", "Zeithaml", "Parasuraman", "Berry"}
    assert words == set()


@pytest.mark.parametrize("text", [*(mark + "1+1" for mark in DANGEROUS), "  =1+1", "\t@SUM(A1)", "＝1"])
def test_a_text_cannot_become_a_formula(text):
    assert harmless(text).startswith("'")
    assert harmless(text)[1:] == text


def test_tables_hold_no_formula_and_numbers_stay_numbers(hotel, evil):
    for findings in (hotel, evil):
        for body in tables(findings, "en").values():
            assert body.startswith(b"\xef\xbb\xbf")
            for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")):
                for cell in row:
                    assert not cell.startswith(DANGEROUS) or re.fullmatch(r"-\d+(\.\d+)?(e-\d+)?", cell)
    frame = pd.read_csv(io.BytesIO(tables(hotel, "en")["dimensions.csv"]))
    assert frame["Gap"].dtype == float
    assert frame["Gap"].tolist() == pytest.approx([each.gap.value for each in hotel.dimensions], abs=1e-4)
    assert (frame["Gap"] < 0).all()


def test_tables_read_back_and_are_packed_together(hotel):
    assert set(tables(hotel)) == {
        "dimensions.csv",
        "overall.csv",
        "questions.csv",
        "recommendation.csv",
        "importance.csv",
        "control-chart.csv",
        "cleaning.csv",
    }
    with zipfile.ZipFile(io.BytesIO(tables_zip(hotel, "zh"))) as archive:
        assert archive.testzip() is None
        assert "可靠性" in archive.read("dimensions.csv").decode("utf-8-sig")
    chart = pd.read_csv(io.BytesIO(tables(hotel, "en")["control-chart.csv"]))
    assert len(chart) == hotel.chart.means.size
    assert chart["Alarm"].notna().sum() == len({alarm.place for alarm in hotel.chart.alarms})


def _texts_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(
            re.sub(r"<[^>]+>", " ", archive.read(name).decode()) for name in archive.namelist() if name.endswith(".xml")
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_and_slides_say_the_same_as_the_page(hotel, evil, language):
    widest = f"{min(item.gap.value for item in hotel.items):.2f}"
    for findings in (hotel, evil):
        word, deck = _texts_of(document(findings, language)), _texts_of(slides(findings, language))
        assert "<script>" not in word + deck
        for sentence in sentences(findings)[:1]:
            said = real_minus(sentence.message.say(language))
            assert " ".join(said.split()) in " ".join(word.split())
            assert " ".join(said.split()) in " ".join(deck.split())
    assert widest.replace("-", "−") in _texts_of(document(hotel, language))
    with zipfile.ZipFile(io.BytesIO(slides(hotel, language))) as archive:
        charts = [name for name in archive.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    assert len(charts) == 5, "charts that can be edited, no pictures"


# --- sentences
def said(findings, topic: str) -> list[tuple[str, bool]]:
    return [(each.message.say("en"), each.caution) for each in sentences(findings) if each.topic == topic]


def test_a_gap_that_may_be_none_is_not_called_a_gap():
    rows = [[5, 5], [4, 6], [6, 4], [5, 4], [4, 5], [3, 4], [4, 3]]
    gap = said(analysed(table(("E_reliability_1", "P_reliability_1"), rows).encode()), "gap")
    assert gap[0][1]
    assert "no gap between expectation and perception can be told from chance" in gap[0][0]
    assert any("cannot be told from no gap: Reliability" in text for text, _ in gap)


def test_a_service_above_expectation_is_praised(hotel):
    rows = [[4, 6], [4, 7], [5, 6], [3, 6], [4, 6]]
    gap = said(analysed(table(("E_reliability_1", "P_reliability_1"), rows).encode()), "gap")
    assert "exceeds what customers expect" in gap[0][0]
    assert not gap[0][1]
    assert "falls short" in said(hotel, "gap")[0][0]


def test_few_customers_are_a_caution():
    few = analysed(table(("P_reliability_1",), [[5], [6], [4]]).encode())
    assert said(few, "data") == [
        ("Only 3 customers: the intervals are wide, and with so few they are themselves uncertain.", True)
    ]


def test_alpha_below_seven_tenths_and_below_zero():
    weak = [[1, 2], [2, 1], [3, 5], [5, 3], [6, 4], [4, 6], [7, 6], [2, 5]]
    header = ("P_reliability_1", "P_reliability_2")
    for rows, words in (
        ([(a, 8 - b) for a, b in weak], "contradict each other"),
        ([(a, a) for a, _ in weak], "In every"),
    ):
        assert words in said(analysed(table(header, rows).encode()), "alpha")[0][0]


def test_a_small_change_of_the_score_is_called_noise():
    rows = [[5, 9]] * 95 + [[5, 7]] * 95 + [[5, 0]] * 60
    told = said(analysed(table(("P_reliability_1", "Recommend"), rows).encode()), "recommend")
    assert "+14.0 (95% interval +4.4 to +23.6). Promoters: 95, passives: 95, detractors: 60" in told[0][0]
    assert told[1] == ("From one such survey to the next, a change of the score by less than 14 is noise.", True)


@pytest.mark.parametrize(("count", "words"), [(1, "1 more column"), (2, "2 more columns")])
def test_a_message_that_counts_chooses_its_form(count, words):
    message = Message(NN_("{count} more column", "{count} more columns"), count=count)
    assert (message.say("en"), message.say("zh")) == (words, f"另有 {count} 列")


def test_another_scale_than_0_to_10_is_not_comparable():
    rows = [[5, 5]] * 20 + [[5, 1]] * 20
    told = said(analysed(table(("P_reliability_1", "Recommend"), rows).encode()), "recommend")
    assert any("must not be compared" in text for text, _ in told)
    assert any("covers 0" in text for text, _ in told)


def test_messages_are_told_in_both_languages_and_nested():
    problem = SurveyProblem(Message("{inner}, {all}", inner=Message("Day first"), all=[Message("Month first"), "x"]))
    assert problem.say("en") == "Day first, Month first, x"
    assert problem.say("zh") == "日在前, 月在前、x"
    assert quote("a\n" * 100) == quote("a " * 100)
    assert len(quote("a" * 100)) == 40


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sources_of_the_methods_are_those_of_the_course(hotel, language):
    from docx import Document

    page = report(hotel, language)
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(document(hotel, language))).paragraphs]
    for key in ("parasuraman-1988", "cronbach-1951", "efron-tibshirani-1993"):
        source = references()[key].full[language].replace("*", "")
        assert escape(source) in page
        assert source in paragraphs
