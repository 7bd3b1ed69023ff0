"""`course collect`: what a learning platform hands out becomes `submitted/`, with a table of who is whom; and what lessons'
pages saved becomes points for taking part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from course.grading.assignment import roster, source
from course.grading.assignment.status import bounded
from course.grading.commands import participation
from course.grading.commands.common import LOOK, Stop, explained, find_root, full_name, root_option
from course.grading.intake import archive, matching, placing, platforms
from course.grading.intake.times import AmbiguousTimeError, canonical, moment
from course.grading.telling import export
from course.i18n import N_, ngettext
from course.i18n import gettext as _
from course.options import language_option

TABLE = "collected.csv"
# Rows of the table that are printed; the file has them all
MOST_ROWS = 40
ENCODINGS = ("utf-8", "gbk", "gb18030", "big5", "cp437", "cp1252")
TITLES = {
    platforms.MOODLE: "Moodle",
    platforms.CANVAS: "Canvas",
    platforms.BLACKBOARD: "Blackboard",
    platforms.FOLDER: N_("files named by number or name"),
}


@dataclass
class Taken:
    """What came of a collection: a row for each owner, and what a person has to look at."""

    platform: str
    rows: list[tuple[str, ...]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    nobodys: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    placed: int = 0


@click.command(
    "collect",
    help=_(
        "Put what a learning platform hands out into submitted/, and say who is whom. With “participation” in the "
        "assignment's place: make points for taking part of what learners saved on lessons' pages."
    ),
)
@click.argument("assignment")
@click.argument("handed", metavar="ARCHIVE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--students",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The class list, CSV or XLSX; students.csv or students.xlsx in the course folder if not given."),
)
@click.option(
    "--platform",
    type=click.Choice(platforms.PLATFORMS),
    help=_("How files are named; otherwise as most of them look. “folder” is for 学习通 and folders made by hand."),
)
@click.option("--who", multiple=True, metavar="LABEL=ID", help=_("Say whose a hand-in is; may be given again."))
@click.option("--zone", default="", metavar="ZONE", help=_("The zone of the times in Blackboard's file names."))
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), help=_("How names in the zip are encoded, where it does not say.")
)
@click.option(
    "--update", is_flag=True, help=_("Replace what was collected before and differs now; the old version is kept.")
)
@root_option
@language_option  # fmt: skip
def command(
    assignment: str,
    handed: Path,
    students: Path | None,
    platform: str | None,
    who: tuple[str, ...],
    zone: str,
    encoding: str | None,
    update: bool,
    root: Path | None,
) -> None:
    """Collect, print the table, and say what is unclear."""
    place = root.resolve() if root else find_root(None)
    with explained():
        alone = assignment == participation.NAME
        name = "" if alone else source.load(place, full_name(place, assignment)).name
        listed = students or roster.find(place)
        if not listed.is_file():
            message = _(
                "There is no class list at {file}. Write one with at least the columns id and name (学号, 姓名)."
            )
            raise Stop(message.format(file=listed))
        people = roster.read(listed)
        said = _said(who, people)
        try:
            zone = canonical(zone) if zone else ""
            found = archive.entries(handed, encoding or "")
        except (AmbiguousTimeError, archive.ArchiveError) as error:
            raise Stop(error.why.say()) from error
        saved, others = (found, []) if alone else participation.ours(found)
        unclear = False
        if not alone:
            taken = _take(place, name, others, people, said, platform or "", zone, update=update)
            _print(taken, place / "grading" / name / TABLE)
            unclear = bool(taken.unclear or taken.nobodys)
        if saved or alone:
            unclear |= _take_part(place, saved, people, said, platform or "")
    if unclear:
        click.get_current_context().exit(LOOK)


def _take_part(
    root: Path, found: list[archive.Entry], people: dict[str, roster.Student], said: dict[str, str], platform: str
) -> bool:
    """Take in what lessons' pages saved, and print it. Return whether a person has to look."""
    taken = participation.take(root, found, people, said, platform)
    if 0 < len(taken.rows) <= MOST_ROWS:
        for line in export.columns([participation.heads(), *taken.rows], texts=True):
            click.echo(line)
    for line in participation.finish(taken, root, people):
        click.echo(line)
    return bool(taken.unclear)


