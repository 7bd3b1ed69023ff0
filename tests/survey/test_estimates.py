"""The estimates: laws that hold for every survey, and the same numbers from well-kept libraries."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from course.survey import CancelledError, analyse, bootstrap, clean, guess, read_survey
from course.survey.analysis import Findings
from course.survey.codings import CODINGS, score
from course.survey.plan import EXPECTATION, PERCEPTION
from course.theory import promoters
from course.theory.reliability import alpha_from_covariance
from tests.benchmarks.bench_survey import survey_bytes

QUICK = settings(max_examples=25, deadline=None)
NAMES = [
    "E_reliability_1",
    "E_reliability_2",
    "P_reliability_1",
    "P_reliability_2",
    "E_empathy_1",
    "P_empathy_1",
    "Recommend",
]


@st.composite
def answers(draw) -> pd.DataFrame:
    """Return 6 to 40 customers' answers: ratings from 2 to 6, so that there is room on the scale, and 0 to 10."""
    rows = draw(st.integers(6, 40))
    ratings = draw(arrays.arrays(np.int64, (rows, 6), elements=st.integers(2, 6)))
    recommend = draw(arrays.arrays(np.int64, (rows, 1), elements=st.integers(0, 10)))
    frame = pd.DataFrame(np.hstack([ratings, recommend]), columns=NAMES)
    frame.loc[0, "Recommend"] = 0
    return frame


def findings_of(frame: pd.DataFrame) -> Findings:
    raw = read_survey(frame.to_csv(index=False).encode(), "survey")
    plan = guess(raw)
    for question in plan.questions:
        plan = plan.answer(question.key, "same" if question.key == "scale" else "keep")
    return analyse(clean(raw, plan), seed=3)


def numbers(findings: Findings) -> list[float | None]:
    found: list[float | None] = [
        findings.weighted_gap.value,
        findings.plain_gap.value,
        findings.recommendation.score.value,
    ]
    for each in findings.dimensions:
        found += [each.gap.value, each.gap.low, each.gap.high, each.alpha_perception, each.alpha_expectation]
    return found


