"""A run that is played shows what a manager knows by then, and ends as the run whose settings were those all along."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course.i18n import LANGUAGES
from course.simulations import Simulation
from course.simulations.calendar import Calendar
from course.simulations.codes import LARGEST_CODE, decode_run, encode_run
from course.simulations.run import Run, frame
from tests.simulations.strategies import SIMULATIONS, settings_of

PLAYED = {number: model for number, model in SIMULATIONS.items() if model.calendar}
every_played = pytest.mark.parametrize("model", PLAYED.values(), ids=list(PLAYED))

TIME = Calendar("week", 4, levers=("price",), known={"sales": (), "lines": ("mine",)}, each=0.5)
FRAMES = {
    "sales": pd.DataFrame({"week": [0.5, 1.0, 1.5, 2.0], "sold": [3.0, 4.0, 5.0, 6.0]}),
    "lines": pd.DataFrame(
        {"week": [0.5, 0.5, 1.0, 1.0], "line": ["mine", "theirs"] * 2, "asked": [1.0, 2.0, 3.0, 4.0]}
    ),
    "sums": pd.DataFrame({"sold": [18.0]}),
}


def time_of(model: type[Simulation[Any]]) -> Calendar:
    assert model.calendar is not None
    return model.calendar


def start_of(model: type[Simulation[Any]], **values: float) -> Simulation[Any]:
    """The situation that the simulation is to be played in."""
    return model.from_preset(next(preset.key for preset in model.words().presets if preset.play), **values)


def same(one: Run[Any], other: Run[Any]) -> bool:
    return one.metrics == other.metrics and all(one.frames[name].equals(other.frames[name]) for name in one.frames)


def test_there_is_something_to_play() -> None:
    assert {"m02", "m04", "m05", "m10", "m12"} <= set(PLAYED)


def test_a_manager_knows_the_past_of_what_is_known_and_nothing_else() -> None:
    known = TIME.until(FRAMES, 2)
    assert known["sales"]["sold"].tolist() == [3, 4]
    assert known["lines"]["asked"].tolist() == [1, 3]
    assert known["sums"].empty
    assert list(known["sums"].columns) == ["sold"]


def test_a_secret_column_is_known_to_nobody_before_the_end() -> None:
    time = Calendar("week", 4, levers=(), known={"sales": ()}, each=0.5, secret=("sold",))
    assert list(time.until(FRAMES, 2)["sales"].columns) == ["week"]
    assert set(time.news(FRAMES, 2)) == {"period", "periods", "week"}


def test_the_news_are_of_the_period_just_over() -> None:
    news = TIME.news(FRAMES, 2)
    assert (news["period"], news["sold"], news["asked"]) == (2, 4, 3)
    both = Calendar("week", 4, levers=(), known={"lines": ()}, each=0.5).news(FRAMES, 2)
    assert (both["mine_asked"], both["theirs_asked"]) == (3, 4)


def test_what_was_decided_stays_and_what_is_set_now_holds_from_here_on() -> None:
    assert TIME.settings("price", ({"price": 1}, {"price": 2}), 9).tolist() == [1, 2, 9, 9]
    assert TIME.settings("other", ({"price": 1},), 9).tolist() == [9] * 4


@every_played
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_playing_without_a_change_is_the_run_itself(model: type[Simulation[Any]], data: st.DataObject) -> None:
    chosen, time = data.draw(settings_of(model)), time_of(model)
    row = {name: chosen[name] for name in time.levers}
    played = model(**chosen).play([row] * time.periods)
    assert same(played.run(), model(**chosen).run())
    assert played.unfinished is None


@every_played
@settings(deadline=None, max_examples=5)
@given(data=st.data())
def test_a_run_that_was_played_to_its_end_comes_back_from_its_code(
    model: type[Simulation[Any]], data: st.DataObject
) -> None:
    chosen, time, sliders = data.draw(settings_of(model)), time_of(model), model.parameters()
    number = next(number for number, one in PLAYED.items() if one is model)

    def moved(name: str) -> float:
        slider = sliders[name]
        return min(slider.low + slider.step * data.draw(st.integers(0, 12)), slider.high)

    rows = [{name: moved(name) for name in time.levers} for _period in range(time.periods)]
    played = model(**chosen).play(rows)
    code = encode_run(number, played)
    assert len(code) <= LARGEST_CODE
    back = decode_run(code)[1]
    assert back.decisions == played.decisions
    assert back.settings() == played.settings()
    assert same(back.run(), played.run())


@every_played
@pytest.mark.parametrize("rows", [None, 3, [], [0], "many", [[1]], [[1e9] * 30] * 30, [{"a": 1}] * 12])
def test_a_code_with_decisions_that_are_none_is_refused(model: type[Simulation[Any]], rows: object) -> None:
    number = next(number for number, one in PLAYED.items() if one is model)
    whole = {"m": number, "v": {}, "d": rows}
    with pytest.raises(TraitError):
        decode_run(base64.urlsafe_b64encode(json.dumps(whole).encode()).decode())


@every_played
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_what_is_known_is_the_past_whatever_comes(model: type[Simulation[Any]], data: st.DataObject) -> None:
    """Two futures that differ in every lever show the same until they begin: what is sent tells nothing of either."""
    time, chosen = time_of(model), data.draw(settings_of(model))
    over = data.draw(st.integers(1, time.periods - 1))
    sliders = model.parameters()
    rows = [
        {name: data.draw(st.floats(sliders[name].low, sliders[name].high)) for name in time.levers} for _ in range(over)
    ]
    shown = []
    for end in ("low", "high"):
        future = {name: getattr(sliders[name], end) for name in time.levers}
        simulation = model(**{**chosen, **future}).play(rows)
        run = simulation.run()
        known = {name: frame(table) for name, table in simulation.known(run).items()}
        for name, rows_known in known.items():
            assert rows_known.empty or rows_known[time.column].max() <= over * time.each + 1e-6, name
        shown.append((known, {language: simulation.tell(run, language) for language in LANGUAGES}))
        assert simulation.titles(run) == {}
    (early, told), (late, told_too) = shown
    assert told == told_too
    for name in early:
        pd.testing.assert_frame_equal(early[name], late[name])


@every_played
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_period_has_its_sentence(model: type[Simulation[Any]], language: str) -> None:
    time, simulation = time_of(model), model()
    row = {name: getattr(simulation, name) for name in time.levers}
    sentences = []
    for over in range(time.periods + 1):
        simulation.play([row] * over)
        sentences.append(simulation.tell(simulation.run(), language))
    assert len(set(sentences)) == len(sentences)
    assert not any("{" in one or "nan" in one for one in sentences)


@every_played
def test_what_a_manager_decides_matters_from_then_on(model: type[Simulation[Any]]) -> None:
    time, sliders, simulation = time_of(model), model.parameters(), start_of(model)
    plain = simulation.run()
    half = time.periods // 2
    row = {lever: getattr(simulation, lever) for lever in time.levers}
    for name in time.levers:
        later = [{**row, name: end} for end in (sliders[name].low, sliders[name].high)]
        runs = [start_of(model).play([row] * half + [one] * (time.periods - half)).run() for one in later]
        assert not all(same(plain, run) for run in runs), name


@every_played
def test_what_is_decided_stands_open_and_a_picture_of_it_is_known(model: type[Simulation[Any]]) -> None:
    """Who plays finds a lever without unfolding anything, and sees more than numbers in a sentence."""
    time, words = time_of(model), model.words()
    assert any(words.parameters[name].open for name in time.levers)
    assert any(layer.frame in time.known for picture in model.draw().values() for layer in picture.layers)


@every_played
@pytest.mark.parametrize("bad", [7, {}, [7], [{}], [{"nothing": 1}], "many"])
def test_decisions_that_are_none_are_refused(model: type[Simulation[Any]], bad: object) -> None:
    with pytest.raises(TraitError):
        model().play(bad)
    levers, time = time_of(model).levers, time_of(model)
    row = {name: getattr(model(), name) for name in levers}
    with pytest.raises(TraitError):
        model().play([row] * (time.periods + 1))
    with pytest.raises(TraitError):
        model().play([{**row, levers[0]: np.inf}])


def test_without_time_there_is_nothing_to_play() -> None:
    model = next(model for model in SIMULATIONS.values() if model.calendar is None)
    with pytest.raises(TraitError):
        model().play([])
    with pytest.raises(TypeError):
        model().over_time("seed")
