from __future__ import annotations

from pathlib import Path

import pytest

from course.ui import assets
from course.ui.assets import asset_name


def test_the_names_carry_the_content() -> None:
    served = assets.assets()
    assert set(served) == {asset_name(stem) for stem in ("ui", "live", "vega", *assets.TOOL_SCRIPTS)}
    ui = served[asset_name("ui")].body.decode()
    assert "export function render(" in ui
    assert 'from "./' not in ui, "one file, nothing left to import"
    assert "--accent" in ui, "the styles travel with it"
    assert served[asset_name("vega")].body.decode().rstrip().endswith("export const vega = window.vega;")


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in assets.HERE.glob("*.[jc]s*"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(assets, "HERE", tmp_path)
    return tmp_path


def test_one_name_declared_twice_is_refused(copied: Path) -> None:
    with (copied / "quiz.js").open("a", encoding="utf-8") as script:
        script.write("\nfunction sliders() {}\n")
    with pytest.raises(ValueError, match="sliders"):
        assets._interface()


def test_a_tool_travels_by_itself_and_finds_in_the_page_what_it_borrows() -> None:
    ui, survey = (assets.assets()[asset_name(stem)].body.decode() for stem in ("ui", "survey"))
    assert "export function startTool(" in survey
    assert 'from "./' not in survey
    borrowed = survey.split("const { ")[1].split(" }")[0].split(", ")
    assert "element" in borrowed
    lent = ui.rsplit(".kit = { ", 1)[1].split(" }")[0].split(", ")
    assert set(borrowed) <= set(lent)
    assert ".survey-drop" in survey
    assert ".survey-drop" not in ui, "pages without the tool do not carry its styles"


def test_a_missing_runtime_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "RUNTIME", tmp_path / "vega.js")
    with pytest.raises(FileNotFoundError, match="uv sync --reinstall-package course"):
        assets._runtime()
