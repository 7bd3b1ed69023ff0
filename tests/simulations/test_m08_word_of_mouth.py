"""What m08's simulation is to teach holds in it, and its talk is the theory's where the theory has an answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from course.simulations.m08_talk import (
    DAYS,
    DEGREE,
    GROUPS,
    LONGEST,
    NOBODY,
    PEOPLE,
    Spread,
    Story,
    Talk,
    Teller,
    circle,
    dice,
)
from course.simulations.m08_word_of_mouth import WordOfMouth
from course.theory.epidemic import final_size
from course.theory.telling import tipping_share
from tests.simulations.strategies import settings_of

SEEDS = range(1, 41)

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "nowhere": lambda _s, f, _r: f.heard <= 0.25,
    "took": lambda _s, f, _r: f.against >= 0.5,
    "praised": lambda _s, f, _r: f.praise > f.against,
    "forgiven": lambda _s, f, _r: f.forgave > f.against,
    "some": lambda _s, f, _r: f.heard > 0.25 and f.against < 0.5,
}


def figures(key: str = "one-guest", **values: float) -> pd.DataFrame:
    """The metrics of many draws of a situation, a row each."""
    return pd.DataFrame([WordOfMouth.from_preset(key, seed=seed, **values).run().metrics for seed in SEEDS])


def untold(retell: float, told: float, days: int) -> Talk:
    """Bad talk that nobody forgives and nothing answers."""
    return Talk(good=9, bad=told, retell=retell, mercy=np.zeros(days + 1), stopped=np.zeros(days + 1))


def mixed(seed: int, people: int, talk: Talk) -> Spread:
    thrown = dice.__wrapped__(seed, people)
    return Teller(circle(thrown, mixing=1, hubs=0), thrown, talk).run(((1, 1, 1.0),))


@pytest.mark.parametrize(("told", "retell"), [(15, 0.1), (20, 0.1), (20, 0.15)])
def test_in_the_mixing_limit_those_who_heard_are_the_final_size(told, retell):
    """z = 1 − e^(−R0 z) where it takes off, within three standard errors; half a point more for a crowd that has an end."""
    people = 800
    talk = untold(retell, told, days=120)
    heard = np.array([1 - mixed(seed, people, talk).holding[Story.UNHEARD][-1] / people for seed in range(48)])
    large = heard[heard > 0.3]
    assert large.size >= 16
    error = large.std(ddof=1) / np.sqrt(large.size)
    assert large.mean() == pytest.approx(float(final_size(told * retell)), abs=3 * error + 0.005)


def test_a_mixed_circle_is_ties_drawn_at_random():
    degrees = np.concatenate([circle(dice(seed), mixing=1, hubs=0).degrees for seed in range(60)])
    assert degrees.mean() == pytest.approx(DEGREE, abs=0.2)
    chance = DEGREE / (PEOPLE - 1)
    assert degrees.var() == pytest.approx((PEOPLE - 1) * chance * (1 - chance), rel=0.1)


def test_villages_have_no_tie_across_and_fame_gathers_ties():
    network = circle(dice(1), mixing=0, hubs=0)
    size = PEOPLE // GROUPS
    assert (network.first // size == network.second // size).all()
    largest = [circle(dice(1), mixing=0.4, hubs=fame).degrees.max() for fame in (0, 0.5, 1)]
    assert largest == sorted(largest)
    assert largest[-1] > 1.5 * largest[0]


@settings(deadline=None, max_examples=20)
@given(settings_of(WordOfMouth))
def test_every_telling_goes_along_a_tie_by_somebody_who_tells(chosen):
    simulation = WordOfMouth(**chosen)
    run = simulation.run()
    ties = {frozenset(pair) for pair in run.frames["ties"][["first", "second"]].itertuples(index=False)}
    since: dict[int, int] = {}
    holds = dict.fromkeys(range(PEOPLE), Story.UNHEARD)
    tellings = run.frames["tellings"]
    assert tellings["day"].is_monotonic_increasing
    assert tellings["day"].between(1, DAYS).all()
    for row in tellings.itertuples():
        if row.teller != NOBODY:
            assert frozenset((row.teller, row.person)) in ties
            assert 1 <= row.day - since[row.teller] <= LONGEST, "nobody tells before hearing, or much later"
        if row.tells:
            since[row.person] = row.day
        if row.story:
            assert holds[row.person] in (Story.UNHEARD, Story.FORGAVE) or row.teller == NOBODY
            holds[row.person] = row.story
    end = pd.Series(holds).value_counts(normalize=True)
    metrics = run.metrics
    for story, key in ((Story.AGAINST, "against"), (Story.GOOD, "praise"), (Story.FORGAVE, "forgave")):
        assert metrics[key] == pytest.approx(end.get(story, 0.0))
    assert metrics["heard"] == pytest.approx(1 - end.get(Story.UNHEARD, 0.0))
    days = run.frames["days"].pivot_table(index="day", columns="story", values="share")
    assert days.iloc[-1].sum() == pytest.approx(metrics["heard"])


def test_goodwill_buys_time_and_a_repeat_spends_it():
    once, twice = figures("beloved"), figures("again")
    assert once["against"].median() < 0.1
    assert twice["against"].median() > 3 * once["against"].median()
    assert (once["first_rate"] < 1).all()
    run = WordOfMouth.from_preset("again").run()
    rates = run.frames["rates"].set_index("day")["rate"]
    assert rates[1:10].max() < 1 < rates[10]
    stock = run.frames["stock"].set_index("day")["goodwill"]
    assert stock[9] - stock[10] > 55


def test_an_answer_the_next_morning_does_what_one_in_two_weeks_does_not():
    reach = [figures(delay=day)["against"].mean() for day in (2, 5, 10, 15)]
    assert reach == sorted(reach)
    assert reach[0] < 0.2 * reach[-1]


def test_the_same_decisions_go_nowhere_or_take_half():
    draws = figures()
    assert 0.2 < (draws["heard"] <= 0.25).mean() < 0.8
    assert 0.1 < (draws["against"] >= 0.5).mean() < 0.8


def test_a_closed_village_keeps_the_story_and_few_do_most_of_the_telling():
    assert (figures("village")["heard"] <= 1 / GROUPS).all()
    assert figures()["loudest"].median() > 0.5
    spread_out, gathered = (figures(hubs=fame, retell=25)["loudest"].mean() for fame in (0, 100))
    assert gathered > 1.2 * spread_out


def test_nine_and_sixteen_cancel_at_the_tipping_share_first_hand_only():
    share = 100 * (1 - tipping_share(9, 16))
    even = figures("opening", fault=share)
    assert even["balance"].abs().max() < 1e-9
    # what is told to more is told on by more
    silent = figures("opening", fault=share, retell=0)
    gained = even[["against", "praise"]].mean() - silent[["against", "praise"]].mean()
    assert gained["against"] > 1.2 * gained["praise"] > 0


def test_who_forgave_is_asked_again_after_the_next_failure():
    told = WordOfMouth.from_preset("again").run().frames["tellings"]
    kinds = told[told["story"] != ""].groupby("person")["story"].agg(list)
    turned = kinds[kinds.map(lambda stories: [str(story) for story in stories] == ["forgave", "against"])]
    assert len(turned)
    later = told[told["person"].isin(turned.index) & (told["story"] == "against")]
    assert (later["day"] > 10).all()
