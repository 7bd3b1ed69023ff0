"""Answers in words: known families become numbers, unknown sets become a list to put in order, once per scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.families import FAMILIES, Family
from course.survey.messages import quote
from course.survey.plan import Choice, Question, order_of
from course.survey.values import STARS, Column, is_missing, label_of, number, plain

MOST_WORDS, LONGEST, NAMED, SLIPS = 12, 80, 4, 0.3
Codes = dict[str, float]
Columns = Mapping[str, Column]
NO_SCALE = frozenset(
    [
        "yes",
        "no",
        "maybe",
        "y",
        "n",
        "true",
        "false",
        "是",
        "否",
        "有",
        "无",
        "没有",
        "男",
        "女",
        "male",
        "female",
        "man",
        "woman",
        "other",
        "其他",
        "예",
        "아니오",
        "はい",
        "いいえ",
    ]
)


@dataclass(frozen=True)
class Scale:
    """Columns that share their answers in words: `words` as they stand in the cells, in the order of first sight."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    families: tuple[Family, ...]

    @property
    def key(self) -> str:
        """The key of the question about it."""
        return f"words:{self.columns[0]}"


def is_worded(column: Column) -> bool:
    """Say whether a column holds a few answers in words, as a rating may; half of them may be numbers."""
    words = [column.texts[place] for place in column.unreadable]
    distinct = {_folded(text) for text in words}
    if not words or distinct <= NO_SCALE or len(distinct) > MOST_WORDS or any(len(text) > LONGEST for text in words):
        return False
    if any(text.lstrip().startswith(("=", "@", "#")) for text in words):
        return False
    # among numbers, a text here and there is a slip
    worded = int(column.counts[column.unreadable].sum())
    if worded <= SLIPS * (worded + sum(column.tally.values())):
        return False
    # a list of names has as many texts as rows
    return len(distinct) < max(3, int(column.counts.sum()))


def is_known(column: Column) -> bool:
    """Say whether the words of a column are those of a family."""
    words = [column.texts[place] for place in column.unreadable]
    return bool(words) and bool(_families(words))


def is_scale(texts: Sequence[str]) -> bool:
    """Say whether these texts are the answers of a known scale, at least three of them."""
    return len(texts) > 2 and bool(_families(texts))


def scales(columns: Sequence[Column]) -> tuple[Scale, ...]:
    """Return the scales of words among these columns; columns with a word in common are on one scale."""
    groups: list[tuple[list[str], list[str]]] = []
    for column in columns:
        if not is_worded(column):
            continue
        # numbers beside words ("1 2 3 4 very good") belong to the same list
        words = [column.texts[place] for place in column.unreadable]
        words += [
            text
            for text, value in zip(column.texts, column.numbers, strict=True)
            if value == value and value is not None
        ]
        folded = {_folded(word) for word in words}
        near = [group for group in groups if folded & {_folded(word) for word in group[1]} and _belong(words, group[1])]
        groups = [group for group in groups if group not in near]
        names = [each for group in near for each in group[0]] + [column.name]
        groups.append((names, list(dict.fromkeys([word for group in near for word in group[1]] + words))))
    return tuple(Scale(tuple(names), tuple(words), _families(words)) for names, words in groups)


def _belong(words: Sequence[str], others: Sequence[str]) -> bool:
    """A word for the middle, such as “average”, stands on scales that are otherwise unlike."""
    return not (_families(words) and _families(others)) or bool(_families([*words, *others]))


def ask(columns: Columns, scale: Scale) -> Question | None:
    """Return the question about a scale, None where its words can be read in one way only."""
    if len(scale.families) == 1:
        return None
    shown = [*map(quote, scale.columns[:NAMED]), *(["…"] if len(scale.columns) > NAMED else [])]
    if scale.families:
        # the same words stand for other numbers on a scale with more steps
        choices = tuple(_choice(columns, scale, place) for place in range(len(scale.families)))
        text = N_("{columns}: the answers are words that belong to several scales. Which one was offered?")
        return Question(scale.key, scale.columns, Message(text, columns=shown), choices, choices[0].value)
    items = tuple(dict.fromkeys(plain(word) for word in scale.words))
    text = N_(
        "{columns}: the answers are words. Put them in order, the lowest first; mark what is not an answer on the scale."
    )
    return Question(
        scale.key, scale.columns, Message(text, columns=shown), (), ",".join(map(str, range(len(items)))), items=items
    )


