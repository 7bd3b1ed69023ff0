"""Guests to read are guests of the run, and together they come to its figures."""

from __future__ import annotations

import numpy as np
import pytest

from course.i18n import LANGUAGES
from course.simulations.base import PEOPLE
from tests.simulations.strategies import SIMULATIONS

WITH_PEOPLE = {number: model for number, model in SIMULATIONS.items() if model.words().people}
pytestmark = pytest.mark.parametrize("model", WITH_PEOPLE.values(), ids=list(WITH_PEOPLE))


def test_every_kind_of_guest_has_words_and_is_met_somewhere(model):
    met = set()
    for preset in model.words().presets:
        met |= set(model.from_preset(preset.key).crowd()["kind"])
    assert met == set(model.words().people)


def test_those_who_are_read_are_of_the_crowd_and_every_number_is_told(model):
    simulation = model(seed=3)
    kinds = list(simulation.crowd()["kind"])
    for language in LANGUAGES:
        people = simulation.people(language)
        assert len(people) == PEOPLE
        places = np.linspace(0, len(kinds) - 1, PEOPLE).astype(int)
        assert [one["kind"] for one in people] == [kinds[place] for place in places]
        assert all("{" not in one["text"] and "nan" not in one["text"] for one in people)


def test_more_and_more_of_them_come_to_the_shares_of_the_crowd(model):
    """Who is read is spread over all: no kind is picked out."""
    simulation = model()
    crowd = simulation.crowd()
    picked = simulation.people("en", number=800)
    for kind in model.words().people:
        share = np.mean([one["kind"] == kind for one in picked])
        assert share == pytest.approx((crowd["kind"] == kind).mean(), abs=0.06)