def same(one: list[float | None], other: list[float | None]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(a == b if a is None or b is None else a == pytest.approx(b, abs=1e-9) for a, b in pairs)


@QUICK
@given(answers(), st.integers(0, 1000))
def test_the_order_of_customers_changes_nothing(frame, seed):
    assert same(numbers(findings_of(frame)), numbers(findings_of(frame.sample(frac=1, random_state=seed))))


@QUICK
@given(answers(), st.sampled_from([-1, 1]))
def test_a_constant_on_both_sides_changes_no_gap(frame, constant):
    moved = frame.copy()
    moved.iloc[:, :6] += constant
    before, after = numbers(findings_of(frame)), numbers(findings_of(moved))
    assert same(before, after)


@QUICK
@given(answers())
def test_swapping_the_sides_turns_the_gap(frame):
    swapped = frame.rename(columns=lambda name: {"E": "P", "P": "E"}.get(name[0], name[0]) + name[1:])
    assert findings_of(frame).weighted_gap.value == pytest.approx(-findings_of(swapped).weighted_gap.value)


@QUICK
@given(answers())
def test_alpha_is_at_most_one_and_nps_within_a_hundred(frame):
    found = findings_of(frame)
    for each in found.dimensions:
        for alpha in (each.alpha_perception, each.alpha_expectation):
            assert alpha is None or alpha <= 1 + 1e-12
        assert each.gap.low <= each.gap.value + 1e-9
        assert each.gap.value <= each.gap.high + 1e-9
    value = found.recommendation.score
    assert -100 <= value.low <= value.value <= value.high <= 100


@QUICK
@given(answers(), st.sampled_from([";", "\t", ","]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_writing_and_reading_back_keeps_every_answer(frame, delimiter, encoding):
    raw = read_survey(frame.to_csv(index=False, sep=delimiter).encode(encoding), "survey")
    assert raw.cells.astype(str).astype(int).to_numpy().tolist() == frame.to_numpy().tolist()


@given(st.dictionaries(st.integers(0, 10), st.integers(1, 50), min_size=1))
def test_storing_one_to_eleven_and_taking_it_back_changes_nothing(tally):
    assert score({answer + 1: count for answer, count in tally.items()}, "1-11") == score(tally, "0-10")
    assert sum(score(tally, "0-10")) == sum(tally.values())


@pytest.mark.parametrize(
    ("coding", "promoting", "passive"), [("1-5", [5], [4]), ("1-7", [7], [6]), ("1-10", [9, 10], [7, 8])]
)
def test_other_codings_classify_as_they_say(coding, promoting, passive):
    ways = CODINGS[coding]
    offered = [float(answer) for answer in range(ways.low, ways.high + 1)]
    kinds = dict(zip(offered, promoters.classify(ways.scores(offered)), strict=True))
    assert [answer for answer, kind in kinds.items() if kind == promoters.PROMOTER] == promoting
    assert [answer for answer, kind in kinds.items() if kind == promoters.PASSIVE] == passive
    assert ways.scores([0.5, 99.0]) == [None, None]


# --- against other people's code
def _likert(seed: int, rows: int = 250, questions: int = 5) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return np.clip(np.rint(5 + generator.normal(0, 1, (rows, 1)) + generator.normal(0, 1, (rows, questions))), 1, 7)


def _one_dimension(table: np.ndarray, role: str = "P") -> pd.DataFrame:
    return pd.DataFrame(table, columns=[f"{role}_reliability_{number + 1}" for number in range(table.shape[1])])


@pytest.mark.parametrize("seed", range(4))
def test_alpha_is_that_of_those_who_answered_every_question(seed):
    table = _likert(seed)
    table[::17, 2] = np.nan
    theirs = alpha_from_covariance(np.cov(table[~np.isnan(table).any(axis=1)], rowvar=False))
    raw = read_survey(_one_dimension(table).to_csv(index=False).encode(), "survey")
    ours = analyse(clean(raw, guess(raw))).dimensions[0].alpha_perception
    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("rows", [40, 400])
def test_the_interval_is_that_of_scipy_s_bootstrap(rows):
    values = _likert(5, rows).mean(axis=1)
    ours = bootstrap.mean(values, seed=1, part="x", draws=20_000)
    theirs = scipy.stats.bootstrap(
        (values,), np.mean, method="percentile", n_resamples=20_000, rng=np.random.default_rng(2), batch=1000
    ).confidence_interval
    width = theirs.high - theirs.low
    assert ours.low == pytest.approx(theirs.low, abs=0.03 * width)
    assert ours.high == pytest.approx(theirs.high, abs=0.03 * width)


def test_of_many_values_the_interval_is_that_of_endless_draws():
    """Answers that lean to one side, so that the two ends are not equally far from the mean."""
    values = np.random.default_rng(3).exponential(1, bootstrap.MANY)
    found = bootstrap.mean(values, seed=1, part="x")
    drawn = np.random.default_rng(4).choice(values, (4_000, values.size)).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert found.low == pytest.approx(low, abs=0.03 * (high - low))
    assert found.high == pytest.approx(high, abs=0.03 * (high - low))
    assert found.high - found.value > found.value - found.low


@pytest.mark.parametrize("rows", [50, bootstrap.MANY])
def test_counts_lead_to_the_mean_of_the_values(rows):
    values = _likert(6, rows, 1)[:, 0]
    exact, times = np.unique(values, return_counts=True)
    counts = dict(zip(exact.tolist(), times.tolist(), strict=True))
    ours, theirs = bootstrap.mean_of_counts(counts, seed=1, part="x"), bootstrap.mean(values, seed=1, part="x")
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.value, theirs.low, theirs.high))
    assert ours.n == theirs.n


def test_the_intervals_cover_as_often_as_they_say():
    truth, hits = 4.0, 0
    generator = np.random.default_rng(11)
    for lap in range(400):
        found = bootstrap.mean(generator.integers(1, 8, 200).astype(float), seed=lap, part="x")
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.98


def test_the_worked_numbers():
    """Gaps and net promoter score that are known by arithmetic, from a survey that has them."""
    means = {"tangibles": -0.2, "reliability": -1.2, "responsiveness": -0.8, "assurance": -0.5, "empathy": -0.6}
    frame = pd.DataFrame({f"E_{name}_1": [6] * 10 for name in means})
    for name, gap in means.items():
        lower = round(-10 * gap) % 10
        whole = 6 - int(-gap)
        frame[f"P_{name}_1"] = [whole - 1] * lower + [whole] * (10 - lower)
    frame = pd.concat([frame] * 25, ignore_index=True)
    frame["Recommend"] = [10] * 95 + [7] * 95 + [0] * 60
    found = findings_of(frame)
    assert found.weighted_gap.value == pytest.approx(-0.773)
    assert found.plain_gap.value == pytest.approx(-0.66)
    value = found.recommendation.score
    assert [value.value, (value.high - value.low) / 2] == pytest.approx([14.0, 9.6], abs=0.1)


def test_derived_importance_is_the_correlation_of_scipy():
    generator = np.random.default_rng(8)
    frame = pd.DataFrame(
        {f"P_{name}_1": generator.integers(1, 8, 120) for name in ("reliability", "empathy", "assurance")}
    )
    frame["Overall satisfaction"] = np.clip(frame["P_reliability_1"] + generator.integers(-1, 2, 120), 1, 7)
    raw = read_survey(frame.to_csv(index=False).encode(), "survey")
    found = analyse(clean(raw, guess(raw))).importance
    assert (found.basis, found.target) == ("derived", "satisfaction")
    for place in found.places:
        theirs = scipy.stats.pearsonr(frame[f"P_{place.dimension}_1"], frame["Overall satisfaction"]).statistic
        assert place.importance == pytest.approx(theirs)


# --- what is missing, repeated, ticked in one go
def test_missing_answers_leave_the_others_in():
    table = _likert(1, 60)
    table[0, 0] = table[1, :] = np.nan
    frame = _one_dimension(table).assign(no=range(60))
    raw = read_survey(frame.to_csv(index=False).encode(), "survey")
    survey = clean(raw, guess(raw))
    steps = {step.kind: step.count for step in survey.steps}
    assert (steps["missing"], steps["silent"]) == (6, 1)
    assert analyse(survey).dimensions[0].perception.n == 59
    assert analyse(survey).dimensions[0].perception.value == pytest.approx(
        np.nanmean(np.nanmean(table[[0, *range(2, 60)]], axis=1))
    )


def test_a_weighted_gap_with_holes_is_that_of_the_dimensions_gaps():
    data = survey_bytes(300, missing=0.2)
    raw = read_survey(data, "survey")
    found = analyse(clean(raw, guess(raw)))
    frame = pd.read_csv(io.BytesIO(data))
    gaps = {}
    for each in found.dimensions:
        sides = [frame.filter(regex=f"^{side}_{each.name}").mean(axis=1) for side in "PE"]
        gaps[each.name] = (sides[0] - sides[1]).mean()
        assert each.gap.value == pytest.approx(gaps[each.name])
    assert found.weighted_gap.value == pytest.approx(sum(each.weight * gaps[each.name] for each in found.dimensions))
    assert found.weighted_gap.low < found.weighted_gap.value < found.weighted_gap.high


def test_copies_go_only_where_a_number_tells_customers_apart():
    told = pd.DataFrame({"no": [1, 2, 3, 3], "P_reliability_1": [4, 5, 6, 6]})
    for frame, left in ((told, 3), (told.drop(columns="no"), 4)):
        raw = read_survey(frame.to_csv(index=False).encode(), "survey")
        survey = clean(raw, guess(raw))
        step = next(step for step in survey.steps if step.kind == "copies")
        assert (step.count, len(survey.rows)) == (1, left)
        assert "row 5" in step.message.say("en")


def test_straight_liners_are_kept_and_told_or_left_out():
    from dataclasses import replace

    raw = read_survey(survey_bytes(40) + b"\n" + b",".join([b"7"] * 44), "survey")
    plan = guess(raw)
    kept, dropped = clean(raw, plan), clean(raw, replace(plan, leave_out=frozenset({"straight"})))
    assert (len(kept.rows), len(dropped.rows)) == (41, 40)
    assert kept.straight.sum() == 1
    without = analyse(kept).weighted_gap_without_straight
    assert without == pytest.approx(analyse(dropped).weighted_gap.value)
    assert analyse(dropped).weighted_gap_without_straight is None


def test_perceptions_alone_have_no_gap_and_say_so():
    raw = read_survey(_one_dimension(_likert(1)).to_csv(index=False).encode(), "survey")
    plan = guess(raw)
    assert (len(plan.columns(PERCEPTION)), len(plan.columns(EXPECTATION))) == (5, 0)
    found = analyse(clean(raw, plan))
    assert found.weighted_gap is None
    assert found.dimensions[0].gap is None
    assert any("SERVPERF" in message.say("en") for message in found.absent)


def test_progress_rises_to_one_and_cancelling_stops():
    raw = read_survey(survey_bytes(50), "survey")
    plan = guess(raw)
    told: list[float] = []
    analyse(clean(raw, plan), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(CancelledError):
        analyse(clean(raw, plan), cancelled=lambda: True)
    with pytest.raises(CancelledError):
        clean(raw, plan, cancelled=lambda: True)
