"""`course print`: a lesson as a handout, in a PDF file. Where no browser can print, it says what to do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click
from jupyter_core.paths import jupyter_runtime_dir
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from course import whole
from course.i18n import current_language, gettext, use_language
from course.manifest import ManifestError, Module, syllabus
from course.reader.record import Record
from course.reader.running import RunError
from course.server.chromium import BrowserError, browser, pdf
from course.server.options import read_language
from course.server.read import render_lesson
from course.server.static import AssetHandler

# width and height in inches
PAPERS = {"a4": (8.27, 11.69), "letter": (8.5, 11.0)}
FOOTER = (
    '<div style="width: 100%; font: 8px sans-serif; color: #555; text-align: center">'
    '<span class="title"></span> · <span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)
WHOLE = 'import(document.querySelector("script[type=module]").src).then(() => globalThis.__course.whole())'


@click.command("print", help=gettext("Print a lesson as a handout, into a PDF file."))
@click.argument("module_id", metavar="MODULE")
@click.option("--language", callback=read_language, help=gettext("en or zh; else that of this system."))
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", help=gettext("The paper: a4 or letter."))
@click.option("--output", type=click.Path(path_type=Path), help=gettext("The file; else m02.en.pdf here."))
def command(module_id: str, language: str | None, paper: str, output: Path | None) -> None:
    """Print one lesson."""
    if language:
        use_language(language)
    try:
        module = syllabus().module(module_id)
    except ManifestError as error:
        raise click.ClickException(str(error)) from error
    if not module.ready:
        raise click.ClickException(gettext("{module} is not finished yet.").format(module=module.number))
    path = browser()
    if path is None:
        message = gettext(
            "There is no Chromium, Chrome or Edge here that could print. Install one of them; or open the lesson "
            "in any browser with course, choose Read, and print the page from there."
        )
        raise click.ClickException(message)
    output = output or Path(f"{module.number}.{current_language()}.pdf")
    try:
        data = asyncio.run(_printed(module, current_language(), paper, path))
        whole.write(output, data)
    except RunError as error:
        message = gettext("The code of this lesson could not be run here: {why}")
        raise click.ClickException(message.format(why=error)) from error
    except BrowserError as error:
        message = gettext("The browser {path} did not print ({why}). Open the lesson in it and print it from there.")
        raise click.ClickException(message.format(path=path, why=error)) from error
    except OSError as error:
        message = gettext("{file} cannot be written ({why}). Name another place with --output.")
        raise click.ClickException(message.format(file=output, why=error.strerror)) from error
    click.echo(gettext("Printed: {file}").format(file=output))


async def _printed(module: Module, language: str, paper: str, path: str) -> bytes:
    """Return the handout of a lesson as PDF; the page is served to the browser from a free port of this machine."""
    outputs = await Record(Path(jupyter_runtime_dir())).outputs(module, language)
    page = render_lesson(module, language, "/", {}, outputs)

    class PageHandler(web.RequestHandler):
        """The one page."""

        def get(self) -> None:
            self.finish(page)

    server = HTTPServer(web.Application([("/", PageHandler), (r"/course/static/([\w.-]+)", AssetHandler)]))
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    width, height = PAPERS[paper]
    options = {
        "paperWidth": width,
        "paperHeight": height,
        "printBackground": True,
        "displayHeaderFooter": True,
        "headerTemplate": "<span></span>",
        "footerTemplate": FOOTER,
        "generateDocumentOutline": True,
    }
    try:
        return await pdf(path, f"http://127.0.0.1:{sockets[0].getsockname()[1]}/", WHOLE, options)
    finally:
        server.stop()
