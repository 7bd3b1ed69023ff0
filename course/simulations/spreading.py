"""A network on which a story can be seen to spread: which frames of a run hold it, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from course.entries import Entry
from course.i18n import Text
from course.i18n import gettext as _

LOOKS = 4


@dataclass(frozen=True)
class Spreading:
    """Where the page finds a network. Days count from 1 to `days`; who has taken up the story tells for `lasts` days.

    Frame `people` has a row for each person: `person` (from 0), where it stands (`x`, `y`, within `width` and `height`).
    Frame `ties` has one for each tie: `first`, `second`. Frame `tellings` has one for each telling, in order: `day`,
    `teller` (−1: was there), `person`, the `story` that the person takes from it (a key of the words; "" where it was known
    already), and `tells` (1: tells it on).
    """

    people: str
    ties: str
    tellings: str
    days: int
    lasts: int
    width: float = 100
    height: float = 72


@dataclass(frozen=True)
class StoryWords:
    """What somebody is called who holds a story: `quiet`, or while telling it; who never tells has no word for that."""

    quiet: Text
    telling: Text | None


@dataclass(frozen=True)
class SpreadingWords:
    """What is said of a network. Sentences of a day: before the first (`start`), and when `none`, `one` or `many` more have
    heard, over `day`, `new`, `heard` and `all`. Of a person: who was there (`first`) and who `heard`, over `day`, `teller`,
    `told` and `ties`; who has not (`unheard`), over `ties` and `aware`.

    `stories` stand in the order of their looks: against, not heard, for, forgiven.
    """

    title: Text
    start: Text
    none: Text
    one: Text
    many: Text
    person: Text
    first: Text
    heard: Text
    unheard: Text
    stories: Mapping[str, StoryWords]


# what each sentence may name
_DAY = frozenset({"day", "new", "heard", "all"})
SENTENCES: Mapping[str, frozenset[str]] = {
    "title": frozenset(),
    "start": frozenset({"all"}),
    "none": _DAY,
    "one": _DAY,
    "many": _DAY,
    "person": frozenset({"number", "state", "text"}),
    "first": frozenset({"day", "told", "ties"}),
    "heard": frozenset({"day", "teller", "told", "ties"}),
    "unheard": frozenset({"ties", "aware"}),
}


def read_spreading(entry: Entry, stories: Mapping[str, Entry]) -> SpreadingWords:
    """Read `[spreading]` and its `stories`, the tables `[story.…]`; raises the entry's error for what does not fit."""
    words = SpreadingWords(
        **{name: _sentence(entry, name) for name in SENTENCES},
        stories={key: _story(one) for key, one in stories.items()},
    )
    entry.close()
    if len(words.stories) != LOOKS:
        raise entry.wrong(
            _("the stories with words are {count}, the shapes {looks}; write {looks}"),
            count=len(words.stories),
            looks=LOOKS,
        )
    return words


def _sentence(entry: Entry, name: str) -> Text:
    text = entry.text(name)
    for one in text.values():
        for named in {part[1] for part in Formatter().parse(one) if part[1]} - SENTENCES[name]:
            known = ", ".join(sorted(SENTENCES[name])) or "–"
            raise entry.wrong(_("{name} names {named!r}; it may name: {known}"), name=name, named=named, known=known)
    return text


def _story(entry: Entry) -> StoryWords:
    words = StoryWords(quiet=entry.text("quiet"), telling=entry.optional_text("telling"))
    entry.close()
    return words
