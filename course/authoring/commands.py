"""The authors' commands: `course check`, `course format`, `course new`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from course.i18n import gettext as _
from course.options import language_option
from course.paths import ROOT

WRONG, USAGE = 1, 2


_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help=_("A copy of the course to work on; otherwise the one this command belongs to."),
)


class _Stop(click.ClickException):
    """The command cannot begin."""

    exit_code = USAGE

    def __init__(self, message: object) -> None:
        super().__init__(str(message))


def _repo(root: Path) -> Any:
    from course.authoring.repo import Repo

    if not (root / "course" / "syllabus.toml").is_file() or not (root / "lessons").is_dir():
        raise _Stop(
            _("{folder} holds no lessons: this command is for authors and needs a clone of the course.").format(
                folder=root
            )
        )
    return Repo(root)


@click.command("check", help=_("Check every lesson, assignment and dataset, for authors."))
@click.argument("modules", nargs=-1, metavar="[MODULE]…")
@click.option("--fast", is_flag=True, help=_("Leave out what has to execute notebooks."))
@click.option("--coverage", is_flag=True, help=_("Print where each topic of the course is taught and asked for."))
@language_option
@_root
def check(modules: tuple[str, ...], fast: bool, coverage: bool, root: Path) -> None:
    """Print what is wrong: file, place, problem, cure."""
    from course.authoring.chinese import ToolMissingError
    from course.authoring.rules import check as findings
    from course.manifest import ManifestError

    repo = _repo(root)
    if coverage:
        from course.authoring.rules.coverage import table

        for row in table(repo):
            click.echo("  ".join(row))
        return
    count = 0
    try:
        chosen = [repo.syllabus.module(name) for name in modules]
        for finding in findings(repo, chosen, fast=fast):
            count += 1
            click.echo(f"{finding}\n")
    except (ManifestError, ToolMissingError) as error:
        raise _Stop(error) from error
    if count:
        click.echo(_("Findings: {count}").format(count=count))
        raise SystemExit(WRONG)
    checked = ", ".join(module.number for module in chosen or repo.syllabus.ready)
    click.echo(_("Nothing to mend: {modules}").format(modules=checked))


@click.command("format", help=_("Mend the Chinese punctuation and spacing, for authors."))
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(exists=True, path_type=Path))
@language_option
@_root
def format_(paths: tuple[Path, ...], root: Path) -> None:
    """Mend files in place and say what was changed."""
    from course.authoring.chinese import ToolMissingError
    from course.authoring.chinese_files import format_files, tidied, write
    from course.manifest import ManifestError

    repo = _repo(root)
    try:
        known = [path for path in format_files(repo) if path.is_file()]
        chosen = _chosen(known, paths)
        for path in chosen:
            result = tidied(path)
            if not result.changes:
                continue
            write(path, result.text)
            for change in result.changes:
                what = f"{change.before}\n→ {change.after}" if change.before else _("output taken out")
                click.echo(f"{repo.name(path)} · {change.place}\n{what}\n")
    except (ManifestError, ToolMissingError) as error:
        raise _Stop(error) from error


def _chosen(known: list[Path], asked: tuple[Path, ...]) -> list[Path]:
    """Return the files named or within folders named; files we do not look after are left alone, and said."""
    if not asked:
        return known
    chosen = []
    for path in asked:
        found = [file for file in known if file.is_relative_to(path.resolve())]
        if not found:
            click.echo(_("{file}: not a file this command mends; left as it is.").format(file=path), err=True)
        chosen += found
    return chosen


@click.command("new", help=_("Create the files of a module, for authors."))
@click.argument("module")
@language_option
@_root
def new(module: str, root: Path) -> None:
    """Create a module's files from the templates."""
    from course.authoring.scaffold import ScaffoldError, create
    from course.manifest import ManifestError

    repo = _repo(root)
    try:
        for path in create(repo, module):
            click.echo(repo.name(path))
    except (ScaffoldError, ManifestError) as error:
        raise _Stop(error) from error
    click.echo(_("Now see what is to be written: course check {module}").format(module=module.split("-")[0]))
