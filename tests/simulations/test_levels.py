"""What is guessed is drawn: each bet has one picture that shows its metric, and the guess at the right answer meets it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.charts.layers import OTHERWISE
from course.charts.picture import Level, Picture
from course.simulations.base import Simulation
from course.simulations.run import Run
from course.simulations.words import Bet
from tests.simulations.strategies import SIMULATIONS

every_bet = pytest.mark.parametrize(
    ("model", "bet"),
    [
        pytest.param(model, bet, id=f"{number} {bet.preset} {bet.metric}")
        for number, model in SIMULATIONS.items()
        for bet in model.words().bets
    ],
)


def levels(model: type[Simulation[Any]], bet: Bet) -> list[tuple[Picture, Level]]:
    return [(one, level) for one in model.draw().values() for level in one.levels if level.metric == bet.metric]


def stands_at(level: Level, number: float, run: Run[Any]) -> float:
    """Where a number of the metric stands on the level's axis."""
    plus = run.frames[level.plus[0]][level.plus[1]].iloc[0] if level.plus else 0.0
    times = run.frames[level.times[0]][level.times[1]].iloc[0] if level.times else 1.0
    return float(plus + times * number)


@every_bet
def test_one_picture_shows_what_is_bet_on(model: type[Simulation[Any]], bet: Bet) -> None:
    assert len(levels(model, bet)) == 1


@every_bet
def test_the_whole_scale_of_the_bet_has_a_place_of_its_own(model: type[Simulation[Any]], bet: Bet) -> None:
    """Different guesses stand at different places, in the order of the scale."""
    ((_picture, level),) = levels(model, bet)
    run = model.from_preset(bet.preset).run()
    places = [stands_at(level, number, run) for number in np.linspace(bet.low, bet.high, 5)]
    assert np.all(np.diff(places) > 0)


@every_bet
def test_the_guess_that_is_right_lies_on_what_is_drawn(model: type[Simulation[Any]], bet: Bet) -> None:
    ((picture, level),) = levels(model, bet)
    run = model.from_preset(bet.preset).run()
    place = stands_at(level, run.metrics[bet.metric], run)
    channel = level.axis.channel
    drawn = np.concatenate(
        [
            run.frames[layer.frame][field].to_numpy(float)
            for layer in picture.layers
            if (field := getattr(layer.encoding.get(channel), "spec", layer.encoding.get(channel) or {}).get("field"))
        ]
        + [run.frames[layer.frame][str(layer.encoding["x2"]["field"])].to_numpy(float) for layer in picture.layers
           if channel == "x" and "x2" in layer.encoding]
    )  # fmt: skip
    assert drawn.min() - 1e-6 <= place <= drawn.max() + 1e-6
    if not level.now and not level.times:  # else what is bet on is a mean of what is drawn
        assert np.abs(drawn - place).min() < 1e-6


@every_bet
def test_the_picture_of_a_bet_says_what_it_shows_whatever_is_told(model: type[Simulation[Any]], bet: Bet) -> None:
    """A title that says no more than what the picture is about leaves the finding to be looked for."""
    words = model.words()
    drawn = {key for key, one in model.draw().items() if any(level.metric == bet.metric for level in one.levels)}
    for key in drawn | ({bet.path.picture} if bet.path else set()):
        findings = set(words.pictures[key].findings)
        assert OTHERWISE in findings or set(words.tell) <= findings, key
        assert findings <= {OTHERWISE, *words.tell}, f"{key}: a finding that no sentence asks for"


def test_a_sentence_without_a_finding_of_its_own_has_the_one_for_all_others() -> None:
    model = SIMULATIONS["m01"]
    titles = {key: model.from_preset(key).titles(model.from_preset(key).run()) for key in ("as-promised", "gold")}
    assert "went unnoticed" in titles["gold"]["money"]
    assert "nobody noticed" in titles["as-promised"]["money"]


@every_bet
def test_the_line_of_a_figure_holds_every_slider_from_end_to_end(model: type[Simulation[Any]], bet: Bet) -> None:
    """It runs over the scale of the bet and as far as the picture's axis, and grows no further."""
    ((_picture, level),) = levels(model, bet)
    if level.plus or level.times:
        return
    _usual, (low, high) = level.told()["reach"]
    low, high = min(low, bet.low), max(high, bet.high)
    for name, slider in model.parameters().items():
        for stop in np.linspace(slider.low, slider.high, 5):
            number = model.from_preset(bet.preset, **{name: stop}).run().metrics[bet.metric]
            assert low - 1e-6 <= number <= high + 1e-6, f"{name} = {stop}: {number}"
