"""`course apps`: dashboards, and lessons to read, for the public."""

from __future__ import annotations

import click

from course.i18n import gettext, use_language
from course.server.options import (
    choose_port,
    prepare_surroundings,
    read_base_url,
    read_language,
    read_port,
    read_visitors,
)

DEFAULT_PORT = 8866


@click.command("apps", help=gettext("Serve dashboards and lessons to read, safe for the public."))
@click.option("--port", callback=read_port, help=gettext("The port to use; else the first free one from 8866 on."))
@click.option("--ip", default="127.0.0.1", help=gettext("127.0.0.1 for this machine (the default), 0.0.0.0 for all."))
@click.option(
    "--visitors",
    default="100",
    callback=read_visitors,
    help=gettext("How many may work on private files at once, each in a process of their own; 100 if not given."),
)
@click.option(
    "--base-url",
    default="/",
    callback=read_base_url,
    help=gettext("The path under which a web server passes requests on, such as /course-2026/; / if not given."),
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help=gettext("Believe the web server in front about who asks; only where nobody else can reach the port."),
)
@click.option("--language", callback=read_language, help=gettext("The language of these messages: en or zh."))
def command(port: int | None, ip: str, visitors: int, base_url: str, behind_proxy: bool, language: str | None) -> None:
    """Serve the dashboards of the modules that are ready until Ctrl-C."""
    if language:
        use_language(language)
    prepare_surroundings()
    found = choose_port(port, DEFAULT_PORT, ip)
    from course.server.public import serve

    serve(port=found, ip=ip, visitors=visitors, base_url=base_url, behind_proxy=behind_proxy)
