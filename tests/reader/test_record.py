"""Lessons are run once, whoever asks; what they gave is kept for the next server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from course.manifest import Module, syllabus
from course.ratings import file
from course.reader import record
from course.reader.outputs import Output
from course.reader.record import FOLDER, Record
from course.reader.running import Outputs, RunError

MODULE = syllabus().module("m02")
GIVEN = {"cell": [Output("printed", "1")]}


class Runs:
    """Counts the runs that it is asked for, and how many there are at the same time."""

    def __init__(self, problem: str = "") -> None:
        self.problem, self.count, self.now, self.most = problem, 0, 0, 0

    async def __call__(self, _module: Module, _language: str) -> Outputs:
        self.count += 1
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        if self.problem:
            raise RunError(self.problem)
        return GIVEN


def test_a_lesson_is_run_once_for_all_who_ask(tmp_path: Path) -> None:
    runs = Runs()

    async def ask() -> None:
        kept = Record(tmp_path, runs)
        assert kept.known(MODULE, "en") is None
        asked = [kept.outputs(MODULE, language) for language in ("en", "zh", "en", "en")]
        assert await asyncio.gather(*asked) == [GIVEN] * 4
        assert kept.known(MODULE, "en") == GIVEN

    asyncio.run(ask())
    assert (runs.count, runs.most) == (2, 1)
    assert Record(tmp_path, runs).known(MODULE, "en") == GIVEN


def test_another_state_of_the_course_is_run_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(Record(tmp_path, Runs()).outputs(MODULE, "en"))
    monkeypatch.setattr(record, "fingerprint", lambda: "another")
    assert Record(tmp_path, Runs()).known(MODULE, "en") is None


def test_what_a_class_rated_is_seen_by_a_server_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rated = tmp_path / "class.csv"
    monkeypatch.setattr(file, "place", lambda _folder: rated)

    async def ask() -> None:
        kept = Record(tmp_path, Runs())
        await kept.outputs(MODULE, "en")
        rated.write_text("1")
        assert kept.known(MODULE, "en") is None
        await kept.outputs(MODULE, "en")
        assert kept.known(MODULE, "en") == GIVEN

    asyncio.run(ask())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": 1, "outputs": {}}'])
def test_a_file_that_is_none_of_ours_is_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{MODULE.id}.en.json").write_text(text)
    assert Record(tmp_path, Runs()).known(MODULE, "en") is None


def test_what_failed_is_said_and_not_tried_again_at_once(tmp_path: Path) -> None:
    runs = Runs("no kernel")

    async def ask() -> None:
        kept = Record(tmp_path, runs)
        for _attempt in range(2):
            with pytest.raises(RunError, match="no kernel"):
                await kept.outputs(MODULE, "en")

    asyncio.run(ask())
    assert runs.count == 1


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert asyncio.run(Record(tmp_path / "file", Runs()).outputs(MODULE, "en")) == GIVEN
