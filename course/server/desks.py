"""Where a learner works: the clone, or copies of their own where the course is installed, or may only be read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from course.i18n import gettext, ngettext
from course.paths import CARRIED, ROOT
from course.server.copies import FOLDER, folder_of_copies, give
from course.server.options import can_write


def prepare_desk(here: Path) -> Path:
    """Return the folder with the lessons for whoever starts the course in `here`; copy there what is missing, and say so."""
    if ROOT != CARRIED and os.access(ROOT, os.W_OK):
        return ROOT
    desk = _choose(here)
    try:
        gift = give(desk)
    except OSError as error:
        message = gettext("The folder {folder} cannot be written to ({error}).")
        raise click.ClickException(message.format(folder=desk, error=error.strerror)) from error
    click.echo(gettext("Your lessons, and what you change in them, are in {folder}").format(folder=desk))
    if gift.waiting:
        words = ngettext(
            "A newer version of {count} file is there: course update brings it, and leaves what you changed.",
            "Newer versions of {count} files are there: course update brings them, and leaves what you changed.",
            len(gift.waiting),
        )
        click.echo(words.format(count=len(gift.waiting)))
    return desk


def _choose(here: Path) -> Path:
    """Return the copies in, below or above `here`; else where new ones can be made: here, in the home, or for now."""
    if found := folder_of_copies(here):
        return found
    for place in (here, Path.home()):
        if can_write(place):
            return place / FOLDER
    click.echo(gettext("No folder here can be written to. Download from JupyterLab what you want to keep."))
    return Path(tempfile.mkdtemp(prefix="course-")) / FOLDER
