"""Why a figure moved: the parts are runs of their own, and with the rest they add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.simulations.why import levers, reasons, steps
from tests.simulations.strategies import SIMULATIONS, settings_of

pytestmark = pytest.mark.parametrize("model", SIMULATIONS.values(), ids=list(SIMULATIONS))


@settings(deadline=None, max_examples=6)
@given(data=st.data())
def test_each_lever_alone_and_the_rest_come_to_the_whole_difference(model, data):
    before, after = model(**data.draw(settings_of(model))), model(**data.draw(settings_of(model)))
    found = reasons(dict(steps(before, after)))
    assert list(found.alone) == levers(before, after)
    for key, was in before.run().metrics.items():
        parts = sum(effect[key] for effect in found.alone.values())
        assert was + parts + found.together[key] == pytest.approx(after.run().metrics[key], rel=1e-9, abs=1e-9)


def test_one_lever_did_all_of_it(model):
    name, slider = next(iter(model.parameters().items()))
    end = slider.high if slider.default_value < slider.high else slider.low
    found = reasons(dict(steps(model(), model(**{name: end}))))
    assert list(found.alone) == [name]
    assert found.together == pytest.approx(dict.fromkeys(found.before, 0), abs=1e-9)
    assert any(found.alone[name].values())


def test_another_seed_is_a_lever_too(model):
    assert levers(model(seed=1), model(seed=2)) == ["seed"]
