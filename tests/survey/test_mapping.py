"""What is guessed from headers and values, and what is asked because a guess could turn the result."""

from __future__ import annotations

import numpy as np
import pytest

from course.datasets import load
from course.survey import Use, analyse, clean, guess, read_survey, with_scale, with_uses
from course.survey.plan import EXPECTATION, IGNORE, IMPORTANCE, PERCEPTION, SATISFACTION
from course.survey.template import template
from course.theory.service_quality import DIMENSIONS
from tests.survey.files import table


def survey(columns: dict[str, list], name: str = "survey"):
    rows = list(zip(*columns.values(), strict=True))
    return read_survey(table(list(columns), rows).encode(), name)


def score(raw, plan) -> float:
    return analyse(clean(raw, plan)).recommendation.score.value


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_reads_back_without_a_question(kind, language):
    raw = read_survey(template(kind, language), f"template.{kind}")
    plan = guess(raw)
    assert plan.questions == ()
    assert (plan.low, plan.high) == (1, 7)
    for role, questions in ((EXPECTATION, [5, 4, 4, 5, 4]), (PERCEPTION, [5, 4, 4, 5, 4]), (IMPORTANCE, [1] * 5)):
        assert [len(plan.columns(role, each)) for each in DIMENSIONS] == questions
    findings = analyse(clean(raw, plan))
    assert findings.weighted_gap is not None
    assert findings.recommendation.score.n == 3


def test_there_is_no_template_of_another_kind():
    with pytest.raises(ValueError, match="ods"):
        template("ods")


def test_the_course_s_own_survey_needs_no_question():
    frame = load("synthetic_servqual_survey")
    raw = read_survey(frame.to_csv(index=False).encode(), "hotel.csv")
    plan = guess(raw)
    assert plan.questions == ()
    assert len(plan.columns(EXPECTATION)) == len(plan.columns(PERCEPTION)) == 22


@pytest.mark.parametrize(
    ("header", "role", "dimension"),
    [
        ("E_assurance_2", EXPECTATION, "assurance"),
        ("Staff should be courteous", EXPECTATION, "assurance"),
        ("Staff are courteous", PERCEPTION, "assurance"),
        ("您期望店内环境整洁的程度", EXPECTATION, "tangibles"),
        ("实际感受：服务人员反应迅速", PERCEPTION, "responsiveness"),
        ("How satisfied are you overall?", SATISFACTION, None),
        ("总体满意度", SATISFACTION, None),
        ("您向朋友推荐我们的可能性（0～10）", "recommend", None),
        ("Importance of empathy", IMPORTANCE, "empathy"),
        ("Favourite colour code", IGNORE, None),
    ],
)
def test_headers(header, role, dimension):
    plan = guess(survey({header: [0, 3, 5, 2], "x": ["a", "b", "c", "d"]}))
    assert plan.uses[header] == Use(role, dimension)


@pytest.mark.parametrize(
    ("answers", "choices", "suggested", "points"),
    [
        ([0, 3, 9, 10, 10], None, None, 20),
        ([11, 11, 10, 9, 1], ["1-11", "0-10"], "1-11", 40),
        ([1, 9, 10, 8, 10], ["0-10", "1-10", "1-11"], "0-10", 40),
        ([1, 9, 10, 8, 10] * 30, ["1-10", "0-10", "1-11"], "1-10", 40),
        ([5, 5, 5, 4, 1], ["1-5", "0-10"], "1-5", 40),
        ([7, 7, 7, 6, 1], ["1-7", "0-10", "1-10"], "1-7", 40),
    ],
)
def test_a_scale_that_starts_at_one_is_asked_about(answers, choices, suggested, points):
    raw = survey({"Recommend": answers, "P_reliability_1": [4] * len(answers)})
    plan = guess(raw)
    question = next((each for each in plan.questions if each.key == "recommend"), None)
    assert (question and [choice.value for choice in question.choices]) == choices
    assert plan.chosen("recommend") == suggested
    assert score(raw, plan) == pytest.approx(points)
    for choice in question.choices if question else ():
        # what the question foretells is what comes out
        told = score(raw, plan.answer("recommend", choice.value))
        assert choice.effect.say("en") == f"The score would be {told:+.0f}."