def codes(columns: Columns, scale: Scale, answer: str | None) -> dict[str, Codes]:
    """Return the number of each text of each column of a scale, by the answer to its question (None: not asked)."""
    if scale.families:
        family = scale.families[int(answer or 0)]
        values = {
            word: float(place)
            for place, step in enumerate(family.steps, 1)
            for word in scale.words
            if _folded(word) in step
        }
    else:
        items = tuple(dict.fromkeys(plain(word) for word in scale.words))
        placed = {items[item]: place for place, item in enumerate(order_of(answer or ""), 1)}
        values = {word: float(placed.get(plain(word), "nan")) for word in scale.words}
    return {name: {text: values[text] for text in columns[name].texts if text in values} for name in scale.columns}


def runs_down(column: Column) -> int | None:
    """Return how many steps the scale has whose words run against their numbers (“1 - very satisfied”), None otherwise."""
    labelled = {
        _folded(label): value
        for text, value in zip(column.texts, column.numbers, strict=True)
        if value == value and value is not None and (label := label_of(text)) and not STARS.match(plain(text))
    }
    if len(labelled) < 2:
        return None
    for family in _families(tuple(labelled)):
        places = [next(at for at, step in enumerate(family.steps) if word in step) for word in labelled]
        if len(set(places)) > 1 and float(np.corrcoef(places, list(labelled.values()))[0, 1]) < 0:
            return max(len(family.steps), *map(int, labelled.values()))
    return None


def note(scale: Scale, coding: Mapping[str, float]) -> Message:
    """Return what is to be said of words that became numbers."""
    pairs = sorted(((value, word) for word, value in coding.items() if value == value))
    shown = [Message(N_("“{word}” = {value}"), word=quote(word), value=int(value)) for value, word in pairs]
    text = N_("Answers in words became numbers: {pairs} ({columns}).")
    names = [*map(quote, scale.columns[:NAMED]), *(["…"] if len(scale.columns) > NAMED else [])]
    return Message(text, columns=names, pairs=shown)


def _choice(columns: Columns, scale: Scale, place: int) -> Choice:
    family = scale.families[place]
    values = codes(columns, scale, str(place))
    steps = {value: word for name in scale.columns for word, value in values[name].items()}
    low, high = min(steps), max(steps)
    total = count = 0.0
    for name in scale.columns:
        column = columns[name].coded(values[name])
        total += sum(value * number_of for value, number_of in column.tally.items())
        count += sum(column.tally.values())
    text = N_("{steps} steps: “{worst}” = {low}, “{best}” = {high}")
    label = Message(
        text, steps=len(family.steps), worst=quote(steps[low]), low=int(low), best=quote(steps[high]), high=int(high)
    )
    return Choice(str(place), label, Message(N_("The mean would be {mean:.2f}."), mean=total / count))


def _families(words: Sequence[str]) -> tuple[Family, ...]:
    if any(number(word) is not None for word in words):
        return ()
    folded = {_folded(word) for word in words if not is_missing(word)}
    fitting = [family for family in FAMILIES if all(any(word in step for step in family.steps) for word in folded)]
    # where two words would become one number, a scale that tells them apart is meant
    apart = [family for family in fitting if all(len(step & folded) < 2 for step in family.steps)]
    return tuple(_unlike(apart or fitting, folded))


def _unlike(families: Sequence[Family], words: set[str]) -> Iterator[Family]:
    """Yield families of which each numbers these words in its own way, the one with most words of its own first."""
    seen = set()
    for family in families:
        places = {place for place, step in enumerate(family.steps) if step & words}
        # a word for the middle in a scale of which neither end was ever ticked may be of any family
        key = tuple(sorted((word, place) for place, step in enumerate(family.steps) for word in step & words))
        if key not in seen and places:
            seen.add(key)
            yield family


def _folded(text: str) -> str:
    return " ".join(plain(text).rstrip(".。").lower().split())
