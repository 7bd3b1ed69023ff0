"""The server behind `course apps`: Voila, cut down to the dashboards of the modules that are ready.

Anybody on the network may come here. So there is no contents API, no file browser and no other notebook; kernels take
only the messages that widgets send, and end when their page is closed or has been still for a while.
"""

from __future__ import annotations

import re
import signal
from asyncio import Future
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import click
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from jupyterlab_server.themes_handler import ThemesHandler
from tornado import web
from tornado.ioloop import IOLoop
from traitlets import Bool, Int
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from course.i18n import gettext, ngettext
from course.kernel.warm import NAME, begin
from course.manifest import syllabus
from course.paths import ROOT
from course.runs import Service
from course.server.home import HomeHandler
from course.server.leaving import let_go, wake_at_signals
from course.server.options import hush_libraries, is_loopback, kernel_encryption, of_a_dead_kernel
from course.server.places import ASK_AGAIN_SECONDS, Places
from course.server.ready import ReadyServer
from course.server.routes import Route, routes

# What a reader entered is kept in their browser, so a kernel that ends takes nothing with it
IDLE_SECONDS = 30 * 60
CHECK_SECONDS = 60
# The one cell of a dashboard takes a twentieth of a second, or a few seconds in a cold kernel on a busy machine
CELL_SECONDS = 30
TICKET = "course-queue"
KEPT = (
    KernelHandler,
    VoilaKernelWebsocketHandler,
    MultiStaticFileHandler,
    ThemesHandler,
    VoilaShutdownKernelHandler,
    FileFindHandler,
)
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    ]
)


class AppHandler(TornadoVoilaHandler):
    """Serve one dashboard, and the cookie with which its page may end its kernel when it is closed."""

    arrived: Callable[[], None] = staticmethod(lambda: None)

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Start a kernel and send the page as it comes; where all places are taken, the page of the queue."""
        places: Places = self.settings["course_places"]
        ticket, before = places.ask(self.get_cookie(TICKET))
        if before is not None:
            self._wait(ticket, before, places.limit)
            return
        self.clear_cookie(TICKET, path=self.base_url)
        _ = self.xsrf_token
        self.arrived = places.take(ticket)
        try:
            await super().get(path)
        finally:
            self.arrived()

    def flush(self, include_footers: bool = False) -> Future[None]:
        """Send what there is. The first piece of a page comes when its kernel has been started."""
        self.arrived()
        return super().flush(include_footers)

    def _wait(self, ticket: str, before: int, limit: int) -> None:
        self.set_cookie(TICKET, ticket, path=self.base_url, httponly=True, samesite="Lax")
        self.set_header("Retry-After", str(ASK_AGAIN_SECONDS))
        self.set_header("Cache-Control", "no-store")
        self.set_status(503)
        page = self.settings["jinja2_env"].get_template("full.html")
        self.write(page.render(limit=limit, before=before, seconds=ASK_AGAIN_SECONDS, base_url=self.base_url))


class NothingHandler(web.RequestHandler):
    """Answer every other address with the course's own page for that."""

    async def prepare(self) -> None:
        """Refuse, whatever was asked."""
        self.set_status(404)
        page = self.settings["jinja2_env"].get_template("error.html")
        await self.finish(page.render(status_code=404, base_url=self.settings["base_url"]))


