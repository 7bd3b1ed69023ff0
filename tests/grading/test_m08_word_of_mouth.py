"""Answers to m08's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m08"))

HEARD = (
    "import numpy as np\ndef heard(rate):\n    z = 1\n"
    "    for step in range(300): z = 1 - np.exp(-rate * z)\n    return z"
)
SURPLUS = "def surplus(share, good, bad): return share * (good + bad) - bad"
PEAK = "import math\ndef peak(p, q): return math.log(q / p) / (p + q)"
HALF = "def half(average): return int(2 * average + 0.5) / 2"
RATIO = "def ratio(t, w): return t['negative_with'][w] * t['positive_all'][w] / t['negative_all'][w] / t['positive_with'][w]"
BLAME = (
    "def blame(stock, weights, gaps):\n    for weight, months in zip(weights, [0] + list(gaps)):\n"
    "        stock = 50 + (stock - 50) * 0.96 ** months - weight\n"
    "        left, stock = max(0, -stock), max(0, stock)\n    return left"
)
STARS = (
    "\nshown = films['fandango_stars_shown'].mean()\ngap = shown - films['metacritic_users'].mean()\n"
    "rounding = shown - films['fandango_average'].mean()\nmore = 'Voters'"
)

# what it is -> (task, answer)
ACCEPTED = {
    "until it stands still": (
        "size",
        "import math\ndef heard(rate):\n    z, old = 1.0, 2.0\n    while abs(z - old) > 1e-12:\n"
        "        z, old = 1 - math.exp(-rate * z), z\n    return z\nours = heard(3.04)",
    ),
    "by the sum": (
        "balance",
        f"{SURPLUS}\nnow = surplus(0.605, 9, 16)\n"
        "helps = sum(surplus(0.605, g, b) > 0 for g, b in zip(surveys['told_good'], surveys['told_bad']))\n"
        "helps, verdict = int(helps), ' DEPENDS '",
    ),
    "with math": (
        "forecast",
        f"{PEAK}\nsays = float(fit(phones[:22]).sold(46))\ntimes = says / sum(phones)\nverdict = 'Too little'",
    ),
    "by whole numbers": ("stars", f"{HALF}{STARS}"),
    "by columns": (
        "words",
        f"{RATIO}\nours = ratio(reviews, 'portion')\nall_negative = 0.6661\nverdict = 'praise'",
    ),
    "by the closed form": (
        "timeline",
        f"{BLAME}\ngaps = [10, 25]\nby_place, by_kind = blame(62, [20, 40, 20], gaps), blame(62, [20, 40, 80], gaps)\n"
        "matters = 'Yes'",
    ),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own formula": (
        "size",
        "from course.theory.epidemic import final_size\ndef heard(rate): return float(final_size(rate))",
        "the course's own function",
    ),
    "everybody": ("size", "def heard(rate): return 1", "not everybody"),
    "one step": ("size", "import math\ndef heard(rate): return 1 - math.exp(-rate)", "79.7%"),
    "new tellers": ("size", "def heard(rate): return rate", "between 0 and 1"),
    "good only": ("balance", "def surplus(share, good, bad): return share * good", "4.5 hear good"),
    "the wrong way round": (
        "balance",
        "def surplus(share, good, bad): return share * bad - (1 - share) * good",
        "4.5 hear good",
    ),
    "verdict against the count": (
        "balance",
        f"{SURPLUS}\nnow, helps, verdict = -0.875, 1, 'agree' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "base ten": (
        "forecast",
        "import math\ndef peak(p, q): return math.log10(q / p) / (p + q)",
        "natural one",
    ),
    "not divided": ("forecast", "import math\ndef peak(p, q): return math.log(q / p)", "6.19 years"),
    "verdict against the times": (
        "forecast",
        f"{PEAK}\nsays, times, verdict = 452.1, 0.308, 'usable' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "always up": ("stars", "import math\ndef half(average): return math.ceil(2 * average) / 2", "nearest to 3"),
    "whole stars": ("stars", "def half(average): return round(average)", "nearest to 3.5"),
    "more against the parts": (
        "stars",
        f"{HALF}\ngap, rounding, more = 0.83, 0.24, 'rounding' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "counts by counts": (
        "words",
        "def ratio(t, w): return t['negative_with'][w] / t['positive_with'][w]",
        "different size",
    ),
    "the share of the negative": (
        "words",
        "def ratio(t, w): return t['negative_with'][w] / (t['negative_with'][w] + t['positive_with'][w])",
        "30.8%",
    ),
    "verdict against the ratio": (
        "words",
        f"{RATIO}\nours, all_negative, verdict = 0.92, 0.666, 'complaint' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "in the order of the list": ("timeline", f"{BLAME}\ngaps = [-35, 10]", "not in order of time"),
    "years only": ("timeline", f"{BLAME}\ngaps = [12, 24]", "it is 10 months"),
    "no months between": (
        "timeline",
        "gaps = [10, 25]\ndef blame(stock, weights, gaps): return max(0, sum(weights) - stock)",
        "21.2",
    ),
    "what is left": (
        "timeline",
        "gaps = [10, 25]\ndef blame(stock, weights, gaps): return stock - weights[0]",
        "no blame",
    ),
    "matters against the two": (
        "timeline",
        f"{BLAME}\ngaps = [10, 25]\nby_place, by_kind, matters = 0, 40, 'no' ### BEGIN SOLUTION",
        "does not go with that",
    ),
}

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "one share typed in": ("size", "def heard(rate): return 0.7968121"),
    "another story": ("size", f"{HEARD}\nours = heard(1.6) ### BEGIN SOLUTION"),
    "two differences typed in": (
        "balance",
        "def surplus(share, good, bad): return -3.5 if share == 0.5 else 0",
    ),
    "another firm": ("balance", f"{SURPLUS}\nnow, helps, verdict = 1.5, 3, 'object' ### BEGIN SOLUTION"),
    "one peak typed in": ("forecast", "def peak(p, q): return 6.1926"),
    "another quarter": (
        "forecast",
        f"{PEAK}\nsays, times, verdict = 1041.2, 0.709, 'too little' ### BEGIN SOLUTION",
    ),
    "down in the middle": ("stars", "def half(average): return round(2 * average) / 2"),
    "another site": (
        "stars",
        f"{HALF}\ngap, rounding, more = 0.7205, 0.2438, 'voters' ### BEGIN SOLUTION",
    ),
    "the sizes typed in": (
        "words",
        "def ratio(t, w): return t['negative_with'][w] / 7980 / (t['positive_with'][w] / 4000)",
    ),
    "another theme": (
        "words",
        f"{RATIO}\nours, all_negative, verdict = ratio(reviews, 'taste'), 0.6661, 'praise' ### BEGIN SOLUTION",
    ),
    "another stock": (
        "timeline",
        f"{BLAME}\ngaps = [10, 25]\nby_place, by_kind = 0, blame(50, [20, 40, 80], gaps)\n"
        "matters = 'yes' ### BEGIN SOLUTION",
    ),
}


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer in (("size", HEARD), ("balance", SURPLUS), ("forecast", PEAK), ("stars", HALF), ("words", RATIO)):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
