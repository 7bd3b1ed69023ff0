"""`course update`: newer versions of the lessons, beside those that the learner has changed."""

from __future__ import annotations

from pathlib import Path

import click

from course.i18n import NN_, gettext, ngettext, use_language
from course.server.copies import FOLDER, Gift, folder_of_copies, give
from course.server.options import read_language


def told(gift: Gift) -> str:
    """Return what there is to say about what a folder got."""
    if not (gift.new or gift.newer or gift.beside):
        return gettext("You have the newest version of everything.")
    counted = (
        (len(gift.new), NN_("{count} new file.", "{count} new files.")),
        (
            len(gift.newer),
            NN_(
                "{count} file that you had left as it was is now the newest version.",
                "{count} files that you had left as they were are now the newest version.",
            ),
        ),
    )
    lines = [ngettext(*forms, count).format(count=count) for count, forms in counted if count]
    if gift.beside:
        lines.append(gettext("You have changed these, so they stay as they are. The newest version lies beside each:"))
        lines += [f"    {name}" for name in gift.beside]
    return "\n".join(lines)


@click.command("update", help=gettext("Bring newer versions of the lessons into your folder; what you changed stays."))
@click.option("--language", callback=read_language, help=gettext("The language of these messages: en or zh."))
def command(language: str | None) -> None:
    """Update the learner's copies below this folder, or above it."""
    if language:
        use_language(language)
    folder = folder_of_copies(Path.cwd())
    if folder is None:
        message = gettext(
            "There are no copies of the course here. Go to the folder that holds them ({folder}) and try again; "
            "in a clone of the repository, git pull brings the newest version."
        )
        raise click.ClickException(message.format(folder=FOLDER))
    try:
        gift = give(folder, update=True)
    except OSError as error:
        message = gettext("The folder {folder} cannot be written to ({error}).")
        raise click.ClickException(message.format(folder=folder, error=error.strerror)) from error
    click.echo(told(gift))
