"""Which columns belong together, and what is asked where blocks, or columns without a mark, can hold two things."""

from __future__ import annotations

from collections.abc import Mapping

from course.i18n import N_
from course.i18n.message import Message
from course.survey import words
from course.survey.blocks import Block
from course.survey.blocks import ask as block_ask
from course.survey.blocks import blocks as blocks_of
from course.survey.blocks import uses as block_uses
from course.survey.columns import holds_ratings, is_marked, may_be_rated
from course.survey.messages import quote
from course.survey.plan import (
    EXPECTATION,
    IGNORE,
    PERCEPTION,
    RECOMMEND,
    SATISFACTION,
    Choice,
    Question,
    Use,
)
from course.survey.reading import RawSurvey
from course.survey.texts import mean_of

FEWEST_LEFT, NAMED = 3, 4
Uses = Mapping[str, Use]
_WHICH = {
    RECOMMEND: N_("Several columns ask for a recommendation. Which one counts?"),
    SATISFACTION: N_("Several columns ask for satisfaction. Which one is the overall satisfaction?"),
}
_UNMARKED = N_("{columns}: other headers say expectation or perception, here none does. What was measured?")
_REST = N_("{columns}: these hold ratings, but their headers do not say what they measure. What do they hold?")


def ask(raw: RawSurvey, first: Uses) -> tuple[Question, ...]:
    """Return the questions what blocks and unexplained columns hold, and which one of two columns counts.

    `first`: the use of each column by itself.
    """
    found = _blocks(raw, first)
    in_blocks = _of(found)
    questions = list(block_ask(found, lambda names: mean_of(raw, names)))
    if names := _unmarked(first, in_blocks):
        questions.append(_ask_role(raw, "unmarked", names, _UNMARKED, PERCEPTION))
    names = _rest(raw, first, in_blocks)
    if len(names) >= FEWEST_LEFT:
        questions.append(_ask_role(raw, "rest", names, _REST, IGNORE))
    for role in _WHICH:
        names = [name for name, use in first.items() if use.role == role and name not in in_blocks]
        if len(names) > 1:
            questions.append(_ask_which(raw, role, names))
    return tuple(questions)


def uses(raw: RawSurvey, first: Uses, answers: Mapping[str, str]) -> dict[str, Use]:
    """Return the uses of columns in blocks, and of those without a mark, by the answers to `ask`."""
    found = _blocks(raw, first)
    given = block_uses(found, dict(answers)) if found else {}
    # what says by itself what it is stays so, where no question is about its block
    for block in found:
        if block.role is None and f"block:{block.stem}" not in answers and "blocks" not in answers:
            given = {name: use for name, use in given.items() if name not in block.columns}
    given = {name: _kept(first[name], use) for name, use in given.items()}
    in_blocks = _of(found)
    if "unmarked" in answers:
        given |= {name: Use(answers["unmarked"], first[name].dimension) for name in _unmarked(first, in_blocks)}
    if "rest" in answers:
        given |= {name: Use(answers["rest"]) for name in _rest(raw, first, in_blocks)}
    return {name: Use(IGNORE) if use.role == IGNORE else use for name, use in given.items()}


def _kept(use: Use, given: Use) -> Use:
    return Use(given.role, given.dimension or use.dimension) if given.role != IGNORE else given


def _blocks(raw: RawSurvey, first: Uses) -> tuple[Block, ...]:
    return blocks_of([name for name, use in first.items() if may_be_rated(raw.columns[name], use)])


def _of(blocks: tuple[Block, ...]) -> frozenset[str]:
    return frozenset(name for block in blocks for name in block.columns)


def _unmarked(first: Uses, in_blocks: frozenset[str]) -> list[str]:
    """Return columns of a dimension that say neither expectation nor perception, though others do."""
    rated = [name for name, use in first.items() if use.role in (EXPECTATION, PERCEPTION)]
    without = [name for name in rated if not is_marked(name)]
    return [name for name in without if name not in in_blocks] if len(without) < len(rated) else []


def _rest(raw: RawSurvey, first: Uses, in_blocks: frozenset[str]) -> list[str]:
    return [
        name
        for name, use in first.items()
        if use.role == IGNORE
        and name not in in_blocks
        and may_be_rated(column := raw.columns[name], use)
        and (holds_ratings(column) or words.is_known(column))
    ]


def _ask_role(raw: RawSurvey, key: str, names: list[str], text: str, suggested: str) -> Question:
    effect = _mean(raw, names)
    shown = [*map(quote, names[:NAMED]), *(["…"] if len(names) > NAMED else [])]
    choices = (
        Choice(PERCEPTION, Message(N_("Perception: how it was")), effect),
        Choice(EXPECTATION, Message(N_("Expectation: how it should be")), effect),
        Choice(IGNORE, Message(N_("Something else: not used"))),
    )
    return Question(key, tuple(names), Message(text, columns=shown), choices, suggested)


def _ask_which(raw: RawSurvey, role: str, names: list[str]) -> Question:
    choices = tuple(Choice(name, Message("{name}", name=quote(name)), _mean(raw, [name])) for name in names)
    return Question(f"one:{role}", tuple(names), Message(_WHICH[role]), choices, names[0])


def _mean(raw: RawSurvey, names: list[str]) -> Message | None:
    mean = mean_of(raw, names)
    return None if mean is None else Message(N_("Its mean would be {mean:.2f}."), mean=mean)
