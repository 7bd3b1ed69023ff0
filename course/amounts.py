"""Amounts as readers expect them in a sentence: rounded half up, grouped by thousands, without a sign on nothing.

The page writes them the same way (`course/ui/page/amounts.js`); `tests/ui/js/amounts.json` holds both to one table.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

MILLIONS, THOUSANDS = "百万", "千"
_LABELLED_THOUSANDS = re.compile(r"(?:^|(?<=（))千(?=[元人])")
_SPEC = re.compile(r"([+]?),?\.(\d)([f%])")


def rounded(number: float, digits: int, *, sign: bool = False, percent: bool = False) -> str:
    """Return `number` with `digits` decimals; with `sign`, a plus before what is above nothing.

    >>> rounded(-0.04, 1), rounded(1616, 0), rounded(2.5, 0), rounded(0.27, 0, percent=True)
    ('0.0', '1,616', '3', '27%')
    """
    with localcontext(rounding=ROUND_HALF_UP, prec=60):
        text = f"{abs(Decimal(number) * (100 if percent else 1)):,.{digits}f}"
    nothing = not text.strip("0.,")
    before = "" if nothing else "−" if number < 0 else "+" if sign else ""
    return f"{before}{text}{'%' if percent else ''}"


def counted(number: float, digits: int, unit: str, *, sign: bool = False) -> str:
    """Return the amount with its unit: `one|many`, or 百万… and 千…, which are told in 万 and 亿.

    >>> counted(1, 0, "day|days"), counted(34.6, 1, "百万元"), counted(346, 0, "百万元"), counted(36, 0, "千元")
    ('1 day', '3,460 万元', '3.46 亿元', '3.6 万元')
    """
    if unit.startswith(MILLIONS):
        large = abs(number) >= 100
        scaled, places, power = (number / 100, 2, "亿") if large else (number * 100, 0, "万")
        return f"{rounded(scaled, places, sign=sign)} {power}{unit.removeprefix(MILLIONS)}"
    if unit.startswith(THOUSANDS):
        scaled, places, power = (number / 10, 1, "万") if abs(number) >= 10 else (number * 1000, 0, "")
        return f"{rounded(scaled, places, sign=sign)} {power}{unit.removeprefix(THOUSANDS)}"
    text = rounded(number, digits, sign=sign)
    one, _bar, many = unit.partition("|")
    word = one if not many or text.strip("+−") == "1" else many
    return f"{text}{'' if word.startswith('%') else ' '}{word}".strip()


def large_unit(label: str, most: float = 0) -> tuple[str, float]:
    """Return a label, and what the numbers under it are told times: 百万… in 万 (from 200 on in 亿), 千… in 万.

    >>> large_unit("百万元/季", 140), large_unit("百万元", 800), large_unit("顾客（千人）"), large_unit("千分之几")
    (('万元/季', 100), ('亿元', 0.01), ('顾客（万人）', 0.1), ('千分之几', 1))
    """
    if MILLIONS in label:
        power, times = ("亿", 0.01) if most >= 200 else ("万", 100)
        return label.replace(MILLIONS, power), times
    told = _LABELLED_THOUSANDS.sub("万", label)
    return told, 1 if told == label else 0.1


def percent(share: float, *, sign: bool = False) -> str:
    """Return whole per cents; what is nearly all or nearly nothing has a decimal, or it would pass for all or nothing.

    >>> percent(0.27), percent(1), percent(0.997), percent(0.004)
    ('27%', '100%', '99.7%', '0.4%')
    """
    nearly = abs(share) not in (0, 1) and rounded(abs(share), 0, percent=True) in ("0%", "100%")
    return rounded(share, 1 if nearly else 0, sign=sign, percent=True)


class Amount(float):
    """A number that a sentence names: `{cost:.1f}`, `{share:.0%}`, `{change:+.1f}`, or with a unit `{days:.0f|day|days}`.

    `:g` writes a setting as short as it is, with two decimals at most.
    """

    def __format__(self, spec: str) -> str:
        shape, bar, unit = spec.partition("|")
        if shape == "g":
            places = len(f"{self:.2f}".rstrip("0").partition(".")[2])
            return counted(self, places, unit) if bar else rounded(self, places)
        match = _SPEC.fullmatch(shape)
        if match is None:
            return super().__format__(spec)
        digits, sign = int(match[2]), bool(match[1])
        if bar:
            return counted(self, digits, unit, sign=sign)
        if match[3] == "%":
            return rounded(self, digits, sign=sign, percent=True) if digits else percent(self, sign=sign)
        return rounded(self, digits, sign=sign)
