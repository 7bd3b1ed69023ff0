from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from course.manifest import syllabus
from course.simulations import simulation_class
from course.ui.simulator import answers, study
from course.ui.simulator.answers import summary
from course.ui.simulator.study import Study

MODEL = simulation_class(syllabus().module("m01"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answers, study):
        monkeypatch.setattr(module, "REPEATS", 20)


def followed(stop_after: int | None = None) -> list[dict[str, Any]]:
    """Run a study to its end, or cancel it after so many messages, and return what it sent."""
    sent: list[dict[str, Any]] = []

    async def follow() -> None:
        def hear(message: dict[str, Any], _buffers: list[bytes]) -> None:
            sent.append(message)
            if len(sent) == stop_after:
                running.cancel()

        running = Study(MODEL(service=80), "en", hear)
        with suppress(asyncio.CancelledError):
            await running._task

    asyncio.run(follow())
    return sent


def test_it_tells_how_far_it_is_and_ends_with_every_metric() -> None:
    sent = followed()
    assert [message["done"] for message in sent] == [5, 10, 15, 20]
    assert set(sent[-1]["metrics"]) == {metric.key for metric in MODEL.words().metrics}
    alone = [MODEL(service=80, seed=seed).run().metrics["satisfaction"] for seed in range(2, 22)]
    assert sent[-1]["draws"]["satisfaction"] == pytest.approx(alone)
    above = sum(MODEL(service=80, seed=seed).run().metrics["felt"] >= 0 for seed in range(2, 22))
    assert sent[-1]["sentences"][0].startswith(f"In {above} of 20 draws")
    mean, half = sent[-1]["metrics"]["satisfaction"]
    assert mean == pytest.approx(np.mean(alone))
    assert half == pytest.approx(1.96 * np.std(alone, ddof=1) / 20**0.5)


def test_cancelled_it_says_nothing_more() -> None:
    sent = followed(stop_after=1)
    assert len(sent) == 1
    assert "metrics" not in sent[0]


def test_what_does_not_vary_has_no_interval() -> None:
    assert summary([{"cost": 5.0}, {"cost": 5.0}]) == {"cost": (5.0, 0.0)}
