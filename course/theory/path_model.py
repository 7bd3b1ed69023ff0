"""PLS path modelling: what customers answered, boiled down to a few notions and to arrows between them.

Sources: Wold (1982) for partial least squares, Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005) for the algorithm as it
stands here (mode A, centroid scheme, standardised questions) and for the model of the European Customer Satisfaction Index.

The arrows are the analyst's: the method says how strong they would be if they pointed that way, never that they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

SOURCES = ("wold-1982", "tenenhaus-2005", "efron-tibshirani-1993", "fornell-1996")

Numbers = NDArray[np.float64]

TURNS, CLOSE = 500, 1e-9


@dataclass(frozen=True)
class Model:
    """Which questions stand for which notion, and the arrows between notions; causes come before what they cause."""

    blocks: Mapping[str, tuple[str, ...]]
    arrows: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        place = {name: number for number, name in enumerate(self.blocks)}
        for cause, effect in self.arrows:
            if cause not in place or effect not in place:
                raise ValueError(f"the arrow {cause} → {effect} joins a notion without questions")
            if place[cause] >= place[effect]:
                raise ValueError(f"write {cause} before {effect}: a cause comes first")
        alone = set(self.blocks) - {name for arrow in self.arrows for name in arrow}
        if alone:
            raise ValueError(f"no arrow leads to or from: {', '.join(sorted(alone))}")

    @property
    def notions(self) -> list[str]:
        """The names of the notions, causes first."""
        return list(self.blocks)

    @property
    def questions(self) -> list[str]:
        """The names of all questions, block after block."""
        return [question for block in self.blocks.values() for question in block]

    def causes(self, effect: str) -> list[str]:
        """Return the notions from which an arrow leads to `effect`."""
        return [cause for cause, other in self.arrows if other == effect]


def _block(letters: str, number: int) -> tuple[str, ...]:
    return tuple(f"{letters}{place}" for place in range(1, number + 1))


ECSI = Model(
    {
        "image": _block("IMAG", 5),
        "expectation": _block("CUEX", 3),
        "quality": _block("PERQ", 7),
        "value": _block("PERV", 2),
        "satisfaction": _block("CUSA", 3),
        "complaints": ("CUSCO",),
        "loyalty": _block("CUSL", 3),
    },
    (
        ("image", "expectation"),
        ("expectation", "quality"),
        ("expectation", "value"),
        ("quality", "value"),
        ("image", "satisfaction"),
        ("expectation", "satisfaction"),
        ("quality", "satisfaction"),
        ("value", "satisfaction"),
        ("satisfaction", "complaints"),
        ("image", "loyalty"),
        ("satisfaction", "loyalty"),
        ("complaints", "loyalty"),
    ),
)
# a bank's customers were asked the same, without complaints
BANK = Model(
    {
        "image": _block("imag", 5),
        "expectation": _block("expe", 5),
        "quality": _block("qual", 5),
        "value": _block("val", 4),
        "satisfaction": _block("sat", 4),
        "loyalty": _block("loy", 4),
    },
    tuple(arrow for arrow in ECSI.arrows if "complaints" not in arrow),
)


@dataclass(frozen=True)
class Fit:
    """Estimated models, one or a stack of them: the arrays end in (questions, notions) or (notions, notions).

    `weights` make a notion of standardised questions; `correlations` are those of the notions; `paths[…, i, j]` is the
    direct effect of notion i on notion j, standardised: by how many standard deviations j goes with one of i, the other
    causes of j held fixed.
    """

    model: Model
    weights: Numbers
    correlations: Numbers
    paths: Numbers

    @property
    def totals(self) -> Numbers:
        """Total effects, as `paths`: along every way from i to j, the products of its arrows added up."""
        unit = np.eye(len(self.model.blocks))
        return np.linalg.inv(unit - self.paths) - unit

    @property
    def explained(self) -> Numbers:
        """R² of each notion, (…, notions): the share of its variance that its causes explain; 0 where it has none."""
        return np.einsum("...ij,...ij->...j", self.paths, self.correlations)

    def direct(self, cause: str, effect: str) -> float:
        """Return the direct effect of one notion on another; 0 without an arrow."""
        return float(self.paths[self._place(cause, effect)])

    def total(self, cause: str, effect: str) -> float:
        """Return the total effect: the direct one and all the ways around."""
        return float(self.totals[self._place(cause, effect)])

    def indirect(self, cause: str, effect: str) -> float:
        """Return what goes along the ways around: the total effect less the direct one."""
        return self.total(cause, effect) - self.direct(cause, effect)

    def _place(self, cause: str, effect: str) -> tuple[int, int]:
        notions = self.model.notions
        return notions.index(cause), notions.index(effect)


def fit(answers: pd.DataFrame, model: Model = ECSI) -> Fit:
    """Estimate `model` from a table of customers by questions; the order of neither matters.

    Raises `ValueError` where a question is not in the table, an answer is missing, all gave one answer, or there are no
    more customers than questions.
    """
    given = _given(answers, model)
    if len(given) <= given.shape[1]:
        raise ValueError("there must be more customers than questions")
    return _estimate(np.atleast_2d(np.cov(given, rowvar=False)), model)


def fit_moments(covariance: pd.DataFrame, model: Model = ECSI) -> Fit:
    """Estimate `model` from the covariances, or correlations, of its questions: rows and columns by their names."""
    missing = [name for name in model.questions if name not in covariance.index or name not in covariance.columns]
    if missing:
        raise ValueError(f"these questions are not in the table: {', '.join(missing)}")
    return _estimate(covariance.loc[model.questions, model.questions].to_numpy(dtype=float), model)


def resample(answers: pd.DataFrame, model: Model = ECSI, draws: int = 500, seed: int = 1) -> Fit:
    """Estimate `model` on `draws` samples of as many customers, each drawn with replacement (Efron & Tibshirani 1993)."""
    given = _given(answers, model)
    customers = len(given)
    picked = np.random.default_rng(seed).integers(0, customers, (draws, customers))
    times = np.zeros((draws, customers))
    np.add.at(times, (np.arange(draws)[:, None], picked), 1)
    centred = given - given.mean(axis=0)
    squares = (centred[:, :, None] * centred[:, None, :]).reshape(customers, -1)
    means = times @ centred / customers
    covariance = (times @ squares / customers).reshape(draws, given.shape[1], -1)
    return _estimate(covariance - means[:, :, None] * means[:, None, :], model)


def interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return between which bounds the middle `level` of the resampled `values` lies."""
    low, high = np.quantile(np.asarray(values, dtype=float), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def spans(stack: Fit, cause: str, effect: str) -> dict[str, tuple[float, float]]:
    """Return the 95% intervals of the `direct`, `indirect` and `total` effect over a stack of resampled models."""
    i, j = stack._place(cause, effect)
    direct, total = stack.paths[..., i, j], stack.totals[..., i, j]
    return {"direct": interval(direct), "indirect": interval(total - direct), "total": interval(total)}


def _given(answers: pd.DataFrame, model: Model) -> Numbers:
    missing = [name for name in model.questions if name not in answers]
    if missing:
        raise ValueError(f"these questions are not in the table: {', '.join(missing)}")
    given = answers[model.questions].to_numpy(dtype=float)
    if not np.all(np.isfinite(given)):
        raise ValueError("leave out customers with missing answers first")
    return given


def _estimate(covariance: Numbers, model: Model) -> Fit:
    deviations = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    if not np.all(deviations > 0):
        raise ValueError("a question that everybody answers alike cannot be used")
    questions = covariance / (deviations[..., :, None] * deviations[..., None, :])
    weights = _weights(questions, model)
    correlations = np.swapaxes(weights, -1, -2) @ questions @ weights
    return Fit(model, weights, correlations, _paths(correlations, model))


def _weights(questions: Numbers, model: Model) -> Numbers:
    """Return the weights on which outer and inner estimates agree: mode A outside, the sign of correlations inside."""
    notions = model.notions
    mask = np.zeros((len(model.questions), len(notions)))
    for number, block in enumerate(model.blocks.values()):
        mask[[model.questions.index(question) for question in block], number] = 1
    joined = np.zeros((len(notions), len(notions)))
    for cause, effect in model.arrows:
        i, j = notions.index(cause), notions.index(effect)
        joined[i, j] = joined[j, i] = 1
    weights = _unit(np.broadcast_to(mask, (*questions.shape[:-2], *mask.shape)), questions)
    for _turn in range(TURNS):
        inner = joined * np.sign(np.swapaxes(weights, -1, -2) @ questions @ weights)
        new = _unit(mask * (questions @ weights @ inner), questions)
        if np.max(np.abs(np.abs(new) - np.abs(weights))) < CLOSE:
            break
        weights = new
    return _upright(new, questions, mask)


def _unit(weights: Numbers, questions: Numbers) -> Numbers:
    """Scale each column so that its notion has variance 1."""
    variance = np.einsum("...qn,...qr,...rn->...n", weights, questions, weights, optimize=True)
    return weights / np.sqrt(variance)[..., None, :]


def _upright(weights: Numbers, questions: Numbers, mask: Numbers) -> Numbers:
    """Turn each notion so that it goes with its questions, on the whole: more of it means higher answers."""
    loadings = (mask * (questions @ weights)).sum(axis=-2)
    return weights * np.where(loadings < 0, -1.0, 1.0)[..., None, :]


def _paths(correlations: Numbers, model: Model) -> Numbers:
    notions = model.notions
    paths = np.zeros_like(correlations)
    for j, effect in enumerate(notions):
        causes = [notions.index(cause) for cause in model.causes(effect)]
        if causes:
            among = correlations[..., causes, :][..., causes]
            paths[..., causes, j] = np.linalg.solve(among, correlations[..., causes, j][..., None])[..., 0]
    return paths


def performance(
    means: Mapping[str, float] | pd.Series[float],
    deviations: Mapping[str, float] | pd.Series[float],
    fitted: Fit,
    scale: Sequence[float] = (1, 10),
) -> dict[str, float]:
    """Return how each notion scores from 0 to 100: the mean of its questions, weighted as the fitted model weighs them.

    The weights are those for answers as they were given, so each is divided by its question's standard deviation.
    `scale` is the lowest and the highest answer. Source: Fornell et al. (1996).
    """
    low, high = scale
    scores = {}
    for number, (name, block) in enumerate(fitted.model.blocks.items()):
        rows = [fitted.model.questions.index(question) for question in block]
        spread = np.array([deviations[question] for question in block])
        weights = fitted.weights[rows, number] / spread
        mean = float(weights @ np.array([means[question] for question in block]) / weights.sum())
        scores[name] = 100 * (mean - low) / (high - low)
    return scores


def spreads(
    deviations: Mapping[str, float] | pd.Series[float], fitted: Fit, scale: Sequence[float] = (1, 10)
) -> dict[str, float]:
    """Return the standard deviation of each notion's score from 0 to 100 (`performance`).

    A path times the effect's spread over the cause's says it in points: so many of the effect go with one of the cause.
    """
    low, high = scale
    found = {}
    for number, (name, block) in enumerate(fitted.model.blocks.items()):
        rows = [fitted.model.questions.index(question) for question in block]
        weights = fitted.weights[rows, number] / np.array([deviations[question] for question in block])
        found[name] = float(100 / ((high - low) * weights.sum()))
    return found
