"""`course report`: points for Canvas and Moodle, and what an instructor should know about the tasks and the class."""

from __future__ import annotations

from pathlib import Path

import click

from course.grading.assignment import roster
from course.grading.book.results import known_students
from course.grading.commands.common import find_root, root_option
from course.grading.telling import export, returned
from course.grading.telling.leaderboard import leaderboard
from course.grading.telling.overview import Overview, overview
from course.grading.telling.tables import tables
from course.i18n import current_language, gettext, ngettext
from course.manifest import ManifestError, syllabus
from course.options import language_option

FOLDER = "reports"


@click.command("report", help=gettext("Write an assignment's points for Canvas and Moodle, and say what they tell."))
@click.argument("assignment")
@click.option(
    "--students",
    type=click.Path(dir_okay=False, path_type=Path),
    help=gettext("The class list; students.csv in the course folder if not given."),
)
@click.option("--column", help=gettext("What the platform calls the assignment; its title if not given."))
@click.option(
    "--worksheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help=gettext("Moodle's grading worksheet, as it was downloaded: points and comments are filled in."),
)
@root_option
@language_option
def command(
    assignment: str, students: Path | None, column: str | None, worksheet: Path | None, root: Path | None
) -> None:
    """Read the gradebook, write the files, print the summary."""
    try:
        module = syllabus().module(assignment)
    except ManifestError as error:
        raise click.ClickException(str(error)) from error
    root = find_root(root)
    found = overview(root, module)
    if not len(found.results.scores):
        message = gettext("Nobody has been graded in {module} yet. Run: course grade {module}")
        raise click.ClickException(message.format(module=module.id))
    listed = students or roster.find(root)
    people = roster.read(listed) if students or listed.is_file() else known_students(root)
    title = column or f"{module.number} {module.title[current_language()]}"
    folder = root / FOLDER / module.id
    export.write(folder / "canvas.csv", export.canvas(found.results, people, title))
    export.write(folder / "moodle.csv", export.moodle(found.results, people, title, module))
    for name, rows in tables(found, current_language()).items():
        export.write(folder / f"{name}.csv", export.text(rows), for_spreadsheets=True)
    if board := leaderboard(root, module, found.results):
        export.write(folder / "leaderboard.csv", export.text(board), for_spreadsheets=True)
    said = returned.write(folder, root, found.results, people, module, worksheet)
    for line in (*summary(found, people), *said):
        click.echo(line)
    click.echo(gettext("Written to {folder}: {files}").format(folder=folder, files=", ".join(_names(folder))))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".csv", ".xlsx", ".zip"))


def summary(found: Overview, people: dict[str, roster.Student]) -> list[str]:
    """Return the lines that the command prints."""
    _ = gettext
    results, totals = found.results, found.results.totals
    lines = [
        _("{count} graded; mean {mean:.1f}, median {median:.1f} of {out_of:g} points.").format(
            count=len(totals), mean=totals.mean(), median=totals.median(), out_of=results.out_of.sum()
        )
    ]
    if waiting := int(results.waiting.sum()):
        message = ngettext(
            "{count} has an answer that waits to be read; the points are left empty for now.",
            "{count} have an answer that waits to be read; their points are left empty for now.",
            waiting,
        )
        lines.append(message.format(count=waiting))
    unknown = [name for name in results.scores.index if name not in people]
    if unknown:
        message = _("Not on the class list, so left out of the files: {names}")
        lines.append(message.format(names=", ".join(unknown)))
    absent = [name for name in people if name not in results.scores.index]
    if absent:
        lines.append(_("On the class list, but not graded: {names}").format(names=", ".join(absent)))
    lines += ["", *export.columns(tables(found, current_language())["tasks"])]
    if found.pairs:
        message = ngettext(
            "{count} pair of hand-ins shares more unusual pieces than chance explains. A reason to look, no proof.",
            "{count} pairs of hand-ins share more unusual pieces than chance explains. A reason to look, no proof.",
            len(found.pairs),
        )
        lines += ["", message.format(count=len(found.pairs))]
        lines += [f"  {pair.one} – {pair.other}: {pair.share:.0%}" for pair in found.pairs[:10]]
    return [*lines, ""]
