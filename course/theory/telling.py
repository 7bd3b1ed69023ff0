"""Good and bad word of mouth: how many hear of each, and how good one must be for them to cancel.

The balance is arithmetic. It takes every listener to weigh the same, and counts who is told, not who is moved; how many
each guest tells is what surveys asked people to say of themselves (American Express, 2011, 2012, 2017).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("american-express-2011",)


def balance(share_good: ArrayLike, told_good: float, told_bad: float) -> NDArray[np.float64]:
    """Return p g − (1 − p) b: how many more hear good than bad, per guest.

    `share_good` p (0 to 1) of the guests tell `told_good` g people, the others tell `told_bad` b. Raises `ValueError` out
    of range.
    """
    good = np.asarray(share_good, dtype=float)
    if not np.all((good >= 0) & (good <= 1)) or told_good < 0 or told_bad < 0:
        raise ValueError("the share lies from 0 to 1, and nobody tells fewer than 0 people")
    return np.asarray(good * told_good - (1 - good) * told_bad)


def tipping_share(told_good: float, told_bad: float) -> float:
    """Return b/(g + b), the share of good experiences at which `balance` is 0. Raises `ValueError` where nobody tells."""
    if told_good < 0 or told_bad < 0 or told_good + told_bad == 0:
        raise ValueError("nobody tells fewer than 0 people, and somebody must tell")
    return told_bad / (told_good + told_bad)
