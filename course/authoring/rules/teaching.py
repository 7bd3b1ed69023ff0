"""The teacher's notes: ninety minutes that add up, links that lead somewhere, and no number that the module does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

MINUTES = 90
STRETCH = re.compile(r"^\| (\d+)–(\d+) \|")
NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
FEWEST_DIGITS = 3


def _notes(repo: Repo, module: Module) -> Iterator[tuple[str, Path, list[str]]]:
    for language in LANGUAGES:
        path = repo.teaching(module, language)
        if path.is_file():
            yield language, path, path.read_text(encoding="utf-8", errors="replace").splitlines()


@of_module
def sessions_fill_their_time(repo: Repo, module: Module) -> Iterator[Finding]:
    """The plan goes from 0 to 90 without a gap."""
    for _language, path, lines in _notes(repo, module):
        at = 0
        for number, line in enumerate(lines, 1):
            stretch = STRETCH.match(line)
            if stretch is None:
                continue
            begin, end = map(int, stretch.groups())
            if begin != at or end <= begin:
                yield Finding(
                    repo.name(path),
                    _("line {number}").format(number=number),
                    _("The plan goes from minute {begin} to {end}, where minute {at} is next.").format(
                        begin=begin, end=end, at=at
                    ),
                    _("Let each stretch begin where the last one ends."),
                )
            at = end
        if at != MINUTES:
            problem = _("The plan ends at minute {end}, not {minutes}.").format(end=at, minutes=MINUTES)
            yield Finding(repo.name(path), "", problem, _("Write a table of stretches, as | 0–10 | what happens |"))


@of_module
def notes_quote_the_module(repo: Repo, module: Module) -> Iterator[Finding]:
    """A number of three digits or with a decimal stands in the module too, so that it is noticed when it changes there."""
    for language, path, lines in _notes(repo, module):
        known = set(_numbers("\n".join(_texts(repo, module, language))))
        for number, line in enumerate(lines, 1):
            text = re.sub(r"\]\([^)]*\)", "", line)
            for quoted in _numbers(text):
                digits = quoted.replace(".", "")
                if quoted not in known and ("." in quoted or len(digits) >= FEWEST_DIGITS):
                    yield Finding(
                        repo.name(path),
                        _("line {number}").format(number=number),
                        _("The number {quoted} stands nowhere in the module.").format(quoted=quoted),
                        _("Quote one that stands in its lesson, questions, simulation or assignment."),
                    )


def _texts(repo: Repo, module: Module, language: str) -> Iterator[str]:
    for path in (repo.lesson(module, language), repo.solution(module, language)):
        yield from (cell.source for cell in repo.cells(path))
    for path in (repo.questions(module), repo.words(module)):
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")
    yield module.summary[language]


def _numbers(text: str) -> Iterator[str]:
    yield from (found.replace(",", "") for found in NUMBER.findall(text))