def test_a_coding_slip_turns_the_sign():
    """The insight of the module: 1 to 11 read as 0 to 10 makes passives of detractors and promoters of passives."""
    raw = survey({"Recommend": [7, 8, 9, 10, 10, 7, 9, 8, 1, 2], "P_reliability_1": [4] * 10})
    plan = guess(raw)
    assert score(raw, plan.answer("recommend", "0-10")) > 0 > score(raw, plan.answer("recommend", "1-11"))


def test_the_user_decides():
    raw = survey({"Recommend": [1, 9, 10], "P_reliability_1": [4, 5, 6]})
    plan = guess(raw)
    assert [question.key for question in plan.open] == ["recommend"]
    decided = plan.answer("recommend", "1-11")
    assert decided.open == ()
    assert decided.chosen("recommend") == "1-11"
    with pytest.raises(KeyError):
        plan.answer("colour", "red")
    with pytest.raises(ValueError, match="no answer"):
        plan.answer("recommend", "0-100")
    kept = with_uses(raw, decided, {"P_reliability_1": Use(IGNORE)})
    assert kept.answers == {"recommend": "1-11"}
    assert with_uses(raw, decided, {"Recommend": Use(IGNORE)}).answers == {}


def test_a_shorter_scale_among_others_is_asked_about_and_stretched():
    many = np.random.default_rng(1)
    long, short = many.integers(1, 8, 200).tolist(), many.integers(1, 6, 200).tolist()
    raw = survey({"P_reliability_1": long, "P_reliability_2": long[::-1], "P_empathy_1": short})
    plan = guess(raw)
    question = next(each for each in plan.questions if each.key == "scale")
    assert question.columns == ("P_empathy_1",)
    as_they_are = clean(raw, plan).perception["empathy"].answers[:, 0]
    stretched = clean(raw, plan.answer("scale", "stretch-1-5")).perception["empathy"].answers[:, 0]
    assert as_they_are.max() == 5
    assert stretched.max() == 7
    assert stretched.tolist() == pytest.approx((1 + (np.array(short) - 1) * 1.5).tolist())


def test_a_question_that_is_only_named_as_reversed_is_not_said_to_run_against_the_others():
    answers = np.random.default_rng(3).integers(1, 8, 60).tolist()
    raw = survey({"P_reliability_1": answers, "P_reliability_2 (R)": answers})
    question = next(each for each in guess(raw).questions if each.key == "reversed:P_reliability_2 (R)")
    assert question.text.say("en") == "“P_reliability_2 (R)” is named as reversed. Does a high number mean bad?"
    assert question.suggested == "keep"


def test_the_column_that_another_was_preferred_to_is_not_said_to_be_unclear():
    raw = survey({"P_reliability_1": [1, 2, 3], "Recommend us": [0, 9, 10], "Recommend to colleagues": [3, 4, 5]})
    plan = guess(raw)
    assert any(question.key == "one:recommend" for question in plan.questions)
    assert not any("Recommend to colleagues" in note.say("en") for note in plan.notes)


@pytest.mark.parametrize("name", ["Respondent ID", "ID", "答卷编号"])
def test_a_respondent_who_stands_in_two_rows_is_said(name):
    raw = survey({name: [11, 12, 13, 13, 14, ""], "P_reliability_1": [1, 2, 3, 4, 5, 6]})
    said = [note for note in guess(raw).notes if "more than one row" in note.say("en")]
    assert [note.say("en") for note in said] == [
        f"Values of “{name}” that stand in more than one row: 1. Each row counts as a customer of its own."
    ]
    assert "有 1 个编号" in said[0].say("zh")


@pytest.mark.parametrize(
    ("name", "values"), [("ID", [1, 2, 3, 4]), ("ID", [1, 1, 2, 2]), ("Name", ["Li", "Li", "Wu", "He"])]
)
def test_nothing_is_said_of_numbers_that_differ_or_are_no_respondents(name, values):
    raw = survey({name: values, "P_reliability_1": [1, 2, 3, 4]})
    assert not any("more than one row" in note.say("en") for note in guess(raw).notes)


def test_a_reversed_question_is_asked_about_and_turned():
    answers = np.random.default_rng(2).integers(1, 8, 60)
    raw = survey({"P_reliability_1": answers.tolist(), "P_reliability_2": (8 - answers).tolist()})
    plan = guess(raw)
    assert {question.key for question in plan.questions} == {"reversed:P_reliability_1", "reversed:P_reliability_2"}
    turned = plan.answer("reversed:P_reliability_2", "turn")
    block = clean(raw, turned).perception["reliability"].answers
    assert (block[:, 0] == block[:, 1]).all()
    assert analyse(clean(raw, plan)).dimensions[0].alpha_perception is None
    assert analyse(clean(raw, turned)).dimensions[0].alpha_perception == pytest.approx(1)


