"""The form of a lesson: its sections in order, one line of setup, short code, one place to change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Cell, Repo
from course.authoring.rules import of_module
from course.i18n import gettext as _
from course.manifest import Module

SECTIONS = ("story", "objectives", "predict", "theory", "simulation", "data", "critical", "check", "takeaways")
OF_A_SIMULATION = ("simulation", "critical")
CHANGE = "data-change-me"
MARKS = {"en": "# change me", "zh": "# 改这里"}
MOST_LINES = 8
LONGEST_LINE = 88


def setup_source(module: Module, language: str) -> str:
    """Return what the setup cell of a lesson or an assignment reads."""
    return f'import course\n_ = course.begin("{module.id}", language="{language}")'


@of_module
def lessons_follow_the_skeleton(repo: Repo, module: Module) -> Iterator[Finding]:
    """Each section's first cell is there, is markdown, and comes in the common order."""
    for path in repo.lessons(module).values():
        found = repo.cells(path)
        if not found:
            continue
        kinds = {cell.id: cell.kind for cell in found}
        sections = [section for section in SECTIONS if module.simulated or section not in OF_A_SIMULATION]
        for section in sections:
            if kinds.get(section) != "markdown":
                yield Finding(
                    repo.name(path),
                    section,
                    _("The section has no first markdown cell with this id."),
                    _("Add it; the sections are: {sections}.").format(sections=", ".join(sections)),
                )
        order = [cell.id for cell in found if cell.id in SECTIONS]
        wanted = [section for section in SECTIONS if section in order]
        for got, want in zip(order, wanted, strict=False):
            if got != want:
                yield Finding(
                    repo.name(path),
                    got,
                    _("The section stands where {section!r} belongs.").format(section=want),
                    _("Bring the sections into this order: {sections}.").format(sections=", ".join(SECTIONS)),
                )
                break


@of_module
def setup_is_one_line(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lessons and assignments begin their code with the same two lines."""
    for language, lesson in repo.lessons(module).items():
        for path in (lesson, repo.solution(module, language)):
            code = [cell for cell in repo.cells(path) if cell.kind == "code"]
            if code and (code[0].id != "setup" or code[0].source.strip() != setup_source(module, language)):
                yield Finding(
                    repo.name(path),
                    code[0].id,
                    _("The first code cell is not the common setup."),
                    _("Give it the id setup and let it read exactly: {code}").format(
                        code=setup_source(module, language).replace("\n", " ⏎ ")
                    ),
                )
            elif code and "setup" not in code[0].metadata.get("tags", ()):
                yield Finding(
                    repo.name(path), "setup", _("The setup cell has no tag."), _('Set its metadata.tags to ["setup"].')
                )


@of_module
def code_is_short(repo: Repo, module: Module) -> Iterator[Finding]:
    """A learner reads every line: few of them, none long."""
    for path in repo.lessons(module).values():
        for cell in repo.cells(path):
            if cell.kind == "code":
                yield from _too_much(repo.name(path), cell)


def _too_much(file: str, cell: Cell) -> Iterator[Finding]:
    lines = [line for line in cell.source.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        yield Finding(
            file,
            cell.id,
            _("The code has {count} lines.").format(count=len(lines)),
            _("Bring it down to {most}; move plumbing into the package.").format(most=MOST_LINES),
        )
    for line in lines:
        if len(line) > LONGEST_LINE:
            yield Finding(
                file,
                cell.id,
                _("A line of code has {count} characters: {line}").format(count=len(line), line=line[:40] + "…"),
                _("Break it; a line has at most {most}.").format(most=LONGEST_LINE),
            )


@of_module
def one_place_to_change(repo: Repo, module: Module) -> Iterator[Finding]:
    """The data lab has a code cell with exactly one marked place; no cell has two."""
    for language, path in repo.lessons(module).items():
        found = repo.cells(path)
        if found and CHANGE not in {cell.id for cell in found if cell.kind == "code"}:
            yield Finding(
                repo.name(path),
                CHANGE,
                _("The data lab has no code cell for the learner to change."),
                _("Add a code cell with this id after the section data."),
            )
        for cell in found:
            if cell.kind != "code":
                continue
            marks = len(re.findall(re.escape(MARKS[language]), cell.source, re.IGNORECASE))
            elsewhere = any(mark in cell.source.lower() for mark in MARKS.values())
            if marks > 1 or (marks == 0 and (cell.id == CHANGE or elsewhere)):
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("The cell marks {count} places to change.").format(count=marks),
                    _("Mark exactly one, with the comment {mark}").format(mark=MARKS[language]),
                )


@of_module
def code_can_be_parsed(repo: Repo, module: Module) -> Iterator[Finding]:
    """Code cells of lessons, app and solutions are Python without magics."""
    for path in repo.notebooks(module):
        for cell in repo.cells(path):
            if cell.kind != "code":
                continue
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("Line {line} is not plain Python: {error}").format(line=error.lineno, error=error.msg),
                    _("Correct it; a course cell uses no magics."),
                )
