"""What m01's simulation is to teach holds in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from course.amounts import Amount
from course.i18n import LANGUAGES
from course.simulations.m01_expectation_gap import ExpectationGap, Group
from tests.simulations.strategies import settings_of

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "wasted": lambda _s, f, _r: 0 < f.unnoticed <= f.cost,
    "outweighed": lambda s, f, _r: s.loss_weight > 1 and f.felt < 0 and f.below <= f.above + 0.02,
    "let_down": lambda _s, f, _r: f.felt < 0 and f.above < f.below,
    "balance": lambda _s, _f, _r: True,
}


def metrics(**values: float) -> dict[str, float]:
    return ExpectationGap(**values).run().metrics


@settings(deadline=None, max_examples=60)
@given(settings_of(ExpectationGap))
def test_shares_add_to_one_and_money_stays_within_the_bill(chosen):
    run = ExpectationGap(**chosen).run()
    shares = run.metrics
    assert shares["below"] + shares["in_zone"] + shares["above"] == pytest.approx(1)
    bars = run.frames["guests"]
    assert bars["share"].sum() == pytest.approx(1)
    assert set(bars["group"]) <= set(Group)
    by_group = bars.groupby("group")["share"].sum()
    assert by_group.get("below", 0) == pytest.approx(shares["below"])
    assert by_group.get("within", 0) == pytest.approx(shares["in_zone"])
    assert by_group.get("above", 0) + by_group.get("unnoticed", 0) == pytest.approx(shares["above"])
    assert (bars["gap_to"] - bars["gap_from"]).eq(2).all()
    assert shares["unnoticed"] >= -1e-9
    assert shares["cost"] > 0


def test_the_offset_is_the_published_number():
    assert metrics()["offset"] == pytest.approx(25.13, abs=0.01)
    assert metrics(loss_weight=1)["offset"] == pytest.approx(10)


def test_bigger_promises_disappoint():
    satisfaction = [metrics(expected=expected)["satisfaction"] for expected in range(65, 96, 5)]
    assert satisfaction == sorted(satisfaction, reverse=True)


def test_as_promised_on_average_feels_like_less_than_promised():
    assert metrics()["felt"] < 0
    assert abs(metrics(loss_weight=1, fading=1, zone_width=40)["felt"]) < 0.5


def test_steadiness_and_level_both_cost():
    assert metrics(spread=3)["cost"] > metrics(spread=10)["cost"]
    assert metrics(service=80)["cost"] > metrics(service=72)["cost"]
    assert metrics(price=80)["cost"] == pytest.approx(2 * metrics(price=40)["cost"])
    assert metrics(service=80, spread=20, price=40)["cost"] == pytest.approx(44)


def test_past_the_hoped_for_service_money_buys_almost_nothing():
    gold = ExpectationGap.from_preset("gold").run().metrics
    modest = ExpectationGap.from_preset("gold", service=80).run().metrics
    assert gold["cost"] - modest["cost"] > 20
    assert gold["satisfaction"] - modest["satisfaction"] < 5
    assert gold["unnoticed"] > 15
    assert metrics(expected=90, spread=2, service=72)["unnoticed"] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_fits_what_happened(language):
    told = set()
    for values in ({"expected": 62, "service": 95}, {"expected": 88}, {"expected": 66, "service": 72, "spread": 4}):
        simulation = ExpectationGap(**values)
        run = simulation.run()
        sentence = simulation.tell(run, language)
        assert any(f"{Amount(run.metrics[key]):.1f}" in sentence for key in ("felt", "unnoticed"))
        told.add("".join(character for character in sentence if not character.isdigit()))
    assert len(told) == 3


def test_the_guests_come_to_the_figures() -> None:
    simulation = ExpectationGap(expected=62, service=80)
    crowd, figures = simulation.crowd(), simulation.run().figures
    assert crowd["felt"].mean() == pytest.approx(figures.felt)
    assert (crowd["kind"] == Group.BELOW).mean() == pytest.approx(figures.below)
    assert crowd["kind"].isin([Group.ABOVE, Group.UNNOTICED]).mean() == pytest.approx(figures.above)
