"""Answers to m07's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m07_journeys import Journeys
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m07"))

WHOLE = "def whole(steps):\n    r = 1\n    for s in steps: r *= s\n    return r"
NEEDED = "def needed(target, count): return target ** (1 / count)"
COUNTED = "def counted(t, k): return (t >= k).all(axis='columns').mean()"
MULTIPLIED = "def multiplied(t, k): return (t >= k).mean().prod()"
PEAK_END = "def peak_end(m): return (max(m) + m[-1]) / 2"
SWAP = "def swap_gain(m, k): return (m[k] - m[-1]) / 2"
FIT = "def fit(m, o, last): return ((m.max(axis='columns') + m[last]) / 2).corr(o)"
LIMITS = (
    "import math\ndef low(p, n): return max(0, p - 3 * math.sqrt(p * (1 - p) / n))\n"
    "def high(p, n): return min(1, p + 3 * math.sqrt(p * (1 - p) / n))"
)
GAIN = (
    "good = people[eight] >= 4\n"
    "def gain(g, s): return g.drop(columns=s).all(axis='columns').mean() - g.all(axis='columns').mean()"
)
GOOD_RUN = encode_run("m07", Journeys(process=75))

# what it is -> (task, answer)
ACCEPTED = {
    "by a library": (
        "chain",
        "import math\ndef whole(steps): return math.prod(steps)\n"
        "def needed(target, count): return math.exp(math.log(target) / count)\nallowed = 10000 - 10000 * needed(0.96, 17)",
    ),
    "by the weakest mark": (
        "crowds",
        "def counted(t, k): return (t.min(axis='columns') >= k).mean()\n"
        f"{MULTIPLIED}\nseven = people[eight].drop(columns='restrooms')\n"
        "unhurt, expected, verdict = counted(seven, 4), multiplied(seven, 4), ' Count'",
    ),
    "by trying the exchange": (
        "order",
        f"{PEAK_END}\ndef swap_gain(m, k):\n    other = list(m)\n    other[k], other[-1] = other[-1], other[k]\n"
        "    return peak_end(other) - peak_end(m)\nswap_ahead = 9.5 - (9.5 + 4.5) / 2\nby_peak_end, by_mean = 'swap', 'mend'",
    ),
    "with the sum": (
        "rulers",
        "def fit(m, o, last): return (m.max(axis='columns') + m[last]).corr(o)\n"
        "r_rule = fit(people[eight], people['overall'], 'boarding_area')\n"
        "r_mean = people[eight].sum(axis='columns').corr(people['overall'])\nwinner = 'mean'",
    ),
    "in one line each": (
        "chart",
        f"{LIMITS}\none = years[years['touchpoint'] == 'shops']\n"
        "centre = (one['share_4_or_5'] * one['answers']).sum() / one['answers'].sum()\n"
        "pairs = zip(one['share_4_or_5'], one['answers'])\n"
        "outside = sum(not low(centre, n) <= s <= high(centre, n) for s, n in pairs)\njob = 'event'",
    ),
    "by the only weak spot": (
        "mend",
        "good = people[eight] >= 4\n"
        "def gain(g, s): return ((~g).sum(axis='columns') == 1).where(~g[s], False).mean()\n"
        "largest, best_value, gained = 'restaurants', 'restrooms', gain(good, 'restrooms')",
    ),
    "spaces around": ("journey-run", f"run = ' {GOOD_RUN} '\nreason = 'ALL'"),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own chain": (
        "chain",
        f"from course.theory.chain import clean as whole\n{NEEDED}",
        "the course's own function",
    ),
    "the mean step": (
        "chain",
        f"def whole(steps): return sum(steps) / len(steps)\n{NEEDED}",
        "walks through all twenty",
    ),
    "one step": ("chain", f"def whole(steps): return min(steps)\n{NEEDED}", "walks through all twenty"),
    "failures added up": (
        "chain",
        f"def whole(steps): return 1 - sum(1 - s for s in steps)\n{NEEDED}",
        "counts a guest with two mishaps twice",
    ),
    "shared out": (
        "chain",
        f"{WHOLE}\ndef needed(target, count): return 1 - (1 - target) / count",
        "shared the 5% out",
    ),
    "the whole again": ("chain", f"{WHOLE}\ndef needed(target, count): return target ** count", "99.744%"),
    "a share, not a number of times": (
        "chain",
        f"{WHOLE}\n{NEEDED}\nallowed = needed(0.96, 17) ### BEGIN SOLUTION",
        "a few dozen times",
    ),
    "any instead of all": (
        "crowds",
        f"def counted(t, k): return (t >= k).any(axis='columns').mean()\n{MULTIPLIED}",
        "Every number of a row",
    ),
    "counted twice": ("crowds", f"{COUNTED}\nmultiplied = counted", "0.4 is what you count"),
    "added": ("crowds", f"{COUNTED}\ndef multiplied(t, k): return (t >= k).mean().sum()", "0.6 times 0.4"),
    "verdict against the numbers": (
        "crowds",
        f"{COUNTED}\n{MULTIPLIED}\nunhurt, expected, verdict = 0.3, 0.1, 'multiply' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the mean for the memory": ("order", f"def peak_end(m): return sum(m) / len(m)\n{SWAP}", "mean of all five"),
    "the peak alone": ("order", f"def peak_end(m): return max(m)\n{SWAP}", "the last 1"),
    "the whole difference": ("order", f"{PEAK_END}\ndef swap_gain(m, k): return m[k] - m[-1]", "7 instead of 4.5"),
    "rule against the figure": (
        "order",
        f"{PEAK_END}\n{SWAP}\nswap_ahead, by_peak_end, by_mean = 2.5, 'mend', 'mend' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the mean's fit": ("rulers", "def fit(m, o, last): return m.mean(axis='columns').corr(o)", "the mean of all three"),
    "the last alone": ("rulers", "def fit(m, o, last): return m[last].corr(o)", "Highest mark of each row"),
    "no correlation": ("rulers", "def fit(m, o, last): return m[last].sum()", "between −1 and 1"),
    "the other winner": (
        "rulers",
        f"{FIT}\nr_rule, r_mean, winner = 0.47, 0.69, 'rule' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "one sigma": ("chart", LIMITS.replace("3 * ", ""), "one standard deviation"),
    "without the root": ("chart", LIMITS.replace("math.sqrt", ""), "The juice cans"),
    "below nothing": (
        "chart",
        LIMITS.replace("max(0, p - 3 * math.sqrt(p * (1 - p) / n))", "p - 3 * math.sqrt(p * (1 - p) / n)"),
        "no share does",
    ),
    "the wrong job": (
        "chart",
        f"{LIMITS}\ncentre, outside, job = 0.55, 0, 'event' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "all who found it weak": (
        "mend",
        "good = people[eight] >= 4\ndef gain(g, s): return 1 - g[s].mean()",
        "the room as well",
    ),
    "afterwards": (
        "mend",
        "good = people[eight] >= 4\ndef gain(g, s): return g.drop(columns=s).all(axis='columns').mean()",
        "more than today",
    ),
    "nothing mended": (
        "journey-run",
        f"run = '{encode_run('m07', Journeys())}'\nreason = 'all'",
        "is not there yet",
    ),
    "another module": (
        "journey-run",
        f"run = '{encode_run('m01', ExpectationGap())}'\nreason = 'all'",
        "another module",
    ),
    "cut off": ("journey-run", "run = 'eyJtIjoibTAy'\nreason = 'all'", "cannot be read"),
}

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "two numbers typed in": (
        "chain",
        "def whole(steps): return 0.8179\ndef needed(target, count): return 0.997439\nallowed = 24.0",
    ),
    "another spa": ("chain", f"{WHOLE}\n{NEEDED}\nallowed = 20.4 ### BEGIN SOLUTION"),
    "the halves typed in": (
        "crowds",
        "def counted(t, k): return 0.4\ndef multiplied(t, k): return 0.24\n"
        "unhurt, expected, verdict = 0.31, 0.15, 'count'",
    ),
    "all eight": (
        "crowds",
        f"{COUNTED}\n{MULTIPLIED}\nunhurt, expected = counted(people[eight], 4), multiplied(people[eight], 4)\n"
        "verdict = 'count' ### BEGIN SOLUTION",
    ),
    "the memory typed in": (
        "order",
        "def peak_end(m): return 4.5\ndef swap_gain(m, k): return 2.5\n"
        "swap_ahead, by_peak_end, by_mean = 2.5, 'swap', 'mend'",
    ),
    "another bill": (
        "order",
        f"{PEAK_END}\n{SWAP}\nswap_ahead, by_peak_end, by_mean = 3.5, 'swap', 'mend' ### BEGIN SOLUTION",
    ),
    "one winner for both": (
        "order",
        f"{PEAK_END}\n{SWAP}\nswap_ahead, by_peak_end, by_mean = 2.5, 'swap', 'swap' ### BEGIN SOLUTION",
    ),
    "always the bill": (
        "rulers",
        "def fit(m, o, last): return ((m.max(axis='columns') + m.iloc[:, -1]) / 2).corr(o)\n"
        "r_rule, r_mean, winner = 0.472, 0.689, 'mean'",
    ),
    "another end": ("rulers", f"{FIT}\nr_rule, r_mean, winner = 0.5, 0.689, 'mean' ### BEGIN SOLUTION"),
    "above all": (
        "chart",
        LIMITS.replace("min(1, p + 3 * math.sqrt(p * (1 - p) / n))", "p + 3 * math.sqrt(p * (1 - p) / n)")
        + "\ncentre, outside, job = 0.55, 1, 'event'",
    ),
    "mean of the shares": (
        "chart",
        f"{LIMITS}\none = years[years['touchpoint'] == 'shops']\n"
        "centre, outside, job = one['share_4_or_5'].mean() + 0.002, 1, 'event' ### BEGIN SOLUTION",
    ),
    "all years": ("chart", f"{LIMITS}\ncentre, outside, job = 0.5499, 5, 'event' ### BEGIN SOLUTION"),
    "one guest typed in": (
        "mend",
        "good = people[eight] >= 4\ndef gain(g, s): return 0.2\n"
        "largest, best_value, gained = 'restaurants', 'restrooms', 0.0294",
    ),
    "the worst is the best buy": (
        "mend",
        f"{GAIN}\nlargest = best_value = 'restaurants'\ngained = gain(good, best_value) ### BEGIN SOLUTION",
    ),
    "the dearest is not the best": (
        "mend",
        f"{GAIN}\nlargest, best_value = 'getting_there', 'restrooms'\ngained = gain(good, best_value) ### BEGIN SOLUTION",
    ),
    "another reason": ("journey-run", f"run, reason = '{GOOD_RUN}', 'one'"),
}


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    tasks = {
        "chain": f"{WHOLE}\n{NEEDED}",
        "crowds": f"{COUNTED}\n{MULTIPLIED}",
        "order": f"{PEAK_END}\n{SWAP}",
        "rulers": FIT,
        "chart": LIMITS,
        "mend": GAIN,
    }
    for task, answer in tasks.items():
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
