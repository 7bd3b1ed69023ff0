"""`course open`: one server for home, lessons, dashboards and assignments, and the learner's browser in front of it."""

from __future__ import annotations

from pathlib import Path

import click

from course.i18n import gettext, use_language
from course.server.desks import prepare_desk
from course.server.options import choose_port, prepare_surroundings, read_base_url, read_language, read_port

DEFAULT_PORT = 8888


@click.command("open", help=gettext("Open the course in your browser."))
@click.option("--port", callback=read_port, help=gettext("The port to use; else the first free one from 8888 on."))
@click.option("--no-browser", is_flag=True, help=gettext("Print the address instead of opening a browser."))
@click.option(
    "--base-url",
    default="/",
    callback=read_base_url,
    help=gettext("The path under which a web server passes requests on, such as /course-2026/; / if not given."),
)
@click.option("--language", callback=read_language, help=gettext("en or zh; else the browser's own."))
def command(port: int | None, no_browser: bool, base_url: str, language: str | None) -> None:
    """Serve the course on this machine until Ctrl-C."""
    if language:
        use_language(language)
    prepare_surroundings()
    root = prepare_desk(Path.cwd())
    found = choose_port(port, DEFAULT_PORT, "127.0.0.1")
    from course.server.local import serve

    serve(port=found, browser=not no_browser, language=language, root=root, base_url=base_url)
