"""What m06's simulation is to teach holds in it, and its desk is the queue of the theory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from course.simulations.m06_desk import DAYS, Rules, desk, luck
from course.simulations.m06_waiting import Waiting
from tests.simulations.strategies import settings_of

# what the words of each sentence say beside its numbers, of simulation, figures and run; `test_sentences.py` tries them
CLAIMS = {
    "usual": lambda s, f, _r: s.steered < 20 and s.pooled < 0.5 and f.worst >= f.wait - 1e-9,
    "broken": lambda s, f, _r: f.kept < 0.75 and s.steered < 20,
    "pooled": lambda s, _f, r: s.pooled >= 0.5 and {*r.frames["day"]["team"]} == {"both"},
    "pleasant": lambda s, f, _r: s.feels < 0.9 and (f.wait >= preset_like(s, feels=1)["wait"] - 0.15),
    "steered": lambda s, _f, r: s.steered >= 20 and (r.asides["by_itself"] > 0 or s.solves < 5),
}


def preset_like(simulation: Waiting, **values: float) -> dict[str, float]:
    return Waiting(seed=simulation.seed, **{**simulation.values(), **values}).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Waiting.from_preset(key, **values).run().metrics


@settings(deadline=None, max_examples=40)
@given(settings_of(Waiting))
def test_the_books_balance(chosen):
    simulation = Waiting(**chosen)
    run = simulation.run()
    ends = run.frames["ends"]
    assert ends["to"].iloc[-1] == pytest.approx(1)
    assert run.metrics["solved"] == pytest.approx(ends["to"].iloc[1])
    assert 0 <= run.metrics["within"] <= 1
    assert run.metrics["worst"] >= run.metrics["wait"] - 1e-9
    waits = run.frames["waits"]["share"].to_numpy()
    assert np.all(np.diff(waits) >= 0)
    assert run.metrics["hours"] == pytest.approx(
        (round(simulation.phone) + round(simulation.chat)) * (simulation.until - 7) + 8 * round(simulation.peak)
        if simulation.until >= 17
        else run.metrics["hours"]
    )


def test_every_contact_ends_once():
    rules = Rules(4, 3, 1, 20, False, 0, 0.3, 0.5, 0, 5, 1, 2)
    done = desk(luck(2), rules)
    ends = sum(
        flags.astype(int) for flags in (done.answered, done.hung_up, done.turned_away, done.by_itself, done.message)
    )
    assert np.array_equal(ends, np.isfinite(luck(2).time).astype(int))
    began = done.came + done.wait
    assert np.nanmax(began[done.answered]) < 20 * 60, "nobody is taken after closing"
    assert done.answered.shape[0] == DAYS


def test_pooling_halves_the_wait_and_slower_hands_give_it_back():
    apart, pooled, clumsy = preset("as-it-is"), preset("one-team"), preset("clumsy")
    assert pooled["wait"] < 0.55 * apart["wait"]
    assert pooled["within"] > apart["within"] + 0.05
    assert clumsy["within"] < apart["within"]
    assert clumsy["hours"] == pooled["hours"] == apart["hours"]


def test_the_cheapest_sign_is_the_quantile_of_the_costs():
    signs = {posted / 2: preset("boast", posted=posted / 2) for posted in range(21)}
    best = min(signs, key=lambda posted: signs[posted]["promise"])
    assert best == 1.5
    assert signs[best]["kept"] == pytest.approx(0.8, abs=0.02)


def test_a_longer_sign_sends_people_away_and_shortens_the_queue():
    waits = [preset("as-it-is", posted=posted) for posted in (0, 2, 5, 10)]
    assert sorted((one["wait"] for one in waits), reverse=True) == [one["wait"] for one in waits]
    assert waits[-1]["solved"] < waits[0]["solved"] - 0.1


def test_a_pleasant_queue_is_a_longer_one():
    bare, radio = preset("as-it-is"), preset("radio")
    assert radio["wait"] > bare["wait"] + 0.3
    assert radio["hung_up"] < bare["hung_up"]
    assert radio["solved"] > bare["solved"]
    assert radio["promise"] < bare["promise"]


def test_a_poor_menu_makes_things_worse_until_channels_know_of_each_other():
    bare, menu, record = preset("as-it-is"), preset("menu"), preset("menu", record=100)
    assert menu["wait"] > bare["wait"]
    assert menu["solved"] < bare["solved"] - 0.05
    assert record["wait"] < bare["wait"]
    assert preset("menu", solves=60)["solved"] > bare["solved"] + 0.05


def test_agents_where_the_day_needs_them():
    flat, shaped = preset("as-it-is"), preset("as-it-is", phone=3, peak=2)
    assert shaped["worst"] < flat["worst"]
    assert shaped["hours"] == flat["hours"] + 3