def _said(who: tuple[str, ...], people: dict[str, roster.Student]) -> dict[str, str]:
    said = {}
    for one in who:
        label, _equals, student = one.rpartition("=")
        if not label or student not in people:
            message = _("--who {said}: write what the table calls it, =, and an id of the class list.")
            raise Stop(message.format(said=one))
        said[label] = student
    return said


def _take(
    root: Path,
    name: str,
    found: list[archive.Entry],
    people: dict[str, roster.Student],
    said: dict[str, str],
    platform: str,
    zone: str,
    *,
    update: bool,
) -> Taken:  # fmt: skip
    sorted_ = platforms.read(found, name, lambda label: matching.is_known(people, label), platform)
    taken = Taken(sorted_.platform)
    receipts: dict[str, dict[str, Any]] = {}
    for one in matching.match(sorted_, people, said):
        owner = one.owner
        label = bounded(owner.label)
        if not one.student:
            taken.rows.append((label, "", "", "", _("unclear")))
            taken.unclear.append(f"{label}: {one.why.say() if one.why else ''}")
            continue
        came = _came(owner.attempt, zone)
        done = placing.place(one, root, name, update=update, trusted=sorted_.platform == platforms.FOLDER, came=came)
        notes = [bounded(said_.say()) for said_ in done.notes]
        remarks = [_("late, says the platform")] if owner.late else []
        remarks += [_("older attempts left out: {count}").format(count=owner.older)] if owner.older else []
        student = people[one.student]
        taken.rows.append((label, student.id, student.shown_name, _(one.by), " · ".join([_(done.state), *remarks])))
        taken.unclear += [f"{label} ({student.id}): {text}" for text in notes]
        if done.state == placing.NOTHING and not notes:
            taken.unclear.append(f"{label} ({student.id}): {_(placing.NOTHING)}")
        if done.state != placing.NOTHING:
            taken.placed += 1
            receipts[student.id] = {"label": owner.label, "ids": owner.ids, "files": done.files}
    taken.nobodys = [bounded(entry.path) for entry in sorted_.nobodys]
    there = {row[1] for row in taken.rows}
    taken.absent = [one for one in people if one not in there and not (root / "submitted" / one / name).is_dir()]
    if receipts:
        placing.keep_receipt(root, name, sorted_.platform, receipts)
    export.write(root / "grading" / name / TABLE, export.text([_heads(), *taken.rows]), for_spreadsheets=True)
    return taken


def _came(attempt: str, zone: str) -> str:
    """Return what timestamp.txt is to say of an attempt; Blackboard names the clock and not the zone."""
    if not attempt or not zone:
        return ""
    year, month, day, *clock = attempt.split("-")
    try:
        return moment(f"{year}-{month}-{day} {':'.join(clock)}", zone).at.strftime("%Y-%m-%d %H:%M:%S UTC")
    except AmbiguousTimeError:
        return f"{attempt} {zone}"


def _heads() -> tuple[str, ...]:
    return _("Handed in as"), _("id"), _("Name"), _("Known by"), _("State")


def _print(taken: Taken, table: Path) -> None:
    click.echo(_("Read as: {platform}").format(platform=_(TITLES[taken.platform])))
    if len(taken.rows) <= MOST_ROWS:
        for line in export.columns([_heads(), *taken.rows], texts=True):
            click.echo(line)
    message = ngettext("{count} hand-in lies in submitted/.", "{count} hand-ins lie in submitted/.", taken.placed)
    click.echo(message.format(count=taken.placed))
    click.echo(_("The whole table: {file}").format(file=table))
    for title, lines in (
        (_("Unclear; nothing was guessed:"), taken.unclear),
        (_("Files that belong to nobody:"), taken.nobodys),
        (_("On the class list, but nothing handed in:"), taken.absent),
    ):
        if lines:
            click.echo(title)
        for line in lines[:MOST_ROWS]:
            click.echo(f"  {line}")
        if len(lines) > MOST_ROWS:
            click.echo(f"  … (+{len(lines) - MOST_ROWS})")
    if any(not row[1] for row in taken.rows):
        click.echo(_('Mend the class list, or say who it is: --who "LABEL=ID"'))
