"""Numbers as readers expect them in a sentence."""

from __future__ import annotations

import re

_MINUS = re.compile(r"(?<![\w-])-(?=\d)")


def real_minus(text: str) -> str:
    """Return the text with a real minus before negative numbers; dates and hyphens stay.

    >>> real_minus("-0.82 on 2025-03-18, m-3")
    '−0.82 on 2025-03-18, m-3'
    """
    return _MINUS.sub("−", text)
