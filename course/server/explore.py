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
from course.runs.frames import read_frame
from course.runs.questions import read_question
from course.runs.service import Outcome
from course.server.home import PAGE, environment, place_of_shelf
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


class ExploreHandler(ServedPageHandler):
    """Serve one dashboard, behind the same door as the home page."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        return POLICY

    @web.authenticated
    async def get(self, module_id: str) -> None:
        """Send the page, or the browser home where there is no such dashboard."""
        begin()
        module = next((one for one in syllabus().simulated if one.id == module_id), None)
        if module is None:
            self.redirect(url_path_join(self.base_url, "course/"))
            return
        _ = self.xsrf_token  # sets the cookie with which the page may end its private kernel
        language = self.language()
        version = self.service.renew()
        answer = await self.service.ask(read_question(module.id, "app", "", language), self.request.remote_ip or "")
        if answer.outcome is not Outcome.ANSWERED:
            self.set_status(503)
            self.set_header("Retry-After", "5")
        await self.finish(
            render_explore(module, language, self.base_url, version, answer.packed, self._private(module))
        )

    def _private(self, module: Module) -> str:
        """Return the address of the page that brings a kernel along; empty where this server has none."""
        shelf = "" if self.explore_only else place_of_shelf(self.contents_manager)
        if not module.tools or shelf is None:
            return ""
        return kernel_page(module, self.base_url, shelf)


def kernel_page(module: Module, base_url: str, shelf: str) -> str:
    """Return the address of a module's dashboard with a kernel; `shelf` is the folder of the lessons below the root."""
    return (
        f"{base_url}voila/render/{quote((PurePosixPath(shelf) / module.app.relative_to(ROOT).as_posix()).as_posix())}"
    )


def render_explore(module: Module, language: str, base_url: str, version: str, packed: bytes, private: str = "") -> str:
    """Return the page's HTML. `packed` is the service's answer about the dashboard; without one, the page says to wait."""
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
            first=_inside(packed) if packed else "",
            facts={
                "module": module.id,
                "version": version,
                "language": language,
                "own": {"script": asset_name("private"), "page": private} if private else None,
            },
        )
    )


@cache
def _start() -> Markup:
    return Markup((PAGE / "explore.js").read_text(encoding="utf-8"))


@cache
def _look() -> Markup:
    return Markup((PACKAGE / "server" / "voila" / "page.css").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _inside(packed: bytes) -> Markup:
    """Return an answer as a text that may stand in a script element: the message, and its buffers in base64."""
    message, buffers = read_frame(gzip.decompress(packed))
    return held([message, [base64.b64encode(each).decode() for each in buffers]])
