"""What holds for the simulation of every ready module, whatever it is about."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course.authoring.repo import Repo
from course.authoring.rules.simulations import simulations_fit_their_words
from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.paths import ROOT
from course.simulations.base import Simulation
from course.simulations.codes import LARGEST_CODE, decode_run, encode_run
from course.simulations.run import Run
from tests.simulations.strategies import SIMULATIONS, settings_of

pytestmark = pytest.mark.parametrize(("number", "model"), SIMULATIONS.items(), ids=list(SIMULATIONS))


def fingerprint(run: Run) -> str:
    """A digest of every table and metric."""
    digest = hashlib.sha256(json.dumps(run.metrics, sort_keys=True).encode())
    for name, frame in sorted(run.frames.items()):
        digest.update(f"{name}\n{frame.to_csv(index=False)}".encode())
    return digest.hexdigest()


def check(simulation: Simulation) -> None:
    run = simulation.run()
    assert set(run.metrics) == {metric.key for metric in simulation.words().metrics}
    for metric in simulation.words().metrics:
        assert math.isfinite(run.metrics[metric.key]), metric.key
        if metric.percent:
            assert -1e-9 <= run.metrics[metric.key] <= 1 + 1e-9, metric.key
    for name, frame in run.frames.items():
        assert len(frame), name
        assert {len(column) for _name, column in run.tables[name].items()} == {len(frame)}, name
        assert not frame.isna().any(axis=None), name
    for language in LANGUAGES:
        for title in simulation.titles(run, language).values():
            assert title.strip()
            assert not {"{", "nan"} & {*title, *title.split()}
        sentence = simulation.tell(run, language)
        assert sentence.strip()
        assert "{" not in sentence
        assert "\n" not in sentence
        assert "nan" not in sentence.split()


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_setting_within_the_bounds_runs(number, model, data):
    check(model(**data.draw(settings_of(model))))


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_bound_runs(number, model, end):
    parameters = model.parameters()
    check(model(**{name: getattr(parameter, end) for name, parameter in parameters.items()}))
    for name, parameter in parameters.items():
        check(model(**{name: getattr(parameter, end)}))


def alike(one: Run, other: Run) -> bool:
    return one.metrics == other.metrics and all(one.frames[name].equals(other.frames[name]) for name in one.frames)


def moves(simulation: Simulation, run: Run, name: str) -> bool:
    """Whether the slider `name` changes a figure or a table of the simulation's `run`, from end to end."""
    slider = simulation.parameters()[name]
    # a run is a pure function of its settings, so the value that it has needs no second one
    values = {slider.low, slider.high, (slider.low + slider.high) / 2} - {getattr(simulation, name)}
    others = (type(simulation)(seed=simulation.seed, **{**simulation.settings(), name: value}) for value in values)
    return not all(alike(run, other.run()) for other in others)


def test_in_every_situation_just_the_idle_sliders_change_nothing(number, model):
    for preset in model.words().presets:
        simulation = model.from_preset(preset.key)
        idle, run = simulation.idle(), simulation.run()
        assert set(idle.values()) <= set(model.words().idle)
        for name in model.parameters():
            assert moves(simulation, run, name) != (name in idle), f"{preset.key}: {name}"


def test_an_idle_slider_changes_nothing_wherever_one_is_at_its_end(number, model):
    ends = [(name, end) for name, slider in model.parameters().items() for end in (slider.low, slider.high)]
    # several presets meet at one end: what is set alike is tried once
    tried: set[frozenset[tuple[str, object]]] = set()
    for preset in model.words().presets:
        for name, end in ends:
            simulation = model.from_preset(preset.key, **{name: end})
            if (set_so := frozenset(simulation.settings().items())) in tried:
                continue
            tried.add(set_so)
            if idle := simulation.idle():
                run = simulation.run()
                moving = [one for one in idle if moves(simulation, run, one)]
                assert not moving, f"{preset.key}, {name} = {end}: {moving}"


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_the_same_settings_give_the_same_output(number, model, data):
    chosen = data.draw(settings_of(model))
    simulation = model(**chosen)
    first = fingerprint(simulation.run())
    assert {name: getattr(simulation, name) for name in chosen} == chosen
    model(seed=5).run()
    assert fingerprint(simulation.run()) == first == fingerprint(model(**chosen).run())


def test_another_seed_gives_another_crowd(number, model):
    assert fingerprint(model(seed=1).run()) != fingerprint(model(seed=2).run())


