"""Whose a file is, by the way in which a learning platform names it. The names say what they say; nothing is guessed here.

Moodle: `Anna Berg_12345_assignsubmission_file_/exercise.ipynb`, or the same with the file's name behind the last `_`
(mod/assign/feedback/file/importziplib.php). Canvas: `berganna_LATE_4711_90210_exercise.ipynb`, with the numbers of user and
attachment (lib/content_zipper.rb). Blackboard: `Title_user_attempt_2026-10-05-21-30-34_exercise.ipynb`, and a `.txt` that
says who it was. 学习通 and folders made by hand: number and name in the name of a folder or of the file, in any order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from course.grading.intake.archive import Entry

MOODLE, CANVAS, BLACKBOARD, FOLDER = "moodle", "canvas", "blackboard", "folder"
PLATFORMS = (MOODLE, CANVAS, BLACKBOARD, FOLDER)
_MOODLE = re.compile(r"(?P<name>.*)_(?P<number>\d+)_assign(?:submission|feedback)_[a-z]+(?:_(?P<file>.*))?", re.DOTALL)
_CANVAS = re.compile(
    r"(?P<name>\w*?)(?P<late>_LATE)?_(?P<user>\d+)_(?:(?P<number>\d+)_(?P<file>.+)|(?P<page>text|link)\.html)"
)
_CANVAS_NOBODY = re.compile(r"(?P<name>(?:LATE_)?anon_[A-Za-z0-9]{5})_(?P<number>\d+)_(?P<file>.+)")
_BLACKBOARD = re.compile(
    r"(?P<who>.+)_attempt_(?P<when>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|(?P<info>\.txt))", re.DOTALL
)
# Between the number, the name and the rest in a name that somebody made
_BETWEEN = re.compile(r"[\s_\-—–+,，、;；()（）\[\]【】《》#@.]+")
MOST_TOKENS = 12


@dataclass
class Owner:
    """Somebody whose files lie in an export. `ids` by the column of the class list that holds such ids.

    `key` tells one owner from another, `label` is how the export calls them. `files` are the names as handed in.
    """

    key: str
    label: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    files: list[tuple[str, Entry]] = field(default_factory=list)
    late: bool = False
    attempt: str = ""
    older: int = 0


@dataclass(frozen=True)
class Export:
    """What an export holds: its platform, the owners in order, and the files that are nobody's."""

    platform: str
    owners: list[Owner]
    nobodys: list[Entry]


def read(found: list[Entry], assignment: str, is_known: Callable[[str], bool], platform: str = "") -> Export:
    """Sort the files of an export by owner. `is_known` tells whether a folder's name names a student."""
    platform = platform or _platform(found)
    owners: dict[tuple[str, str], Owner] = {}
    nobodys: list[Entry] = []
    cut = _common(found, is_known) if platform == FOLDER else 0
    for entry in found:
        made = _owner(entry, platform, assignment, cut)
        if made is None:
            nobodys.append(entry)
            continue
        owner, name = made
        known = owners.setdefault((owner.key, owner.attempt), owner)
        known.late |= owner.late
        if name:
            known.files.append((name, entry))
    return Export(platform, _latest(owners.values()), nobodys)


def _latest(owners: Iterable[Owner]) -> list[Owner]:
    """Return each owner's last attempt, as the platform counts them, and how many it leaves out."""
    latest: dict[str, Owner] = {}
    for owner in sorted(owners, key=lambda one: one.attempt):
        owner.older = latest[owner.key].older + 1 if owner.key in latest else 0
        latest[owner.key] = owner
    return list(latest.values())


def tokens(text: str) -> list[str]:
    """Return the pieces of a name that somebody made: the whole, and every run of neighbours in it."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece][:MOST_TOKENS]
    runs = ["".join(pieces[at:end]) for at in range(len(pieces)) for end in range(at + 1, min(at + 4, len(pieces)) + 1)]
    return list(dict.fromkeys([text, *runs]))


def _platform(found: Iterable[Entry]) -> str:
    """Return which platform names files like most of these."""
    votes: Counter[str] = Counter()
    for entry in found:
        if any(_MOODLE.fullmatch(part) for part in entry.parts):
            votes[MOODLE] += 1
        elif _BLACKBOARD.fullmatch(entry.parts[-1]):
            votes[BLACKBOARD] += 1
        elif _CANVAS.fullmatch(entry.parts[-1]) or _CANVAS_NOBODY.fullmatch(entry.parts[-1]):
            votes[CANVAS] += 1
        else:
            votes[FOLDER] += 1
    best = max(votes, key=lambda name: votes[name], default=FOLDER)
    return best


def _owner(entry: Entry, platform: str, assignment: str, cut: int) -> tuple[Owner, str] | None:
    return (
        {MOODLE: _of_moodle, CANVAS: _of_canvas, BLACKBOARD: _of_blackboard}[platform](entry)
        if platform != FOLDER
        else (_of_folder(entry, assignment, cut))
    )


def _of_moodle(entry: Entry) -> tuple[Owner, str] | None:
    for at, part in enumerate(entry.parts):
        if found := _MOODLE.fullmatch(part):
            name = "/".join(piece for piece in (found["file"] or "", *entry.parts[at + 1 :]) if piece)
            owner = Owner(
                found["number"], f"{found['name']}_{found['number']}", {"moodle_id": [found["number"]]}, [found["name"]]
            )
            return (owner, name) if name else None
    return None


def _of_canvas(entry: Entry) -> tuple[Owner, str] | None:
    last = entry.parts[-1]
    if found := _CANVAS_NOBODY.fullmatch(last):
        return Owner(found["name"], found["name"]), found["file"]
    if found := _CANVAS.fullmatch(last):
        owner = Owner(
            found["user"], f"{found['name']}_{found['user']}", {"canvas_id": [found["user"]]}, [found["name"]]
        )
        owner.late = bool(found["late"])
        return owner, found["file"] or f"{found['page']}.html"
    return None


def _of_blackboard(entry: Entry) -> tuple[Owner, str] | None:
    found = _BLACKBOARD.fullmatch(entry.parts[-1])
    if found is None:
        return None
    pieces = found["who"].split("_")
    # a user's name may hold underscores, and so may the title in front of it
    users = ["_".join(pieces[at:]) for at in range(max(1, len(pieces) - 4), len(pieces))] or [found["who"]]
    ids = dict.fromkeys(("id", "sis_login_id", "sis_user_id", "id_number", "email"), users)
    owner = Owner(found["who"], users[-1], ids, attempt=found["when"])
    return owner, found["file"] or ""


def _common(found: list[Entry], is_known: Callable[[str], bool]) -> int:
    """Return how many folders lie around all files and name nobody."""
    cut = 0
    while found and all(len(entry.parts) > cut + 1 for entry in found):
        first = {entry.parts[cut] for entry in found}
        if len(first) > 1 or is_known(next(iter(first))):
            break
        cut += 1
    return cut


def _of_folder(entry: Entry, assignment: str, cut: int) -> tuple[Owner, str] | None:
    parts = entry.parts[cut:]
    label = parts[0] if len(parts) > 1 else parts[0].rpartition(".")[0] or parts[0]
    inside = parts[1:] if len(parts) > 1 else parts
    if len(inside) > 1 and inside[0] == assignment:
        inside = inside[1:]
    found = tokens(label)
    ids = dict.fromkeys(("id", "id_number", "sis_login_id", "email"), found)
    return Owner(label, label, ids, found), "/".join(inside)
