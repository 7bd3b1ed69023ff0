"""What a sentence claims holds in the run it is told of, whatever the settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.i18n import LANGUAGES
from course.simulations.base import Run, Simulation
from tests.simulations.strategies import SIMULATIONS, settings_of


def slip_alone(simulation: Simulation[Any]) -> float:
    """The bias of the same firm if those who answer were like those who do not."""
    return float(type(simulation)(**{**simulation.values(), "unhappy": 100}).run().figures.bias)


Claim = Callable[[Simulation[Any], Any, Run[Any]], bool]

# for every sentence: what its words say beside its numbers
CLAIMS: dict[str, dict[str, Claim]] = {
    "m01": {
        "wasted": lambda _s, f, _r: 0 < f.unnoticed <= f.cost,
        "outweighed": lambda s, f, _r: s.loss_weight > 1 and f.felt < 0 and f.below <= f.above + 0.02,
        "let_down": lambda _s, f, _r: f.felt < 0 and f.above < f.below,
        "balance": lambda _s, _f, _r: True,
    },
    "m02": {
        "promise": lambda s, _f, _r: s.promise != 60 + s.lasting,
        "delight": lambda s, _f, r: r.asides["first"] > 0 and s.pulse > 0 and int(s.every) == 0,
        "year": lambda _s, f, _r: f.effort >= 0,
    },
    "m03": {
        "coding": lambda s, _f, r: round(s.coding) != 0 and abs(r.asides["slip"] - slip_alone(s)) < 1e-9,
        "bias": lambda s, f, _r: f.bias != 0 and round(s.coding) == 0 and s.unhappy != 100,
        "change": lambda s, f, _r: s.drift != 0 and 1 <= f.delay <= 12,
        "noise": lambda s, f, _r: abs(f.bias) < 3 and round(s.coding) == 0,
    },
    "m10": {
        "calm": lambda _s, f, _r: f.turnover_alarm == f.survey_alarm == 25 and f.profit >= 0,
        "calm_loss": lambda _s, f, _r: f.turnover_alarm == f.survey_alarm == 25 and f.profit < 0,
        "survey_silent": lambda _s, f, _r: f.turnover_alarm <= 24 and f.survey_alarm == 25,
        "turnover_first": lambda _s, f, _r: f.turnover_alarm < f.survey_alarm <= 24,
        "survey_first": lambda _s, f, _r: f.survey_alarm <= min(f.turnover_alarm, 24),
    },
    "m11": {
        "broken": lambda _s, f, _r: f.kept < 0.6,
        "turned_away": lambda _s, f, _r: f.kept >= 0.6 and f.turned >= 0.1,
        "kept": lambda _s, f, _r: 0.6 <= f.kept <= 0.99 and abs(f.ratio - f.kept / (1 - f.kept)) < 1e-6,
        "always": lambda _s, f, _r: f.kept > 0.99,
    },
    "m12": {
        "faster": lambda _s, f, r: f.satisfaction_change < 0
        and r.frames["years"]["delivered"].iloc[-1] < r.frames["years"]["delivered"].iloc[0],
        "padded": lambda s, f, _r: f.best_promise < s.promise,
        "promise": lambda _s, f, _r: f.profit >= 0,
        "loss": lambda _s, f, r: f.profit < 0 < r.asides["loss"],
    },
}  # fmt: skip
# a sign before nothing, one of something in the plural, ten thousand without its comma, a percent apart
SLIPS = re.compile(r"[+−-]0(?:\.0+)?(?![\d.])|(?<![\d.,])1 (?:days|guests|boxes|points)\b|\d{4}|\d %|百万|-\d")

pytestmark = pytest.mark.parametrize(("number", "model"), SIMULATIONS.items(), ids=list(SIMULATIONS))


def check(number: str, simulation: Simulation[Any]) -> None:
    run = simulation.run()
    key = simulation.told(run)
    assert CLAIMS[number][key](simulation, run.figures, run), (key, simulation.tell(run), simulation.values())
    for language in LANGUAGES:
        sentence = simulation.tell(run, language)
        assert not SLIPS.search(sentence), sentence


def test_every_sentence_has_its_claims(number, model):
    assert set(CLAIMS[number]) == set(model.words().tell)


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_what_a_sentence_claims_holds(number, model, data):
    check(number, model(**data.draw(settings_of(model))))


def test_it_holds_in_every_situation_and_at_every_bound(number, model):
    for preset in model.words().presets:
        check(number, model.from_preset(preset.key))
    for name, slider in model.parameters().items():
        for bound in (slider.low, slider.high):
            check(number, model(**{name: bound}))
