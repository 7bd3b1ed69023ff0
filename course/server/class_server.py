"""The server behind `course class`: one room, for whoever is on the same network, and nothing of the course besides."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import webbrowser
from pathlib import Path

import click
from tornado.httpserver import HTTPServer

from course.classroom.room import Room
from course.i18n import N_, gettext
from course.server.class_hall import Hall
from course.server.class_routes import LARGEST_BODY, application
from course.server.class_way_in import on_a_hub
from course.server.manners import ON_A_HUB

LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"
LONGEST_HEAD = 16_384
# a line that says nothing for so long is hung up; phones come again by themselves
IDLE_SECONDS = 90.0
BODY_SECONDS = 10.0
# two lines a phone, for a lecture hall
MOST_FILES = 8_192
FAREWELL_SECONDS = 1.0
NO_WAY_IN = N_(
    "This computer is a hub's or Binder's, so phones probably do not reach that address. Open the class from the course's "
    "home page ({home}), which leads phones through the hub; or name the address of a proxy with --address."
)


def network_address() -> str:
    """Return this machine's address on the network it is on, 127.0.0.1 where it is on none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return LOCAL


def _allow_many_lines() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _serve(room: Room, ip: str, port: int, address: str, browser: str | None, folder: Path) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def leave() -> None:
        # what was answered last is still on its way
        loop.call_later(FAREWELL_SECONDS, stopped.set)

    hall = Hall(room, f"{address}/{room.code}", leave)
    server = HTTPServer(
        application(hall),
        max_body_size=LARGEST_BODY,
        max_header_size=LONGEST_HEAD,
        idle_connection_timeout=IDLE_SECONDS,
        body_timeout=BODY_SECONDS,
    )
    server.listen(port, ip)
    hall.catch_up()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stopped.set)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stopped.set))
    own = LOCAL if ip == EVERYWHERE else ip
    board = f"http://{own}:{port}/board#{room.teacher}"
    click.echo(gettext("The class {code} is open. Phones on the same network come in at:").format(code=room.code))
    click.echo(f"    {hall.address}")
    click.echo(gettext("They reach the pages of this class on this computer, and nothing else."))
    if on_a_hub() and ip == EVERYWHERE and address.startswith("http://"):
        click.echo(gettext(NO_WAY_IN).format(home=f"{os.environ[ON_A_HUB]}course/"))
    click.echo(gettext("The board, for you alone:"))
    click.echo(f"    {board}")
    click.echo(gettext("Answers are kept in {folder}. Ctrl-C stops; the same command goes on.").format(folder=folder))
    if browser is not None:
        webbrowser.open(board.replace("/board#", f"/board?lang={browser}#") if browser else board)
    try:
        await stopped.wait()
    finally:
        server.stop()
        hall.runner.close()
        await server.close_all_connections()
        if hall.deleted:
            click.echo(gettext("Everything of this class is deleted."))
        else:
            room.close()
            click.echo("\n" + gettext("The class stops. Its answers are kept."))


def serve(room: Room, ip: str, port: int, address: str | None, browser: str | None, folder: Path) -> None:
    """Serve a room until Ctrl-C, or until its teacher deletes it.

    `browser` is the language to open the board in: an empty string for the browser's own, None not to open it.
    """
    _allow_many_lines()
    for name in ("tornado.general", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    host = network_address() if ip == EVERYWHERE else ip
    asyncio.run(_serve(room, ip, port, (address or f"http://{host}:{port}").rstrip("/"), browser, folder))
