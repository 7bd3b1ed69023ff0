"""A learner's own copies: nothing that was changed is written over, and a newer version is never kept from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from course.folder import MARK
from course.paths import ROOT
from course.server.copies import FOLDER, Gift, give, offered, shelf
from course.server.update import command

A, B = "lessons/m01-a/lesson.en.ipynb", "lessons/m02-b/lesson.zh.ipynb"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "library"
    for name in (A, B, "lessons/m01-a/questions.toml", "solutions/en/m01-a/exercise.ipynb"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"{name} 1", encoding="utf-8")
    return place


def release(source: Path, name: str, version: int) -> None:
    (source / name).write_text(f"{name} {version}", encoding="utf-8")


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_a_first_gift_holds_notebooks_and_no_answers(source: Path, tmp_path: Path) -> None:
    gift = give(tmp_path / "mine", source=source)
    assert gift.new == [A, B]
    there = {
        path.relative_to(tmp_path / "mine").as_posix() for path in (tmp_path / "mine").rglob("*") if path.is_file()
    }
    assert there == {A, B, MARK}


def test_only_what_is_missing_comes_by_itself(source: Path, tmp_path: Path) -> None:
    give(tmp_path, source=source)
    (tmp_path / A).unlink()
    (tmp_path / B).write_text("my answer", encoding="utf-8")
    release(source, B, 2)
    gift = give(tmp_path, source=source)
    assert (gift.new, gift.waiting, gift.newer, gift.beside) == ([A], [B], [], [])
    assert read(tmp_path, B) == "my answer"


def test_an_update_replaces_what_was_left_and_lies_beside_what_was_changed(source: Path, tmp_path: Path) -> None:
    give(tmp_path, source=source)
    (tmp_path / B).write_text("my answer", encoding="utf-8")
    unchanged = give(tmp_path, update=True, source=source)
    assert unchanged == Gift(), "there is no newer version"
    release(source, A, 2)
    release(source, B, 2)
    gift = give(tmp_path, update=True, source=source)
    beside = B.replace(".ipynb", ".new.ipynb")
    assert (gift.newer, gift.beside) == ([A], [beside])
    assert [read(tmp_path, name) for name in (A, B, beside)] == [f"{A} 2", "my answer", f"{B} 2"]
    assert not give(tmp_path, update=True, source=source).beside, "once is enough"
    release(source, B, 3)
    assert give(tmp_path, update=True, source=source).beside == [B.replace(".ipynb", ".new2.ipynb")]


@pytest.mark.parametrize("note", ["", "[]", '{"given": 3}', "{"])
def test_where_the_note_is_damaged_all_counts_as_changed(note: str, source: Path, tmp_path: Path) -> None:
    give(tmp_path, source=source)
    (tmp_path / MARK).write_text(note, encoding="utf-8")
    release(source, A, 2)
    gift = give(tmp_path, update=True, source=source)
    assert gift.newer == []
    assert read(tmp_path, A) == f"{A} 1"
    assert gift.beside == [A.replace(".ipynb", ".new.ipynb")]


def test_nothing_half_written_is_left(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        give(tmp_path / "mine", source=source)
    assert not [path for path in (tmp_path / "mine").rglob("*") if path.is_file()]


def test_what_is_given_of_the_course_holds_no_answers() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in offered()}
    assert {"lessons/m01-expectation-gap/lesson.zh.ipynb", "exercises/en/m01-expectation-gap/exercise.ipynb"} <= names
    assert {Path(name).parts[0] for name in names} == {"lessons", "exercises", "datasets"}
    assert {Path(name).suffix for name in names} == {".ipynb", ".csv", ".md"}
    assert not [name for name in names if "teaching" in name]


def test_the_shelf_is_the_clone_else_the_copies_else_nothing(tmp_path: Path) -> None:
    assert shelf(ROOT) == shelf(ROOT.parent) == ROOT
    assert shelf(tmp_path) is None
    give(tmp_path / FOLDER)
    assert shelf(tmp_path) == shelf(tmp_path / FOLDER) == (tmp_path / FOLDER).resolve()


@pytest.mark.parametrize(("language", "words"), [("en", ["newest version lies beside"]), ("zh", ["原样保留"])])
def test_the_command_says_what_it_did(
    language: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(command, ["--language", language])
    assert refused.exit_code == 1
    assert FOLDER in refused.output
    give(tmp_path / FOLDER)
    lesson = tmp_path / FOLDER / "lessons" / "m01-expectation-gap" / "lesson.en.ipynb"
    lesson.write_text("mine", encoding="utf-8")
    mark = tmp_path / FOLDER / MARK
    note = json.loads(mark.read_text(encoding="utf-8"))
    note["given"]["lessons/m01-expectation-gap/lesson.en.ipynb"] = "an older one"
    mark.write_text(json.dumps(note), encoding="utf-8")
    done = CliRunner().invoke(command, ["--language", language])
    assert done.exit_code == 0, done.output
    assert all(word in done.output for word in [*words, "lesson.en.new.ipynb"])
    assert lesson.read_text(encoding="utf-8") == "mine"
