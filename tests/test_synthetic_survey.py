"""The synthetic survey is what its program writes, and its documented truth is the truth of that program."""

from __future__ import annotations

import runpy
from typing import Any

import numpy as np
import pytest

from course.datasets import load
from course.paths import DATASETS
from course.theory.promoters import classify, nps
from course.theory.reliability import cronbach_alpha
from course.theory.service_quality import DIMENSIONS, WEIGHTS, gaps, weighted_gap

NAME = "synthetic_servqual_survey"
GAPS = {"reliability": -1.2, "responsiveness": -0.8, "assurance": -0.5, "empathy": -0.6, "tangibles": -0.2}
ALPHAS = {"reliability": 0.882, "responsiveness": 0.8, "assurance": 0.8, "empathy": 0.682, "tangibles": 0.8}


def program() -> dict[str, Any]:
    return runpy.run_path(str(DATASETS / f"make_{NAME}.py"))


def large() -> Any:
    """The same program's survey of very many customers."""
    parts = program()
    parts["survey"].__globals__.update(CARDS=1_500, STRAIGHT=0)
    return parts["survey"]()


def test_the_file_is_what_the_program_writes():
    written = program()["survey"]().to_csv(index=False, lineterminator="\n")
    assert written.encode() == (DATASETS / f"{NAME}.csv").read_bytes()


def test_among_very_many_customers_the_documented_truth_is_found():
    survey = large()
    found = {}
    for name in DIMENSIONS:
        perceived, expected = (
            survey.filter(like=f"{letter}_{name}").to_numpy(float, na_value=np.nan) for letter in "PE"
        )
        found[name] = float(gaps(perceived, expected).mean())
        steady = perceived[: len(perceived) // 2]
        assert cronbach_alpha(steady[~np.isnan(steady).any(axis=1)]) == pytest.approx(ALPHAS[name], abs=0.01)
        assert survey[f"importance_{name}"].mean() / 100 == pytest.approx(WEIGHTS[name], abs=0.002)
    assert found == pytest.approx(GAPS, abs=0.02)
    assert weighted_gap(list(found.values())) == pytest.approx(-0.773, abs=0.01)
    kinds = classify(survey["recommend"])
    assert nps(*((kinds == kind).sum() for kind in (1, 0, -1))) == pytest.approx(14, abs=1)


def test_the_faults_are_those_the_dictionary_names():
    answers = load(NAME).filter(regex="^[EP]_")
    assert [place + 1 for place in np.flatnonzero(answers.nunique(axis=1) == 1)] == [6, 16, 49, 93, 156, 238]
    assert answers.isna().to_numpy().mean() == pytest.approx(0.01, abs=0.002)
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert "(6, 16, 49, 93, 156, 238)" in text
    assert (load(NAME).filter(like="importance_").sum(axis=1) == 100).all()
