"""What a phone and the board are told of a room, in the reader's language. No answer goes out before it is revealed."""

from __future__ import annotations

import time
from typing import Any

from course.classroom import rated
from course.classroom import state as states
from course.classroom.kinds import KINDS
from course.classroom.room import Room
from course.classroom.step import Step
from course.classroom.steps import PARTS
from course.i18n import translator
from course.manifest import syllabus


def phone_view(room: Room, token: str, language: str) -> dict[str, Any]:
    """Return what one phone shows: where the class is, the question, its own answer, and what was revealed."""
    told = _common(room, language)
    place, now = room.state.step, room.state.now
    told["last"] = room.numbered(token)
    if not 0 <= place < len(room.steps) or room.state.ended or now.phase == states.WAITING:
        return told
    step = room.steps[place]
    told["question"] = _question(step, language)
    mine = room.mine(token, place, now.round)
    kind, revealed = KINDS[step.kind], now.phase == states.REVEALED
    if mine:
        came = kind.own(step, mine.answer, room.runs, revealed=revealed)
        told["mine"] = {"number": mine.number, "answer": kind.sent(mine.answer), "late": mine.late, "came": came}
    if revealed:
        own = kind.told(step, mine.answer if mine else None)
        told["answer"] = _answer(room, step, language) | {"reveal": own[language]}
        told["right"] = kind.right(step, mine.answer, room.runs) if mine else None
    return told


def board_view(room: Room, language: str) -> dict[str, Any]:
    """Return what the board shows: as a phone's, with who is in and how the class answered."""
    told = _common(room, language)
    told |= {"here": room.here, "news": room.news, "picture": room.state.picture}
    told["list"] = [
        {
            "part": translator(language)(PARTS[one.part]),
            "text": one.question[language],
            "phase": room.state.of(at).phase,
        }
        for at, one in enumerate(room.steps)
    ]
    place = room.state.step
    if room.state.ended:
        told["ratings"] = rated.told(room)
        told["results"] = [_result(room, one, language) for one in range(len(room.steps)) if room.was_answered(one)]
    elif 0 <= place < len(room.steps):
        told["question"] = _question(room.steps[place], language)
        told |= _result(room, place, language)
    return told


def _result(room: Room, place: int, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"question": _question(room.steps[place], language), "tallies": room.tallies(place)}
    if room.state.of(place).phase == states.REVEALED:
        told["answer"] = _answer(room, room.steps[place], language)
    return told


def _common(room: Room, language: str) -> dict[str, Any]:
    state = room.state
    until = state.until
    return {
        "version": state.version,
        "module": syllabus().module(room.module).title[language],
        "step": state.step + 1,
        "steps": len(room.steps),
        "phase": state.now.phase,
        "round": state.now.round,
        "paused": state.paused,
        "ended": state.ended,
        "names": state.names,
        # a phone's own clock may be wrong
        "left": None if until is None else max(0.0, round(until - time.time(), 1)),
    }


def _question(step: Step, language: str) -> dict[str, Any]:
    scale = step.scale
    return {
        "key": step.key,
        "kind": step.kind,
        "part": translator(language)(PARTS[step.part]),
        "story": step.story[language],
        "text": step.question[language],
        "unit": step.unit[language],
        "digits": step.digits,
        "scale": {"low": scale.low, "high": scale.high, "step": scale.step} if scale else None,
        "options": [choice.text[language] for choice in step.choices],
        **KINDS[step.kind].asked(step, language),
    }


def _answer(room: Room, step: Step, language: str) -> dict[str, Any]:
    return {
        "label": step.answered[language],
        "value": step.answer,
        "tolerance": step.tolerance,
        "reveal": step.reveal[language],
        "source": step.source[language],
        "options": [{"right": choice.right, "feedback": choice.feedback[language]} for choice in step.choices],
        **KINDS[step.kind].revealed(step, language, room.runs),
    }
