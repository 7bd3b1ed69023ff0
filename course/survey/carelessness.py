"""Signs of answers given without care. Each is counted and shown; leaving anybody out is the owner's choice.

Source: Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data. Psychological Methods, 17(3),
437–455, for time and consistency as signs. The limits (30% of the median, five in a minute) are ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.durations import seconds
from course.survey.ledger import Ledger
from course.survey.plan import DATE, DURATION, EXPECTATION, PERCEPTION, Plan
from course.survey.reading import RawSurvey
from course.survey.values import Column, Numbers, plain

CHECKS = {
    "straight": N_("ticked the same answer throughout"),
    "fast": N_("took less than 30% of the median time"),
    "same": N_("gave exactly the answers of somebody before them"),
    "minute": N_("answered in the same minute as four or more others"),
}
ENOUGH, CROWD, FAST = 8, 5, 0.3
MINUTE = re.compile(r".*?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?", re.I)
Mask = NDArray[np.bool_]
_FOUND = {
    "fast": N_("Customers who took less than 30% of the median time ({median:.0f} seconds): {count}{fate}"),
    "same": N_("Customers whose ratings repeat those of somebody before them in every question: {count}{fate}"),
    "minute": N_("Customers who answered in the same minute as four or more others: {count}{fate}"),
}
KEPT, LEFT = N_(". They are kept; you can leave them out."), N_(", left out.")


def further(
    raw: RawSurvey, plan: Plan, lists: dict[str, Numbers], kept: Mask, straight: Mask, ledger: Ledger
) -> dict[str, Mask]:
    """Return who fails each check besides "straight", of those kept; what was counted is written down."""
    rated = [lists[name] for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    checks: dict[str, tuple[Mask, dict[str, float]]] = {}
    if names := plan.columns(DURATION):
        checks["fast"] = _fast(raw.columns[names[0]])
    if len(rated) >= ENOUGH:
        checks["same"] = _same(rated) & ~straight, {}
    if names := plan.columns(DATE):
        checks["minute"] = _crowded(raw.columns[names[0]]), {}
    found = {}
    for key, (mask, values) in checks.items():
        found[key] = mask & kept
        if count := int(found[key].sum()):
            fate = Message(LEFT if key in plan.leave_out else KEPT)
            ledger.add(key, count, _FOUND[key], fate=fate, **values)
    return found


def _fast(column: Column) -> tuple[Mask, dict[str, float]]:
    each = np.array([np.nan if (value := seconds(text)) is None else value for text in column.texts] or [np.nan])
    taken = each[column.codes]
    known = taken[~np.isnan(taken)]
    if not known.size:
        return np.zeros(len(taken), dtype=bool), {"median": 0.0}
    median = float(np.median(known))
    return taken < FAST * median, {"median": median}


def _same(rated: Sequence[Numbers]) -> Mask:
    """Two who agree on eight questions by chance are rare where answers vary."""
    mixed = np.zeros(len(rated[0]), dtype=np.uint64)
    for values in rated:
        bits = np.where(np.isnan(values), -1.0, values).view(np.uint64)
        mixed = (mixed ^ bits) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.asarray(pd.Series(mixed).duplicated().to_numpy())


def _crowded(column: Column) -> Mask:
    minutes: dict[str, int] = {}
    places = []
    for text in column.texts:
        found = MINUTE.match(plain(text))
        minute = re.sub(r"(\d{1,2}:\d{2}):\d{2}", r"\1", found[0]) if found else ""
        places.append(minutes.setdefault(minute, len(minutes)) if minute else -1)
    each = np.array(places or [-1])[column.codes]
    counts = np.bincount(each[each >= 0], minlength=max(len(minutes), 1))
    return np.where(each >= 0, counts[np.maximum(each, 0)] >= CROWD, False)
