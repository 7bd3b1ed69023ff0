"""`{base_url}course/explore/<module>`: a module's dashboard as a page with its starting run inside. It takes no kernel.

What a reader uploads is private, so a tool that takes it has a kernel of its own, which the page asks for when it is opened.
"""

from __future__ import annotations

import base64
import gzip
from functools import cache, lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from jupyter_server.utils import url_path_join
from markupsafe import Markup
from tornado import web

from course.i18n import HTML_LANG, translator
from course.kernel.warm import begin
from course.manifest import Module, syllabus
from course.markup import held
from course.paths import PACKAGE, ROOT
from course.runs import Service
from course.runs.frames import read_frame
from course.runs.questions import read_question
from course.runs.service import Outcome
from course.server.asked import with_query
from course.server.home import PAGE, SpeakingHandler, environment, place_of_shelf
from course.server.plain import PlainHandler, send_packed
from course.server.runs import ServedPageHandler
from course.ui.assets import asset_name

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        # Vega makes functions of its formulas; a private kernel's widget comes as a blob
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws: wss:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


class DashboardHandler(SpeakingHandler):
    """Send one dashboard's page, or the browser home where there is no such dashboard."""

    service: Service

    async def show(self, module_id: str, shelf: str | None) -> None:
        """Send the page; `shelf` is the folder of the lessons below the server's root, None where it has none."""
        begin()
        module = next((one for one in syllabus().simulated if module_id in (one.id, one.number)), None)
        base_url = self.settings["base_url"]
        if module is None:
            self.redirect(url_path_join(base_url, "course/"))
            return
        if module_id != module.id:  # somebody typed "m01"
            self.redirect(with_query(url_path_join(base_url, "course/explore", module.id), self.request))
            return
        language = self.language()
        version = self.service.renew()
        answer = await self.service.ask(read_question(module.id, "app", "", language), self.request.remote_ip or "")
        if answer.outcome is not Outcome.ANSWERED:
            self.set_status(503)
            self.set_header("Retry-After", "5")
        private = kernel_page(module, base_url, shelf) if module.tools and shelf is not None else ""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        send_packed(self, _packed_page(module.id, language, base_url, version, answer.packed, private))


class PublicExploreHandler(DashboardHandler, PlainHandler):
    """Show anybody a dashboard. The page of a private kernel brings the cookie with which that is ended."""

    policy = POLICY

    def initialize(self, service: Service) -> None:
        """Share the run service with the other requests."""
        self.service = service

    async def get(self, module_id: str) -> None:
        """Send the page."""
        await self.show(module_id, "")

    head = get


class ExploreHandler(DashboardHandler, ServedPageHandler):
    """Serve one dashboard, behind the same door as the home page."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        return POLICY

    @web.authenticated
    async def get(self, module_id: str) -> None:
        """Send the page."""
        _ = self.xsrf_token  # sets the cookie with which the page may end its private kernel
        await self.show(module_id, place_of_shelf(self.contents_manager))


def kernel_page(module: Module, base_url: str, shelf: str) -> str:
    """Return the address of a module's dashboard with a kernel; `shelf` is the folder of the lessons below the root."""
    return (
        f"{base_url}voila/render/{quote((PurePosixPath(shelf) / module.app.relative_to(ROOT).as_posix()).as_posix())}"
    )


def render_explore(
    module: Module,
    language: str,
    base_url: str,
    version: str,
    packed: bytes,
    private: str = "",
    *,
    files: bool = False,
) -> str:
    """Return the page's HTML. `packed` is the service's answer about the dashboard; without one, the page says to wait.

    With `files` it is a page of an edition of files, whose recorded runs need none.
    """
    return (
        environment()
        .get_template("explore.html.j2")
        .render(
            _=translator(language),
            language=language,
            html_lang=HTML_LANG[language],
            base_url=base_url,
            course=syllabus(),
            module=module,
            scripts=[asset_name("ui"), asset_name("vega")],
            look=_look(),
            start=_start(),
            first=_inside(packed) if packed else "null" if files else "",
            facts={
                "module": module.id,
                "version": version,
                "language": language,
                "own": {"script": asset_name("private"), "page": private} if private else None,
            },
        )
    )


@lru_cache(maxsize=64)
def _packed_page(module_id: str, language: str, base_url: str, version: str, packed: bytes, private: str) -> bytes:
    """Return the page compressed by gzip: the same for all who come until the edition changes."""
    page = render_explore(syllabus().module(module_id), language, base_url, version, packed, private)
    return gzip.compress(page.encode(), mtime=0)


@cache
def _start() -> Markup:
    return Markup((PAGE / "explore.js").read_text(encoding="utf-8"))


@cache
def _look() -> Markup:
    return Markup((PACKAGE / "server" / "voila" / "page.css").read_text(encoding="utf-8"))


def _inside(packed: bytes) -> Markup:
    """Return an answer as a text that may stand in a script element: the message, and its buffers in base64."""
    message, buffers = read_frame(gzip.decompress(packed))
    return held([message, [base64.b64encode(each).decode() for each in buffers]])
