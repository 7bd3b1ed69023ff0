"""Arrivals of one's own: good files in every layout and dialect, bad ones with place, problem and cure, hand-made numbers.

Two Mondays and two Tuesdays, at 10:00 and 10:30: 20 10, 8 0, 30 14, 8 4. Means by hand: Monday 25 and 12, Tuesday 8 and 2.
At 180 s a call, 25 in half an hour are 2.5 erlang. By Erlang's recursion B(4) = .1499, C(4) = .3199, so 72.9% are answered
within 20 s; B(5) = .0697, C(5) = .1304, 90.1%: five people, each busy half of the time, and eight on the roster at 30% away.
12 are 1.2 erlang: 58.8% with two, 88.4% with three; 8: 79.99% with two, so three; 2 are .2 erlang: 81.7% with one.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import random
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.survey import Message, Plan, RawSurvey, SurveyProblem, arrivals
from course.survey.arrivals.roles import COUNT, SPREAD
from course.survey.plan import IGNORE
from course.survey.reading import read_table
from course.survey.tabulate import Sheet
from course.survey.workbook import workbook
from tests.survey.arrival_files import ACROSS, BAD, DAYS, EN, GOOD, MEANS, ROWS, TIMES, ZH
from tests.survey.files import table

CELLS = ["10:00", "25.00", "14", "39", "4", "5", "6", "8", "50.00", "90.12", "0.00", "67.21", "2"]
WISHES = {"handling": 180, "patience": 0, "target": 80, "limit": 20, "lost": 100, "away": 30, "day": 0, "time": 600}


def planned(data: bytes, uses: dict[str, str] | None = None, **answers: str) -> tuple[RawSurvey, Plan]:
    raw = read_table(data, "calls.csv")
    plan = arrivals.guess(raw)
    given = [[(uses or {}).get(name, use.role), None] for name, use in plan.uses.items()]
    return raw, arrivals.replan(raw, plan, {"uses": given, "answers": answers, "settings": WISHES})


def analysed(data: bytes, **answers: str) -> arrivals.Findings:
    return arrivals.analyse(*planned(data, **answers))


def means(data: bytes, **answers: str) -> dict[tuple[int, int], float]:
    return {(each.weekday, each.start): each.coming.mean for each in analysed(data, **answers).halves}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_gives_the_means_by_hand(kind: str) -> None:
    data, answers = GOOD[kind]
    _raw, plan = planned(data, **answers)
    assert {question.key for question in plan.questions} == set(answers), "asked is what can be read in two ways"
    assert means(data, **answers) == MEANS


def test_the_people_by_hand() -> None:
    found = analysed(GOOD["utf-8"][0])
    answer = found.answer
    assert answer
    assert (answer.agents, answer.rostered) == (5, 8)
    assert answer.busy == pytest.approx(0.5)
    assert answer.service.answered == pytest.approx(0.9012, abs=1e-4)
    assert answer.service.hung_up == 0
    assert answer.least <= answer.agents <= answer.most
    assert (found.spread.ratio, found.spread.alpha) == (pytest.approx(5 / 3), pytest.approx(19 / 837))
    assert (found.days, found.first, found.last, found.minutes) == (4, "2026-03-02", "2026-03-10", 30)


def test_half_an_hour_in_which_nobody_came_takes_somebody() -> None:
    rows = [(day, at, 0 if at == "10:30" else count) for day, at, count in ROWS]
    found = {(each.weekday, each.start): each.agents for each in analysed(table(EN, rows).encode()).halves}
    assert found[0, 630] == 1


@pytest.mark.parametrize(("answer", "start"), [("12", 810), ("24", 90)])
def test_half_past_one_is_asked_about_where_no_time_says_which(answer: str, start: int) -> None:
    rows = [(day, at, 5) for day in DAYS for at in ("9:00", "9:30", "12:30", "1:00", "1:30")]
    random.Random(1).shuffle(rows)
    data = table(EN, rows).encode()
    assert "clock" in {question.key for question in planned(data)[1].questions}
    assert (0, start) in means(data, clock=answer)


def test_a_morning_by_the_clock_of_twenty_four_is_not_asked_about() -> None:
    rows = [(day, at, 5) for day in DAYS for at in ("06:00", "06:30", "12:30")]
    assert not planned(table(EN, rows).encode())[1].questions


@pytest.mark.parametrize(("answer", "minutes", "mean"), [("hour", 60, 25), ("half", 30, 25)])
def test_full_hours_are_asked_about(answer: str, minutes: int, mean: float) -> None:
    rows = [(day, at.replace("10:30", "11:00"), n) for day, at, n in ROWS]
    found = analysed(table(EN, rows).encode(), period=answer)
    assert found.answer
    assert (found.minutes, found.answer.coming.mean) == (minutes, mean)


def test_hours_that_say_so_are_not_asked_about() -> None:
    rows = [(day, {"10:00": "10:00-11:00", "10:30": "11:00-12:00"}[at], n) for day, at, n in ROWS]
    _raw, plan = planned(table(EN, rows).encode())
    assert not plan.questions
    assert analysed(table(EN, rows).encode()).minutes == 60


def test_a_day_that_ends_at_twenty_four_names_the_ends() -> None:
    rows = [(day, at, n) for day in DAYS for at, n in (("23:00", 1), ("23:30", 2), ("24:00", 3))]
    assert means(table(EN, rows).encode())[0, 1410] == 3


@pytest.mark.parametrize(("answer", "monday"), [("closed", 25), ("open", 50 / 3)])
def test_days_of_noughts_are_asked_about(answer: str, monday: float) -> None:
    rows = [*ROWS, ("2026-03-16", "10:00", 0), ("2026-03-16", "10:30", 0)]
    data = table(EN, rows).encode()
    assert "empty" in {question.key for question in planned(data)[1].questions}
    assert means(data, empty=answer)[0, 600] == pytest.approx(monday)


@pytest.mark.parametrize(("answer", "tuesday"), [("closed", 4), ("zero", 2)])
@pytest.mark.parametrize("blank", [True, False])
def test_missing_counts_are_asked_about(answer: str, tuesday: float, *, blank: bool) -> None:
    rows = [(day, at, n or "") for day, at, n in ROWS if n or blank]
    data = table(EN, rows).encode()
    assert "gaps" in {question.key for question in planned(data)[1].questions}
    assert means(data, gaps=answer)[1, 630] == tuesday


@pytest.mark.parametrize(("answer", "mean", "weeks"), [("one", 50, 1), ("mean", 50, 4), ("sum", 12.5, 4)])
def test_counts_without_dates_may_be_of_several_weeks(answer: str, mean: float, weeks: float) -> None:
    data = table(("Time", "Monday", "Tuesday"), [("10:00", 50, 16), ("10:30", 24, 4)]).encode()
    found = analysed(data, weeks=answer)
    assert found.answer
    assert (found.answer.coming.mean, found.weeks) == (mean, weeks)
    assert any("weeks differ" in each.message.say("en") for each in arrivals.sentences(found))


@pytest.mark.parametrize(("answer", "mean"), [("thousands", 1_234), ("decimals", 1.234)])
def test_a_comma_in_a_count_is_asked_about(answer: str, mean: float) -> None:
    data = table(EN, [(DAYS[0], "10:00", "1,234"), (DAYS[0], "10:30", 900)]).encode()
    assert means(data, marks=answer)[0, 600] == pytest.approx(mean)


def test_the_same_rows_pasted_twice_count_once() -> None:
    data = table(EN, [*ROWS, *ROWS]).encode()
    _raw, plan = planned(data)
    assert plan.chosen("repeats") == "once"
    assert means(data) == MEANS
    assert means(data, repeats="add")[0, 600] == 50


def test_rows_that_something_else_tells_apart_are_added_up() -> None:
    data = table(("Queue", *EN), [(queue, *row) for queue in "ab" for row in ROWS]).encode()
    assert planned(data)[1].chosen("repeats") == "add"
    assert means(data)[0, 600] == 50


def test_a_load_in_erlang_is_no_count() -> None:
    names = ("hour", "calls", "calls_per_day", "offered_load_erlang")
    raw, plan = planned(table(names, [("10:00", 94, 0.391, 9.222), ("11:00", 47, 0.196, 4.611)]).encode())
    asked = {question.key: question for question in plan.questions}
    assert [choice.value for choice in asked["count"].choices] == ["calls", "calls_per_day", "row"]
    assert "marks" not in asked
    answer = arrivals.analyse(raw, plan).answer
    assert answer
    assert answer.coming.mean == 94


def test_whoever_brings_a_list_is_told_that_rows_are_people() -> None:
    assert any("one person" in note.say("en") for note in planned(GOOD["one row per call"][0])[1].notes)
    assert not any("one person" in note.say("en") for note in planned(GOOD["utf-8"][0])[1].notes)


def test_of_several_times_one_is_the_arrival() -> None:
    rows = [(f"{day} {at}:10", f"{day} 11:{at[3:]}:10") for day, at, n in ROWS for _one in range(n)]
    data = table(("Arrival", "Answered"), rows).encode()
    assert means(data, when="Arrival") == MEANS
    assert (0, 660) in means(data, when="Answered")


def test_a_list_of_calls_may_begin_and_end_in_the_middle_of_a_day() -> None:
    rows = [(f"{day} {at}",) for day in DAYS for at in ("09:10", "10:10", "11:10")][1:-1]
    found = analysed(table(("Start time",), rows).encode())
    assert {(each.weekday, each.start): len(each.past) for each in found.halves}[0, 540] == 1
    assert {(each.weekday, each.start): len(each.past) for each in found.halves}[1, 660] == 1


def test_a_holiday_is_told_not_guessed() -> None:
    days = [str(dt.date(2026, 3, 2) + dt.timedelta(days=7 * week)) for week in range(5)]
    rows = [(day, at, 3 if place == 2 else 30) for place, day in enumerate(days) for at in TIMES]
    found = analysed(table(EN, rows).encode())
    assert [name for name, _people, _usual in found.odd] == [days[2]]
    assert any(days[2] in each.message.say("zh") for each in arrivals.sentences(found))


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_told_with_place_problem_and_cure(kind: str) -> None:
    data, words, column = BAD[kind]
    with pytest.raises(SurveyProblem) as caught:
        analysed(data)
    english, chinese = caught.value.say("en"), caught.value.say("zh")
    assert words in english
    assert (caught.value.column or "") == column
    assert re.search(r"[一-鿿]", chinese)
    assert chinese != english
    assert len(re.findall(r"[.。]", english)) >= 1


def test_counts_and_columns_that_say_when_are_not_both_taken() -> None:
    data = table(
        ("Time", *DAYS, "Total"), [(at, *row, sum(row)) for at, row in zip(TIMES, ACROSS, strict=True)]
    ).encode()
    assert means(data) == MEANS
    with pytest.raises(SurveyProblem, match="one or the other"):
        arrivals.analyse(*planned(data, {"Total": COUNT}))


def test_what_the_page_says_is_taken_or_left() -> None:
    raw = read_table(GOOD["utf-8"][0], "x")
    plan = arrivals.guess(raw)
    odd: dict[str, Any] = {
        "uses": [["no such role", None], ["time", 1], ["count"]],
        "settings": {"handling": -5, "target": 1e9, "day": 6, "time": "ten", "lost": None, "away": True, "new": 3},
        "answers": {"repeats": "add", "dates": 3, "": ""},
    }
    after = arrivals.replan(raw, plan, odd)
    assert after.uses == plan.uses
    assert {each.key: each.value for each in after.settings} == {
        **{each.key: each.value for each in plan.settings},
        "handling": 1,
        "target": 99,
    }
    assert arrivals.replan(raw, plan, {"uses": 3, "settings": [], "answers": None}) == plan
    ignored = arrivals.replan(raw, plan, {"uses": [[IGNORE, None], ["time", None], [SPREAD, None]]})
    with pytest.raises(SurveyProblem, match="takes a day and a time"):
        arrivals.analyse(raw, ignored)


DIALECTS = [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("gb18030", ",")]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=3, max_size=12),
    st.randoms(use_true_random=False),
    st.sampled_from(DIALECTS),
    st.booleans(),
)
def test_order_encoding_and_layout_change_nothing_or_are_asked_about(
    counts: list[list[int]], draw: random.Random, dialect: tuple[str, str], wide: bool
) -> None:
    encoding, delimiter = dialect
    days = [str(dt.date(2026, 3, 2) + dt.timedelta(days=at)) for at in range(len(counts))]
    times = ("09:00", "09:30", "10:00")
    rows: list[Sequence[Any]] = [
        (day, at, n) for day, row in zip(days, counts, strict=True) for at, n in zip(times, row, strict=True)
    ]
    raw, plan = planned(table(ZH, rows).encode())
    names: Sequence[str] = ZH
    if wide:
        names, rows = ("日期", *times), [(day, *row) for day, row in zip(days, counts, strict=True)]
    other = list(rows)
    draw.shuffle(other)
    raw_again, plan_again = planned(table(names, other, delimiter=delimiter).encode(encoding))
    assert [question.key for question in plan.questions] == [question.key for question in plan_again.questions]
    try:
        expected = arrivals.analyse(raw, plan)
    except SurveyProblem as problem:
        with pytest.raises(SurveyProblem, match=re.escape(problem.say("en")[:20])):
            arrivals.analyse(raw_again, plan_again)
        return
    found = arrivals.analyse(raw_again, plan_again)
    assert [(each.weekday, each.start, each.agents, each.least, each.most) for each in found.halves] == [
        (each.weekday, each.start, each.agents, each.least, each.most) for each in expected.halves
    ]
    assert [each.coming.mean for each in found.halves] == pytest.approx([each.coming.mean for each in expected.halves])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_holds_the_people_and_nothing_that_runs(language: str) -> None:
    raw = read_table(GOOD["utf-8"][0], "<script>=1+1.csv")
    _raw, plan = planned(GOOD["utf-8"][0])
    page = arrivals.report(arrivals.analyse(raw, plan), language)
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=|https?://(?!doi\.org)", page)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert cells[: len(CELLS)] == CELLS
    assert page.count("<svg") == 1


def test_exports_hold_numbers_and_no_formula() -> None:
    from openpyxl import load_workbook

    found = analysed(GOOD["utf-8"][0])
    read = load_workbook(io.BytesIO(workbook(arrivals.sheets(found), "zh")))
    assert read.sheetnames == ["rota", "staffing", "wishes"]
    assert [[cell.value for cell in row] for row in read["rota"]][1:] == [["10:00", 5, 3], ["10:30", 3, 1]]
    assert all(cell.data_type != "f" for sheet in read for row in sheet for cell in row)


def test_a_workbook_runs_nothing_and_leads_nowhere() -> None:
    from openpyxl import load_workbook

    texts = ("=1+1", "http://evil.example", "＋cmd", "fine")
    heads = tuple(Message("{cell}", cell=each) for each in texts)
    sheet = Sheet("evil", heads[-1], heads, (texts, (1.5, 2, None, math.nan)))
    page = load_workbook(io.BytesIO(workbook([sheet], "en")))["evil"]
    assert [cell.value for cell in page[2]] == ["'=1+1", "http://evil.example", "'＋cmd", "fine"]
    assert [cell.value for cell in page[3]] == [1.5, 2, None, None]
    assert all(cell.data_type != "f" and not cell.hyperlink for row in page for cell in row)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_reads_back_without_a_question(kind: str, language: str) -> None:
    raw = read_table(arrivals.template(kind, language), "template")
    plan = arrivals.guess(raw)
    assert not plan.questions
    assert len(arrivals.analyse(raw, plan).halves) == 8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_invented_example_has_weeks_that_differ_and_a_holiday(language: str) -> None:
    raw = read_table(arrivals.example(language), "example.csv")
    plan = arrivals.guess(raw)
    assert not plan.questions
    found = arrivals.analyse(raw, plan)
    assert found.spread.beyond_chance
    assert [name for name, _people, _usual in found.odd] == ["2026-03-27"]
