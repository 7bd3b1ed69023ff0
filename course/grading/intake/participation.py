"""What learners save on a lesson's page to hand it in: read as a file or as the short code of one, and doubted.

`course/ui/handin/file.js` writes both. A stamp tells a slip or an edit by hand. It proves no honesty: its recipe is
public.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from course.grading.assignment.roster import plain
from course.grading.assignment.status import bounded, note
from course.i18n import N_
from course.i18n.message import Message
from course.manifest import syllabus
from course.study.hand_in import FORMAT, LONGEST_WHO, VERSION, keys

LARGEST = 300_000
ENDINGS = (".json",)
# Where a platform puts what was typed into its box for text
TEXTS = (".html", ".htm", ".txt")
CODE = re.compile(
    r"\b(M\d\d)-Q(\d{1,3})P(\d{1,3})B(\d{1,3})G(\d{1,3})T(\d{1,3})-([0-9A-HJKMNP-TV-Z]{6})(?![\w-])", re.ASCII
)
MARK = re.compile(r'"format"\s*:\s*"' + re.escape(FORMAT) + '"')
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# the stamp ends the file: a name that stood behind it would count
_LAST = re.compile(r'\s*:\s*"\w+"\s*\}\s*')
_BLANKS = re.compile(r"[ \t\r\n]+")
# what can be done in a module, in the order in which a code counts it
KINDS = ("quiz", "predictions", "bets", "goals", "texts")


@dataclass(frozen=True)
class Participation:
    """How much somebody did in a module: by kind, of how many; `who` is the id or name that they typed.

    `own` is what only they can have written (guesses and texts), empty where there is little of it or a code was typed.
    """

    module: str
    done: dict[str, int]
    code: str
    who: str = ""
    own: str = ""

    @property
    def of(self) -> dict[str, int]:
        """How much there is to do in the module, by kind."""
        return {kind: len(found) for kind, found in keys(self.module).items()}


class ParticipationError(ValueError):
    """Raised where a file or a code is not one that a lesson's page gave; `why` says so and what helps."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


EDITED = N_("it was changed after the page saved it. Ask for the file as the page saves it")
DAMAGED = N_("it is damaged or cut off. Ask the learner to save it again on the lesson's page")


def is_ours(content: bytes) -> bool:
    """Tell whether a file says that a lesson's page saved it."""
    return MARK.search(content[:1000].decode("utf-8", "replace")) is not None


def stamp(text: str) -> str:
    """Return six letters that tell one text from another, whatever blanks stand in it.

    >>> stamp("1|m02|Q5P3B0G1T4|20260017")
    'V667K7'
    """
    total = zlib.crc32(_BLANKS.sub("", text).encode())
    return "".join(_LETTERS[total >> (25 - 5 * at) & 31] for at in range(6))


def from_file(content: bytes) -> Participation:
    """Return what a file tells. Raises `ParticipationError`."""
    if len(content) > LARGEST:
        why = N_("it is larger than {limit} KB, which no lesson fills. Ask for the file as the page saves it")
        raise ParticipationError(note(why, limit=LARGEST // 1000))
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(text)
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ParticipationError(note(DAMAGED if is_ours(content) else STRANGE)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ParticipationError(note(STRANGE))
    if found.get("version") != VERSION:
        why = N_("it was saved by another version of the course. Bring this one up to date, or ask for a new file")
        raise ParticipationError(note(why))
    module = _module(found.get("module"))
    head, _check, last = text.rpartition('"check"')
    if not _LAST.fullmatch(last) or found.get("check") != stamp(head):
        raise ParticipationError(note(EDITED))
    who, code = found.get("who"), found.get("code")
    if not isinstance(who, str) or not isinstance(code, str) or len(who) > LONGEST_WHO:
        raise ParticipationError(note(EDITED))
    done = {kind: _count(found.get(kind), known) for kind, known in keys(module).items()}
    if code != code_of(module, done, who):
        raise ParticipationError(note(EDITED))
    return Participation(module, done, code, bounded(who, LONGEST_WHO), _own(found))


STRANGE = N_("no lesson's page saved it. Ask for the file whose name ends in .participation.json")


def _module(named: object) -> str:
    known = {module.id for module in syllabus().modules if module.ready}
    if not isinstance(named, str) or named not in known:
        why = N_("it is of the module {module}, which this course does not have")
        raise ParticipationError(note(why, module=bounded(named, 40)))
    return named


def _count(found: object, known: list[str]) -> int:
    """Return how many of the `known` keys a kind holds."""
    there = found if isinstance(found, dict | list) else ()
    return sum(1 for key in known if key in there)


def _own(found: dict[str, Any]) -> str:
    """Return guesses and texts, as one text; empty where two learners may well have the same."""
    pieces = [found.get(kind) for kind in ("predictions", "bets", "texts")]
    texts, guesses = found.get("texts"), [one for one in pieces[:2] if isinstance(one, dict)]
    many = bool(texts) or sum(len(one) for one in guesses) > 2
    return json.dumps(pieces, sort_keys=True) if many else ""


def code_of(module: str, done: dict[str, int], who: str) -> str:
    """Return the short code of a file: module, how much of each kind, and a stamp that holds whose it is."""
    number = syllabus().module(module).number
    summary = "".join(f"{letter}{done[kind]}" for letter, kind in zip("QPBGT", KINDS, strict=True))
    return f"{number.upper()}-{summary}-{stamp('|'.join([str(VERSION), number, summary, plain(who)]))}"


@cache
def _ids() -> dict[str, str]:
    return {module.number: module.id for module in syllabus().modules if module.ready}


def from_text(text: str) -> list[Participation]:
    """Return what the codes in a text say, each once, whosever they are. Raises `ParticipationError`."""
    found: dict[str, Participation] = {}
    for match in CODE.finditer(text[:LARGEST].upper()):
        module = _module(_ids().get(match[1].lower(), match[1].lower()))
        done = dict(zip(KINDS, map(int, match.groups()[1:6]), strict=True))
        if any(done[kind] > len(known) for kind, known in keys(module).items()):
            why = N_("the code {code} counts more than there is to do. Ask for the file")
            raise ParticipationError(note(why, code=match[0]))
        found[match[0]] = Participation(module, done, match[0])
    return list(found.values())


def demand_own(found: Participation, names: Iterable[str]) -> None:
    """Raise `ParticipationError` for a typed code that the page gives to nobody called by one of `names`."""
    if found.code not in {code_of(found.module, found.done, who) for who in names if who}:
        why = N_(
            "the code {code} is not the one that the page gives to this student. Was it mistyped, or is it another's? "
            "Ask for the file, or for the code with the student's number in it"
        )
        raise ParticipationError(note(why, code=found.code))
