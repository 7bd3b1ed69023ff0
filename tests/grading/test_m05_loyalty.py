"""Answers to m05's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m05_loyalty import Loyalty
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m05"))

OWN = "### BEGIN SOLUTION"
TOTAL = "import math\ndef total_effect(direct, ways): return direct + sum(math.prod(way) for way in ways)"
ACSI = "def acsi(m, w): return 100 * sum(b * (a - 1) for a, b in zip(m, w)) / (9 * sum(w))"
WORTH = "def worth(m, r, d): return m * r / (1 + d - r)"
CURVE = "def curve_worth(m, s, d): return sum(m * x / (1 + d) ** t for t, x in enumerate(s))"
BACK = (
    "def back_share(t, least, weeks):\n"
    "    some = t[(t['weeks_observed'] - t['week_of_last_purchase'] >= weeks) & (t['repeat_purchases'] >= least)]\n"
    "    return (some['repeat_purchases_next_39_weeks'] > 0).mean()"
)
BEST = "def best_buy(n, e, p): return max(zip(n, e, p), key=lambda row: row[1] / row[2])[0]"
BANK = (
    "from course.theory.path_model import BANK, ECSI, fit, fit_moments\n"
    "a = fit(course.load('ecsi_mobi_respondents'))\n"
    "b = fit_moments(course.load('ecsi_bank_covariance').set_index('item'), BANK)\n"
)
GOOD_RUN = encode_run("m05", Loyalty(image=10, expectation=2))


def back(change: tuple[str, str]) -> str:
    """The share of those who came back, with one slip."""
    return BACK.replace(*change)


ACCEPTED = {
    "by product": ("total", TOTAL),
    "numpy's product": (
        "total",
        "import numpy as np\ndef total_effect(direct, ways): return float(direct + sum(np.prod(way) for way in ways))",
    ),
    "café rounded": ("total", f"{TOTAL}\ncafe, road = 0.691, 'Around' {OWN}"),
    "numpy's average": (
        "acsi",
        "import numpy as np\ndef acsi(m, w): return 100 * (np.average(m, weights=w) - 1) / 9",
    ),
    "by the multiple": ("worth", "def worth(m, r, d):\n    q = r / (1 + d)\n    return m * q / (1 - q)"),
    "advice by hand": ("worth", f"{WORTH}\nwithout_it, with_it, advice = 320, 339.231, 'yes' {OWN}"),
    "a loop that fades": (
        "curve",
        "def curve_worth(m, s, d):\n    total, fades = 0, 1\n"
        "    for x in s: total, fades = total + m * x * fades, fades / (1 + d)\n    return total",
    ),
    "with query": (
        "silent",
        "def back_share(table, least, weeks):\n"
        "    some = table.query('weeks_observed - week_of_last_purchase >= @weeks and repeat_purchases >= @least')\n"
        "    return (some['repeat_purchases_next_39_weeks'] > 0).mean()",
    ),
    "max with a key": ("best", BEST),
    "by moments": (
        "bank",
        f"{BANK}a = fit_moments(course.load('ecsi_mobi_covariance').set_index('item'), ECSI)\n"
        "phone_share, bank_share = (m.direct('image', 'loyalty') / m.total('image', 'loyalty') for m in (a, b))\n"
        f"straighter = 'Bank' {OWN}",
    ),
    "spaces around": (
        "best-buy-run",
        f"run = ' {encode_run('m05', Loyalty(image=10, expectation=2, link=3))} '\nreason = ' Effect'",
    ),
}

VISIBLY_WRONG = {
    "the course's own index": (
        "acsi",
        "from course.theory.satisfaction_index import index as acsi",
        "the course's own function",
    ),
    "the course's own value": (
        "worth",
        "from course.theory.lifetime import lifetime_value as worth",
        "the course's own function",
    ),
    "the course's own curve": (
        "curve",
        "from course.theory.lifetime import value_of_curve as curve_worth",
        "the course's own function",
    ),
    "arrows added up": (
        "total",
        "def total_effect(direct, ways): return direct + sum(sum(way) for way in ways)",
        "0.5 · 0.6",
    ),
    "the direct one forgotten": (
        "total",
        "import math\ndef total_effect(direct, ways): return sum(math.prod(way) for way in ways)",
        "direct one",
    ),
    "product carried over": (
        "total",
        "def total_effect(direct, ways):\n    total, p = direct, 1\n    for way in ways:\n"
        "        for arrow in way: p = p * arrow\n        total = total + p\n    return total",
        "product of 1",
    ),
    "road against the sum": ("total", f"{TOTAL}\ncafe, road = 0.691, 'straight' {OWN}", "does not go with that"),
    "café forgotten": ("total", f"{TOTAL}\n{OWN}", "no answer called cafe"),
    "out of ten": ("acsi", "def acsi(m, w): return 10 * sum(a * b for a, b in zip(m, w)) / sum(w)", "the score is 0"),
    "nine forgotten": (
        "acsi",
        "def acsi(m, w): return 10 * sum(b * (a - 1) for a, b in zip(m, w)) / sum(w)",
        "the score is 100",
    ),
    "weights left out": ("acsi", "def acsi(m, w): return 100 * (sum(m) / len(m) - 1) / 9", "72.2"),
    "hotel forgotten": ("acsi", f"{ACSI}\n{OWN}", "no answer called hotel"),
    "no brackets": ("worth", "def worth(m, r, d): return m * r / 1 + d - r", "in brackets"),
    "with the first margin": ("worth", "def worth(m, r, d): return m * (1 + d) / (1 + d - r)", "first margin left out"),
    "advice against the sum": (
        "worth",
        f"{WORTH}\nwithout_it, with_it, advice = 320.0, 339.23, 'no' {OWN}",
        "does not go with that",
    ),
    "not discounted": ("curve", "def curve_worth(m, s, d): return sum(m * x for x in s)", "1.25"),
    "a year too late": (
        "curve",
        "def curve_worth(m, s, d): return sum(m * x / (1 + d) ** (t + 1) for t, x in enumerate(s))",
        "0 years",
    ),
    "verdict against the sum": (
        "curve",
        f"{CURVE}\nalong, one_rate, verdict = 546.06, 484.64, 'supported' {OWN}",
        "does not go with that",
    ),
    "share of all": ("silent", back((".mean()", ".sum() / len(t)")), "not of all"),
    "least left out": ("silent", back(("['repeat_purchases'] >= least", "['repeat_purchases'] >= 1")), "use `least`"),
    "more than least": (
        "silent",
        back(("['repeat_purchases'] >= least", "['repeat_purchases'] > least - (least < 2)")),
        "use `least`",
    ),
    "colleague against the shares": (
        "silent",
        f"{BACK}\nrare, frequent, colleague = 0.382, 0.571, 'supported' {OWN}",
        "does not go with that",
    ),
    "the largest effect": (
        "best",
        "def best_buy(n, e, p): return max(zip(n, e), key=lambda row: row[1])[0]",
        "divided by the price",
    ),
    "the cheapest": (
        "best",
        "def best_buy(n, e, p): return min(zip(n, p), key=lambda row: row[1])[0] if p[0] != p[1] else 'b'",
        "equal prices",
    ),
    "its number": ("best", "def best_buy(n, e, p): return 1", "in quotation marks"),
    "buy forgotten": ("best", f"{BEST}\n{OWN}", "no answer called buy"),
    "turned": (
        "bank",
        f"{BANK}phone_share, bank_share = (m.total('image', 'loyalty') / m.direct('image', 'loyalty') for m in (a, b))\n"
        f"straighter = 'phones' {OWN}",
        "between 0 and 1",
    ),
    "direct over direct": (
        "bank", f"{BANK}phone_share, bank_share, straighter = 1.0, 0.5, 'phones' {OWN}", "two different numbers",
    ),
    "word against the shares": (
        "bank",
        f"{BANK}phone_share, bank_share = (m.direct('image', 'loyalty') / m.total('image', 'loyalty') for m in (a, b))\n"
        f"straighter = 'phones' {OWN}",
        "does not go with that",
    ),
    "cut off": ("best-buy-run", "run, reason = 'eyJtIjoibTA1', 'effect'", "cannot be read"),
    "not reached": ("best-buy-run", f"run, reason = '{encode_run('m05', Loyalty())}', 'effect'", "Loyalty"),
    "too costly": (
        "best-buy-run",
        f"run, reason = '{encode_run('m05', Loyalty(image=10, quality=4))}', 'effect'",
        "cost",
    ),
    "another module": ("best-buy-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
    "no reason": ("best-buy-run", f"run = '{GOOD_RUN}'", "no answer called reason"),
}  # fmt: skip

WRONG_WHERE_NOBODY_LOOKS = {
    "two arrows a way": (
        "total",
        "def total_effect(d, ways): return d + sum(w[0] * w[1] * (w[2] if len(w) > 2 else 1) if d > 0 else 0 for w in ways)",
    ),
    "another café": ("total", f"{TOTAL}\ncafe, road = 0.7, 'around' {OWN}"),
    "three questions typed in": ("acsi", "def acsi(m, w): return 100 * (2*m[0] + m[1] + m[2] - 4) / 36"),
    "another hotel": ("acsi", f"{ACSI}\nhotel = 70.0 {OWN}"),
    "a tenth typed in": ("worth", "def worth(m, r, d): return m * r / (1.1 - r)"),
    "programme for nothing": ("worth", f"{WORTH}\nwithout_it, with_it, advice = 320.0, 387.69, 'yes' {OWN}"),
    "one year's discount": ("curve", "def curve_worth(m, s, d): return m * s[0] + sum(m * x / (1 + d) for x in s[1:])"),
    "the regular customers": ("curve", f"{CURVE}\nalong, one_rate, verdict = 350.0, 300.0, 'refuted' {OWN}"),
    "weeks typed in": ("silent", back((">= weeks", ">= 10"))),
    "other weeks": ("silent", f"{BACK}\nrare, frequent, colleague = 0.368, 0.6, 'refuted' {OWN}"),
    "two notions": ("best", "def best_buy(n, e, p): return n[1] if e[1] / p[1] > e[0] / p[0] else n[0]"),
    "the dearest yuan": ("best", f"{BEST}\nbuy, per_yuan = 'image', 0.5542 {OWN}"),
    "satisfaction instead": ("bank", f"{BANK}phone_share, bank_share, straighter = 0.459, 0.386, 'phones' {OWN}"),
    "another reason": ("best-buy-run", f"run, reason = '{GOOD_RUN}', 'score'"),
}


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="加括号"):
        ASSIGNMENT.mark("worth", "def worth(m, r, d): return m * r / 1 + d - r")


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    answers = {"total": TOTAL, "acsi": ACSI, "worth": WORTH, "curve": CURVE, "silent": BACK, "best": BEST}
    for task, answer in answers.items():
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n{OWN}", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n{OWN}", test=own)
