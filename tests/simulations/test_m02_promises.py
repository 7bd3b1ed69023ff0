"""What m02's simulation is to teach holds in it, and it comes out where the closed forms say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.i18n import LANGUAGES
from course.simulations.m02_market import GUESTS, MONTHS, REGULARS, USUAL, Errors, Fate, Habits, live_through
from course.simulations.m02_promises import Promises
from course.theory.adaptation import expectation_path
from course.theory.adoption import adoption_share, customers_after
from course.theory.sources import combine, combined_sd
from course.theory.treadmill import felt_total, lasting_total, pulse_total
from tests.oracles import oracles
from tests.simulations.strategies import settings_of

ALONE = {"hears": 0, "spread": 0}
ERRORS = Errors(own=5, talk=10, advert=10, rivals=15)
SEEDS = range(1, 9)

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "promise": lambda s, _f, _r: s.promise != 60 + s.lasting,
    "delight": lambda s, _f, r: r.asides["first"] > 0 and s.pulse > 0 and int(s.every) == 0,
    "year": lambda _s, f, _r: f.effort >= 0,
}


def metrics(**values: float) -> dict[str, float]:
    return Promises(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Promises.from_preset(key, **values).run().metrics


def oracle(row: str):
    return next(oracle for oracle in oracles("m02") if oracle.id == row)


def market(**changes):
    given = {"spread": 0.0, "hears": 0.0, "rate": 0.3, "loss": 2.25, "seed": 1}
    promise = changes.pop("promise", USUAL)
    return live_through(np.full(MONTHS, USUAL), promise, Habits(ERRORS, **{**given, **changes}))


def test_a_pulse_and_a_lasting_rise_feel_as_the_worked_numbers_say():
    oracle("treadmill-pulse").check(preset("suite")["felt_total"])
    oracle("treadmill-sustained").check(preset("for-good")["felt_total"])


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 40), st.floats(0, 1), st.floats(1, 4))
def test_without_noise_the_year_is_the_closed_form(height, rate, loss):
    chosen = {**ALONE, "adaptation": rate, "loss_weight": loss}
    pulse = metrics(pulse=height, **chosen)["felt_total"]
    assert pulse == pytest.approx(pulse_total(height, MONTHS, rate, lambda_=loss), abs=1e-4)
    lasting = metrics(pulse=0, lasting=min(height, 30), **chosen)["felt_total"]
    assert lasting == pytest.approx(lasting_total(min(height, 30), MONTHS, rate, lambda_=loss), abs=1e-4)


def test_with_noise_the_mean_expectation_is_the_closed_form():
    spread, rate = 10.0, 0.3
    simulation = Promises(pulse=30, spread=spread, hears=0, adaptation=rate)
    path = simulation.run().frames["path"].query("line == 'expected'")["points"]
    expected = expectation_path(USUAL, [USUAL + 30] + [USUAL] * 11, rate)[:-1]
    # the error of a mean over the regulars, each of whom carries the noise of every visit before
    error = spread * np.sqrt(rate / (2 - rate) / REGULARS)
    assert np.abs(path.to_numpy() - expected).max() < 4 * error
    assert path.to_numpy() != pytest.approx(expected)


def test_newcomers_expect_the_precision_weighted_mean():
    year = [market(promise=80, seed=seed) for seed in SEEDS]
    first = np.array([each.newcomers[0] for each in year])
    heard = ERRORS.heard
    mean, sd = float(combine([USUAL, 80, USUAL], heard)), float(combined_sd(heard))
    crowd = mean + sd * np.random.default_rng(0).standard_normal(200_000)
    share = adoption_share(crowd, USUAL, ceiling=0.1, scale=10).mean()
    error = np.sqrt(share * (1 - share) * (GUESTS - REGULARS) / len(first))
    assert first.mean() == pytest.approx(share * (GUESTS - REGULARS), abs=4 * error)
    # those who were told more come more often
    told = np.average(crowd, weights=adoption_share(crowd, USUAL, ceiling=0.1, scale=10))
    found = np.mean([each.heard[0] for each in year])
    assert found == pytest.approx(told, abs=4 * sd / np.sqrt(first.sum()))
    assert told > mean + 0.5


def test_regulars_who_get_what_they_expect_leave_as_the_closed_form_says():
    def nobody_comes(seed):
        unheard_of = replace(ERRORS, advert=1)
        habits = Habits(unheard_of, spread=0, hears=0, rate=0.3, loss=2.25, seed=seed)
        return live_through(np.full(MONTHS, USUAL), -1_000, habits)

    years = [nobody_comes(seed) for seed in SEEDS]
    assert all(year.newcomers.sum() == 0 and not year.felt.any() for year in years)
    found = np.mean([year.guests for year in years], axis=0)
    expected = customers_after(REGULARS, 0, 0.04, np.arange(MONTHS + 1))
    error = np.sqrt(expected * (1 - expected / REGULARS) / len(years))
    assert np.all(np.abs(found - expected) <= 4 * error)
    assert found[-1] < 0.7 * REGULARS


@settings(deadline=None, max_examples=40)
@given(settings_of(Promises))
def test_guests_add_up_and_nobody_is_counted_twice(chosen):
    run = Promises(**chosen).run()
    guests = run.frames["guests"].query("line == 'yours'")["guests"].to_numpy()
    assert guests[0] == REGULARS
    assert guests.max() <= GUESTS
    assert guests[-1] == run.metrics["guests"]
    assert run.frames["felt"]["total"].iloc[-1] == pytest.approx(run.metrics["felt_total"], abs=1e-9)
    shares = run.frames["sources"].groupby("who")["weight"].sum()
    assert shares.to_numpy() == pytest.approx([1, 1])


@settings(deadline=None, max_examples=20)
@given(settings_of(Promises), st.integers(30, 99))
def test_a_bigger_promise_brings_no_fewer_newcomers_in_the_first_months(chosen, promise):
    # without good and bad days, talk is the same whoever comes
    less, more = (metrics(**{**chosen, "spread": 0, "promise": each}) for each in (promise, 100))
    assert more["newcomers"] >= less["newcomers"]


def test_overpromising_sells_today_and_costs_tomorrow():
    for seed in SEEDS:
        bold = preset("big-promise", seed=seed)
        assert bold["lead_early"] > 0 > bold["lead_end"]
        assert bold["newcomers"] > preset("said-and-done", seed=seed)["newcomers"]


def test_an_unbelieved_promise_neither_sells_nor_costs():
    literal, hollow = preset("big-promise"), preset("big-promise", advert=60)
    assert abs(hollow["lead_end"]) < abs(literal["lead_end"]) / 5
    assert hollow["lead_early"] < literal["lead_early"] / 2


def test_saying_less_pleases_more_and_brings_fewer():
    less, honest = preset("small-promise"), preset("said-and-done")
    assert less["felt_total"] > honest["felt_total"]
    assert less["newcomers"] < honest["newcomers"]
    assert less["lead_early"] < 0


def test_surprises_by_the_calendar_cost_twice_as_much_and_feel_no_better_than_one():
    one, four = preset("suite"), preset("quarterly")
    assert four["effort"] == 2 * one["effort"]
    assert four["felt_total"] < one["felt_total"] < 0


def test_the_same_effort_spread_out_feels_good():
    spread_out = metrics(pulse=0, lasting=2.5)
    assert spread_out["effort"] == preset("suite")["effort"]
    assert spread_out["felt_total"] == pytest.approx(felt_total(60, [62.5] * 12, 0.3))
    assert spread_out["felt_total"] > 0


def test_even_an_honest_house_disappoints_its_newcomers_a_little():
    assert preset("said-and-done")["first_gap"] < -1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_told(language):
    told = [
        Promises.from_preset(key).tell(Promises.from_preset(key).run(), language)
        for key in ("suite", "said-and-done", "big-promise")
    ]
    assert len({sentence[:12] for sentence in told}) == 3
    assert "−36.0" in told[0]


@settings(deadline=None, max_examples=15)
@given(settings_of(Promises))
def test_the_people_to_read_come_to_the_figures_of_the_year(chosen):
    simulation = Promises(**chosen)
    figures, people = simulation.run().figures, simulation.crowd()
    regulars = people[people["regular"]]
    assert regulars["felt"].mean() == pytest.approx(figures.felt_total)
    came = people[~people["regular"] & ((people["kind"] == Fate.NEWCOMER) | (people["kind"] == Fate.LEFT))]
    assert (came["first"] <= 3).sum() == figures.newcomers
    assert (came["got"] - came["expected"]).sum() / max(len(came), 1) == pytest.approx(figures.first_gap, abs=1e-9)
    assert people["kind"].isin([Fate.STAYED, Fate.NEWCOMER]).sum() == figures.guests
