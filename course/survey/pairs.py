"""Which question on expectation belongs to which on perception: by their words or numbers, and only if wished by order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from course.i18n import N_
from course.i18n.message import Message
from course.survey.blocks import parse
from course.survey.messages import quote
from course.survey.plan import EXPECTATION, PERCEPTION, Choice, Plan, Question
from course.survey.values import plain

SHOWN = 4
_MARK = re.compile(
    r"^(?:e|p|exp|perc)(?=[\s_.:：\d-])|[\s_-](?:e|p)$|expectations?|perceptions?|expected|perceived|"
    r"期望|期待|感知|实际感受|实际|実際|실제 경험|기대 수준|실제|기대|인식",
    re.I,
)
# “v12: ” of a statistics program, “Q3. ”
_CODE = re.compile(r"[a-z_]+\d+[a-z]?\s*[:：.]\s*", re.I)
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{1,3}(?!\d)")
Pair = tuple[str | None, str | None]


def pairs(plan: Plan) -> list[Pair]:
    """Return every question on expectation with its perception, None where there is no other one."""
    found: list[Pair] = []
    for hoped, seen in _groups(plan):
        found += matched(hoped, seen) or (
            list(zip(hoped, seen, strict=True)) if plan.chosen("pairs") == "order" else _single(hoped, seen)
        )
    return found


def matched(hoped: Sequence[str], seen: Sequence[str]) -> list[Pair]:
    """Return the pairs of these columns that their names tell, with those left over; none where no name tells any.

    Of three ways to tell, by the words without the mark of the role, by the number before them and by the place in a
    block, the one that leaves fewest over counts.
    """
    best: list[Pair] = []
    for key in (_words, _number, _place):
        ours, theirs = [key(name) for name in hoped], [key(name) for name in seen]
        if len(set(ours)) < len(ours) or len(set(theirs)) < len(theirs):
            # twins would pair with each other
            continue
        there = dict(zip(ours, hoped, strict=True))
        found: list[Pair] = [(there.get(mine), name) for mine, name in zip(theirs, seen, strict=True)]
        found += [(name, None) for mine, name in there.items() if mine not in theirs]
        if _whole(found) > _whole(best):
            best = found
    return best


def ask(plan: Plan, widest: Callable[[Sequence[Pair]], tuple[str, float] | None]) -> Question | None:
    """Return the question whether questions that have no word in common are pairs in their order; None where none are.

    `widest`: the pair with the widest gap, by its name, and the gap.
    """
    open_groups = [
        (hoped, seen) for hoped, seen in _groups(plan) if len(hoped) == len(seen) and not matched(hoped, seen)
    ]
    if not open_groups:
        return None
    by_order: list[Pair] = [pair for hoped, seen in open_groups for pair in zip(hoped, seen, strict=True)]
    shown = [
        Message(N_("“{expected}” with “{perceived}”"), expected=quote(hoped or ""), perceived=quote(seen or ""))
        for hoped, seen in by_order[:SHOWN]
    ]
    more = [Message(N_("others: {count}"), count=len(by_order) - SHOWN)] if len(by_order) > SHOWN else []
    text = N_(
        "Nothing in the headers says which question on expectation belongs to which on perception. Are both in the same "
        "order: {pairs}?"
    )
    effect = None
    if found := widest(by_order):
        name, gap = found
        effect = Message(N_("The widest gap would be that of “{name}”: {gap:+.2f}."), name=quote(name), gap=gap)
    return Question(
        "pairs",
        tuple(name for pair in by_order for name in pair if name),
        Message(text, pairs=[*shown, *more]),
        (
            Choice("order", Message(N_("Yes, pair them in this order")), effect),
            Choice("none", Message(N_("No, give no gaps per question"))),
        ),
        "none",
    )


def _groups(plan: Plan) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    names = dict.fromkeys(use.dimension for use in plan.uses.values() if use.role in (EXPECTATION, PERCEPTION))
    of_both = []
    for dimension in names:
        hoped, seen = (
            tuple(name for name in plan.columns(role) if plan.uses[name].dimension == dimension)
            for role in (EXPECTATION, PERCEPTION)
        )
        of_both.append((hoped, seen))
    return of_both


def _single(hoped: Sequence[str], seen: Sequence[str]) -> list[Pair]:
    return [*((None, name) for name in seen), *((name, None) for name in hoped)]


def _whole(found: Sequence[Pair]) -> int:
    return sum(hoped is not None and seen is not None for hoped, seen in found)


def _words(name: str) -> str:
    text = plain(name)
    text = text[code.end() :] if (code := _CODE.match(text)) else text
    return _SIGNS.sub(" ", _MARK.sub(" ", text)).strip().lower()


def _number(name: str) -> str:
    number = _NUMBER.match(_words(name))
    return number[0] if number else _words(name)


def _place(name: str) -> str:
    block = parse(name)
    return block[1].lower() if block else _words(name)
