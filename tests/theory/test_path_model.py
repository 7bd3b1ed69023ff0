"""PLS path models: against independent code, a library, published paths, and what must not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.theory.path_model import (
    BANK,
    ECSI,
    Model,
    fit,
    fit_moments,
    interval,
    performance,
    resample,
    spans,
    spreads,
)

# path coefficients that plspm 0.5.7 (Python) gives for the 250 respondents: mode A, centroid, standardised answers. It does
# not run with pandas 3, so its figures are kept here.
PLSPM = [0.5047, 0.5572, 0.0508, 0.5572, 0.1788, 0.0644, 0.5125, 0.1918, 0.5261, 0.1954, 0.4835, 0.0712]
# two causes of one effect, two questions each
SMALL = Model({"a": ("a1", "a2"), "b": ("b1", "b2"), "c": ("c1", "c2")}, (("a", "b"), ("a", "c"), ("b", "c")))


def phones() -> pd.DataFrame:
    return load("ecsi_mobi_respondents")


def small(seed: int, customers: int = 80) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    a = draw.standard_normal(customers)
    b = 0.6 * a + draw.standard_normal(customers)
    c = 0.3 * a + 0.5 * b + draw.standard_normal(customers)
    columns = {
        f"{name}{k}": true + 0.6 * draw.standard_normal(customers)
        for name, true in zip("abc", (a, b, c), strict=True)
        for k in (1, 2)
    }
    return pd.DataFrame(columns)


def by_hand(table: pd.DataFrame, model: Model) -> dict[tuple[str, str], float]:
    """The same estimates the long way: scores of customers, turn by turn, and least squares."""
    z = (table - table.mean()) / table.std(ddof=0)
    scores = {name: z[list(block)].sum(axis=1) for name, block in model.blocks.items()}
    near = {name: {b if a == name else a for a, b in model.arrows if name in (a, b)} for name in model.blocks}
    for _ in range(400):
        scores = {name: (score - score.mean()) / score.std(ddof=0) for name, score in scores.items()}
        inner = {
            name: sum(np.sign(scores[name].corr(scores[other])) * scores[other] for other in others)
            for name, others in near.items()
        }
        scores = {
            name: sum(z[question] * z[question].corr(inner[name]) * inner[name].std(ddof=0) for question in block)
            for name, block in model.blocks.items()
        }
    scores = {name: (score - score.mean()) / score.std(ddof=0) for name, score in scores.items()}
    found = {}
    for effect in model.blocks:
        causes = model.causes(effect)
        if causes:
            x = np.column_stack([scores[cause] for cause in causes])
            for cause, path in zip(causes, np.linalg.lstsq(x, scores[effect], rcond=None)[0], strict=True):
                found[cause, effect] = float(path)
    return found


def test_respondents_and_moments_give_one_answer():
    whole, moments = fit(phones()), fit_moments(load("ecsi_mobi_covariance").set_index("item"))
    assert whole.paths == pytest.approx(moments.paths, abs=1e-5)
    assert [whole.direct(*arrow) for arrow in ECSI.arrows] == pytest.approx(PLSPM, abs=0.00006)


def test_it_agrees_with_customers_scores_and_least_squares():
    for table, model in ((phones(), ECSI), (small(1), SMALL), (small(2), SMALL)):
        fitted, other = fit(table, model), by_hand(table, model)
        assert {arrow: fitted.direct(*arrow) for arrow in model.arrows} == pytest.approx(other, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_shuffled_customers_and_questions_change_nothing(seed):
    table = small(seed % 50)
    shuffled = table.sample(frac=1, random_state=seed).sample(frac=1, axis=1, random_state=seed)
    assert fit(shuffled, SMALL).paths == pytest.approx(fit(table, SMALL).paths, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.floats(0.1, 20), st.floats(-5, 5))
def test_another_scale_of_a_question_changes_nothing(seed, factor, constant):
    table = small(seed)
    moved = table.assign(a1=factor * table["a1"] + constant)
    assert fit(moved, SMALL).paths == pytest.approx(fit(table, SMALL).paths, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.sampled_from("abc"))
def test_more_of_a_notion_means_higher_answers(seed, turned):
    """The sign rule: a block turned round turns its notion, and the paths that touch it, and nothing else."""
    table, names = small(seed), SMALL.notions
    other = fit(table.assign(**{f"{turned}{k}": -table[f"{turned}{k}"] for k in (1, 2)}), SMALL)
    for fitted in (fit(table, SMALL), other):
        for number, block in enumerate(SMALL.blocks.values()):
            assert sum(fitted.weights[SMALL.questions.index(question), number] for question in block) > 0
    sign = np.array([-1 if name == turned else 1 for name in names])
    assert other.paths == pytest.approx(fit(table, SMALL).paths * np.outer(sign, sign), abs=1e-6)


def test_effects_add_up_along_the_ways():
    fitted = fit(phones())
    by_ways = fitted.direct("expectation", "quality") * (
        fitted.direct("quality", "satisfaction")
        + fitted.direct("quality", "value") * fitted.direct("value", "satisfaction")
    ) + fitted.direct("expectation", "value") * fitted.direct("value", "satisfaction")
    assert fitted.indirect("expectation", "satisfaction") == pytest.approx(by_ways)
    assert fitted.total("expectation", "satisfaction") == pytest.approx(
        by_ways + fitted.direct("expectation", "satisfaction")
    )
    assert fitted.total("loyalty", "image") == 0


def test_the_interval_of_the_direct_effect_spans_nothing_and_the_total_does_not():
    found = spans(resample(phones(), draws=1_000), "expectation", "satisfaction")
    assert found["direct"][0] < 0 < found["direct"][1]
    assert found["direct"] == pytest.approx((-0.04, 0.16), abs=0.015)
    assert found["total"] == pytest.approx((0.31, 0.53), abs=0.02)
    assert found["indirect"][0] > 0.2


def test_a_stack_is_its_models_one_by_one():
    stack = resample(phones(), draws=3, seed=5)
    picked = np.random.default_rng(5).integers(0, 250, (3, 250))
    for paths, rows in zip(stack.paths, picked, strict=True):
        assert paths == pytest.approx(fit(phones().iloc[rows]).paths, abs=1e-6)


def test_four_times_the_customers_halve_the_interval():
    four = pd.concat([phones()] * 4, ignore_index=True)
    wide, narrow = (spans(resample(table, draws=400), "quality", "satisfaction")["total"] for table in (phones(), four))
    assert (wide[1] - wide[0]) / (narrow[1] - narrow[0]) == pytest.approx(2, rel=0.2)
    assert interval(np.arange(101)) == pytest.approx((2.5, 97.5))


def test_the_bank_shows_the_same_pattern():
    bank = fit_moments(load("ecsi_bank_covariance").set_index("item"), BANK)
    assert bank.direct("expectation", "satisfaction") == pytest.approx(0.007, abs=0.0006)
    assert bank.total("expectation", "satisfaction") == pytest.approx(0.519, abs=0.0006)


def test_a_notion_scores_between_its_questions():
    table = phones()
    scores = performance(table.mean(), table.std(), fit(table))
    for name, block in ECSI.blocks.items():
        means = 100 * (table[list(block)].mean() - 1) / 9
        assert means.min() - 1e-9 <= scores[name] <= means.max() + 1e-9
    assert scores["complaints"] == pytest.approx(100 * (table["CUSCO"].mean() - 1) / 9)
    assert scores["satisfaction"] == pytest.approx(72.54, abs=0.01)


def test_the_spread_is_that_of_the_customers_scores():
    table, spread = phones(), spreads(phones().std(), fit(phones()))
    scores = [performance(row, table.std(), fit(table))["satisfaction"] for _, row in table.iterrows()]
    assert spread["satisfaction"] == pytest.approx(np.std(scores, ddof=1))
    assert spread["complaints"] == pytest.approx(100 * table["CUSCO"].std() / 9)


def test_what_cannot_be_estimated_is_refused():
    with pytest.raises(ValueError, match="CUSL3"):
        fit(phones().drop(columns="CUSL3"))
    with pytest.raises(ValueError, match="not in the table"):
        fit_moments(load("ecsi_bank_covariance").set_index("item"))
    with pytest.raises(ValueError, match="missing"):
        fit(phones().astype(float).replace(10, np.nan))
    with pytest.raises(ValueError, match="more customers"):
        fit(phones()[:20])
    with pytest.raises(ValueError, match="alike"):
        fit(phones().assign(CUSCO=7))
    with pytest.raises(ValueError, match="comes first"):
        Model({"a": ("a1",), "b": ("b1",)}, (("b", "a"),))
    with pytest.raises(ValueError, match="no arrow"):
        Model({"a": ("a1",), "b": ("b1",), "c": ("c1",)}, (("a", "b"),))
    with pytest.raises(ValueError, match="without questions"):
        Model({"a": ("a1",)}, (("a", "z"),))
