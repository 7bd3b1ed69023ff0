"""What m12's simulation is to teach holds in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.luck import fans
from course.simulations.m12_amazon import Amazon, Group
from course.simulations.m12_shop import stars
from course.theory.promise import implied_ratio
from tests.simulations.strategies import settings_of

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "faster": lambda _s, f, r: (
        f.satisfaction_change < 0 and r.frames["years"]["delivered"].iloc[-1] < r.frames["years"]["delivered"].iloc[0]
    ),
    "padded": lambda s, f, _r: f.best_promise < s.promise,
    "promise": lambda _s, f, _r: f.profit >= 0,
    "loss": lambda _s, f, r: f.profit < 0 < r.asides["loss"],
}


def metrics(**values: float) -> dict[str, float]:
    return Amazon(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Amazon.from_preset(key, **values).run().metrics


@settings(deadline=None, max_examples=60)
@given(settings_of(Amazon))
def test_bars_shares_and_stars_agree(chosen):
    run = Amazon(**chosen).run()
    bars = run.frames["parcels"]
    assert set(bars["group"]) <= set(Group)
    assert bars["share"].sum() == pytest.approx(1)
    late = bars.loc[bars["group"] == "late", "share"].sum()
    assert run.metrics["on_time"] == pytest.approx(1 - late)
    assert 1 <= run.metrics["stars"] <= 5
    assert run.metrics["promise_cost"] >= 0
    assert run.frames["curve"]["percent"].abs().max() <= 1 + 1e-9


@settings(deadline=None, max_examples=30)
@given(settings_of(Amazon), st.floats(1, 39))
def test_a_longer_promise_is_kept_more_often_earns_more_stars_and_loses_orders(chosen, promise):
    soon, later = (metrics(**{**chosen, "promise": days}) for days in (promise, promise + 1))
    assert later["on_time"] >= soon["on_time"]
    assert later["stars"] >= soon["stars"]
    assert later["orders"] < soon["orders"]


@settings(deadline=None, max_examples=30)
@given(settings_of(Amazon), st.floats(1, 40))
def test_no_promise_costs_less_than_the_best_one(chosen, other):
    best = metrics(**chosen)["best_promise"]
    if 1 <= best <= 40:
        cost = metrics(**{**chosen, "promise": best})["promise_cost"]
        assert cost <= metrics(**{**chosen, "promise": other})["promise_cost"] + 1e-9


def test_the_stars_are_those_of_the_olist_days():
    table = load("olist_delay_by_day").dropna()
    days, rated = table["mean_day"].to_numpy(float), table["mean_review_stars"].to_numpy(float)
    assert stars(days)[:-1] == pytest.approx(rated[:-1])
    assert stars(days) == pytest.approx(rated, abs=0.06)
    assert stars(np.array([1.0, 6.0])) @ [-0.2, 0.2] == pytest.approx(-0.348, abs=0.001)
    assert stars(np.array([-99.0, 99.0])) == pytest.approx([rated[0], rated[-2]])


def test_the_olist_situation_has_olists_share_reserve_and_price():
    found = preset("olist")
    table = load("olist_delay_by_day").dropna()
    on_time = table.loc[table["mean_day"] <= 0, "orders"].sum() / table["orders"].sum()
    assert found["on_time"] == pytest.approx(on_time, abs=0.002)
    simulation = Amazon.from_preset("olist")
    assert (simulation.promise, simulation.mean_time) == pytest.approx((23.8, 12.5), abs=0.4), (
        "an extract of 5,164 orders"
    )
    assert implied_ratio(found["on_time"]) == pytest.approx(14.0, abs=0.5)
    assert preset("olist", late_weight=14)["best_promise"] == pytest.approx(23.5, abs=0.5)


def test_the_most_profitable_promise_lies_near_the_cheapest():
    for weight in (4, 8, 14):
        profit = {days / 2: metrics(promise=days / 2, late_weight=weight)["profit"] for days in range(6, 30)}
        best = max(profit, key=lambda days: profit[days])
        assert best == pytest.approx(metrics(late_weight=weight)["best_promise"], abs=1)


def test_faster_every_year_and_less_satisfied():
    years = Amazon.from_preset("ratchet").run().frames["years"]
    assert years["delivered"].iloc[-1] < years["delivered"].iloc[0] / 2
    assert years["satisfaction"].iloc[-1] < years["satisfaction"].iloc[0] - 5
    assert preset("ratchet", adaptation=0)["satisfaction_change"] > 0


def test_who_promised_more_time_than_needed_has_more_delight_to_lose():
    change = [metrics(promise=days)["satisfaction_change"] for days in (6, 8, 12, 20)]
    assert change == sorted(change, reverse=True)


def test_longer_free_returns_bring_orders_and_returns():
    strict, generous = metrics(returns_days=0), metrics(returns_days=90)
    assert generous["returned"] > strict["returned"]
    assert generous["member_saving"] > strict["member_saving"]


def test_a_member_gains_from_the_ninth_order_on():
    found = metrics(promise=2)
    orders = (found["member_saving"] + 79) / 9.48
    assert orders > 9
    assert found["member_saving"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_told(language):
    sentences = {
        Amazon.from_preset(key).tell(Amazon.from_preset(key).run(), language)[-12:]
        for key in ("average", "olist", "ratchet")
    }
    assert len(sentences) == 3


def test_a_band_holds_nine_of_ten_draws_at_each_of_its_points() -> None:
    runs = [Amazon(seed=seed).run() for seed in range(2, 22)]
    band = fans(Amazon, runs)["years.satisfaction"]
    draws = np.stack([run.frames["years"]["satisfaction"].to_numpy() for run in runs])
    assert band["year"].tolist() == runs[0].frames["years"]["year"].tolist()
    np.testing.assert_allclose(band["low"], np.quantile(draws, 0.05, axis=0))
    np.testing.assert_allclose(band["high"], np.quantile(draws, 0.95, axis=0))
