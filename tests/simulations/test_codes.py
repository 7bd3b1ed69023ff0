"""Run codes that cannot be read are answered in the learner's language, whatever stands in them."""

from __future__ import annotations

import base64
import json
import string
import sys
import types

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course.manifest import syllabus
from course.simulations.codes import LARGEST_CODE, decode_run, encode_run
from course.simulations.m01_expectation_gap import ExpectationGap

GOOD = encode_run("m01", ExpectationGap(expected=80, seed=3))
UNREADABLE = {"en": "This run code cannot be read: it may be cut off.", "zh": "这个运行码读不出来"}


def packed(whole: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(whole).encode()).decode().rstrip("=")


BROKEN = {
    "empty": "",
    "cut": GOOD[:-9],
    "half": GOOD[: len(GOOD) // 2],
    "words": "see you on Friday",
    "not ASCII": "运行码",
    "not text": 12,
    "nothing": None,
    "very long": "A" * (LARGEST_CODE + 1),
    "very deep": base64.urlsafe_b64encode(b"[" * 1_400).decode(),
    "not JSON": base64.urlsafe_b64encode(b"expected=80").decode(),
    "not UTF-8": base64.urlsafe_b64encode(b'{"m":"\xff"}').decode(),
    "a list": packed([1, 2]),
    "no module": packed({"v": {}}),
    "no values": packed({"m": "m01"}),
    "values in a list": packed({"m": "m01", "v": [1]}),
    "unknown module": packed({"m": "m99", "v": {}}),
    "module without a simulation": packed({"m": "m00", "v": {}}),
    "module as a number": packed({"m": 1, "v": {}}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_code_gets_a_friendly_answer(speak, language, code):
    speak(language)
    with pytest.raises(TraitError, match=UNREADABLE[language]):
        decode_run(code)


def test_a_module_whose_simulation_is_still_being_written_has_no_codes(monkeypatch, speak):
    last = syllabus().modules[-1]
    home = types.ModuleType(f"course.simulations.{last.slug}")
    monkeypatch.setitem(sys.modules, home.__name__, home)
    speak("en")
    with pytest.raises(TraitError, match=UNREADABLE["en"]):
        decode_run(packed({"m": last.number, "v": {}}))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("values", [{"expected": 500}, {"expected": "many"}, {"expected": None}, {"expected": [72]}])
def test_a_code_cannot_smuggle_values_past_the_bounds(speak, language, values):
    speak(language)
    bounds = {"en": r"Give (one|a number) from 30 to 95", "zh": "请填 30 到 95"}[language]
    with pytest.raises(TraitError, match=bounds):
        decode_run(packed({"m": "m01", "v": values}))


@pytest.mark.parametrize("seed", [-1, 1_000_000, "x", None, [3]])
def test_a_bad_seed_is_refused(speak, seed):
    speak("en")
    with pytest.raises(TraitError, match=r"Seed: .* from 0 to"):
        decode_run(packed({"m": "m01", "s": seed, "v": {}}))


def test_what_a_code_leaves_out_is_the_default_and_what_is_unknown_is_ignored():
    number, simulation = decode_run(packed({"m": "m01", "v": {"spread": 3, "no_such_thing": 1}}))
    assert number == "m01"
    assert simulation.values() == ExpectationGap(spread=3).values()
    assert simulation.seed == 1


@settings(deadline=None)
@given(st.text() | st.text(string.ascii_letters + string.digits + "-_="))
def test_no_text_brings_anything_but_a_message(text):
    with pytest.raises(TraitError):
        decode_run(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(json_values, st.dictionaries(st.sampled_from(["expected", "spread", "seed", "run"]), json_values))
def test_no_settings_bring_anything_but_a_simulation_or_a_message(seed, values):
    try:
        _number, simulation = decode_run(packed({"m": "m01", "s": seed, "v": values}))
    except TraitError:
        return
    simulation.run()
