"""Where an edition may stand, and that nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from course.server.edition.command import command
from course.server.edition.folder import MARK, FolderError, check, filled


def test_an_edition_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "site"
    for text in ("first", "second"):
        with filled(folder) as fresh:
            (fresh / "index.html").write_text(text)
        assert (folder / "index.html").read_text() == text
    assert sorted(entry.name for entry in folder.iterdir()) == [MARK, ".nojekyll", "index.html"]
    assert [entry.name for entry in folder.parent.iterdir()] == ["site"]


def test_what_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with filled(folder) as fresh:
        (fresh / "index.html").write_text("first")
    with pytest.raises(ZeroDivisionError), filled(folder) as fresh:
        (fresh / "index.html").write_text(str(1 / 0))
    assert (folder / "index.html").read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("mark", [False, True])
def test_what_is_not_ours_is_refused_by_name(tmp_path: Path, mark: bool) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    if mark:
        (tmp_path / MARK).write_text("{}")
    with pytest.raises(FolderError, match=r"thesis\.docx"):
        check(tmp_path)
    said = CliRunner().invoke(command, [str(tmp_path), "--module", "m01"])
    assert said.exit_code == 1
    assert "thesis.docx" in said.output
    assert (tmp_path / "thesis.docx").read_text() == "mine"


def test_a_file_and_a_place_that_is_nobodys_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(FolderError, match="is a file"):
        check(file)
    with pytest.raises(FolderError, match="cannot be written"), filled(file / "below"):
        pass


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = CliRunner().invoke(command, [str(tmp_path / "site"), "--module", "m77"])
    assert said.exit_code == 1
    assert "m77" in said.output
    assert "Traceback" not in said.output
    assert not (tmp_path / "site").exists()
