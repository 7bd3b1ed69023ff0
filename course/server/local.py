"""The server behind `course open`: JupyterLab, Voila and the course's home, for one learner on their own machine."""

from __future__ import annotations

import logging
import os
import secrets
import signal
from pathlib import Path
from typing import Any

import click
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.manager import ContentsManager
from traitlets import Unicode
from traitlets.config import Config

from course.i18n import gettext
from course.paths import ROOT
from course.server.leaving import let_go, wake_at_signals
from course.server.manners import page_of_a_learner
from course.server.options import has_browser, hush_libraries

LOCAL = "127.0.0.1"
FORMGRADER = "nbgrader.server_extensions.formgrader"
EXTENSIONS = {
    "course.server": True,
    "jupyterlab": True,
    "voila.server_extension": True,
    "nbgrader.server_extensions.validate_assignment": True,
    # The instructor's tools start with `jupyter lab`; a learner has no use for them
    FORMGRADER: False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
}


class CourseServer(ServerApp):
    """A Jupyter server that speaks to learners: it prints one address, and one Ctrl-C ends it."""

    home = Unicode()

    def init_signal(self) -> None:
        """End on the first Ctrl-C, without a question."""
        super().init_signal()
        signal.signal(signal.SIGINT, self._signal_stop)

    def _signal_stop(self, sig: Any, frame: Any) -> None:
        # Should stopping take too long, a second Ctrl-C ends it at once
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if not self._stopping:
            click.echo("\n" + gettext("The course stops. What you saved is kept."))
            # a page that still loads finds its kernel gone: no news to a learner who has just ended it
            self.log.setLevel(logging.CRITICAL)
            self.stop(from_signal=True)

    async def _stop(self) -> None:
        await self._cleanup()
        await let_go()
        self.io_loop.stop()

    def start_app(self) -> None:
        """Start, then say where the course is."""
        super().start_app()
        wake_at_signals(self.io_loop)
        address = f"http://{LOCAL}:{self.port}{self.default_url}"
        joint = "&" if "?" in address else "?"
        click.echo(gettext("The course is open. If no browser window appears, go to:"))
        click.echo(f"    {address}{joint}token={self.identity_provider.token}")
        click.echo(gettext("Leave this window open while you work; Ctrl-C ends the course."))


def settings(
    port: int,
    browser: bool,
    language: str | None,
    page: str = "/course/",
    instructor: bool = False,
    desk: Path | None = None,
    root: Path = ROOT,
    base_url: str = "/",
) -> Config:
    """Return the server's configuration; it wins over any configuration file of the user's.

    `root` holds the lessons, `page` opens first. For an `instructor`, formgrader is there, too; with `desk`, the
    marking desk of that folder. `base_url` is the path below which a web server in front passes everything on.
    """
    config = Config()
    config.ServerApp.ip = LOCAL
    config.ServerApp.port = port
    config.ServerApp.root_dir = str(root)
    config.ServerApp.default_url = f"{page}?lang={language}" if language else page
    config.ServerApp.base_url = base_url
    # behind a web server the course is asked for by that one's name
    config.ServerApp.allow_remote_access = base_url != "/"
    config.ServerApp.open_browser = browser and has_browser()
    config.ServerApp.jpserver_extensions = EXTENSIONS | {FORMGRADER: instructor}
    if instructor:
        # Jupyter's own: with the solutions, which a learner's file list leaves out
        config.ContentsManager.hide_globs = ContentsManager.class_traits()["hide_globs"].default()
    config.ServerApp.tornado_settings = {
        "compress_response": True,
        "page_config_hook": page_of_a_learner,
        "course_desk": desk,
        "course_class_folder": root / "class",
    }
    # In a container the only user is root; the server listens on this machine alone and asks for its token
    config.ServerApp.allow_root = True
    config.Application.log_level = "ERROR"
    config.ServerApp.kernel_manager_class = "course.server.kernels.QuietKernels"
    config.IdentityProvider.token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    return config


def serve(
    port: int,
    browser: bool,
    language: str | None,
    page: str = "/course/",
    instructor: bool = False,
    desk: Path | None = None,
    root: Path = ROOT,
    base_url: str = "/",
) -> None:
    """Serve the course until a signal ends it."""
    hush_libraries()
    CourseServer.launch_instance(
        argv=[], config=settings(port, browser, language, page, instructor, desk, root, base_url)
    )
