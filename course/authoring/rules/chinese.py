"""Chinese punctuation and spacing, in notebooks, questions, manifest, catalogues and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from course.authoring.chinese_files import house_files, module_files, tidied
from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.i18n import gettext as _
from course.manifest import Module


@of_module
def chinese_of_modules_is_tidy(repo: Repo, module: Module) -> Iterator[Finding]:
    """The Chinese of a module's own files."""
    yield from _untidy(repo, module_files(repo, module))


@of_house
def chinese_of_the_house_is_tidy(repo: Repo) -> Iterator[Finding]:
    """The Chinese of manifest, documents and shared catalogues."""
    yield from _untidy(repo, house_files(repo))


def _untidy(repo: Repo, paths: Iterable[Path]) -> Iterator[Finding]:
    for path in paths:
        if not path.is_file():
            continue
        for change in tidied(path).changes:
            if change.before:
                yield Finding(
                    repo.name(path),
                    change.place,
                    _("Chinese punctuation or spacing: {text}").format(text=change.before),
                    _("Write {text}, or run: course format {file}").format(text=change.after, file=repo.name(path)),
                )
