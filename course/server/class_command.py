"""`course class m01`: a room for a class, on this machine, for phones on the same network."""

from __future__ import annotations

import re
from pathlib import Path

import click

from course.i18n import gettext, use_language
from course.server.options import choose_port, has_browser, read_language, read_port

DEFAULT_PORT = 8877
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


def read_address(_context: click.Context, _option: click.Parameter, asked: str | None) -> str | None:
    """Return the address that phones are to use; refuse what is none."""
    if asked is not None and not ADDRESS.fullmatch(asked):
        message = gettext("{asked!r} is no address. Write one such as https://class.example.org")
        raise click.ClickException(message.format(asked=asked))
    return asked


@click.command("class", help=gettext("Ask a whole class: phones answer, the board shows what came."))
@click.argument("module", metavar=gettext("MODULE"))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("class"),
    help=gettext("Where the answers are kept; the folder “class” here if not given."),
)
@click.option("--port", callback=read_port, help=gettext("The port to use; else the first free one from 8877 on."))
@click.option(
    "--ip", default="0.0.0.0", help=gettext("0.0.0.0 for phones too (the default), 127.0.0.1 to try it alone.")
)
@click.option("--address", callback=read_address, help=gettext("What phones type, where they come through a proxy."))
@click.option("--no-browser", is_flag=True, help=gettext("Print the board's address instead of opening it."))
@click.option("--language", callback=read_language, help=gettext("en or zh; else the browser's own."))
def command(
    module: str, folder: Path, port: int | None, ip: str, address: str | None, no_browser: bool, language: str | None
) -> None:
    """Open a room on a module, or go on with the one that the folder holds."""
    if language:
        use_language(language)
    from course.classroom.room import Room
    from course.classroom.steps import steps
    from course.classroom.store import StoreError
    from course.manifest import ManifestError, syllabus
    from course.questions import QuestionsError
    from course.server.class_server import serve

    try:
        found = syllabus().module(module)
        if not found.ready:
            raise click.ClickException(gettext("{module} is not written yet.").format(module=found.number))
        room = Room(folder, found.number, steps(found))
    except (ManifestError, QuestionsError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        message = gettext("The folder {folder} cannot be written to ({error}).")
        raise click.ClickException(message.format(folder=folder, error=error.strerror)) from error
    except StoreError as error:
        message = gettext("{file} is no class ({error}). Name another folder with --folder, or move the file away.")
        raise click.ClickException(message.format(file=folder / "room.db", error=error)) from error
    if room.module != found.number:
        room.close()
        message = gettext(
            "The folder {folder} holds a class on {module}. Go on with course class {module}, or name another --folder."
        )
        raise click.ClickException(message.format(folder=folder, module=room.module))
    last = room.store.fact("port")
    # phones come back to the port they know
    chosen = choose_port(port, int(last) if last else DEFAULT_PORT, ip)
    room.store.note("port", str(chosen))
    serve(room, ip, chosen, address, None if no_browser or not has_browser() else language or "", folder.resolve())
