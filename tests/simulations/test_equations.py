"""An equation filled with the numbers of a run gives the figure that is shown; where it cannot, it is said of how many."""

from __future__ import annotations

import math
import re
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.i18n import LANGUAGES
from course.paths import LESSONS
from course.simulations import Simulation
from course.simulations.equations import UnboundError, UnusedError, bind, mathml_with_places, numbers, spoken
from course.simulations.reading import FILE, read
from course.simulations.words import WordsError
from tests.simulations.strategies import SIMULATIONS

FILLED = [
    pytest.param(model, metric, id=f"{number}-{metric.key}")
    for number, model in SIMULATIONS.items()
    for metric in model.words().metrics
    if metric.symbols
]
COUNTED = [
    pytest.param(model, metric, id=f"{number}-{metric.key}")
    for number, model in SIMULATIONS.items()
    for metric in model.words().metrics
    if not metric.symbols
]


def root(number: float) -> float:
    """Return the square root; of a rounding error below 0, that of 0."""
    return math.sqrt(0.0 if -1e-12 < number < 0 else number)


FUNCTIONS = {"sqrt": root, "min": min, "max": max, "e": math.e}


def braced(text: str, start: int) -> tuple[str, int]:
    """Return what stands between the brace at `start` and the one that closes it, and where that ends."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise ValueError(text)


def python(latex: str) -> str:
    """Return the Python of the little LaTeX that filled equations use; products without a sign get theirs."""
    for space in (r"\left", r"\right", r"\,", r"\;"):
        latex = latex.replace(space, " ")
    latex = latex.replace(r"\cdot", "*").replace(r"\min", "min").replace(r"\max", "max")
    while (found := re.search(r"\\(?:t?frac|sqrt)\{|\^\{|\^(?=\d)", latex)) is not None:
        start, end = found.span()
        made = "**"
        if found[0].endswith("{"):
            first, end = braced(latex, end - 1)
            made = f"**({first})" if found[0] == "^{" else f"sqrt({first})"
        if "frac" in found[0]:
            second, end = braced(latex, end)
            made = f"(({first})/({second}))"
        latex = latex[:start] + made + latex[end:]
    return re.sub(r"(?<=[\d)])\s*(?=\(|sqrt)", "*", latex)


def evaluated(metric, known) -> float:
    scales = numbers(metric.symbols)

    def number(match: re.Match[str]) -> str:
        name = match[1].split("/")[0]
        return f"({float(known[name]) / scales[name]!r})"

    filled = re.sub(r"\\text\{@([^}]*)\}", number, bind(metric.equation, metric.symbols))
    return float(eval(python(filled), {"__builtins__": {}}, FUNCTIONS))


def stops_of(model: type[Simulation[Any]]) -> st.SearchStrategy[dict[str, float]]:
    """Values where the sliders stop, and a seed: a survey of 250.3 answers is none."""
    chosen = {
        name: st.integers(0, round((slider.high - slider.low) / slider.step)).map(
            lambda stop, slider=slider: min(slider.low + stop * slider.step, slider.high)
        )
        for name, slider in model.parameters().items()
    }
    return st.fixed_dictionaries({"seed": st.integers(0, 999), **chosen})


@pytest.mark.parametrize(("model", "metric"), FILLED)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_filled_equation_gives_the_figure(model, metric, data):
    simulation = model(**data.draw(stops_of(model)))
    run = simulation.run()
    known = {**simulation.values(), **run.metrics, **run.asides}
    # 1.96 is short for 1.959964
    assert evaluated(metric, known) == pytest.approx(run.metrics[metric.key], rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(("model", "metric"), FILLED)
def test_every_number_has_its_place_in_the_picture_of_the_equation(model, metric):
    drawn = mathml_with_places(metric.equation, metric.symbols)
    assert set(re.findall(r'data-number="(\w+)"', drawn)) == {*numbers(metric.symbols), "result"}
    assert "@" not in drawn


@pytest.mark.parametrize(("model", "metric"), COUNTED)
def test_of_how_many_a_figure_comes_is_told_with_numbers_of_the_run(model, metric):
    simulation = model()
    run = simulation.run()
    known = {**simulation.values(), **run.metrics, **run.asides}
    for language in LANGUAGES:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(metric.counted[language]) if name}
        assert all(np.isfinite(known[name]) for name in named)


def test_both_ways_of_saying_it_are_in_use():
    assert len(FILLED) > 15
    assert len(COUNTED) > 15


def test_what_is_not_bound_and_what_is_not_there_is_found():
    assert bind(r"c = 2k \, P", {"k": "price", "P": "service"}) == r"2 \cdot \text{@price} \cdot \text{@service}"
    with pytest.raises(UnboundError, match="P"):
        bind("2k + P", {"k": "price"})
    with pytest.raises(UnboundError, match="lambda"):
        bind(r"\lambda + k", {"k": "price"})
    with pytest.raises(UnusedError, match="s"):
        bind("2k", {"k": "price", "s": "spread"})
    with pytest.raises(KeyError):
        numbers({"k": "2 * price"})


@pytest.mark.parametrize("model", SIMULATIONS.values(), ids=list(SIMULATIONS))
def test_no_english_word_stands_in_a_chinese_equation(model: type[Simulation[Any]]) -> None:
    """Symbols are the same everywhere; words are not."""
    words = model.words()
    for metric in words.metrics:
        chinese = spoken(metric.equation, words.formula, "zh")
        assert not re.search(r"\\text\{[^{}]*[A-Za-z]", chinese), metric.key
        assert spoken(metric.equation, words.formula, "en") == metric.equation


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"visits" = { en', '"visit" = { en', "does not say 'visits'"),
        (
            "[formula]",
            '[formula]\n"never" = { en = "never", zh = "从未" }',
            "says 'never', which stands in no equation",
        ),
    ],
)
def test_a_word_of_an_equation_without_its_chinese_is_noticed(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    whole = (LESSONS / "m02-promises" / FILE).read_text(encoding="utf-8")
    assert before in whole
    (tmp_path / FILE).write_text(whole.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(WordsError, match=said):
        read(tmp_path / FILE)
