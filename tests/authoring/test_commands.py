"""`course check`, `course format` and `course new` as an author meets them."""

from __future__ import annotations

import ast
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course import i18n
from course.authoring import chinese_files, scaffold
from course.authoring.commands import check, format_, new
from course.authoring.repo import Repo
from course.i18n import LANGUAGES

from .conftest import NUMBER, bare, cell, edit

ID = "m99-small-module"


def run(command: object, root: Path, *words: str) -> Result:
    result = CliRunner().invoke(command, [*words, "--root", str(root)])  # type: ignore[arg-type]
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def files(root: Path) -> dict[str, bytes]:
    """Return every file under `root` that is no cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the course that lists the small module without its files."""
    return bare(tmp_path / "course").root


def test_check_ends_with_0_where_nothing_is_to_mend(written: Path):
    result = run(check, written, NUMBER, "--fast")
    assert (result.exit_code, result.output) == (0, "Nothing to mend: m99\n")


def test_check_ends_with_1_and_a_count(tree: Path):
    edit(tree / "lessons" / ID / "app.ipynb", lambda notebook: cell(notebook, "app").update(execution_count=1))
    result = run(check, tree, NUMBER, "--fast")
    assert result.exit_code == 1
    assert f"lessons/{ID}/app.ipynb · app\n" in result.output
    assert result.output.endswith("Findings: 1\n")


def test_check_speaks_chinese(tree: Path, monkeypatch: pytest.MonkeyPatch):
    edit(tree / "lessons" / ID / "app.ipynb", lambda notebook: cell(notebook, "app").update(execution_count=1))
    result = run(check, tree, NUMBER, "--fast", "--language", "zh")
    assert "单元格里留着输出或执行编号。" in result.output
    assert result.output.endswith("发现问题：1 个\n")
    monkeypatch.setattr(i18n, "_current", "en")


@pytest.mark.parametrize(
    ("words", "said"),
    [(["m77"], "There is no module 'm77'"), (["--quick"], "No such option"), (["--language", "fr"], "fr")],
)
def test_check_ends_with_2_where_it_is_misused(written: Path, words: list[str], said: str):
    result = run(check, written, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_broken_manifest_is_said(tree: Path):
    (tree / "course" / "syllabus.toml").write_text("[course", encoding="utf-8")
    result = run(check, tree)
    assert result.exit_code == 2
    assert "git checkout" in result.output


def test_a_folder_without_lessons_is_said(tmp_path: Path):
    for command in (check, format_):
        result = run(command, tmp_path)
        assert result.exit_code == 2
        assert "needs a clone" in result.output


def test_format_mends_every_kind_of_file_and_nothing_else(tree: Path):
    lesson, english = tree / f"lessons/{ID}/lesson.zh.ipynb", tree / f"lessons/{ID}/lesson.en.ipynb"
    questions, catalogue = tree / f"lessons/{ID}/questions.toml", tree / "course/i18n/zh/m99.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalogue.write_text(head + 'msgid "a metric"\nmsgstr "一个指标"\n', encoding="utf-8")
    (tree / "README.zh.md").write_text("# 课程\n\n先读,再做`a,b`\n", encoding="utf-8")
    before = files(tree)
    slips = {
        lesson: ("一个具体的场景和一个数字，引出问题", "一个具体的场景和一个数字,引出问题"),
        questions: ('zh = "猜什么"', 'zh = "猜\\"什么\\",对吗?"'),
        catalogue: ('msgstr "一个指标"', 'msgstr ""\n"一个"\n"指标,"\n"好"'),
        tree / "course/syllabus.toml": ("没什么可看", "没什么可看,真的"),
    }
    for path, (good, slip) in slips.items():
        text = path.read_text(encoding="utf-8")
        assert good in text
        path.write_text(text.replace(good, slip), encoding="utf-8")
    output = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
    edit(english, lambda notebook: cell(notebook, "check-quiz").update(outputs=[output], execution_count=7))

    result = run(format_, tree)
    assert result.exit_code == 0
    for name in (
        f"lessons/{ID}/lesson.zh.ipynb · story",
        "output taken out",
        "README.zh.md · line 3",
        "→ 先读，再做`a,b`",
    ):
        assert name in result.output
    after = files(tree)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"README.zh.md", f"lessons/{ID}/questions.toml", "course/i18n/zh/m99.po", "course/syllabus.toml"}
    assert 'zh = "猜\\"什么\\"，对吗？"' in questions.read_text(encoding="utf-8")
    assert 'msgstr "一个指标，好"' in catalogue.read_text(encoding="utf-8")
    assert run(format_, tree).output == ""
    assert files(tree) == after


def test_format_leaves_code_cells_alone(tree: Path):
    path = tree / f"lessons/{ID}/lesson.zh.ipynb"
    edit(path, lambda notebook: cell(notebook, "check-quiz").update(source=["course.quiz()  # 甲,乙(丙)"]))
    before = path.read_bytes()
    assert run(format_, tree, str(path)).output == ""
    assert path.read_bytes() == before