@cache
def elsewhere() -> dict[str, str]:
    """The fingerprint of every simulation in a process with other hashes; its imports take longer than all of them."""
    code = (
        "import json\n"
        "from tests.simulations.strategies import SIMULATIONS\n"
        "from tests.simulations.test_every_simulation import fingerprint\n"
        "print(json.dumps({name: fingerprint(model(seed=7).run()) for name, model in SIMULATIONS.items()}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(said.stdout)
    return found


def test_another_process_gives_the_same_output(number, model):
    assert elsewhere()[number] == fingerprint(model(seed=7).run())


def test_whoever_changes_a_table_changes_only_their_own(number, model):
    simulation = model()
    before = fingerprint(simulation.run())
    for frame in simulation.run().frames.values():
        frame.iloc[:, :] = frame.iloc[::-1].to_numpy()
        frame["added"] = 1
    assert fingerprint(simulation.run()) == before


def test_nothing_is_wrong_between_the_simulation_and_its_words(number, model):
    """The rule says what: `course check` shows it to authors, who run no tests."""
    assert [str(finding) for finding in simulations_fit_their_words(Repo(ROOT), syllabus().module(number))] == []


def test_presets_set_existing_parameters_within_their_bounds(number, model):
    assert len({preset.key for preset in model.words().presets}) == len(model.words().presets) > 1
    for preset in model.words().presets:
        check(model.from_preset(preset.key))
    # one that is played opens before its first period, whatever it is set to
    shown = [preset for preset in model.words().presets if not preset.play]
    situations = [fingerprint(model.from_preset(preset.key).run()) for preset in shown]
    assert len(set(situations)) == len(situations)


def marks(chart: Any) -> Iterator[dict[str, Any]]:
    """Every part of a chart's specification that draws something, with the data it draws from."""

    def walk(node: Any, data: str | None) -> Iterator[dict[str, Any]]:
        if isinstance(node, list):
            for item in node:
                yield from walk(item, data)
        elif isinstance(node, dict):
            data = node.get("data", {}).get("name", data) if isinstance(node.get("data", {}), dict) else data
            if "mark" in node:
                yield {**node, "data": data}
            for item in node.values():
                yield from walk(item, data)

    yield from walk(chart, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_draws_only_what_a_run_yields(number, model, language):
    specification = model.chart(language).to_dict()
    frames = model().run().frames
    drawn = list(marks(specification))
    assert drawn
    assert {mark["data"] for mark in drawn} <= set(frames)
    assert "datasets" not in specification
    for mark in drawn:
        fields = {encoding["field"] for encoding in mark["encoding"].values() if "field" in encoding}
        assert fields <= set(frames[mark["data"]].columns)
    text = json.dumps({key: part for key, part in specification.items() if key != "$schema"}, ensure_ascii=False)
    assert "://" not in text
    assert any("\u4e00" <= character <= "\u9fff" for character in text) == (language == "zh")


BAD = [("abc", "'abc'"), ("", "''"), (None, "None"), (math.nan, "nan"), (math.inf, "inf"), (True, "True"), ([1], "[1]"),
       (10**5000, "…"), ("9" * 500, "'" + "9" * 40 + "'"), (pd.NA, "<NA>")]  # fmt: skip
NOT_A_NUMBER = {"en": "is not a number. Give one from", "zh": "不是数字。请填"}
OUT_OF_RANGE = {"en": "is out of range. Give a number from", "zh": "超出范围。请填"}


def refusal(model, name: str, value: object) -> str:
    simulation = model()
    before = getattr(simulation, name)
    with pytest.raises(TraitError) as caught:
        setattr(simulation, name, value)
    assert getattr(simulation, name) == before, "a refused value must leave the old one"
    with pytest.raises(TraitError):
        model(**{name: value})
    return str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_values_name_label_and_bounds(number, model, speak, language):
    speak(language)
    for name, parameter in {**model.parameters(), "seed": model.seed}.items():
        place = [model.label(name, language), f"{parameter.low:g}", f"{parameter.high:g}"]
        for value, shown in BAD:
            message = refusal(model, name, value)
            assert all(part in message for part in [*place, shown])
            assert NOT_A_NUMBER[language] in message or OUT_OF_RANGE[language] in message
            assert len(message) < 250
        for value in (parameter.low - parameter.step, parameter.high + parameter.step):
            message = refusal(model, name, value)
            assert all(part in message for part in [*place, OUT_OF_RANGE[language]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_preset_is_told_which_there_are(number, model, speak, language):
    speak(language)
    opening = {"en": "There is no situation called 'nowhere' here", "zh": "这里没有名为 'nowhere' 的情境"}[language]
    with pytest.raises(TraitError, match=opening) as caught:
        model.from_preset("nowhere")
    assert all(preset.key in str(caught.value) for preset in model.words().presets)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_run_code_brings_every_setting_back(number, model, data):
    chosen = data.draw(settings_of(model))
    code = encode_run(number, model(**chosen))
    assert code.isascii()
    assert len(code) <= LARGEST_CODE
    read, simulation = decode_run(f"  {code}\n")
    assert read == number
    assert type(simulation) is model
    assert {name: getattr(simulation, name) for name in chosen} == chosen
