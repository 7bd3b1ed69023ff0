"""What m04's simulation is to teach holds in it, and its desk does what theory says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from course.simulations.luck import sentences
from course.simulations.m04_designing_delight import DesigningDelight
from course.simulations.m04_desk import KNOWN, PRICES, START, Feature
from course.theory import drift, kano
from tests.simulations.strategies import settings_of

# what the words of each sentence say beside its numbers, of simulation, figures and run; `test_sentences.py` tries them
CLAIMS = {
    "faded": lambda s, f, r: (
        s.pace > 0 and r.asides["withdrawn"] == r.asides["added"] == 0 and f.missed_first < f.missed_end + 1e-9
    ),
    "withdrawn": lambda s, _f, r: s.pace > 0 and r.asides["withdrawn"] >= 1,
    "added": lambda s, _f, r: s.pace > 0 and r.asides["withdrawn"] == 0 and r.asides["added"] >= 1,
    "still": lambda s, f, _r: s.pace == 0 and f.missed_first == f.missed_end,
}


def preset(key: str, **values: float):
    return DesigningDelight.from_preset(key, **values)


def metrics(key: str, **values: float) -> dict[str, float]:
    return preset(key, **values).run().metrics


def offered(key: str, year: int, **values: float) -> set[str]:
    plan = preset(key, **values).run().frames["plan"]
    return set(plan[(plan["year"] == year) & (plan["state"] == "offered")]["feature"])


@settings(deadline=None, max_examples=60)
@given(settings_of(DesigningDelight))
def test_no_year_costs_more_than_the_budget_and_tables_agree_with_figures(chosen):
    simulation = DesigningDelight(**chosen)
    run = simulation.run()
    plan, years = run.frames["plan"], run.frames["years"]
    prices = dict(zip(map(str, Feature), PRICES, strict=True))
    there = plan[plan["state"] == "offered"]
    costs = there["feature"].astype(str).map(prices).groupby(there["year"]).sum()
    assert (costs + simulation.invent <= simulation.budget + 1e-9).all() or simulation.invent > simulation.budget
    assert run.metrics["spent"] == pytest.approx(costs.sum() + 5 * simulation.invent)
    for line in ("delights", "complaints"):
        assert years[years["line"] == line]["count"].sum() == pytest.approx(run.metrics[line])
    for name, row in (("first", "row"), ("survey", "feature")):
        assert run.frames[name].groupby(row)["share"].sum().to_numpy() == pytest.approx(1)
    assert run.metrics["lost"] >= -1e-9


def test_delights_and_complaints_are_better_and_worse():
    a, o, m, i = START[:KNOWN].T
    glad, angry = kano.better(a, o, m, i), kano.worse(a, o, m, i)
    chosen = np.array([name in offered("delight-only", 1) for name in list(Feature)[:KNOWN]])
    assert metrics("delight-only")["delights_first"] == pytest.approx(glad[chosen].sum())
    years = preset("delight-only").run().frames["years"].query("line == 'complaints' and year == 1")["count"]
    assert years.item() == pytest.approx(-angry[~chosen].sum())


def test_what_was_chosen_drifts_as_the_theory_says():
    first = preset("delight-only").run().frames["first"].pivot(index="row", columns="held", values="share")
    chosen = [list(Feature).index(name) for name in offered("delight-only", 1)]
    whole = drift.path(START[chosen].mean(axis=0), 0.3, 4)
    assert first[["attractive", "wanted", "must", "indifferent"]].to_numpy() == pytest.approx(whole)


def test_yesterdays_delight_is_tomorrows_complaint():
    for seed in range(1, 9):
        found = metrics("delight-only", seed=seed)
        assert found["delights_end"] < 0.55 * found["delights_first"]
        assert found["missed_end"] > 2 * found["missed_first"]
        still = metrics("nobody-learns", seed=seed)
        assert still["delights_end"] == still["delights_first"]


def test_chasing_what_delights_withdraws_what_has_become_a_must():
    assert "same_day" in offered("every-year", 4)
    assert "same_day" not in offered("every-year", 5)
    assert metrics("every-year")["complaints_end"] > metrics("delight-only")["complaints_end"] + 0.5


def test_basics_first_halves_the_complaints_and_gives_up_delights():
    basics, delight = metrics("basics-first"), metrics("delight-only")
    assert basics["complaints"] < 0.55 * delight["complaints"]
    assert basics["delights"] < 0.6 * delight["delights"]
    assert {"quote", "data"} <= offered("basics-first", 1)


def test_new_ideas_keep_delight_up_and_are_paid_for_in_complaints():
    fresh, kept = metrics("new-ideas"), metrics("delight-only")
    assert fresh["delights_end"] > kept["delights_end"] + 0.5
    assert fresh["complaints_end"] > kept["complaints_end"]
    assert {"idea_1", "idea_2"} <= offered("new-ideas", 5)


def test_choosing_by_value_per_yuan_fails_where_money_is_tight():
    assert metrics("tight")["lost"] > 0.5
    assert metrics("delight-only")["lost"] == 0


def test_a_larger_survey_chooses_better_on_average():
    few = np.mean([metrics("ten-people", seed=seed)["complaints"] for seed in range(1, 41)])
    many = np.mean([metrics("ten-people", asked=400, seed=seed)["complaints"] for seed in range(1, 41)])
    assert few > many + 0.2


def test_the_count_over_many_draws_is_a_recount():
    simulation = preset("ten-people")
    results = [DesigningDelight(seed=seed, **simulation.values()).run().metrics for seed in range(2, 42)]
    count = sum(result["complaints"] >= 8 for result in results)
    assert 0 < count < 40
    assert sentences(simulation, results, "en")[0].startswith(f"In {count} of {len(results)} such draws")


def test_a_manager_reads_the_last_survey_and_counts_complaints_only():
    row = {"budget": 36, "fear": 1, "every": 2, "invent": 0, "asked": 100}
    simulation = preset("your-desk", every=2).play([row] * 2)
    known = simulation.known(simulation.run())
    assert set(known["years"]["line"]) == {"complaints"}
    assert set(known["survey"]["year"]) == {1}
    simulation.play([row] * 3)
    assert set(simulation.known(simulation.run())["survey"]["year"]) == {3}
    assert simulation.play([]).known(simulation.run())["survey"].empty


def test_a_budget_that_is_cut_between_two_surveys_makes_the_desk_choose_anew_by_old_answers():
    rich = {"budget": 60, "fear": 1, "every": 5, "invent": 0, "asked": 400}
    run = preset("your-desk").play([rich, rich, {**rich, "budget": 16}, rich, rich]).run()
    plan = run.frames["plan"]
    there = plan[plan["state"] == "offered"].groupby("year")["feature"].agg(set)
    assert there[3] < there[2] == there[4] == there[5]
    assert set(run.frames["survey"]["year"]) == {1}
