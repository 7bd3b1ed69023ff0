"""`{base_url}course/`: the course's first page, in the learner's language. It asks nothing of any other host."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from markupsafe import Markup
from tornado import web

from course.i18n import HTML_LANG, LANGUAGES, NAMES, best_language, match_language, translator
from course.kernel.warm import begin, fork_server
from course.manifest import Module, Syllabus, syllabus
from course.markup import markdown, mathml
from course.paths import PACKAGE, ROOT
from course.server.copies import FOLDER, give, shelf
from course.server.exchange import Exchange, exchange, practised_from
from course.study.record import WORDS, what_there_is
from course.study.titles import FOUND_THERE, TITLES
from course.ui.assets import home_script

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
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


def chosen_language(asked: str | None, remembered: str | None, accepted: str) -> str:
    """Return the page's language: what the address asks for, else the cookie, else what the browser prefers."""
    return match_language(asked) or match_language(remembered) or best_language(accepted)


def reader_language(handler: web.RequestHandler, asked: str | None = None) -> str:
    """Return the language of whoever sent a request: `asked` for, else remembered, else what the browser prefers."""
    return chosen_language(asked, handler.get_cookie(COOKIE), handler.request.headers.get("Accept-Language", ""))


def asked_language(handler: web.RequestHandler) -> str | None:
    """Return the language that a request's address asks for, if it does, and have the browser remember it."""
    asked = match_language(handler.get_argument("lang", None))
    if asked:
        handler.set_cookie(COOKIE, asked, path=handler.settings["base_url"], expires_days=A_YEAR, samesite="Lax")
    return asked


def links(
    module: Module,
    language: str,
    base_url: str,
    explore_only: bool = False,
    *,
    narrow: bool = False,
    shelf: str | None = "",
    place: Exchange | None = None,
) -> dict[str, str]:
    """Return the addresses of a module's doors: read, lab, explore where it has an app, practise; none where it is to come.

    `shelf` is the folder of the lessons, relative to the server's root; None where they are not there. An assignment that
    is in an exchange (`place`) is practised in the copy from there.
    In a `narrow` window notebooks open in Jupyter Notebook: JupyterLab leaves a phone no room for the text.
    """
    if not module.ready:
        return {}
    read = {"read": f"{base_url}course/read/{module.id}?lang={language}"}
    explore = {"explore": f"{base_url}course/explore/{module.id}?lang={language}"} if module.simulated else {}
    if explore_only:
        return {**read, **explore}
    fetched = practised_from(place, base_url, module, language, narrow) if place else {}
    if shelf is None:
        return {**read, **explore, **fetched}

    def address(door: str, path: Path) -> str:
        return f"{base_url}{door}/{quote((PurePosixPath(shelf) / path.relative_to(ROOT).as_posix()).as_posix())}"

    # through `course.server.door`, so that the notebook's kernel is there when its page is
    room = "course/notebooks" if narrow else "course/lab/tree"
    return {
        **read,
        "lab": address(room, module.lesson(language)),
        **explore,
        "practise": address(room, module.exercise(language)),
        **fetched,
    }


@cache
def environment() -> Environment:
    """Return what the course's own pages are made with."""
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters.update(markdown=markdown, block=lambda equation: Markup(mathml(equation, block=True)))
    styles = (PACKAGE / "ui" / "page" / "theme.css", PAGE / "home.css", PAGE / "study" / "study.css")
    environment.globals.update(
        styles=Markup("\n".join(path.read_text(encoding="utf-8") for path in styles)),
        script=Markup((PAGE / "home.js").read_text(encoding="utf-8")),
        progress=Markup(home_script()),
        languages=[(code, NAMES[code], HTML_LANG[code]) for code in LANGUAGES],
    )
    return environment


