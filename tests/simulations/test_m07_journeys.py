"""What m07's simulation is to teach holds in it, and its airport is the one of the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.simulations.m07_journeys import WALKERS, Journeys
from course.simulations.touchpoints import read, write
from course.theory.chain import clean
from tests.simulations.strategies import settings_of

# what the words of each sentence say beside its numbers, of simulation, figures and run; `test_sentences.py` tries them
CLAIMS = {
    "chain": lambda s, f, _r: (
        abs(f.remembered - f.mean) < 1 and f.clean <= f.weakest + 1e-9 and f.weakest == min(s.right)
    ),
    "crowds": lambda s, f, _r: s.shared > 0 and f.clean > f.apart and f.clean <= f.weakest + 1e-9,
    "kinder": lambda _s, f, _r: f.remembered >= f.mean + 1,
    "harsher": lambda _s, f, _r: f.remembered <= f.mean - 1,
}
EIGHT = {
    "way-there": "getting_there", "wayfinding": "wayfinding", "security": "security", "signs": "signs", "screens": "screens",
    "restaurants": "restaurants", "restrooms": "restrooms", "boarding": "boarding_area",
}  # fmt: skip
WARD = {
    "nurses": "nurses", "doctors": "doctors", "call": "responsiveness", "medicines": "medicines", "quiet": "quietness",
    "clean-room": "cleanliness", "discharge": "discharge_information", "leaving": "care_transition",
}  # fmt: skip


def preset(key: str, **values) -> dict[str, float]:
    return Journeys.from_preset(key, **values).run().metrics


def test_twenty_good_steps_lose_a_fifth_of_the_guests():
    twenty = preset("twenty-steps")
    assert twenty["clean"] == twenty["apart"] == pytest.approx(0.99**20)
    assert preset("twenty-steps", process=75)["clean"] == pytest.approx(0.9975**20)


def test_the_airport_is_the_one_of_the_data():
    rated = load("sfo_touchpoints_2017_2018").dropna(subset=[*EIGHT.values(), "overall"])
    airport = {one.key: one for one in Journeys.from_preset("airport").touchpoints}
    assert list(airport) == list(EIGHT)
    good = rated[list(EIGHT.values())] >= 4
    for key, column in EIGHT.items():
        assert airport[key].reliability == round(100 * good[column].mean(), 1)
        felt = 2.5 * (rated.loc[good[column], column].mean() - 1)
        assert airport[key].feeling == pytest.approx(felt, abs=0.25)
    run = preset("airport")
    assert run["apart"] == pytest.approx(0.111, abs=0.001)
    assert run["clean"] == pytest.approx(good.all(axis=1).mean(), abs=0.005)
    assert run["badly"] == pytest.approx(((~good).sum(axis=1) >= 4).mean(), abs=0.01)
    lower = [2.5 * (rated[good[one]][one].mean() - rated[~good[one]][one].mean()) for one in good]
    assert np.mean(lower) == pytest.approx(Journeys().hurt, abs=0.3)
    assert min(lower) > 3.5, "about 4 points lower, everywhere"


def test_the_hospital_is_the_one_of_the_data():
    shares = load("hcahps_topbox_by_state")
    newest = shares[(shares["state"] == "US") & (shares["release_year"] == 2023)].iloc[0]
    ward = {one.key: one.reliability for one in Journeys.from_preset("hospital").touchpoints}
    assert ward == {key: float(newest[column]) for key, column in WARD.items()}


def test_crowds_spare_many_and_hit_few_and_leave_every_touchpoint_as_it_is():
    apart, crowds = preset("airport", shared=0), preset("airport")
    assert crowds["clean"] > 2 * apart["clean"]
    assert crowds["badly"] > 2 * apart["badly"]
    assert crowds["mishaps"] == apart["mishaps"]
    assert crowds["weakest"] == apart["weakest"]


def test_another_order_moves_the_memory_and_not_the_mean():
    evening = Journeys.from_preset("hot-pot")
    before = evening.run().metrics
    stops = list(read(evening.journey))
    dance = next(one for one in stops if one.key == "noodles")
    stops.remove(dance)
    after = Journeys.from_preset("hot-pot", journey=write([*stops, dance])).run().metrics
    assert after["remembered"] > before["remembered"] + 3
    assert after["mean"] == pytest.approx(before["mean"], abs=0.05)
    for key in ("clean", "apart", "badly", "mishaps", "weakest", "stops", "effort"):
        assert after[key] == pytest.approx(before[key]), key


@settings(deadline=None, max_examples=40)
@given(settings_of(Journeys))
def test_the_books_balance(chosen):
    simulation = Journeys(**chosen)
    run, count = simulation.run(), len(simulation.touchpoints)
    figures, frames = run.figures, run.frames
    assert figures.apart - 1e-9 <= figures.clean <= figures.weakest + 1e-9
    for line in ("now", "apart"):
        shares = frames["counts"].query("line == @line")["share"]
        assert shares.sum() == pytest.approx(1)
        unharmed = frames["unharmed"].query("line == @line")["share"].to_numpy()
        assert unharmed.size == count + 1
        assert np.all(np.diff(unharmed) <= 1e-12)
        assert unharmed[-1] == pytest.approx(getattr(figures, "clean" if line == "now" else "apart"))
    assert figures.clean == pytest.approx(clean(simulation.right, simulation.together))
    walkers, guests = frames["walkers"], frames["guests"]
    assert len(walkers) == WALKERS * count
    assert (walkers.groupby("guest")["right"].sum() + guests.set_index("guest")["mishaps"] == count).all()
    assert guests["mean"].to_numpy() == pytest.approx(walkers.groupby("guest")["felt"].mean().to_numpy())
    assert walkers["felt"].between(0, 10).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 999), st.sampled_from([0, 30, 60, 90]))
def test_the_guests_drawn_are_those_that_are_computed(seed, shared):
    simulation = Journeys.from_preset("airport", shared=shared, seed=seed)
    wrong = simulation._wrong()
    assert (~wrong.any(axis=1)).mean() == pytest.approx(simulation.run().figures.clean, abs=0.06)
    assert 1 - wrong.mean(axis=0) == pytest.approx(simulation.right, abs=0.06)


def test_the_marks_lie_on_the_curve():
    run = Journeys.from_preset("hot-pot").run()
    marks = run.frames["marks"].set_index("kind")
    assert (marks.loc["peak", "felt"], marks.loc["end", "felt"]) == (9.5, 1)
    assert marks.loc["end", "stop"] == 8
