"""Files of kinds that nobody expects: what turns the result is asked, the rest is read, or refused with its true reason.

The answers are those of `tests.survey.formats`: E 5.875, P 4.625, widest gap −2.5, score +25; where a file has others,
their means are worked out by hand beside it.
"""

from __future__ import annotations

import pytest

from course.survey import SurveyProblem, analyse, clean, guess, read_survey
from course.survey.mapping import READING, answered
from tests.survey.files import book, repacked
from tests.survey.formats import ITEMS, MARKED, Case, E, P, answers, ods, sav, text, xls
from tests.survey.test_formats import found_as_worked_out, settled

SATISFIED = ("Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied")
SEEN = [f"Perceived: {item}" for item in ITEMS]
# their mean: 35 / 16
LOW = ((1, 2, 1, 3), (2, 2, 1, 4), (1, 1, 2, 5), (3, 2, 1, 4))
ALONE = {"expectation": None, "widest": None, "nps": None}
BOTH = [[*hoped, *seen] for hoped, seen in zip(E, P, strict=True)]
COUNTS = (3, 0, 1, 2, 4, 8, 9, 20, 25, 18, 10)
NO_SCORE = {"expectation": 5.875, "perception": 4.625, "widest": -2.5, "nps": None}

CASES = (
    Case(
        "words that run against their numbers",
        text([SEEN, *[[f"{value} - {SATISFIED[value - 1]}" for value in row] for row in LOW]]),
        {"labels": "turn"},
        perception=6 - 35 / 16,
        **ALONE,
    ),
    Case(
        "the same, meant as they stand",
        text([SEEN, *[[f"{value} - {SATISFIED[value - 1]}" for value in row] for row in LOW]]),
        {"labels": "keep"},
        perception=35 / 16,
        **ALONE,
    ),
    Case(
        "a label that says no answer",
        text([SEEN, *LOW, ["6 - Don't know", "6 (N/A)", "99 = refused", 5]]),
        n=5,
        # the columns' means are 7/4, 7/4, 5/4 and 21/5
        perception=(7 / 4 + 7 / 4 + 5 / 4 + 21 / 5) / 4,
        **ALONE,
    ),
    Case(
        "SPSS, a label says no answer and nothing is declared",
        sav(
            {f"v{at}": [*column, 6] for at, column in enumerate(zip(*LOW, strict=True))},
            SEEN,
            labels_of={at: {1: "very poor", 5: "excellent", 6: "don't know"} for at in ("v0", "v1", "v2", "v3")},
        ),
        perception=35 / 16,
        **ALONE,
    ),
    Case(
        "SPSS, labels run against the codes",
        sav(
            {f"v{at}": list(column) for at, column in enumerate(zip(*LOW, strict=True))},
            SEEN,
            labels_of={f"v{at}": dict(enumerate(SATISFIED, 1)) for at in range(4)},
        ),
        {"labels": "turn"},
        perception=6 - 35 / 16,
        **ALONE,
    ),
    Case(
        "a scale from −3 to 3",
        text([MARKED[:8], *[[value - 4 for value in row] for row in BOTH]]),
        {"below": "answer"},
        expectation=1.875,
        perception=0.625,
        widest=-2.5,
        nps=None,
    ),
    Case(
        "4/5 beside 8/10",
        text([["Perceived: reliability", "Perceived: courtesy"], ["4/5", "8/10"], ["5/5", "9/10"], ["3/5", "7/10"]]),
        {"scale": "stretch-1-5"},
        n=3,
        # 4, 5, 3 of 5 are 7.75, 10, 5.5 of 10
        perception=(7.75 + 8) / 2,
        **ALONE,
    ),
    Case(
        "questions down the side",
        text(
            [
                ["Question", "R1", "R2", "R3", "R4"],
                *[[name, *column] for name, column in zip(MARKED, zip(*answers(), strict=True), strict=True)],
            ]
        ),
        {"shape": "turned"},
    ),
    Case(
        "how many gave each recommendation",
        text([["Recommend (0-10)", "Count"], *[[value, count] for value, count in enumerate(COUNTS)]]),
        {"shape": "counted"},
        n=100,
        expectation=None,
        perception=None,
        widest=None,
        # 9 and 10: 28 customers; 0 to 6: 27
        nps=1.0,
    ),
    Case("two exports, one below the other", text([MARKED, *answers()[:2], MARKED, *answers()[2:]])),
    Case(
        "a preview among the customers",
        text([["Status", *MARKED], *[["IP Address", *row] for row in answers()], ["Survey Preview", *[1] * 8, 0]]),
        {"previews": "out"},
    ),
    Case(
        "averages beside the answers",
        text(
            [
                [*MARKED[:4], "Expectation average", *MARKED[4:8], "Perception total", MARKED[8]],
                *[[*row[:4], sum(row[:4]) / 4, *row[4:8], sum(row[4:8]), row[8]] for row in answers()],
            ]
        ),
    ),
    Case(
        "pairs in another order than their numbers",
        text(
            [
                ["E_food_1", "E_food_2", "E_room_1", "P_room_1", "P_food_2", "P_food_1"],
                [7, 6, 5, 1, 5, 6],
                [7, 6, 5, 1, 5, 6],
            ]
        ),
        {"block:E_food_": "expectation", "block:P_food_": "perception"},
        n=2,
        expectation=6,
        perception=4,
        widest=-4,
        nps=None,
    ),
    Case(
        "boxes that were ticked or not",
        text(
            [
                [*MARKED[:8], *(f"Which did you use? [{thing}]" for thing in ("Bar", "Spa", "Gym"))],
                *[[*row, 1, 0, 1] for row in BOTH],
            ]
        ),
        {"block:Which did you use?": "ignore"},
        **NO_SCORE,
    ),
    Case("numbers in circles", text([MARKED, *answers(change=lambda value: "①②③④⑤⑥⑦"[value - 1])])),
    Case(
        "headers with marks of the web",
        text([[f"<p>{name}</p>" for name in MARKED[:8]], *BOTH]),
        **NO_SCORE,
    ),
    Case("three decimals that are noughts", text([MARKED, *answers(change=lambda value: f"{value}.000")])),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_read_rightly(case):
    raw, plan, clicks = settled(case)
    asked = {question.key for question in plan.questions}
    assert set(case.answers) <= asked | {"block:E_food_", "block:P_food_"}, "what turns the result was asked"
    assert clicks <= 3
    found_as_worked_out(case, analyse(clean(raw, plan)))


MEANS = [["Question", "Expectation (mean)", "Perception (mean)"], *[[item, 6.1, 4.9] for item in ITEMS]]
OPTIONS = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
TORN = [["Perceived speed (E/P)", "Perceived courtesy (E/P)"], ["6/5", "7/5"], ["5/7", "6/5"], ["7/5", "6/10"]]


@pytest.mark.parametrize(
    ("rows", "english", "chinese"),
    [
        (MEANS, "a question and its means", "一道题和它的均值"),
        (
            [["Statement", *OPTIONS], *[[item, 3, 4, 10, 20, 8 + at] for at, item in enumerate(ITEMS)]],
            "how often",
            "人数",
        ),
    ],
    ids=["means", "counts of each option"],
)
def test_what_holds_no_answers_is_refused_with_the_true_reason(rows, english, chinese):
    with pytest.raises(SurveyProblem) as caught:
        read_survey(text(rows), "summary")
    assert english in caught.value.say("en")
    assert chinese in caught.value.say("zh")


def test_two_answers_in_one_cell_are_never_taken_for_one():
    """“6/5” is no five of anything, and “5/7” beside it no five of seven."""
    raw = read_survey(text(TORN), "torn")
    with pytest.raises(SurveyProblem, match="“6/5” is not a number"):
        clean(raw, guess(raw))


def test_a_first_answer_with_labels_is_no_header():
    raw = read_survey(text([SEEN, ["1 - poor", "5 - good", "4 - fine", "3 - so so"], *LOW]), "labels")
    assert len(raw.cells) == 5


def test_a_question_about_the_shape_can_be_answered_with_no():
    case = next(each for each in CASES if each.name == "how many gave each recommendation")
    raw = read_survey(case.data, "counts", choices={"shape": "same"})
    assert "shape" in READING
    plan = answered(raw, guess(raw), "shape", "same")
    assert len(clean(raw, plan).rows) == 11


def _filtered(made):
    # an empty row that is hidden is nobody's answer
    for row in (1, 3, 5, 9):
        made.active.row_dimensions[row].hidden = True
    other = made.create_sheet("Notes")
    other.append(["nothing"])
    other.row_dimensions[4].hidden = True


def _collapsed(rows):
    """An OpenDocument table of which the third row and the fifth are hidden, and a row repeated to the end of the sheet."""

    def change(name, body):
        if name != "content.xml":
            return body
        first, *others = body.split(b"<table:table-row>")
        for place, kind in ((2, b"filter"), (4, b"collapse")):
            others[place] = b"\0" + kind + b"\0" + others[place]
        made = b"<table:table-row>".join([first, *others])
        for kind in (b"filter", b"collapse"):
            made = made.replace(b"<table:table-row>\0%b\0" % kind, b'<table:table-row table:visibility="%b">' % kind)
        empty = b'<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/>'
        return made.replace(b"</table:table>", empty + b"</table:table-row></table:table>")

    return repacked(ods(rows), change)


@pytest.mark.parametrize(
    "data",
    [book(_filtered, rows=[MARKED, *answers()]), _collapsed([MARKED, *answers()])],
    ids=["xlsx", "ods"],
)
def test_hidden_rows_are_read_and_said(data):
    raw = read_survey(data, "filtered")
    said = [note.say("en") for note in raw.notes if "hidden" in note.say("en")]
    assert len(raw.cells) == 4
    assert len(said) == 1
    assert ": 2, the first is row 3." in said[0]
    assert any("有 2 行是隐藏的（第一处在第 3 行）" in note.say("zh") for note in raw.notes)


def test_where_hidden_rows_cannot_be_told_that_is_said():
    said = [note.say("en") for note in read_survey(xls([MARKED, *answers()]), "old").notes]
    assert "Rows that are hidden in an .xls workbook are read like the others." in said


def test_nothing_is_said_of_rows_where_none_is_hidden():
    for data in (book(rows=[MARKED, *answers()]), ods([MARKED, *answers()])):
        assert not any("hidden" in note.say("en") for note in read_survey(data, "whole").notes)


def test_a_row_without_an_end_is_not_gone_through_over_and_over():
    """A megabyte of what begins like a row a hundred thousand times is looked at once, and refused as damaged."""
    evil = b"<row" + b' hidden="1"' * 100_000
    data = repacked(book(rows=[MARKED]), lambda name, body: evil if name.endswith("sheet1.xml") else body)
    with pytest.raises(SurveyProblem, match="damaged"):
        read_survey(data, "endless")
