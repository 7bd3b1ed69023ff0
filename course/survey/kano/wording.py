"""Which of Kano's five answers a text is: by its words, Chinese or English, or by a number from 1 to 5."""

from __future__ import annotations

import re

from course.i18n import N_
from course.survey.values import is_missing, label_of, plain

LIKE, MUST, NEUTRAL, LIVE, DISLIKE = 1, 2, 3, 4, 5
ANSWERS = {
    LIKE: N_("I like it"),
    MUST: N_("It must be so"),
    NEUTRAL: N_("I am neutral"),
    LIVE: N_("I can live with it"),
    DISLIKE: N_("I dislike it"),
}
_BARE = re.compile(r"[1-5](?:[.,]0+)?$")
# the first that fits counts: “I dislike it, but I can live with it” bears it, “I can't accept it” does not
_WORDS: tuple[tuple[re.Pattern[str], frozenset[int]], ...] = tuple(
    (re.compile(pattern, re.I), frozenset(answers))
    for pattern, answers in (
        (
            r"(?:can\s?not|can[’']?t|unable to) (?:accept|live|stand|tolerate|bear)|unacceptable|major problem|"
            r"(?:不能|无法|難以|难以)(?:接受|忍受|容忍)",
            (DISLIKE,),
        ),
        (r"live with|tolerate|put up with|minor inconvenience|bear it|勉强|勉強|忍受|容忍|凑合|將就|将就", (LIVE,)),
        (r"dislike|(?:don[’']?t|do not) like|hate|unhappy|dissatisf|不喜欢|不喜歡|讨厌|厌恶|不满|不高兴|很差", (DISLIKE,)),
        # between bearing and not minding
        (r"acceptable|\baccept\b|\bok(?:ay)?\b|\bfine\b|可以接受|能接受|都可以|还可以|一般", (NEUTRAL, LIVE)),
        (r"neutral|(?:don[’']?t|do not) (?:care|mind)|indifferent|not affect|无所谓|無所謂|中立|没感觉|不在乎|不影响", (NEUTRAL,)),
        (r"\bmust\b|expect|necess|requirement|take.* for granted|理应|理應|理所|必须|必須|必要|应该|應該|应当|本该|必需", (MUST,)),
        (r"\blike|enjoy|helpful|\blove|happy|pleased|delight|satisf|喜欢|喜歡|满意|高兴|很好|开心|惊喜", (LIKE,)),
    )
)  # fmt: skip


def readings(text: str) -> frozenset[int]:
    """Return the answers that the words of a text may mean: one, several where it can be read in two ways, or none.

    >>> readings("I like it that way"), readings("勉强可以接受"), sorted(readings("可以接受"))
    (frozenset({1}), frozenset({4}), [3, 4])
    """
    words = label_of(text) or plain(text)
    return next((answers for pattern, answers in _WORDS if pattern.search(words)), frozenset())


def bare(text: str) -> int | None:
    """Return the number of an answer given as a number alone, from 1 to 5, otherwise None."""
    given = plain(text).removesuffix("分").strip()
    return int(given[0]) if _BARE.match(given) else None


def none(text: str) -> bool:
    """Say whether a text stands for no answer."""
    return is_missing(text)
