"""Pairs of hand-ins that share more unusual pieces than chance explains: a reason to look, and no proof.

Short tasks have few right answers, so equal code says little by itself. What counts is what hardly anybody else wrote.
Code is cut into runs of five tokens, with names that the learner chose made alike and comments left out; prose into runs
of four words (of Chinese, characters). Runs that stand in the exercise or in the model solution do not count, nor do
those of more than one learner in twenty (at least four). Two hand-ins are listed where they share at least twelve of the
runs that remain, and these are at least 60% of what the shorter one has.

The two bounds are a choice. In the tests' class of sixty, honest pairs share at most a handful; a copy with new names
and comments shares nearly all. Runs of tokens: Schleimer, Wilkerson & Aiken (2003), Winnowing: Local algorithms for
document fingerprinting, SIGMOD, 76–85, https://doi.org/10.1145/872757.872770
"""

from __future__ import annotations

import builtins
import io
import keyword
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

CODE_RUN, PROSE_RUN = 5, 4
FEWEST_SHARED = 12
SHARE = 0.6
USUAL = 0.05
_LEFT_OUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER}
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two learners, how many unusual runs they share, and which part that is of what the shorter one has."""

    one: str
    other: str
    shared: int
    share: float


@dataclass(frozen=True)
class Answer:
    """One answer to one task: code or prose."""

    task: str
    source: str
    prose: bool = False


def similar(answers: Mapping[str, Iterable[Answer]], known: Iterable[Answer]) -> list[Pair]:
    """Return the conspicuous pairs among learners, the most alike first. `known` is what all were given, and the solution."""
    given: set[Run] = set()
    for answer in known:
        given |= runs(answer)
    own = {student: _all(given_answers) - given for student, given_answers in answers.items()}
    holders: dict[Run, list[str]] = defaultdict(list)
    for student, found in own.items():
        for run in found:
            holders[run].append(student)
    limit = max(4, USUAL * len(own))
    unusual = Counter(student for who in holders.values() if len(who) <= limit for student in who)
    shared: Counter[tuple[str, str]] = Counter()
    for who in holders.values():
        if 1 < len(who) <= limit:
            shared.update(combinations(sorted(who), 2))
    pairs = [
        Pair(one, other, count, count / min(unusual[one], unusual[other]))
        for (one, other), count in shared.items()
        if count >= FEWEST_SHARED
    ]
    return sorted(
        (pair for pair in pairs if pair.share >= SHARE),
        key=lambda pair: (-pair.share, -pair.shared, pair.one, pair.other),
    )


def runs(answer: Answer) -> set[Run]:
    """Return the runs of one answer, each with its task in front."""
    tokens = _words(answer.source) if answer.prose else _tokens(answer.source)
    size = PROSE_RUN if answer.prose else CODE_RUN
    return {(answer.task, *tokens[at : at + size]) for at in range(len(tokens) - size + 1)}


def _all(answers: Iterable[Answer]) -> set[Run]:
    return set().union(*(runs(answer) for answer in answers))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _tokens(source: str) -> list[str]:
    """Return code as tokens; names that it binds itself become v1, v2, …, in the order in which they come."""
    try:
        found = [
            token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in _LEFT_OUT
        ]
    except (tokenize.TokenError, SyntaxError):
        # code that is no Python is compared word by word
        return re.findall(r"\w+|\S", source)
    names: dict[str, str] = {}
    tokens: list[str] = []
    for before, token in zip([None, *found], found, strict=False):
        text = token.string
        if token.type == tokenize.NAME and not keyword.iskeyword(text) and not hasattr(builtins, text):
            of_something = before is not None and before.string == "."
            text = text if of_something else names.setdefault(text, f"v{len(names) + 1}")
        elif token.type == tokenize.INDENT:
            text = "indent"
        elif token.type == tokenize.DEDENT:
            text = "dedent"
        tokens.append(text)
    return tokens
