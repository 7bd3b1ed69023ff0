"""`course dashboard`: the instructor's page, the marking desk and formgrader, on this machine and under a token."""

from __future__ import annotations

import os
from pathlib import Path

import click

from course.grading import DESK_VARIABLE, FOLDER_VARIABLE, FORMGRADER_VARIABLE
from course.i18n import gettext, use_language
from course.paths import ROOT
from course.server.manners import INSTRUCTOR_VARIABLE, ON_A_HUB
from course.server.open import DEFAULT_PORT
from course.server.options import choose_port, prepare_surroundings, read_language, read_port

# below `ROOT`, in a clone and in a wheel
PAGE = "/voila/render/course/grading/dashboard.ipynb"


@click.command("dashboard", help=gettext("Show how a class did, for instructors; on this machine only."))
@click.option("--port", callback=read_port, help=gettext("The port to use; else the first free one from 8888 on."))
@click.option("--no-browser", is_flag=True, help=gettext("Print the address instead of opening a browser."))
@click.option("--language", callback=read_language, help=gettext("en or zh; else the browser's own."))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=gettext("The folder with gradebook.db and autograded/; the course folder if not given."),
)
def command(port: int | None, no_browser: bool, language: str | None, root: Path | None) -> None:
    """Serve the dashboard until Ctrl-C."""
    if language:
        use_language(language)
    if prefix := os.environ.get(ON_A_HUB):
        _say_where_on_a_hub(prefix, root)
        return
    root = root or ROOT
    prepare_surroundings()
    found = choose_port(port, DEFAULT_PORT, "127.0.0.1")
    from course.server.local import serve

    os.environ[FOLDER_VARIABLE] = str(root.resolve())
    # formgrader reads the gradebook that nbgrader_config.py names, the course folder's
    own = root.resolve() == ROOT
    if own:
        # nbgrader looks for that file where we are
        os.chdir(ROOT)
    os.environ[FORMGRADER_VARIABLE] = "1" if own else ""
    os.environ[DESK_VARIABLE] = "1"
    serve(port=found, browser=not no_browser, language=language, page=PAGE, instructor=own, desk=root.resolve())


def _say_where_on_a_hub(prefix: str, root: Path | None) -> None:
    """Say where the user's own server shows the dashboard: no browser reaches another one that would be started there."""
    served = os.environ.get("JUPYTER_SERVER_ROOT", "")
    if root and served and root.resolve() != Path(served).expanduser().resolve():
        message = gettext(
            "On a hub the dashboard is part of your server, whose folder must be {root}. Yours is {served}."
        )
        raise click.ClickException(message.format(root=root, served=served))
    address = os.environ.get("JUPYTERHUB_PUBLIC_URL", "").rstrip("/") or prefix.rstrip("/")
    click.echo(gettext("On a hub the dashboard is part of your server. Go to:"))
    click.echo(f"    {address}{PAGE}")
    words = gettext(
        "Is it empty, or does it show no marking desk? Your server was started before the first gradebook was there: "
        "stop it and start it again (File, Hub Control Panel), or have {variable}=1 set for you."
    )
    click.echo(words.format(variable=INSTRUCTOR_VARIABLE))
