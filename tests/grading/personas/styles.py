"""Honest learners whose style is another one in every task: each notebook holds eight ways to say the right thing."""

from __future__ import annotations

from tests.grading.personas.notebooks import FULL, Notebook, answer
from tests.grading.personas.persona import ODD, Persona

# by notebook, by task: what the style is, and the answer written in it
STYLES: dict[str, dict[str, tuple[str, str]]] = {
    "modern": {
        "felt-value": ("recursion", "def felt_value(gap):\n    return -2.25 * felt_value(-gap) if gap < 0 else gap ** 0.88"),
        "offsetting-gain": ("walrus", 'def offsetting_gain(loss):\n    return loss * 2.25 ** (1 / 0.88)\nenough = "yes" if (needed := offsetting_gain(8)) <= 20 else "no"'),
        "service-measures": ("named tuple", 'from collections import namedtuple\nMeasures = namedtuple("Measures", "msa mss")\ndef service_measures(perceived, adequate, desired):\n    return Measures(perceived - adequate, perceived - desired)\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)'),
        "place-in-zone": ("match", 'def place(msa, mss):\n    match (msa < 0, mss > 0):\n        case (True, _):\n            return "below"\n        case (_, True):\n            return "above"\n        case _:\n            return "inside"\nshops = {"bakery": (7.1, 5.0, 6.8), "laundry": (6.9, 7.2, 8.4), "cinema": (5.4, 4.6, 7.7)}\nwhere = {place(*service_measures(*three)): name for name, three in shops.items()}\nmend, overspent = where["below"], where["above"]'),
        "stars-per-day": ("decorator", 'from functools import wraps\ndef counted(function):\n    @wraps(function)\n    def wrapper(*args, **kwargs):\n        wrapper.calls += 1\n        return function(*args, **kwargs)\n    wrapper.calls = 0\n    return wrapper\n@counted\ndef stars_per_day(first, second):\n    return (second["mean_review_stars"] - first["mean_review_stars"]) / (second["mean_day"] - first["mean_day"])'),
        "early-and-late": ("f-strings, unpacking", 'rows = delays.set_index("mean_day", drop=False)\nearly, late, *others = (stars_per_day(rows.loc[a], rows.loc[b]) for a, b in [(-17.6, -1.5), (1.0, 6.0), (2.0, 3.5), (-8.1, -4.1)])\nratio, other_ratio = late / early, others[0] / others[1]\nverdict = "supported" if other_ratio >= 25 else "refuted"\nprint(f"{early=:.4f} {late=:.4f} {ratio!r:>20} {other_ratio:,.1f}")'),
        "weighted-stars": ("nested function", 'def weighted_stars(table):\n    def stars(row):\n        nonlocal total\n        total += row["orders"]\n        return row["orders"] * row["mean_review_stars"]\n    total = 0\n    found = table.apply(stars, axis=1).sum()\n    return found / total\ntwo_rows = weighted_stars(rows.loc[[1.0, 3.5]])'),
        "frugal-run": ("simulator's own class", 'from course.simulations import codes\nfrom course.simulations.m01_expectation_gap import ExpectationGap as Gap\nrun, reason = codes.encode_run("m01", Gap(expected=60, disagreement=2, service=60, spread=4.5)), "meets"'),
    },
    "numbers": {
        "felt-value": ("numpy where", "import numpy as np\ndef felt_value(gap):\n    size = np.abs(np.asarray(gap, dtype=float)) ** 0.88\n    return np.where(np.asarray(gap) >= 0, size, -2.25 * size)"),
        "offsetting-gain": ("numpy numbers and texts", 'def offsetting_gain(loss):\n    return np.float64(loss) * np.power(2.25, 1 / 0.88)\nneeded = offsetting_gain(np.int64(8))\nenough = np.where(20 >= needed, "yes", "no").item()'),
        "service-measures": ("an array for a pair", "def service_measures(perceived, adequate, desired):\n    return perceived - np.array([adequate, desired])\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)"),
        "place-in-zone": ("numpy select", 'def place(msa, mss):\n    return str(np.select([msa < 0, mss > 0], ["below", "above"], "inside"))\nimport pandas as pd\nshops = pd.DataFrame({"p": [7.1, 6.9, 5.4], "a": [5.0, 7.2, 4.6], "d": [6.8, 8.4, 7.7]}, index=["bakery", "laundry", "cinema"])\nmend = shops.index[shops.p < shops.a][0]\noverspent = shops.query("p > d").index.item()'),
        "stars-per-day": ("pandas nullable", 'def stars_per_day(first, second):\n    both = ["mean_review_stars", "mean_day"]\n    change = second[both].astype("Float64") - first[both].astype("Float64")\n    return change["mean_review_stars"] / change["mean_day"]'),
        "early-and-late": ("masks, diff, round", 'rows = delays.set_index("mean_day", drop=False)\ndef of(a, b):\n    return stars_per_day(*(row for _, row in delays[delays["mean_day"].isin([a, b])].iterrows()))\nearly, late = of(-17.6, -1.5), of(1.0, 6.0)\nratio = late / early\nother_ratio = of(2.0, 3.5) / of(-8.1, -4.1)\nverdict = ["refuted", "supported"][int(other_ratio >= 25)]'),
        "weighted-stars": ("numpy average", 'def weighted_stars(table):\n    return np.average(table["mean_review_stars"], weights=table["orders"])\ntwo_rows = weighted_stars(rows.loc[[1.0, 3.5]])'),
        "frugal-run": ("a text in a series", 'from course.simulations.codes import encode_run\nfrom course.simulations.m01_expectation_gap import ExpectationGap\nkept = pd.Series({"run": encode_run("m01", ExpectationGap(expected=60, disagreement=2, service=60, spread=4.5)), "reason": "meets"}, dtype="string")\nrun, reason = kept["run"], kept["reason"]'),
    },
    "classes": {
        "felt-value": ("dataclass with a call", "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Felt:\n    alpha: float = 0.88\n    weight: float = 2.25\n    def __call__(self, gap):\n        return gap ** self.alpha if gap >= 0 else -self.weight * (-gap) ** self.alpha\nfelt_value = Felt()"),
        "offsetting-gain": ("static and class method", 'class Prospect:\n    weight = 2.25\n    @staticmethod\n    def root(alpha=0.88):\n        return 1 / alpha\n    @classmethod\n    def offset(cls, loss):\n        return loss * cls.weight ** cls.root()\noffsetting_gain = Prospect.offset\nneeded = offsetting_gain(8)\nenough = {True: "yes", False: "no"}[20 >= needed]'),
        "service-measures": ("inheritance, property", "class Service:\n    def __init__(self, perceived, adequate, desired):\n        self.perceived, self.adequate, self.desired = perceived, adequate, desired\nclass Measured(Service):\n    @property\n    def both(self):\n        return [self.perceived - self.adequate, self.perceived - self.desired]\ndef service_measures(*three):\n    return Measured(*three).both\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)"),
        "place-in-zone": ("enum", 'from enum import Enum\nclass Place(Enum):\n    BELOW, INSIDE, ABOVE = "below", "inside", "above"\n    @classmethod\n    def of(cls, msa, mss):\n        return cls.BELOW if msa < 0 else cls.ABOVE if mss > 0 else cls.INSIDE\ndef place(msa, mss):\n    return Place.of(msa, mss).value\nmend, overspent = "laundry", "bakery"'),
        "stars-per-day": ("operators", 'from operator import itemgetter, sub, truediv\nfrom functools import reduce\nboth = itemgetter("mean_review_stars", "mean_day")\ndef stars_per_day(first, second):\n    return reduce(truediv, map(sub, both(second), both(first)))'),
        "early-and-late": ("lazy attributes", 'from functools import cached_property\nclass Slopes:\n    rows = delays.set_index("mean_day", drop=False)\n    def __getitem__(self, pair):\n        return stars_per_day(self.rows.loc[pair[0]], self.rows.loc[pair[1]])\n    @cached_property\n    def other(self):\n        return self[2.0, 3.5] / self[-8.1, -4.1]\nslopes = Slopes()\nearly, late, other_ratio = slopes[-17.6, -1.5], slopes[1.0, 6.0], slopes.other\nratio = late / early\nverdict = "supported" if other_ratio >= 25 else "refuted"'),
        "weighted-stars": ("generator expression", "def weighted_stars(table):\n    return sum(row.orders * row.mean_review_stars for row in table.itertuples()) / sum(table.orders)\ntwo_rows = weighted_stars(Slopes.rows.loc[[1.0, 3.5]])"),
        "frugal-run": ("a text of its own class", 'from course.simulations.codes import encode_run\nfrom course.simulations.m01_expectation_gap import ExpectationGap\nclass Code(str):\n    """A run\'s code."""\nrun = Code(encode_run("m01", ExpectationGap(expected=60, disagreement=2, service=60, spread=4.5)))\nreason = Code("meets")'),
    },
    "plain": {
        "felt-value": ("globals", "ALPHA = 0.88\ncalls = 0\ndef felt_value(gap):\n    global calls\n    calls += 1\n    if gap < 0:\n        return -2.25 * (-gap) ** ALPHA\n    else:\n        return gap ** ALPHA"),
        "offsetting-gain": ("a loop that comes near", 'def offsetting_gain(loss):\n    low, high = 0.0, 10.0 * loss\n    while high - low > 1e-9:\n        middle = (low + high) / 2\n        if middle ** 0.88 < 2.25 * loss ** 0.88:\n            low = middle\n        else:\n            high = middle\n    return high\nneeded = offsetting_gain(8)\nenough = "yes" * (needed <= 20) or "no"'),
        "service-measures": ("lambda, keywords", "service_measures = lambda perceived, adequate, desired: (perceived - adequate, perceived - desired)\nshop_msa, shop_mss = service_measures(**dict(perceived=6.3, desired=7.4, adequate=5.2))"),
        "place-in-zone": ("assert, enumerate, break", 'def place(msa, mss):\n    assert msa >= mss, "the adequate level lies below the desired one"\n    words = ["below", "inside", "above"]\n    return words[(msa >= 0) + (mss > 0)]\nnames = ["bakery", "laundry", "cinema"]\nlevels = [(7.1, 5.0, 6.8), (6.9, 7.2, 8.4), (5.4, 4.6, 7.7)]\nfor number, (p, a, d) in enumerate(levels):\n    if p < a:\n        mend = names[number]\n        break\noverspent = names[0]'),
        "stars-per-day": ("try, finally", 'def stars_per_day(first, second):\n    try:\n        return (second.mean_review_stars - first.mean_review_stars) / (second.mean_day - first.mean_day)\n    except ZeroDivisionError:\n        return float("nan")\n    finally:\n        pass'),
        "early-and-late": ("prints and comments", 'rows = delays.set_index("mean_day", drop=False)\n# 早到\nearly = stars_per_day(rows.loc[-17.6], rows.loc[-1.5]); print("early", early)\n# 迟到\nlate = stars_per_day(rows.loc[1.0], rows.loc[6.0]); print("late", late)\nratio = round(late / early, 6)\nother_ratio = stars_per_day(rows.loc[2.0], rows.loc[3.5]) / stars_per_day(rows.loc[-8.1], rows.loc[-4.1])\nverdict = "supported"\nif not other_ratio >= 25:\n    verdict = "refuted"'),
        "weighted-stars": ("rows one by one", 'def weighted_stars(table):\n    total, count = 0, 0\n    for _, row in table.iterrows():\n        total += row["orders"] * row["mean_review_stars"]\n        count += row["orders"]\n    return total / count\ntwo_rows = weighted_stars(rows.loc[[1.0, 3.5]])'),
        "frugal-run": ("spaces and lines around", 'from course.simulations.codes import encode_run\nfrom course.simulations.m01_expectation_gap import ExpectationGap\nrun = """\n  """ + encode_run("m01", ExpectationGap(expected=60, disagreement=2, service=60, spread=4.5)) + "  \\n"\nreason = " meets "'),
    },
    "exact": {
        "felt-value": ("names in Chinese", "敏感度, 损失权重 = 0.88, 2.25\ndef felt_value(差距):\n    大小 = abs(差距) ** 敏感度\n    return 大小 if 差距 >= 0 else -损失权重 * 大小"),
        "offsetting-gain": ("Decimal", 'from decimal import Decimal\ndef offsetting_gain(loss):\n    return Decimal(loss) * Decimal("2.25") ** (1 / Decimal("0.88"))\nneeded = offsetting_gain(8)\nenough = "yes" if needed <= 20 else "no"'),
        "service-measures": ("Decimals in a tuple", "def service_measures(perceived, adequate, desired):\n    p, a, d = (Decimal(str(one)) for one in (perceived, adequate, desired))\n    return p - a, p - d\nshop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)"),
        "place-in-zone": ("capitals", 'def place(msa, mss):\n    return "BELOW" if msa < 0 else "Above" if mss > 0 else "Inside"\nmend, overspent = "Laundry", "Bakery"'),
        "stars-per-day": ("type hints", 'from __future__ import annotations\nfrom collections.abc import Mapping\ndef stars_per_day(first: Mapping[str, float], second: Mapping[str, float]) -> float:\n    rise: float = second["mean_review_stars"] - first["mean_review_stars"]\n    run_: float = second["mean_day"] - first["mean_day"]\n    return rise / run_'),
        "early-and-late": ("pure functions, map", 'rows = delays.set_index("mean_day", drop=False)\nearly, late, above, below = map(lambda pair: stars_per_day(rows.loc[pair[0]], rows.loc[pair[1]]), ((-17.6, -1.5), (1.0, 6.0), (2.0, 3.5), (-8.1, -4.1)))\nratio, other_ratio = late / early, above / below\nverdict = other_ratio >= 25 and "supported" or "refuted"'),
        "weighted-stars": ("assign, pipe, nullable integers", 'def weighted_stars(table):\n    table = table.astype({"orders": "Int64"}).assign(both=lambda t: t["orders"] * t["mean_review_stars"])\n    return table[["orders", "both"]].sum().pipe(lambda sums: sums["both"] / sums["orders"])\ntwo_rows = weighted_stars(rows.loc[[1.0, 3.5]])'),
        "frugal-run": ("joined and formatted", 'from course.simulations.codes import encode_run\nfrom course.simulations.m01_expectation_gap import ExpectationGap\nrun = "{}".format("".join(list(encode_run("m01", ExpectationGap(**{"expected": 60, "disagreement": 2, "service": 60, "spread": 4.5})))))\nreason = "".join(["me", "ets"])'),
    },
    "notebook": {
        "felt-value": ("%%time", "%%time\ndef felt_value(gap):\n    return gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88\nfelt_value(3)"),
        "offsetting-gain": ("%%capture", '%%capture kept\ndef offsetting_gain(loss):\n    return loss * 2.25 ** (1 / 0.88)\nneeded = offsetting_gain(8)\nenough = "yes" if 20 >= needed else "no"\nprint(needed)'),
        "service-measures": ("main guard", 'def service_measures(perceived, adequate, desired):\n    """Return MSA and MSS.\n\n    >>> service_measures(1, 1, 1)\n    (0, 0)\n    """\n    return perceived - adequate, perceived - desired\nif __name__ == "__main__":\n    import doctest\n    doctest.testmod()\n    shop_msa, shop_mss = service_measures(6.3, 5.2, 7.4)'),
        "place-in-zone": ("tabs and semicolons", 'def place(msa, mss):\n\tif msa < 0: return "below"\n\tif mss > 0: return "above"\n\treturn "inside"\nmend = "laundry"; overspent = "bakery";'),
        "stars-per-day": ("context manager", 'from contextlib import contextmanager\n@contextmanager\ndef change(first, second):\n    yield second["mean_review_stars"] - first["mean_review_stars"], second["mean_day"] - first["mean_day"]\ndef stars_per_day(first, second):\n    with change(first, second) as (stars, days):\n        return stars / days'),
        "early-and-late": ("%timeit, display, del", 'rows = delays.set_index("mean_day", drop=False)\n%timeit -n1 -r1 stars_per_day(rows.loc[1.0], rows.loc[6.0])\nearly = stars_per_day(rows.loc[-17.6], rows.loc[-1.5])\nlate = stars_per_day(rows.loc[1.0], rows.loc[6.0])\nratio = late / early\ndisplay(delays.head())\nhelper = stars_per_day(rows.loc[2.0], rows.loc[3.5])\nother_ratio = helper / stars_per_day(rows.loc[-8.1], rows.loc[-4.1])\ndel helper\nverdict = "supported" if other_ratio >= 25 else "refuted"'),
        "weighted-stars": ("async", 'import asyncio\nasync def stars(table):\n    await asyncio.sleep(0)\n    return (table["orders"] * table["mean_review_stars"]).sum()\nasked = await stars(rows.loc[[1.0, 3.5]])\ndef weighted_stars(table):\n    return table["orders"].dot(table["mean_review_stars"]) / table["orders"].sum()\ntwo_rows = asked / rows.loc[[1.0, 3.5], "orders"].sum()'),
        "frugal-run": ("after other things", 'import random\nrandom.seed(7)\nsquares = {n: n * n for n in range(10) if n % 2}\nfrom course.simulations.codes import encode_run\nfrom course.simulations.m01_expectation_gap import ExpectationGap\nrun = encode_run("m01", ExpectationGap(expected=60, disagreement=2, service=60, spread=4.5))\nreason = "meets"\nsquares'),
    },
}  # fmt: skip


def styled(notebook: Notebook, style: str) -> None:
    """Write every answer of a notebook in its own style."""
    for task, (_name, source) in STYLES[style].items():
        answer(notebook, task, source)


def _in(style: str) -> Persona:
    return Persona(f"honest_style_{style}", FULL, "graded", lambda notebook: styled(notebook, style))


ODD.extend(_in(style) for style in STYLES)
