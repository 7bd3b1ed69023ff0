"""`{base_url}course/`: the course's first page, in the learner's language. It asks nothing of any other host."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jupyter_server.base.handlers import JupyterHandler
from markupsafe import Markup
from tornado import web

from course.glossary import glossary
from course.i18n import HTML_LANG, LANGUAGES, NAMES, best_language, match_language, translator
from course.kernel.warm import begin
from course.manifest import Module, Syllabus, syllabus
from course.paths import PACKAGE, ROOT

PAGE = Path(__file__).parent / "page"
COOKIE = "course_lang"
A_YEAR = 365
# The browser itself refuses whatever the page might ask of another host
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)


def chosen_language(asked: str | None, remembered: str | None, accepted: str) -> str:
    """Return the page's language: what the address asks for, else the cookie, else what the browser prefers."""
    return match_language(asked) or match_language(remembered) or best_language(accepted)


def links(
    module: Module, language: str, base_url: str, explore_only: bool = False, *, narrow: bool = False
) -> dict[str, str]:
    """Return the addresses of a module's doors: read, explore where it has an app, practise; none where it is to come.

    In a `narrow` window notebooks open in Jupyter Notebook: JupyterLab leaves a phone no room for the text.
    """
    if not module.ready:
        return {}

    def address(door: str, path: Path) -> str:
        return f"{base_url}{door}/{quote(path.relative_to(ROOT).as_posix())}"

    explore = {"explore": f"{address('voila/render', module.app)}?lang={language}"} if module.simulated else {}
    if explore_only:
        return explore
    # through `course.server.door`, so that the notebook's kernel is there when its page is
    room = "course/notebooks" if narrow else "course/lab/tree"
    return {
        "read": address(room, module.lesson(language)),
        **explore,
        "practise": address(room, module.exercise(language)),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    styles = (PACKAGE / "ui" / "page" / "theme.css", PAGE / "home.css")
    environment.globals.update(
        styles=Markup("\n".join(path.read_text(encoding="utf-8") for path in styles)),
        script=Markup((PAGE / "home.js").read_text(encoding="utf-8")),
        languages=[(code, NAMES[code], HTML_LANG[code]) for code in LANGUAGES],
    )
    return environment


def render_home(language: str, base_url: str, explore_only: bool = False, course: Syllabus | None = None) -> str:
    """Return the page's HTML in `language`, its links below `base_url` (which ends in a slash)."""
    course = course or syllabus()
    parts = [
        (
            part,
            [
                (
                    module,
                    links(module, language, base_url, explore_only),
                    links(module, language, base_url, explore_only, narrow=True),
                )
                for module in course.modules
                if module.part == part.id and (module.simulated or not explore_only)
            ],
        )
        for part in course.parts
    ]
    return (
        _environment()
        .get_template("home.html.j2")
        .render(
            _=translator(language),
            language=language,
            html_lang=HTML_LANG[language],
            course=course,
            count=sum(module.simulated for module in course.modules),
            parts=[(part, cards) for part, cards in parts if cards],
            explore_only=explore_only,
            terms=glossary().terms,
        )
    )


class HomeHandler(JupyterHandler):
    """Serve the home page, behind the same door as the server's other pages."""

    def initialize(self, explore_only: bool = False) -> None:
        """Remember which doors this server has."""
        self.explore_only = explore_only

    @property
    def content_security_policy(self) -> str:
        """What the page may load: itself, and nothing else."""
        return POLICY

    @web.authenticated
    async def get(self, *_path: Any) -> None:
        """Send the page and remember the language asked for."""
        asked = match_language(self.get_argument("lang", None))
        if asked:
            self.set_cookie(COOKIE, asked, path=self.base_url, expires_days=A_YEAR, samesite="Lax")
        begin()  # where it has not begun: kernels will be asked for soon
        _ = self.xsrf_token  # sets the cookie with which a dashboard may end its kernel
        language = chosen_language(asked, self.get_cookie(COOKIE), self.request.headers.get("Accept-Language", ""))
        self.set_header("Content-Language", HTML_LANG[language])
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Vary", "Cookie, Accept-Language")
        await self.finish(render_home(language, self.base_url, self.explore_only))
