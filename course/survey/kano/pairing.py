"""Which two columns ask about one feature: by tags in their names, by a negation, or by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from course.survey.values import plain

_TAG_WITHOUT = re.compile(
    r"dys-?functional|\bnegative\b|反向|负向|逆向|[（(\[]?(?<![a-z])without(?![a-z])[）)\]]?|(?<=[\w\s])[\s_.\-]d$|^d(?=[\s_.\-]?\d|[_.\-])",
    re.I,
)
_TAG_WITH = re.compile(
    r"(?<!dys)(?<!dys-)functional|\bpositive\b|正向|(?<![a-z])with(?![a-z])|(?<=[\w\s])[\s_.\-]f$|^f(?=[\s_.\-]?\d|[_.\-])",
    re.I,
)
_NOT = re.compile(r"\b(?:no|not|never|lacks?|lacking|without|absent|cannot)\b|n[’']t\b|没有|没|不|无|缺少|取消", re.I)
_FILLER = re.compile(
    r"\b(?:if|there|is|are|was|were|do|does|did|has|have|had|would|could|can|will|be|a|an|any|the|how|you|your|feel|ca|wo)\b|"
    r"如果|假如|若|您|你|感觉|觉得|如何|怎么样|怎样|会|有|提供|具备|能|可以|是",
    re.I,
)
_CODE = re.compile(r"^\s*(?:q|v|第)?\d+(?:[a-z]\b|[.、:：_)]\d*)*题?\s*[.、:：)_-]?\s*(?=\D)", re.I)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Pair:
    """A feature and its two columns: about it being there, and about its absence."""

    feature: str
    functional: str
    dysfunctional: str


def by_names(names: Sequence[str]) -> tuple[Pair, ...]:
    """Return the pairs that the names tell, in the order of the file; none where they tell none."""
    return _tagged(names) or _negated(names)


def by_order(names: Sequence[str], order: str) -> tuple[Pair, ...]:
    """Return pairs of neighbours ("adjacent") or of the first half with the second ("halves"); an odd column is left over."""
    half = len(names) // 2
    if order.startswith("halves"):
        both = zip(names[:half], names[half : 2 * half], strict=True)
    else:
        both = zip(names[: 2 * half : 2], names[1 : 2 * half : 2], strict=True)
    return tuple(Pair(first, first, second) for first, second in both)


def swapped(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return the pairs with the two questions the other way round."""
    return tuple(Pair(pair.feature, pair.dysfunctional, pair.functional) for pair in pairs)


def _tagged(names: Sequence[str]) -> tuple[Pair, ...]:
    groups: dict[str, dict[bool, list[str]]] = {}
    shown: dict[str, str] = {}
    for name in names:
        text = plain(name)
        without = bool(_TAG_WITHOUT.search(text))
        if not without and not _TAG_WITH.search(text):
            continue
        bare = (_TAG_WITHOUT if without else _TAG_WITH).sub(" ", text)
        key = _SIGNS.sub(" ", bare).strip().lower()
        groups.setdefault(key, {}).setdefault(without, []).append(name)
        shown.setdefault(key, " ".join(bare.replace("_", " ").split()).strip(" -:：._,，()（）[]") or key)
    return tuple(
        Pair(shown[key] or group[False][0], group[False][0], group[True][0])
        for key, group in groups.items()
        if [len(group.get(without, ())) for without in (False, True)] == [1, 1]
    )


def _negated(names: Sequence[str]) -> tuple[Pair, ...]:
    groups: dict[str, list[str]] = {}
    for name in names:
        text = _CODE.sub("", plain(name))
        key = _SIGNS.sub(" ", _FILLER.sub(" ", _NOT.sub(" ", text))).strip().lower()
        groups.setdefault("".join(key.split()), []).append(name)
    found = []
    for group in groups.values():
        if len(group) != 2:
            continue
        first, second = (bool(_NOT.search(plain(name))) for name in group)
        if first != second:
            there, absent = group if second else group[::-1]
            found.append(Pair(_CODE.sub("", there), there, absent))
    return tuple(found)