def render_home(
    language: str,
    base_url: str,
    explore_only: bool = False,
    course: Syllabus | None = None,
    shelf: str | None = "",
    form: str = "",
    classes: str = "",
    place: Exchange | None = None,
    files: bool = False,
) -> str:
    """Return the page's HTML in `language`, its links below `base_url` (which ends in a slash).

    Without a `shelf` the page offers to copy the lessons; with an address `classes`, to open a class. `form` is the hidden
    field that the server wants back. With `files` it is the first page of an edition of files (`course.server.edition`).
    """
    course = course or syllabus()
    parts = [
        (
            part,
            [
                (
                    module,
                    links(module, language, base_url, explore_only, shelf=shelf, place=place),
                    links(module, language, base_url, explore_only, narrow=True, shelf=shelf, place=place),
                )
                for module in course.modules
                if module.part == part.id and (module.simulated or files or not explore_only)
            ],
        )
        for part in course.parts
    ]
    _ = translator(language)
    return (
        environment()
        .get_template("home.html.j2")
        .render(
            _=_,
            language=language,
            html_lang=HTML_LANG[language],
            course=course,
            count=sum(module.simulated for module in course.modules),
            parts=[(part, cards) for part, cards in parts if cards],
            explore_only=explore_only,
            together=[(page, _(title), _(FOUND_THERE[page])) for page, title in TITLES.items()],
            record=_record(course),
            record_words=_record_words(language),
            offer=f"{base_url}course/copy" if shelf is None else "",
            form=Markup(form),
            folder=FOLDER,
            classes=classes,
            files=files,
        )
    )


def _record(course: Syllabus) -> dict[str, str]:
    """Return by module what there is to do in it, for the page to compare with what the browser remembers."""
    found = {}
    for module in course.modules:
        # a file of one module that cannot be read must not take the page away from the others
        with suppress(ValueError):
            if module.ready:
                found[module.id] = json.dumps(what_there_is(module.id))
    return found


def _record_words(language: str) -> str:
    _ = translator(language)
    words = {key: _(WORDS[key]) for key in ("quiz", "guesses", "goals", "writings", "count")}
    return json.dumps({**words, "between": _(" · ")}, ensure_ascii=False)


class SpeakingHandler(web.RequestHandler):
    """A page in the reader's language."""

    def language(self) -> str:
        """Return the page's language, remember the one asked for, and tell the browser and every cache between."""
        language = reader_language(self, asked_language(self))
        self.set_header("Content-Language", HTML_LANG[language])
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Vary", "Cookie, Accept-Language")
        return language


class PageHandler(SpeakingHandler, JupyterHandler):
    """A page of the course's own on a Jupyter server."""

    def initialize(self, explore_only: bool = False) -> None:
        """Remember which doors this server has."""
        self.explore_only = explore_only


class HomeHandler(PageHandler):
    """Serve the home page, behind the same door as the server's other pages."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load: itself, and nothing else."""
        return POLICY

    @web.authenticated
    async def get(self, *_path: Any) -> None:
        """Send the page."""
        if not fork_server().thrifty:
            begin()  # where it has not begun: kernels will be asked for soon
        _ = self.xsrf_token  # sets the cookie with which a dashboard may end its kernel
        language = self.language()
        shelf = "" if self.explore_only else place_of_shelf(self.contents_manager)
        classes = f"{self.base_url}course/class" if "course_classes" in self.settings else ""
        form = str(self.xsrf_form_html()) if shelf is None or classes else ""
        place = None if self.explore_only else await asyncio.to_thread(exchange)
        page = render_home(
            language, self.base_url, self.explore_only, shelf=shelf, form=form, classes=classes, place=place
        )
        await self.finish(page)


class CopyHandler(JupyterHandler):
    """Copy the lessons into a folder below the server's root, when the learner asks for it."""

    @web.authenticated
    async def post(self) -> None:
        """Give what is missing there, then show the home page again; say so where that cannot be."""
        folder = Path(str(getattr(self.contents_manager, "root_dir", ""))) / FOLDER
        try:
            await asyncio.to_thread(give, folder)
        except OSError as error:
            language = reader_language(self)
            words = translator(language)("The folder {folder} cannot be written to ({error}).")
            self.set_status(409)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            await self.finish(words.format(folder=folder, error=error.strerror))
            return
        self.redirect(url_path_join(self.base_url, "course/"))


def place_of_shelf(contents: Any) -> str | None:
    """Return where the lessons lie, relative to the root of a server's files; None where there are none, or no such root."""
    root = str(getattr(contents, "root_dir", ""))
    found = shelf(Path(root)) if root else None
    if found is None:
        return None
    place = found.relative_to(Path(root).resolve()).as_posix()
    return "" if place == "." else place
