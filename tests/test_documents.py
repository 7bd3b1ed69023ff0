"""The front pages: both editions give the same commands, and what they point at exists."""

from __future__ import annotations

import re
import tomllib

import pytest

from course.i18n import LANGUAGES
from course.paths import ROOT

README = {"en": "README.md", "zh": "README.zh.md"}
GUIDE = {"en": "course/grading/GUIDE.md", "zh": "course/grading/GUIDE.zh.md"}
PAGES = [
    *README.values(), *GUIDE.values(), "CONTRIBUTING.md", "CHANGELOG.md", "datasets/README.md", "datasets/README.zh.md",
]  # fmt: skip
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
# Whoever takes a name on the package index that nobody owns runs code where it is installed: on graders, too
FROM_INDEX = re.compile(
    r"\b(?:(?:pip3?|pipx|uv tool|uv pip)\s+(?:install|run)\b[^\n`&;|]*?[\s'\"]|uvx\s+|uv add\s+['\"]?)"
    r"(?:course|exceeding[-_]expectations)(?![\w./-])"
)
OURS = ("*.md", "*.py", "*.po", "*.toml", "*.js", "*.j2", "*.html", "*.txt", "*.ipynb", ".ci/*", "binder/*")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;!?]|[,:;!?][\u4e00-\u9fff]")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def commands(page: str) -> list[str]:
    return [line.strip() for block in BLOCK.findall(text(page)) for line in block.splitlines()]


@pytest.mark.parametrize("editions", [README, GUIDE], ids=["readme", "guide"])
def test_both_editions_give_the_same_commands(editions):
    assert commands(editions["en"]) == commands(editions["zh"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_commands_come_first(language):
    assert commands(README[language])[:2] == [
        "pip install uv && uv run course",
        "pip install uv && uv run --project .ci pytest",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_repository_resolve(page):
    targets = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text(page))
    assert targets
    for target in targets:
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        assert path.exists(), target
        if anchor:
            headings = {
                re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
                for line in path.read_text(encoding="utf-8").splitlines()
                if line.startswith("#")
            }
            assert anchor in headings, target


@pytest.mark.parametrize("page", [page for page in PAGES if ".zh." in page])
def test_chinese_pages_use_full_width_punctuation(page):
    assert not HALF_WIDTH.findall(text(page))


def test_every_command_of_the_course_that_is_named_exists():
    from course.cli import COMMANDS

    named = {word for page in PAGES for word in re.findall(r"`(?:uv run )?course ([a-z]+)", text(page))}
    assert named
    assert named <= set(COMMANDS)


def test_nobody_is_told_to_install_the_course_by_name_from_the_index():
    paths = [path for pattern in OURS for path in ROOT.rglob(pattern) if path.is_file() and ".venv" not in path.parts]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    assert {*README.values(), *GUIDE.values(), "binder/postBuild", "course/grading/commands/grade.py"} <= set(texts)
    assert {name: found[0] for name, content in texts.items() if (found := FROM_INDEX.search(content))} == {}


def test_the_licence_covers_code_texts_and_data():
    licence = text("LICENSE")
    declared = tomllib.loads(text("pyproject.toml"))["project"]["license"]
    assert declared == "BSD-3-Clause AND CC-BY-4.0"
    assert "BSD 3-Clause License" in licence
    assert "Redistribution and use in source and binary forms" in licence
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in licence
    assert "datasets/README.md" in licence
