"""Classify every feature of a Kano survey: counts, shares, better and worse with intervals, how sure the class is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.kano.pairing import Pair
from course.survey.kano.plan import MOST_WORDINGS, Codes, answers_of, codes, pairs
from course.survey.messages import CancelledError, Progress, SurveyProblem, quote
from course.survey.plan import Plan
from course.survey.reading import RawSurvey
from course.survey.values import Numbers
from course.theory import kano

__all__ = ["CancelledError", "Feature", "Findings", "Ratio", "analyse"]


@dataclass(frozen=True)
class Ratio:
    """A share or a coefficient with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Feature:
    """One feature. `counts`, `pouliot`: answers per class by Kano's and by Pouliot's table, in the order of `CLASSES`.

    `left_out`: customers who answered one of the two questions or none. `better` and `worse` are None where every answer
    is reverse or questionable.
    """

    pair: Pair
    counts: tuple[int, ...]
    pouliot: tuple[int, ...]
    left_out: int

    @property
    def name(self) -> str:
        """What the feature is called."""
        return self.pair.feature

    @property
    def n(self) -> int:
        """Customers with both answers."""
        return sum(self.counts)

    @property
    def largest(self) -> tuple[kano.Kano, ...]:
        """The class with most answers, several where they tie."""
        return kano.largest(self.counts)

    @property
    def ranked(self) -> tuple[kano.Kano, ...]:
        """The classes, the one with most answers first."""
        order = sorted(range(len(kano.CLASSES)), key=lambda at: -self.counts[at])
        return tuple(kano.CLASSES[at] for at in order)

    def count(self, kind: kano.Kano) -> int:
        """Return the answers of a class."""
        return self.counts[kano.CLASSES.index(kind)]

    def share(self, kind: kano.Kano) -> Ratio:
        """Return the share of a class, 0 to 1, with Wilson's interval."""
        return Ratio(self.count(kind) / self.n, *kano.share_interval(self.count(kind), self.n))

    @property
    def better(self) -> Ratio | None:
        """Who would be more satisfied with it, 0 to 1."""
        a, o, m, i = self.counts[:4]
        if not a + o + m + i:
            return None
        return Ratio(float(kano.better(a, o, m, i)), *kano.share_interval(a + o, a + o + m + i))

    @property
    def worse(self) -> Ratio | None:
        """Who would be less satisfied without it, −1 to 0."""
        a, o, m, i = self.counts[:4]
        if not a + o + m + i:
            return None
        low, high = kano.share_interval(o + m, a + o + m + i)
        # without the minus of a nought
        return Ratio(float(kano.worse(a, o, m, i)) + 0.0, 0.0 - high, 0.0 - low)

    @property
    def strength(self) -> kano.Strength:
        """Total and category strength, in per cent."""
        return kano.strength(self.counts)

    @property
    def fong(self) -> kano.FongTest:
        """Whether the two largest classes differ."""
        return kano.fong(self.counts)


@dataclass(frozen=True)
class Findings:
    """What the survey says; `rows`: customers in the file."""

    name: str
    rows: int
    features: tuple[Feature, ...]


def analyse(raw: RawSurvey, plan: Plan, progress: Progress | None = None) -> Findings:
    """Return the classes of every pair.

    Raises `SurveyProblem` for no pair, a cell that is no answer, and a pair nobody answered.
    """
    found = pairs(plan)
    _refuse_halves(plan, found)
    coding = codes(raw, plan)
    features = []
    for place, pair in enumerate(found, 1):
        there, absent = (_answers(raw, name, coding) for name in (pair.functional, pair.dysfunctional))
        whole = ~(np.isnan(there) | np.isnan(absent))
        if not whole.any():
            text = N_(
                "Nobody answered both “{first}” and “{second}”. Check that they are a pair, or set both to “not used”."
            )
            words = Message(text, first=quote(pair.functional), second=quote(pair.dysfunctional))
            raise SurveyProblem(words, column=pair.functional)
        answers = kano.cross(there[whole], absent[whole])
        standard, pouliot = (tuple(kano.tally(answers, table).tolist()) for table in (kano.STANDARD, kano.POULIOT))
        features.append(Feature(pair, standard, pouliot, int((~whole).sum())))
        if progress:
            progress(place / len(found))
    return Findings(raw.name, len(raw.cells), tuple(features))


def _refuse_halves(plan: Plan, found: tuple[Pair, ...]) -> None:
    whole = {name for pair in found for name in (pair.functional, pair.dysfunctional)}
    for name, use in plan.uses.items():
        if use.role == "ignore" or name in whole:
            continue
        text = N_(
            "“{column}” has no partner: each feature needs one question about it being there and one about its absence. "
            "Give both columns the same feature in the table, one of each kind, or set this one to “not used”."
        )
        raise SurveyProblem(Message(text, column=quote(name)), column=name)
    if not found:
        text = N_(
            "No pair of Kano questions was found in any column. Set two columns per feature in the table: one about it "
            "being there, one about its absence. Answers are the numbers 1 to 5 or five wordings."
        )
        raise SurveyProblem(Message(text))


def _answers(raw: RawSurvey, name: str, coding: Codes) -> Numbers:
    column, known = raw.columns[name], coding[name]
    strange = [at for at, text in enumerate(column.texts) if column.counts[at] and text not in known]
    if strange:
        at = column.first(strange)
        text = N_(
            "Row {row}, column “{column}”: “{cell}” is none of the five answers (such texts in the column: {count}). "
            "Use 1 to 5 or at most {most} wordings of your own and leave cells without an answer empty, "
            "or set the column to “not used”."
        )
        row, shown = int(raw.cells.index[at]), quote(column.texts[int(column.codes[at])])
        words = Message(text, row=row, column=quote(name), cell=shown, count=len(strange), most=MOST_WORDINGS)
        raise SurveyProblem(words, row=row, column=name)
    return answers_of(column, known)