def test_what_weights_would_change_is_said():
    raw = survey({"P_reliability_1": [4, 5, None], "P_assurance_1": [1, None, 3], "weight": [3, 1, 2]})
    (asked,) = (question for question in guess(raw).questions if question.key == "weight")
    # (3·4 + 1·5 + 3·1 + 2·3) / (3 + 1 + 3 + 2), and 13 / 4
    assert [str(choice.effect) for choice in asked.choices] == ["The mean would be 2.89.", "The mean would be 3.25."]


def test_dates_that_can_be_two_things_are_asked_about():
    raw = survey({"Date": ["3/4/2026", "5/4/2026"], "P_reliability_1": [4, 5]})
    plan = guess(raw)
    assert plan.chosen("dates") == "month"
    (asked,) = (question for question in plan.questions if question.key == "dates")
    assert [str(choice.effect) for choice in asked.choices] == [
        "The answers would run from 2026-04-03 to 2026-04-05.",
        "The answers would run from 2026-03-04 to 2026-05-04.",
    ]
    assert clean(raw, plan).dates[0] == np.datetime64("2026-03-04")
    assert clean(raw, plan.answer("dates", "day")).dates[0] == np.datetime64("2026-04-03")
    clear = survey({"Date": ["3/4/2026", "25/4/2026"], "P_reliability_1": [4, 5]})
    assert guess(clear).questions == ()
    assert clean(clear, guess(clear)).dates[1] == np.datetime64("2026-04-25")


@pytest.mark.parametrize(
    ("answers", "scale"), [([1, 5, 3], (1, 5)), ([6, 2], (1, 7)), ([0, 10, 5], (0, 10)), ([80, 3], (0, 100))]
)
def test_the_scale_is_guessed(answers, scale):
    plan = guess(survey({"P_reliability_1": answers, "x": ["y"] * len(answers)}))
    assert (plan.low, plan.high) == scale


def test_another_scale_moves_what_lies_outside():
    raw = survey({"P_reliability_1": [1, 5, 7, 3, 2], "P_reliability_2": [1, 5, 6, 3, 2]})
    plan = with_scale(raw, guess(raw), 1, 5)
    survey_ = clean(raw, plan)
    outside = next(step for step in survey_.steps if step.kind == "outside")
    assert outside.count == 2
    assert "“P_reliability_1” (7 in row 4)" in outside.message.say("en")
    assert survey_.missing.set_index("column")["outside"].to_dict() == {"P_reliability_1": 1, "P_reliability_2": 1}


def test_pairs_in_no_word_alike_are_asked_about_with_the_gap_they_would_have():
    raw = survey(
        {
            "Expected courtesy": [7, 7, 6],
            "Expected knowledge of staff": [6, 6, 6],
            "Perceived politeness": [3, 4, 3],
            "Perceived competence": [6, 5, 6],
        }
    )
    plan = guess(raw)
    question = next(each for each in plan.questions if each.key == "pairs")
    assert "“Expected courtesy” with “Perceived politeness”" in question.text.say("en")
    assert "−3.33" in question.choices[0].effect.say("en").replace("-", "−")
    assert all(item.gap is None for item in analyse(clean(raw, plan)).items), "nothing is paired unasked"
    paired = analyse(clean(raw, plan.answer("pairs", "order"))).items
    assert {item.name: round(item.gap.value, 2) for item in paired} == {
        "Perceived politeness": -3.33,
        "Perceived competence": -0.33,
    }


def test_names_tell_pairs_whatever_their_order():
    """E_food_1, E_food_2, E_room_1 against the same in another order: the numbers alone would pair food with room."""
    raw = survey(
        {
            "E_food_1": [7, 7],
            "E_food_2": [6, 6],
            "E_room_1": [5, 5],
            "P_room_1": [1, 1],
            "P_food_2": [5, 5],
            "P_food_1": [6, 6],
        }
    )
    plan = guess(raw)
    assert not any(question.key == "pairs" for question in plan.questions)
    for question in plan.open:
        plan = plan.answer(question.key, question.suggested)
    gaps = {item.name: item.gap.value for item in analyse(clean(raw, plan)).items}
    assert gaps == {"P_room_1": -4, "P_food_2": -1, "P_food_1": -1}
