"""The same grading on dask workers: the same scores, and a killed worker costs nobody anything."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil
import pytest

from course.grading.commands.grade import open_engine
from course.grading.running.cluster import Cluster
from course.grading.running.engine import EngineError
from course.kernel.probe import probe
from tests.grading.classroom import command, grade, open_classroom, scores
from tests.grading.honest import hand_in_honestly
from tests.waiting import LONGEST_SECONDS, until

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")
COUNT = 4


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    # dask sets PYTHONHASHSEED and OMP_NUM_THREADS for its workers in the process that starts them, for good
    with (
        patch.dict(os.environ),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
        ) as started,
    ):
        yield started


@pytest.fixture(scope="module")
def locally(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = open_classroom(tmp_path_factory.mktemp("local"))
    hand_in_honestly(root, COUNT)
    grade(root)
    return scores(root)


def test_a_killed_worker_costs_a_retry_and_no_grade(cluster: Any, locally: Any, tmp_path: Path) -> None:
    root = open_classroom(tmp_path)
    hand_in_honestly(root, COUNT)
    victim = psutil.Process(next(iter(cluster.workers.values())).process.process.pid)
    running = subprocess.Popen(
        command(root, "--scheduler", cluster.scheduler_address),
        env=os.environ | {"PATH": os.defpath}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    at_work = _wait_for_kernel(victim, running)
    victim.send_signal(signal.SIGKILL)
    out, error = running.communicate(timeout=LONGEST_SECONDS)
    assert at_work, "the worker was killed before it had anything to do, so this test proves nothing"
    assert running.returncode == 0, out + error
    assert scores(root) == locally
    _, left = psutil.wait_procs(at_work, timeout=LONGEST_SECONDS)
    assert not left, "a submission outlived its worker"


def _wait_for_kernel(worker: psutil.Process, running: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return the worker's offspring as soon as a fenced kernel is among it."""

    def fenced() -> list[psutil.Process] | None:
        assert running.poll() is None, "it was over before its kernel was seen"
        found = worker.children(recursive=True)
        return found if any("bwrap" in one.name() for one in found if one.is_running()) else None

    found: list[psutil.Process] = until(fenced)
    return found


def test_places_are_the_workers_threads(cluster: Any) -> None:
    engine = open_engine(scheduler=cluster.scheduler_address)
    assert isinstance(engine, Cluster)
    try:
        assert engine.places >= 1
        assert engine.submit(len, "abc").result(timeout=LONGEST_SECONDS) == 3  # type: ignore[arg-type]
    finally:
        engine.close()


def test_where_nobody_answers_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.grading.running.cluster.SECONDS", 1)
    with pytest.raises(EngineError, match="dask scheduler"):
        open_engine(scheduler="tcp://127.0.0.1:9")


def test_without_workers_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.grading.running.cluster.SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as empty,
        pytest.raises(EngineError, match="dask worker"),
    ):
        open_engine(scheduler=empty.scheduler_address)


def test_another_version_is_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.grading.running.cluster.__version__", "99.9")
    with pytest.raises(EngineError, match=r"99\.9"):
        open_engine(scheduler=cluster.scheduler_address)
