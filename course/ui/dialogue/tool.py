"""A call in the page: every way that it can go is worked out beforehand by the theory, so the page needs no kernel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from course.i18n import N_, translator
from course.manifest import Module, syllabus
from course.simulations import simulation_class
from course.ui.base import CourseWidget
from course.ui.dialogue.script import FILE, LEVELS, OVER, Call, Choice, Script, read
from course.ui.dialogue.ways import level_of, ways
from course.ui.tools import Send, describe_tool

KEY, LEVER = "call", "calming"
WORDS = {
    "title": N_("A call"),
    "which": N_("Which call"),
    "log": N_("The call so far"),
    "you": N_("You"),
    "choose": N_("What do you say?"),
    "again": N_("Begin the call again"),
    "from_here": N_("From here again"),
    "from_here_of": N_("From here again: turn {number}"),
    "endings": N_("Endings you have met: {met} of {all}"),
    "over": N_("The call is over."),
    "sum": N_(
        "Anger {before} → {after} of 100. How far the caller felt heard: {heard} of 100. The call took {minutes} minutes."
    ),
    "replay": N_("What each sentence did"),
    "turn": N_("anger {before} → {after}, heard {heard}"),
    "early": N_("Too early:"),
    "faded": N_("Said before, so it did half as much."),
    "others": N_("What else you could have said here"),
    "other": N_("{move}: anger {after}"),
    "desk": N_("Answer every call at the desk like this"),
    "desk_why": N_("It takes away {calming}% of the anger."),
    "desk_set": N_("Done: each call at the desk now takes away {calming}% of the anger."),
    "desk_none": N_("No desk is open on this page: open the simulator, decide its bet, and press again."),
    "not_kept": N_("This browser does not let the course keep the call: it is gone when you close the page."),
}


def script_of(module: Module) -> Script:
    """Return the calls of a module. Raises `DialogueError`."""
    return _script(module.folder / FILE)


@cache
def _script(path: Path) -> Script:
    return read(path)


def _home() -> Module:
    return next(module for module in syllabus().modules if KEY in module.tools)


def _calming(before: float, now: float, module: Module) -> float:
    """Return the share of the anger that a call took away, in percent, as the desk's slider can hold it."""
    slider = simulation_class(module).parameters()[LEVER]
    share = 100 * max(0.0, 1 - now / before)
    return min(slider.high, max(slider.low, slider.step * round(share / slider.step)))


def _states(call: Call, module: Module) -> dict[str, list[Any]]:
    """Return by path: scene or ending, the caller's level, anger, heard (0 to 100), minutes, what the last choice
    was, and at an end what the desk takes.
    """
    states = {}
    for way in ways(call):
        over, caller = way.scene == OVER, way.caller
        states[way.path] = [
            call.ending(caller.anger).key if over else way.scene,
            level_of(caller.anger),
            round(caller.anger),
            round(100 * caller.heard),
            round(caller.minutes, 1),
            way.effect,
            _calming(call.anger, caller.anger, module) if over else None,
        ]
    return states


def _choice(choice: Choice, script: Script, language: str) -> dict[str, Any]:
    why = choice.why or script.moves[choice.move].works
    return {"text": choice.text[language], "move": choice.move, "why": why[language]}


def describe_call(call: Call, script: Script, module: Module, language: str) -> dict[str, Any]:
    """Return a call as the page needs it. JSON-ready."""
    return {
        "key": call.key,
        **{name: getattr(call, name)[language] for name in ("title", "story", "caller")},
        "scenes": {
            key: {
                "says": {level: scene.spoken(level)[language] for level in LEVELS},
                "choices": [_choice(choice, script, language) for choice in scene.choices],
            }
            for key, scene in call.scenes.items()
        },
        "endings": {
            ending.key: {name: getattr(ending, name)[language] for name in ("title", "says", "text")}
            for ending in call.endings
        },
        "states": _states(call, module),
    }


def _moves(script: Script, language: str) -> dict[str, dict[str, str]]:
    return {
        key: {"name": words.name[language], "early": words.early[language] if words.early else ""}
        for key, words in script.moves.items()
    }


class CallTool:
    """The calls of the module whose app carries this tool. All that happens, happens in the page."""

    def __init__(self, send: Send, language: str) -> None:
        """Nothing to send: the page has everything."""

    @staticmethod
    def describe(language: str) -> dict[str, Any]:
        """Return words, moves and calls. JSON-ready."""
        _ = translator(language)
        module = _home()
        script = script_of(module)
        return {
            "title": script.title[language],
            "note": script.note[language],
            "words": {name: _(text) for name, text in WORDS.items()},
            "module": module.number,
            "lever": LEVER,
            "voices": {level: text[language] for level, text in script.voices.items()},
            "moves": _moves(script, language),
            "calls": [describe_call(call, script, module, language) for call in script.calls],
        }

    def handle(self, message: dict[str, Any]) -> None:
        """Nothing is asked."""

    def speak(self, language: str) -> None:
        """The page is described anew where the language changes."""


class CallWidget(CourseWidget):
    """One call by itself, in a notebook."""

    def __init__(self, module: Module, key: str, language: str) -> None:
        call = script_of(module).call(key)
        content = describe_tool(KEY, language)
        calls = [one for one in content["calls"] if one["key"] == call.key]
        super().__init__(part="tool", content={**content, "title": call.title[language], "calls": calls})

    def leaves(self) -> list[str]:
        """Return the call's title and story."""
        return [text for call in self.content["calls"] for text in (call["title"], call["story"])]
