"""`{base_url}course/read/<module>`: a lesson as a page, and what its code gives as soon as that is known."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Template
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.utils import url_path_join
from markupsafe import Markup
from tornado import web
from tornado.iostream import StreamClosedError

from course.i18n import HTML_LANG, N_, translator
from course.kernel.warm import begin
from course.manifest import ManifestError, Module, syllabus
from course.markup import held
from course.reader.outputs import Output
from course.reader.page import page_of
from course.reader.paper import answers, stressed
from course.reader.record import Record
from course.reader.running import Outputs, RunError
from course.runs import Service
from course.server.home import PageHandler, environment, links, place_of_shelf
from course.server.runs import ServedPageHandler
from course.study.hand_in import hand_in_content
from course.ui.assets import asset_name

# Vega makes functions out of a chart's expressions
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "connect-src 'self'",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
_LESSON = re.compile(r"\.\./(m\d\d)-[\w-]+/lesson\.\w+\.ipynb(#.*)?")
WORDS = {
    "slow": N_("What the code gives could not be brought here. Reload the page to try again."),
    "printing": N_("The pictures are being drawn; then the page is printed."),
    "unrun": N_("The code of this lesson could not be run on this server: {why}"),
}


def doors_of(module: Module, language: str, base_url: str, explore_only: bool, shelf: str | None) -> dict[str, str]:
    """Return the addresses of a module's doors, those of a narrow window under `narrow:…`."""
    wide = links(module, language, base_url, explore_only, shelf=shelf)
    narrow = links(module, language, base_url, explore_only, narrow=True, shelf=shelf)
    return {**wide, **{f"narrow:{key}": address for key, address in narrow.items()}}


def lead(address: str, doors: dict[str, str], language: str, base_url: str) -> str | None:
    """Return where a lesson's link to a notebook leads from the page, None where there is no such door here."""
    if address.startswith("#"):
        return address
    if found := _LESSON.fullmatch(address):
        module = syllabus().module(found[1])
        return f"{base_url}course/read/{module.id}?lang={language}" if module.ready else None
    return doors.get("practise" if "/exercises/" in address else "explore")


def render_lesson(
    module: Module,
    language: str,
    base_url: str,
    doors: dict[str, str],
    outputs: Outputs | None = None,
    version: str = "",
) -> str:
    """Return the HTML of a module's lesson; `outputs` are None while it has not been run.

    `version` is the edition whose runs its simulators ask for.
    """
    _ = translator(language)
    terms = f"{base_url}course/terms?lang={language}"
    page = page_of(module, language, outputs, lambda address: lead(address, doors, language, base_url), terms)
    config = {
        "module": module.id,
        "language": language,
        "version": version,
        "base": base_url,
        "files": f"{base_url}course/static/",
        "ui": asset_name("ui"),
        "vega": asset_name("vega"),
        "outputs": f"{base_url}course/read/{module.id}/outputs?lang={language}" if outputs is None else "",
        "words": {key: _(text) for key, text in WORDS.items()},
    }
    modules = [one for one in syllabus().modules if one.ready]
    return (
        environment()
        .get_template("read/lesson.html.j2")
        .render(
            _=_,
            language=language,
            html_lang=HTML_LANG[language],
            course=syllabus(),
            home=f"{base_url}course/",
            module=module,
            following=next((one for one in modules if one.number > module.number), None),
            doors=doors,
            page=page,
            answers=answers(page.elements),
            hand_in=hand_in_content(module.id, language),
            config=held(config),
            reader=f"{base_url}course/static/{asset_name('reader')}",
            styles_of_lesson=_styles(),
            held=held,
            stressed=stressed,
        )
    )


@cache
def _styles() -> Markup:
    folder = Path(__file__).parent / "page" / "read"
    return Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in ("read.css", "paper.css")))


def render_outputs(outputs: list[Output], language: str) -> str:
    """Return the HTML of what a cell gave."""
    template: Template = environment().get_template("read/outputs.html.j2")
    return template.render(_=translator(language), outputs=outputs, held=held)


class LessonHandler(PageHandler):
    """A page about one lesson, behind the same door as the home page."""

    @property
    def record(self) -> Record:
        """What lessons have given on this server."""
        record: Record = self.settings.setdefault("course_record", Record(Path(jupyter_runtime_dir())))
        return record

    def module(self, module_id: str) -> Module:
        """Return the module that the address names; 404 where there is none, or none yet."""
        try:
            module = syllabus().module(module_id)
        except ManifestError as error:
            raise web.HTTPError(404) from error
        if not module.ready:
            raise web.HTTPError(404)
        return module


class ReadHandler(ServedPageHandler, LessonHandler):
    """Serve a lesson's page."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        return POLICY

    @web.authenticated
    async def get(self, module_id: str) -> None:
        """Send the page, with what the code gives where that is known."""
        begin()  # where it has not begun: a kernel may be asked for soon
        module, language = self.module(module_id), self.language()
        shelf = "" if self.explore_only else place_of_shelf(self.contents_manager)
        doors = doors_of(module, language, self.base_url, self.explore_only, shelf)
        outputs = self.record.known(module, language)
        version = self.service.renew()
        await self.finish(render_lesson(module, language, self.base_url, doors, outputs, version))


class OutputsHandler(LessonHandler):
    """Serve what a lesson's code gives."""

    @web.authenticated
    async def get(self, module_id: str) -> None:
        """Send the HTML of each cell's outputs as soon as the lesson has been run, or a sentence why it was not."""
        module, language = self.module(module_id), self.language()
        try:
            outputs = await self.record.outputs(module, language)
        except RunError as error:
            self.set_status(503)
            await self.finish({"problem": translator(language)(WORDS["unrun"]).format(why=error)})
            return
        with suppress(StreamClosedError):  # the reader has gone on meanwhile
            await self.finish({key: render_outputs(found, language) for key, found in outputs.items()})


def read_routes(base_url: str, explore_only: bool, service: Service) -> list[tuple[str, type, dict[str, Any]]]:
    """Return the routes of the lessons' pages."""
    options = {"explore_only": explore_only}
    return [
        (url_path_join(base_url, r"course/read/([\w-]+)"), ReadHandler, {**options, "service": service}),
        (url_path_join(base_url, r"course/read/([\w-]+)/outputs"), OutputsHandler, options),
    ]
