"""Calls to take part in: what the page gets is the theory's, and a broken file is told with its place and cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.paths import LESSONS
from course.simulations.m09_recovery import Recovery
from course.theory.calming import MOVES, TECHNIQUES, talk
from course.ui.dialogue import CallWidget, DialogueError, read
from course.ui.dialogue.script import LEVELS, OVER
from course.ui.dialogue.tool import LEVER, CallTool, script_of
from course.ui.dialogue.ways import level_of, ways

MODULE = syllabus().module("m09")
FILE = LESSONS / MODULE.id / "dialogue.toml"
SCRIPT = script_of(MODULE)
every_call = pytest.mark.parametrize("call", SCRIPT.calls, ids=[call.key for call in SCRIPT.calls])


@every_call
def test_every_way_is_what_the_theory_makes_of_its_sentences(call) -> None:
    for way in ways(call):
        assert way.caller == talk(call.anger, way.caller.said)
        assert len(way.caller.said) == len(way.path)
        assert way.scene == OVER or way.caller.anger < call.hangs_up, "whoever hangs up says no more"


@every_call
def test_every_ending_and_every_written_line_is_met(call) -> None:
    met = [*ways(call)]
    assert {call.ending(way.caller.anger).key for way in met if way.scene == OVER} == {end.key for end in call.endings}
    heard = {(way.scene, level_of(way.caller.anger)) for way in met if way.scene != OVER}
    assert heard == {(name, level) for name, scene in call.scenes.items() for level in scene.says}


@every_call
def test_the_best_ending_takes_listening_first(call) -> None:
    """No call ends well in which an offer, an explanation or a promise comes before the caller is heard."""
    best = call.endings[-1].key
    good = [way for way in ways(call) if way.scene == OVER and call.ending(way.caller.anger).key == best]
    assert good
    too_early = {key for key, move in MOVES.items() if move.needs >= 0.5}
    assert all(way.caller.said[0] not in too_early for way in good)
    # most ways end worse: to be calm is not what one does anyway
    assert len(good) < 0.15 * sum(way.scene == OVER for way in ways(call))


def test_all_ten_techniques_and_all_missteps_are_choices() -> None:
    said = {choice.move for call in SCRIPT.calls for scene in call.scenes.values() for choice in scene.choices}
    assert said == {*MOVES}
    assert len(TECHNIQUES) == 10


def test_a_wrong_choice_says_why_somebody_sensible_makes_it() -> None:
    for call in SCRIPT.calls:
        for scene in call.scenes.values():
            for choice in scene.choices:
                assert choice.why or choice.move in TECHNIQUES, choice.text["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_gets_is_whole(language: str) -> None:
    described = CallTool.describe(language)
    assert json.loads(json.dumps(described)) == described
    slider = Recovery.parameters()[LEVER]
    for call in described["calls"]:
        for path, (place, level, anger, heard, _minutes, effect, calming) in call["states"].items():
            assert level in LEVELS
            assert 0 <= anger <= 100
            assert 0 <= heard <= 100
            assert effect in ("", "early", "faded")
            if place in call["endings"]:
                assert slider.low <= calming <= slider.high
                assert calming == pytest.approx(100 * max(0, 1 - anger / call["states"][""][2]), abs=slider.step)
            else:
                assert calming is None
                assert all(f"{path}{at}" in call["states"] for at in range(len(call["scenes"][place]["choices"])))
            if effect == "early":
                assert described["moves"][_move(call, path)]["early"], "a move that can come too early has words for it"


def _move(call, path: str) -> str:
    scene = call["states"][path[:-1]][0]
    return call["scenes"][scene]["choices"][int(path[-1])]["move"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_call_in_a_notebook_leaves_words(language: str) -> None:
    widget = CallWidget(MODULE, "agitated", language)
    assert [call["key"] for call in widget.content["calls"]] == ["agitated"]
    assert SCRIPT.call("agitated").story[language] in widget.leaves()


def test_an_unknown_call_is_told_which_there_are() -> None:
    with pytest.raises(DialogueError, match="cold, agitated"):
        CallWidget(MODULE, "nobody", "en")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('next = "protest"', 'next = "nowhere"', "leads to nowhere"),
        ('next = "protest"', 'next = "story"', "nobody comes to scene protest"),
        ('next = "facts"', 'next = "story"', "7 turns at most"),
        ('move = "blame"', 'move = "shout"', "'shout'"),
        ("above = 95", "above = 1", "from the angriest"),
        ("says.cross = ", "says.loud = ", "says must hold one of"),
        ("[move.blame]", "[move.scold]", "one side only"),
        ('begin = "opening"', 'begin = "start"', "'start'"),
    ],
)
def test_a_broken_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / MODULE.id / FILE.name
    broken.parent.mkdir()
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DialogueError) as caught:
        read(broken)
    assert told in str(caught.value)
    assert f"lessons/{MODULE.id}/dialogue.toml" in str(caught.value)
