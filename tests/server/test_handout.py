"""`course print`: what it says where it cannot print, and one handout in Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from course.server import handout
from course.server.handout import command


def test_without_a_browser_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handout, "browser", lambda: None)
    said = CliRunner().invoke(command, ["m02", "--language", "zh"])
    assert said.exit_code == 1
    assert "请装一个" in said.output


def test_a_module_that_is_not_there_is_named() -> None:
    said = CliRunner().invoke(command, ["m77", "--language", "en"])
    assert said.exit_code == 1
    assert "m77" in said.output
    assert "Traceback" not in said.output


@pytest.mark.browser
def test_a_lesson_becomes_a_file_to_print(tmp_path: Path) -> None:
    file = tmp_path / "handout.pdf"
    said = CliRunner().invoke(command, ["m02", "--language", "zh", "--paper", "letter", "--output", str(file)])
    assert said.exit_code == 0, said.output
    data = file.read_bytes()
    assert data.startswith(b"%PDF")
    # Letter is 612 by 792 points
    assert len(re.findall(rb"/MediaBox \[0 0 612 792\]", data)) > 10
    assert list(tmp_path.iterdir()) == [file]
