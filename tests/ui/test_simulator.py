"""The kernel's side of the simulator: what it answers, and that no message can hurt it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course.i18n import use_language
from course.manifest import syllabus
from course.simulations import simulation_class
from course.simulations.codes import decode_run
from course.ui.simulator import Simulator
from course.ui.simulator.describe import WORDS, describe

MODULE = syllabus().module("m01")
SENT: list[dict[str, Any]] = []
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Simulator:
    SENT.clear()
    monkeypatch.setattr(Simulator, "send", lambda _self, message, buffers=None: SENT.append(message))
    return Simulator(MODULE, "en")


def test_a_run_is_answered_with_its_number_figures_and_code(simulator: Simulator) -> None:
    values = simulator.simulation.values() | {"service": 90}
    simulator.handle({"kind": "run", "number": 7, "values": values, "seed": 3})
    (answer,) = SENT
    assert (answer["kind"], answer["number"], answer["seed"]) == ("result", 7, 3)
    assert answer["metrics"] == pytest.approx(simulator.simulation.run().metrics)
    assert decode_run(answer["code"])[1].values() == values
    assert simulator.export() == answer["code"]


def test_a_minus_is_a_minus_sign(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(simulator.simulation), "tell", lambda *_: "A gap of -0.8 for walk-ins since 2025-03-18.")
    simulator.handle({"kind": "run", "number": 1, "values": simulator.simulation.values(), "seed": 3})
    assert SENT[0]["tell"] == "A gap of \N{MINUS SIGN}0.8 for walk-ins since 2025-03-18."


def test_a_foreseen_run_is_answered_and_changes_nothing(simulator: Simulator) -> None:
    before = simulator.simulation.values()
    simulator.handle({"kind": "foresee", "number": 4, "values": {**before, "service": 90}, "seed": 1})
    (answer,) = SENT
    assert (answer["kind"], answer["number"], answer["values"]["service"]) == ("result", 4, 90)
    assert simulator.simulation.values() == before
    simulator.handle({"kind": "set", "values": answer["values"], "seed": 1})
    assert len(SENT) == 1
    assert simulator.export() == answer["code"]


def test_a_teachers_link_is_drawn_and_changes_nothing(simulator: Simulator) -> None:
    before = simulator.export()
    simulator.handle({"kind": "qr", "text": "https://here/course/explore/m01#task=1x"})
    simulator.handle({"kind": "qr", "text": ["no link"]})
    assert [answer["kind"] for answer in SENT] == ["qr", "problem"]
    assert simulator.export() == before


def test_reasons_are_told_once_and_bad_settings_refused(simulator: Simulator) -> None:
    values = simulator.simulation.values()
    question = {"kind": "why", "number": 5, "values": values | {"service": 90}, "seed": 1, "before_seed": 1}

    async def ask() -> None:
        simulator.handle({**question, "before": values | {"service": "lots"}})
        simulator.handle({**question, "before": values})
        assert simulator._conversation._why is not None
        await simulator._conversation._why._task

    asyncio.run(ask())
    assert [(answer["kind"], answer["number"]) for answer in SENT] == [("problem", 5), ("why", 5)]
    after, before = SENT[1]["after"]["cost"], SENT[1]["before"]["cost"]
    assert SENT[1]["alone"]["service"]["cost"] == pytest.approx(after - before)
    assert after > before


def test_a_played_run_is_answered_with_what_a_manager_knows_and_hands_in_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    SENT.clear()
    packed: list[dict[str, Any]] = []
    monkeypatch.setattr(Simulator, "send", lambda _self, message, buffers=None: SENT.append(message))
    monkeypatch.setattr("course.ui.simulator.answers.pack", lambda frames: packed.append(frames) or ([], []))
    house = Simulator(syllabus().module("m02"), "en")
    code, values = house.export(), house.simulation.values()
    decisions = [{"promise": 60, "lasting": 2}] * 12
    question = {"kind": "run", "number": 1, "values": values, "seed": 1}
    for over in (0, 3, 12):
        house.handle({**question, "decisions": decisions[:over]})
    before, early, end = SENT
    assert [one["period"] for one in SENT] == [0, 3, 12]
    assert (before["metrics"], early["metrics"], early["asides"], early["titles"], early["goals"]) == (
        {},
        {},
        {},
        {},
        [],
    )
    assert packed[1]["felt"]["month"].max() == 3
    assert packed[1]["sources"].empty
    assert end["metrics"]["effort"] == 24 + 30
    assert [one["code"] for one in SENT[:2]] == ["", ""]
    assert decode_run(end["code"])[1].decisions == tuple(decisions)
    assert house.export() == code, "what a notebook hands in is what was set before"
    house.handle({**question, "decisions": [{"promise": 1e9, "lasting": 0}]})
    house.handle({**question, "decisions": "many"})
    assert [one["kind"] for one in SENT[3:]] == ["problem", "problem"]


def test_a_bad_value_leaves_the_old_settings_whole(simulator: Simulator) -> None:
    before = simulator.simulation.values()
    simulator.handle({"kind": "run", "number": 1, "values": {**before, "service": 90, "spread": "lots"}, "seed": 1})
    assert SENT[0]["kind"] == "problem"
    assert "Good days and bad days" in SENT[0]["message"]
    assert simulator.simulation.values() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["run", "set", "foresee", "open", "language", "asset", "nonsense"]),
    values=JSON,
    seed=JSON,
    code=JSON,
    preset=JSON,
    decisions=JSON,
)
def test_no_message_raises(
    simulator: Simulator, kind: str, values: Any, seed: Any, code: Any, preset: Any, decisions: Any
) -> None:
    message = {"number": 1, "values": values, "seed": seed, "code": code, "preset": preset, "decisions": decisions}
    simulator.handle({"kind": kind, **message})
    assert all(answer["kind"] in {"result", "problem"} for answer in SENT)


def test_a_link_of_another_module_is_refused(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.ui.simulator.answers.decode_run", lambda _code: ("m02", simulator.simulation))
    simulator.handle({"kind": "open", "number": 1, "code": "x"})
    assert "m02" in SENT[0]["message"]


@pytest.mark.parametrize(("language", "words"), [("en", "no situation called"), ("zh", "nonsense")])
def test_an_unknown_preset_is_refused_by_name(language: str, words: str) -> None:
    use_language(language)
    with pytest.raises(TraitError, match=words):
        Simulator(MODULE, language, preset="nonsense")


def test_the_description_is_whole_in_both_languages() -> None:
    english, chinese = (describe(simulation_class(MODULE), MODULE, language) for language in ("en", "zh"))
    assert set(english["words"]) == set(WORDS)
    same = [key for key in WORDS if english["words"][key] == chinese["words"][key]]
    assert same == [], "every word of the interface has its Chinese"
    assert all(metric["equation"].startswith("<math") for metric in english["metrics"])
    assert all(metric["source"] for metric in english["metrics"])
