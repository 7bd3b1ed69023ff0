"""Many draws: bands and sentences are recounted here, run by run."""

from __future__ import annotations

from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.simulations.base import Simulation
from course.simulations.luck import fans, holds
from tests.simulations.strategies import SIMULATIONS

everywhere = pytest.mark.parametrize("model", SIMULATIONS.values(), ids=list(SIMULATIONS))


@everywhere
def test_conditions_name_figures_where_they_count_and_sliders_where_they_choose(model: type[Simulation[Any]]) -> None:
    metrics = {metric.key for metric in model.words().metrics}
    for luck in model.words().luck:
        assert luck.when
        assert {key for key, _sign, _bound in luck.when} <= metrics
        assert {key for key, _sign, _bound in luck.where} <= set(model.parameters())
        for language in LANGUAGES:
            assert luck.text[language].count("{count}") == 1


@everywhere
def test_every_module_tells_what_luck_does_in_its_first_situation_or_another(model: type[Simulation[Any]]) -> None:
    for luck in model.words().luck:
        assert any(holds(luck.where, model.from_preset(preset.key).values()) for preset in model.words().presets)


@everywhere
def test_no_band_where_nothing_is_random(model: type[Simulation[Any]]) -> None:
    assert fans(model, [model().run()] * 3) == {}
