"""Answers to the practice sheet of m00, for `tests/grading/assignment/test_assignments.py`."""

from __future__ import annotations

ACCEPTED = {
    "the fee in two steps": ("fee", "price = 12 * 4.2\nsaved = price - 45"),
    "the factor first": ("wait", "def felt(minutes, factor):\n    return factor * minutes"),
    "every bound written out": (
        "kind",
        'def kind(answer):\n    if answer < 7:\n        return "detractor"\n    if answer == 7 or answer == 8:\n'
        '        return "passive"\n    return "promoter"',
    ),
    "a sum of comparisons": (
        "kept",
        "def count_kept(promised, arrived):\n    return sum(a <= p for p, a in zip(promised, arrived))",
    ),
    "sum and len": ("mend", "def mean(stars):\n    return sum(stars) / len(stars)"),
    "with query": (
        "table",
        'late = parcels.query("mean_day > 0")\nlate_orders = int(late["orders"].sum())\n'
        'late_stars = (late["mean_review_stars"] * late["orders"]).sum() / late_orders',
    ),
}

VISIBLY_WRONG = {
    "the fee minus the price": ("fee", "saved = 45 - 12 * 4.2", "other way round"),
    "one delivery": ("fee", "saved = 4.2 - 45", "cost 50.40"),
    "a typed-in number": ("wait", "def felt(minutes, factor):\n    return 5", "use what it is given"),
    "nothing returned": ("wait", "def felt(minutes, factor):\n    minutes * factor", "return"),
    "seven is a detractor": (
        "kind",
        'def kind(answer):\n    if answer >= 9:\n        return "promoter"\n    if answer > 7:\n'
        '        return "passive"\n    return "detractor"',
        "gives 7 is a passive",
    ),
    "before the promised day only": (
        "kept",
        "def count_kept(promised, arrived):\n    count = 0\n    for k in range(len(promised)):\n"
        "        if arrived[k] < promised[k]:\n            count = count + 1\n    return count",
        "has kept the promise",
    ),
    "returned in the loop": (
        "kept",
        "def count_kept(promised, arrived):\n    count = 0\n    for k in range(len(promised)):\n"
        "        if arrived[k] <= promised[k]:\n            count = count + 1\n        return count",
        "two of these three",
    ),
    "divided by four": ("mend", "def mean(stars):\n    return sum(stars) / 4", "By what does the function divide"),
    "the promised day counted as late": (
        "table",
        'late = parcels[parcels["mean_day"] >= 0]\nlate_orders = late["orders"].sum()\nlate_stars = 2.1',
        "promised day itself is not",
    ),
    "the plain mean": (
        "table",
        'late = parcels[parcels["mean_day"] > 0]\nlate_orders = late["orders"].sum()\n'
        'late_stars = late["mean_review_stars"].mean()',
        "every order count once",
    ),
}

# the sheet is practice: nothing is hidden
WRONG_WHERE_NOBODY_LOOKS: dict[str, tuple[str, str]] = {}
