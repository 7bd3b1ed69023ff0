"""The worked numbers of m05."""

from __future__ import annotations

import numpy as np

from course.datasets import load
from course.theory import path_model, sorting
from course.theory.buying import alive, expected
from course.theory.lifetime import lifetime_value, multiple
from course.theory.path_model import ECSI
from course.theory.reliability import alpha_from_covariance
from course.theory.satisfaction_index import index
from tests.oracles import cases

MEANS = [8, 7, 7]


def fitted():
    return path_model.fit_moments(load("ecsi_mobi_covariance").set_index("item"))


def totals(effect, *causes):
    return [fitted().total(cause, effect) for cause in causes]


def explained():
    shares = dict(zip(ECSI.notions, fitted().explained, strict=True))
    return [shares[name] for name in ("expectation", "quality", "value", "satisfaction", "complaints", "loyalty")]


def alphas():
    table = load("ecsi_mobi_covariance").set_index("item")
    deviations = np.sqrt(np.diag(table))
    standard = table / np.outer(deviations, deviations)
    names = ("image", "expectation", "quality", "value", "satisfaction", "loyalty")
    blocks = (list(ECSI.blocks[name]) for name in names)
    return [alpha_from_covariance(standard.loc[block, block]) for block in blocks]


def intentions():
    answers = load("ecsi_mobi_respondents")
    satisfaction = answers[["CUSA1", "CUSA2", "CUSA3"]].mean(axis=1)
    return [satisfaction.corr(answers[name]) for name in ("CUSL2", "CUSL1", "CUSL3")]


def regular():
    alpha, beta = sorting.fit(load("retention_two_segments")["regular_percent_still_customers"][:8] / 100)
    return [alpha, beta, 100 * sorting.survival(12, alpha, beta)[-1]]


FUNCTIONS = {
    "ecsi-paths": lambda: [fitted().direct(*arrow) for arrow in ECSI.arrows],
    "ecsi-total": lambda: totals("satisfaction", "quality", "expectation", "image"),
    "acsi-equal": lambda: index(MEANS),
    "acsi-example": lambda: index(MEANS, [0.3885, 0.3190, 0.2925]),
    "ltv": lambda: lifetime_value(100, [0.9, 0.95], 0.1),
    "ecsi-r2": explained,
    "ecsi-alpha": alphas,
    "ecsi-total-loyalty": lambda: totals("loyalty", "satisfaction", "image", "quality", "expectation"),
    "ecsi-price-tolerance": intentions,
    "sbg-regular": regular,
    "bgnbd-next": lambda: expected(39, 2, 30.43, 38.86),
    "bgnbd-silence": lambda: alive([10, 2], 20, 38.86),
    "margin-multiple": lambda: multiple([0.6, 0.8, 0.6, 0.8], [0.1, 0.1, 0.14, 0.14]),
}


@cases("m05", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