class CourseApps(Voila):
    """Voila that serves the apps of the manifest's ready modules and nothing else."""

    visitors = Int(help="How many pages may have a kernel at the same time.").tag(config=True)
    behind_proxy = Bool(help="Whether nobody but a web server in front can reach the port.").tag(config=True)

    def initialize(self, argv: list[str] | None = None) -> None:
        """Set up, and end on one Ctrl-C."""
        self.fixed = deepcopy(self.config)
        self.runs = Service()
        super().initialize(argv)
        self.log.addFilter(lambda record: not of_a_dead_kernel(record))
        self.ioloop = IOLoop.current()
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        wake_at_signals(self.ioloop)

    def load_config_file(self, *arguments: Any, **options: Any) -> None:
        """Read the configuration files, which Voila would let win over what makes this server safe."""
        super().load_config_file(*arguments, **options)
        self.update_config(self.fixed)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings, with our error page for every handler, and everything compressed on its way."""
        settings: dict[str, Any] = super().init_settings()
        settings["compress_response"] = True
        settings["course_places"] = Places(self.visitors, lambda: len(settings["kernel_manager"].list_kernel_ids()))
        settings["jinja2_env"] = settings["voila_jinja2_env"]
        return settings

    def init_handlers(self) -> list[Any]:
        """Return the routes: of Voila's own only those a dashboard's page needs, then ours."""
        base = self.server_url
        handlers = [handler for handler in super().init_handlers() if handler[1] in KEPT]
        # Voila's own pattern lets a malformed path end in an error of the server
        themes = url_path_join(base, r"/voila/templates/((?:course|lab|base)/static/\w[\w.-]*)")
        return [
            *handlers,
            (themes, TemplateStaticFileHandler),
            *self.apps(),
            *routes(base, explore_only=True, service=self.runs),
            (base, HomeHandler, {"explore_only": True}),
            (r".*", NothingHandler),
        ]

    def apps(self) -> list[Route]:
        """Return one route per dashboard that is ready."""
        arguments = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        paths = [module.app.relative_to(ROOT).as_posix() for module in syllabus().simulated if module.app.is_file()]
        return [
            (url_path_join(self.server_url, f"/voila/render/({re.escape(path)})"), AppHandler, arguments)
            for path in paths
        ]

    def ready(self, path: str) -> bytes | None:
        """Return the run that is kept for an address, compressed by gzip."""
        place = f"{self.server_url}course/run/"
        return self.runs.kept(path.removeprefix(place)) if path.startswith(place) else None

    def listen(self) -> None:
        """Say where the dashboards are, and serve them until a signal."""
        # who reaches us from this machine alone is a web server that says for whom it asks, or nobody to be afraid of
        server = ReadyServer(self.app, find=self.ready, xheaders=self.behind_proxy or is_loopback(self.ip))
        server.listen(self.port, self.ip)
        click.echo(gettext("The dashboards are open at:"))
        click.echo(f"    {self.connection_url}")
        places = ngettext(
            "Everybody may explore. {count} at a time may work on a private file; more wait (--visitors changes it).",
            "Everybody may explore. Up to {count} at a time may work on private files; more wait (--visitors changes it).",
            self.visitors,
        )
        click.echo(places.format(count=self.visitors))
        click.echo(gettext("Leave this window open; Ctrl-C ends them."))
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def _handle_signal_stop(self, sig: Any, frame: Any) -> None:
        click.echo("\n" + gettext("The dashboards stop."))
        self.ioloop.add_callback_from_signal(self._leave)

    async def _leave(self) -> None:
        await let_go()
        self.ioloop.stop()


def settings(port: int, ip: str, visitors: int, base_url: str = "/", behind_proxy: bool = False) -> Config:
    """Return the server's configuration; it wins over any configuration file."""
    config = Config()
    config.Application.log_level = "ERROR"
    config.CourseApps.visitors = visitors
    config.CourseApps.behind_proxy = behind_proxy
    config.Voila.port = port
    config.Voila.ip = ip
    config.Voila.base_url = base_url
    config.Voila.root_dir = str(ROOT)
    config.Voila.open_browser = False
    config.Voila.tornado_settings = {"headers": {"Content-Security-Policy": POLICY}}
    config.VoilaExporter.filters = {"course_asset": "course.ui.assets.asset_name"}
    config.VoilaConfiguration.template = "course"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.multi_kernel_manager_class = "course.server.kernels.VisitedKernels"
    config.Voila.kernel_websocket_connection_class = "course.server.kernels.PromptConnection"
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    config.MappingKernelManager.cull_interval = CHECK_SECONDS
    config.MappingKernelManager.cull_connected = True
    config.KernelManager.client_factory = "course.server.kernels.PageClient"
    # so that who waits for a kernel that died while it started meets the one that is started in its place
    config.KernelRestarter.random_ports_until_alive = False
    # a kernel that died and was replaced between two looks would never answer
    config.VoilaExecutor.timeout = CELL_SECONDS
    config.KernelManager.transport_encryption = kernel_encryption()
    config.KernelProvisionerFactory.default_provisioner_name = NAME
    return config


def serve(port: int, ip: str, visitors: int, base_url: str = "/", behind_proxy: bool = False) -> None:
    """Serve the dashboards until a signal ends it."""
    hush_libraries()
    begin()
    CourseApps.launch_instance(argv=[], config=settings(port, ip, visitors, base_url, behind_proxy))
