"""The calls of a module, read from `lessons/<id>/dialogue.toml`, which holds both languages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.entries import Entry
from course.i18n import Text
from course.i18n import gettext as _
from course.theory.calming import MOVES

FILE = "dialogue.toml"
OVER = "over"
MOST_TURNS, MOST_CHOICES = 7, 6
# up to which anger a caller sounds so
LEVELS = {"calm": 44.0, "cross": 68.0, "furious": 100.0}


class DialogueError(ValueError):
    """Raised where the calls of a module cannot be used; the message names file, entry, problem and cure."""


@dataclass(frozen=True)
class MoveWords:
    """What a move is called afterwards and what it did: where it `works`, and said too `early`."""

    name: Text
    works: Text
    early: Text | None


@dataclass(frozen=True)
class Choice:
    """One thing to say: its words, which move of the theory it is, and the scene that follows, or `OVER`."""

    text: Text
    move: str
    next: str
    why: Text | None


@dataclass(frozen=True)
class Scene:
    """What the caller says, by how angry they are, and what one can answer. A level without words borrows the nearest's."""

    says: Mapping[str, Text]
    choices: tuple[Choice, ...]

    def spoken(self, level: str) -> Text:
        """Return what a caller at this level says here."""
        order = [*LEVELS]
        return self.says[min(self.says, key=lambda other: abs(order.index(other) - order.index(level)))]


@dataclass(frozen=True)
class Ending:
    """How a call may end: the first whose anger `above` the caller is past. `says`: the caller's last words."""

    key: str
    above: float
    title: Text
    says: Text
    text: Text


@dataclass(frozen=True)
class Call:
    """A caller, who begins at this `anger` (0 to 100) and hangs up at `hangs_up`; the endings run from worst to best."""

    key: str
    title: Text
    story: Text
    caller: Text
    anger: float
    hangs_up: float
    scenes: Mapping[str, Scene]
    begin: str
    endings: tuple[Ending, ...]

    def ending(self, anger: float) -> Ending:
        """Return how the call ends at this anger."""
        return next(ending for ending in self.endings if anger >= ending.above)


@dataclass(frozen=True)
class Script:
    """The calls of a module, and what the moves are called."""

    title: Text
    note: Text
    moves: Mapping[str, MoveWords]
    voices: Mapping[str, Text]
    calls: tuple[Call, ...]

    def call(self, key: str) -> Call:
        """Return the call with this key; `DialogueError`, naming the known ones, if there is none."""
        for call in self.calls:
            if call.key == key:
                return call
        message = _("There is no call {asked!r} in this module. Choose one of: {known}.")
        raise DialogueError(message.format(asked=key, known=", ".join(call.key for call in self.calls)))


def read(path: Path) -> Script:
    """Read a dialogue.toml. Raises `DialogueError`."""
    whole = Entry.read(path, f"lessons/{path.parent.name}/{path.name}", DialogueError)
    moves = {key: _move(entry) for key, entry in whole.tables("move", _("move {key}")).items()}
    for key in {*moves} ^ {*MOVES}:
        raise whole.wrong(
            _("move {key} stands on one side only; give each move of course.theory.calming its words"), key=key
        )
    calls: dict[str, Call] = {}
    for entry in whole.rows("call", _("phone call {number}")):
        call = _call(entry, calls)
        calls[call.key] = call
    script = Script(whole.text("title"), whole.text("note"), moves, whole.texts("voice"), tuple(calls.values()))
    if {*script.voices} != {*LEVELS}:
        raise whole.wrong(_("[voice] must hold {levels}"), levels=", ".join(LEVELS))
    whole.close()
    return script


def _move(entry: Entry) -> MoveWords:
    words = MoveWords(entry.text("name"), entry.text("works"), entry.optional_text("early"))
    entry.close()
    return words


def _call(entry: Entry, taken: Mapping[str, Call]) -> Call:
    key = entry.key(_("phone call {key}"), taken)
    scenes = {name: _scene(row) for name, row in entry.tables("scene", _("scene {key}")).items()}
    call = Call(
        key=key,
        title=entry.text("title"),
        story=entry.text("story"),
        caller=entry.text("caller"),
        anger=entry.number("anger"),
        hangs_up=entry.number("hangs_up"),
        scenes=scenes,
        begin=entry.word("begin", scenes),
        endings=tuple(_ending(row) for row in entry.rows("ending", _("ending {number}"))),
    )
    for name, scene in scenes.items():
        for choice in scene.choices:
            if choice.next not in {*scenes, OVER}:
                raise entry.wrong(_("scene {name} leads to {next}, which is not there"), name=name, next=choice.next)
    bounds = [ending.above for ending in call.endings]
    if bounds != sorted(bounds, reverse=True) or not bounds or bounds[-1] > 0:
        raise entry.wrong(_("endings must stand from the angriest to the calmest, the last with above = 0"))
    entry.close()
    _turns(entry, call)
    return call


def _turns(entry: Entry, call: Call) -> None:
    """Refuse calls that go round in circles or on for ever, and scenes that nobody meets."""
    here, met = {call.begin}, {call.begin}
    for _turn in range(MOST_TURNS):
        here = {choice.next for name in here for choice in call.scenes[name].choices} - {OVER}
        met |= here
    if here:
        raise entry.wrong(
            _("a call may have {most} turns at most; let one of its scenes lead to “over”"), most=MOST_TURNS
        )
    for name in {*call.scenes} - met:
        raise entry.wrong(_("nobody comes to scene {name}; let a choice lead there, or take it out"), name=name)


def _scene(entry: Entry) -> Scene:
    scene = Scene(entry.texts("says"), tuple(_choice(row) for row in entry.rows("choice", _("choice {number}"))))
    if not scene.says or not {*scene.says} <= {*LEVELS}:
        raise entry.wrong(_("says must hold one of {levels}"), levels=", ".join(LEVELS))
    if not 2 <= len(scene.choices) <= MOST_CHOICES:
        raise entry.wrong(_("give 2 to {most} choices"), most=MOST_CHOICES)
    entry.close()
    return scene


def _choice(entry: Entry) -> Choice:
    choice = Choice(entry.text("text"), entry.word("move", MOVES), entry.string("next"), entry.optional_text("why"))
    entry.close()
    return choice


def _ending(entry: Entry) -> Ending:
    ending = Ending(
        entry.key(_("ending {key}"), ()),
        entry.number("above"),
        entry.text("title"),
        entry.text("says"),
        entry.text("text"),
    )
    entry.close()
    return ending
