"""What a page is told about a simulation, as plain data: the same over the kernel's line and from the run service."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from traitlets import TraitError

from course.i18n import gettext
from course.manifest import Module
from course.simulations import Run, Simulation
from course.simulations.base import LARGEST_SEED
from course.simulations.codes import decode_run, encode_run
from course.simulations.luck import fans, sentences
from course.simulations.progress import progress
from course.ui.numbers import real_minus
from course.ui.simulator.columns import pack

REPEATS = 200
NORMAL_95 = 1.96
Fields = dict[str, Any]


def asked(model: type[Simulation[Any]], values: object, seed: object = 1, decisions: object = None) -> Simulation[Any]:
    """Return the simulation as a page has set it, and played it with `decisions`. `TraitError` in the learner's language."""
    known = {**model.parameters(), **model.journeys()}
    if not isinstance(values, dict) or not set(values) <= set(known):
        raise TraitError(gettext("The page sent settings that this simulation does not have. Reload the page."))
    simulation = model(seed=seed, **values)
    return simulation if decisions is None else simulation.play(decisions)


def decoded(module: Module, code: str) -> Simulation[Any]:
    """Return the simulation that a run code of `module` holds. `TraitError` in the learner's language."""
    number, simulation = decode_run(code)
    if number != module.number:
        raise TraitError(
            gettext("This link belongs to module {other}, not to {this}.").format(other=number, this=module.number)
        )
    return simulation


def result(
    module: Module, simulation: Simulation[Any], language: str, run: Run[Any] | None = None
) -> tuple[Fields, list[bytes]]:
    """Return what a run shows and says: the fields of the message “result” but its number, and its columns.

    `run` is the simulation's, where it has been run already.
    """
    started = time.perf_counter()
    run, decisions = run or simulation.run(), simulation.decisions
    tables, buffers = pack(simulation.known(run))
    whole = simulation.unfinished is None
    return {
        "values": simulation.settings(),
        "seed": int(simulation.seed),
        "period": None if decisions is None else len(decisions),
        "metrics": run.metrics if whole else {},
        "asides": {key: float(number) for key, number in run.asides.items()} if whole else {},
        "tell": real_minus(simulation.tell(run, language)),
        "titles": {key: real_minus(text) for key, text in simulation.titles(run, language).items()},
        "goals": progress(simulation, run) if whole else [],
        "code": encode_run(module.number, simulation) if whole else "",
        # who opens a code has to hear what was decided
        "decisions": None if decisions is None else [*map(dict, decisions)],
        "idle": simulation.idle(),
        "tables": tables,
        "milliseconds": round((time.perf_counter() - started) * 1000, 2),
    }, buffers


def people(simulation: Simulation[Any], language: str) -> list[dict[str, str]]:
    """Return some guests of a run: their kind, and what is read of them."""
    return [{**one, "text": real_minus(one["text"])} for one in simulation.people(language)]


def repeats(simulation: Simulation[Any]) -> Iterator[Run[Any]]:
    """Yield `REPEATS` runs of the same settings, each with another seed."""
    for count in range(1, REPEATS + 1):
        seed = (int(simulation.seed) + count) % (LARGEST_SEED + 1)
        yield type(simulation)(seed=seed, **simulation.settings()).run()


def studied(simulation: Simulation[Any], runs: list[Run[Any]], language: str) -> tuple[Fields, list[bytes]]:
    """Return what many runs have in common, and the columns of its bands (`luck.fans`).

    "metrics": for every metric its mean and the half width of the 95% interval of that mean, in the metric's unit;
    "draws": every metric in every run; "sentences" that count them, in `language`.
    """
    results = [run.metrics for run in runs]
    tables, buffers = pack(fans(type(simulation), runs))
    told = {
        "done": len(runs),
        "all": REPEATS,
        "metrics": summary(results),
        "draws": {key: [result[key] for result in results] for key in results[0]},
        "sentences": sentences(simulation, results, language),
        "tables": tables,
    }
    return told, buffers


def summary(results: list[Mapping[str, float]] | list[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return, for every metric, the mean of n ≥ 2 results and the half width of its 95% interval (normal, 1.96·s/√n)."""
    table = np.array([list(result.values()) for result in results])
    halves = NORMAL_95 * table.std(axis=0, ddof=1) / np.sqrt(len(results))
    return {
        key: (float(mean), float(half)) for key, mean, half in zip(results[0], table.mean(axis=0), halves, strict=True)
    }