def test_format_of_one_file_leaves_the_others(tree: Path):
    readme = tree / "README.zh.md"
    readme.write_text("先读,再做\n", encoding="utf-8")
    lesson = tree / f"lessons/{ID}/lesson.zh.ipynb"
    edit(lesson, lambda notebook: cell(notebook, "story").update(source=["甲,乙"]))
    run(format_, tree, str(lesson))
    assert readme.read_text(encoding="utf-8") == "先读,再做\n"
    assert cell(json.loads(lesson.read_text(encoding="utf-8")), "story")["source"] == ["甲，乙"]


def test_format_says_which_files_it_does_not_mend(tree: Path):
    result = run(format_, tree, str(tree / "course" / "paths.py"))
    assert "not a file this command mends" in result.output


def test_a_write_that_fails_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        chinese_files.write(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.md"]


def test_new_creates_a_module_and_check_says_what_is_missing(root: Path):
    result = run(new, root, NUMBER)
    assert result.exit_code == 0, result.output
    repo = Repo(root)
    module = repo.syllabus.module(NUMBER)
    exercises = {repo.exercise(module, language) for language in LANGUAGES}
    made = {root / line for line in result.output.splitlines()[:-1]}
    assert made == set(repo.own(module)) | set(repo.theory(module)) | {repo.theory_test(repo.theory(module)[0])}
    assert set(repo.files(module)) - exercises <= made
    assert all(path.is_file() for path in made)
    told = run(check, root, NUMBER, "--fast")
    assert told.exit_code == 1
    paragraphs = [part for part in told.output.split("\n\n") if "A placeholder is still there" not in part]
    assert sum("The file is missing" in part for part in paragraphs) == len(LANGUAGES)
    assert len(paragraphs) == 3, "\n".join(paragraphs)
    for path in made - {repo.app(module)}:
        assert f"{repo.name(path)} · " in told.output, path


def test_new_code_can_be_parsed_and_names_its_module(root: Path):
    run(new, root, NUMBER)
    repo = Repo(root)
    module = repo.syllabus.module(NUMBER)
    for path in (repo.simulation(module), *repo.tests(module)):
        ast.parse(path.read_text(encoding="utf-8"))
        assert path not in (repo.simulation(module), repo.simulation_test(module)) or "SmallModule" in path.read_text(
            encoding="utf-8"
        )
    assert not [path for path, text in files(root).items() if "99" in path and b"__NUMBER__" in text]


def test_new_adds_an_unlisted_module_to_the_manifest(root: Path):
    result = run(new, root, "m98-another-module")
    assert result.exit_code == 0, result.output
    module = Repo(root).syllabus.module("m98")
    assert (module.id, module.ready, len(module.objectives)) == ("m98-another-module", False, 3)
    assert "‹待写：题目›" in run(check, root, "m98", "--fast").output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("m97", "course new m02-how"),
        ("haidilao", "course new m02-how"),
        ("m99-other", "module m99 already"),
        ("m9-x", "in full"),
        ("m96-3-ways", "in full"),
    ],
)
def test_new_refuses_what_it_cannot_name(root: Path, asked: str, said: str):
    before = files(root)
    result = run(new, root, asked)
    assert result.exit_code == 2
    assert said in result.output
    assert files(root) == before


def test_new_overwrites_nothing(root: Path):
    kept = root / "lessons" / ID / "lesson.en.ipynb"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    before = files(root)
    result = run(new, root, NUMBER)
    assert result.exit_code == 2
    assert f"lessons/{ID}/lesson.en.ipynb" in result.output
    assert files(root) == before


def test_new_leaves_nothing_half_written(root: Path, monkeypatch: pytest.MonkeyPatch):
    before, folders = files(root), {path for path in root.rglob("*") if path.is_dir()}
    real, calls = chinese_files.write, []

    def full(path: Path, text: str) -> None:
        calls.append(path)
        if path.name == "simulation.toml":
            raise OSError(28, "No space left on device", str(path))
        real(path, text)

    monkeypatch.setattr(scaffold, "write", full)
    result = run(new, root, "m98-another-module")
    assert result.exit_code == 2
    assert "No space left on device" in result.output
    assert len(calls) > 3
    assert files(root) == before
    assert {path for path in root.rglob("*") if path.is_dir()} == folders


def test_new_leaves_the_manifest_where_writing_it_fails(root: Path, monkeypatch: pytest.MonkeyPatch):
    before = files(root)
    real = chinese_files.write

    def full(path: Path, text: str) -> None:
        if path.name == "syllabus.toml":
            raise OSError(5, "Input/output error", str(path))
        real(path, text)

    monkeypatch.setattr(scaffold, "write", full)
    assert run(new, root, "m98-another-module").exit_code == 2
    assert files(root) == before


def test_a_new_simulation_runs(root: Path, tmp_path: Path):
    import subprocess
    import sys

    run(new, root, NUMBER)
    repo = Repo(root)
    test = repo.simulation_test(repo.syllabus.module(NUMBER))
    shutil.copy(test, tmp_path / test.name)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / test.name)],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
