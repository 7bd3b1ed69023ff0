"""What a sentence claims holds in the run it is told of, whatever the settings.

The claims of each module stand in a table of its own test, `CLAIMS` in `test_mNN_….py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.simulations.base import Simulation
from course.simulations.run import Run
from tests.simulations.strategies import SIMULATIONS, settings_of
from tests.tables import table

Claim = Callable[[Any, Any, Run[Any]], bool]
# a sign before nothing, one of something in the plural, ten thousand without its comma, a percent apart
SLIPS = re.compile(r"[+−-]0(?:\.0+)?(?![\d.])|(?<![\d.,])1 (?:days|guests|boxes|points)\b|\d{4}|\d %|百万|-\d")

pytestmark = pytest.mark.parametrize(("number", "model"), SIMULATIONS.items(), ids=list(SIMULATIONS))


def claims(module: Module) -> dict[str, Claim]:
    """What the words of each sentence of a module say beside its numbers, by the sentence's key."""
    return table("simulations", module, "CLAIMS")


def check(number: str, simulation: Simulation[Any]) -> None:
    run = simulation.run()
    key = simulation.told(run)
    assert claims(syllabus().module(number))[key](simulation, run.figures, run), (
        key,
        simulation.tell(run),
        simulation.values(),
    )
    for language in LANGUAGES:
        sentence = simulation.tell(run, language)
        assert not SLIPS.search(sentence), sentence


def test_every_sentence_has_its_claims(number, model):
    assert set(claims(syllabus().module(number))) == set(model.words().tell)


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


def told_numbers(model: type[Simulation[Any]]) -> Iterator[tuple[str, frozenset[str]]]:
    """What each sentence and each finding names, by its text."""
    words = model.words()
    texts = [*words.tell.values(), *(text for one in words.pictures.values() for text in one.findings.values())]
    for text in [*texts, *([words.play.over] if words.play else [])]:
        for language in LANGUAGES:
            yield text[language], frozenset(name for _, name, _, _ in Formatter().parse(text[language]) if name)


def runs_of(model: type[Simulation[Any]]) -> list[dict[str, float]]:
    """The numbers that may be told of several runs, far from each other."""
    ends = [{name: end} for name, slider in model.parameters().items() for end in (slider.low, slider.high)]
    simulations = [model.from_preset(preset.key) for preset in model.words().presets] + [model(**one) for one in ends]
    return [{name: float(one) for name, one in each.speakable(each.run()).items()} for each in simulations]


def test_no_sentence_tells_two_parts_and_their_sum(number, model):
    """Each of the three is rounded by itself, so that they would not add up to the eye: one part and the whole do."""
    runs = runs_of(model)
    for text, names in told_numbers(model):
        for three in combinations(sorted(names), 3):
            rows = [[run[name] for name in three] for run in runs]
            broken = [row for row in rows if all(row) and not all(value.is_integer() for value in row)]
            adds = [any(abs(a + b - c) < 1e-9 for a, b, c in ((x, y, z), (x, z, y), (y, z, x))) for x, y, z in broken]
            assert len(adds) < 3 or not all(adds), (three, text)
