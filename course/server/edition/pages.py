"""The pages of an edition: home, lessons, dashboards and what belongs to the course as a whole, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from course.i18n import HTML_LANG, N_, translator
from course.manifest import Module, syllabus
from course.markup import held
from course.reader.cells import cells
from course.reader.elements import SIMULATOR
from course.reader.running import Outputs
from course.server.edition import mirror
from course.server.edition.scripts import named
from course.server.explore import render_explore
from course.server.home import PAGE, environment, links, render_home
from course.server.read import doors_of, render_lesson
from course.server.study import render_study
from course.study.titles import TITLES
from course.ui.assets import asset_name

BASE = "/"
MISSING = N_("A file of these pages is missing: {name}. Reload the page, or copy the whole folder again.")


@dataclass(frozen=True)
class Edition:
    """What its pages are made of: modules, the edition's name, what each module has recorded (`recordings.Recorded.index`
    by id), and what lessons gave by module id and language.
    """

    modules: tuple[Module, ...]
    languages: tuple[str, ...]
    version: str
    recorded: Mapping[str, Mapping[str, Any]]
    outputs: Mapping[tuple[str, str], Outputs]

    @property
    def files(self) -> set[str]:
        """The pages, by the way to each."""
        return mirror.pages([(module.id, module.simulated) for module in self.modules], self.languages)


@cache
def edition_script() -> tuple[str, bytes]:
    """Return the name and the text of the script that every page begins with."""
    return named("edition", (PAGE / "edition" / "edition.js").read_bytes())


def keeper(edition: Edition) -> str:
    """Return the service worker that keeps what was read."""
    text = (PAGE / "edition" / "keep.js").read_text(encoding="utf-8")
    return text.replace("{{ version }}", edition.version)


def entrance(edition: Edition) -> str:
    """Return the page that leads to the reader's language."""
    page = environment().get_template("edition/index.html.j2")
    return page.render(course=syllabus(), codes=[*edition.languages], first=edition.languages[0], html_lang=HTML_LANG)


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield every page: the way to it, and its HTML."""
    yield "index.html", entrance(edition)
    for language in edition.languages:
        yield _page(edition, "/course/", language, _home(edition, language))
        for title in TITLES:
            yield _page(edition, f"/course/{title}", language, _study(edition, title, language))
        for module in edition.modules:
            yield _lesson(edition, module, language)
            if module.simulated:
                yield _dashboard(edition, module, language)


def _page(
    edition: Edition, address: str, language: str, html: str, module: Module | None = None, keep: tuple[str, ...] = ()
) -> tuple[str, str]:
    """Return a page's place and its HTML with every address made a file's; `module` is one whose runs it shows."""
    runs = {module.id: edition.recorded[module.id]} if module and module.id in edition.recorded else {}

    def head(root: str) -> str:
        says = {
            "root": root,
            "language": language,
            "vega": asset_name("vega"),
            "runs": runs,
            "keep": [*keep],
            "missing": translator(language)(MISSING),
        }
        own = f"globalThis.__course = {{ modules: new Map(), edition: {held(says)} }};"
        return f'<script>{own}</script>\n<script src="{root}files/{edition_script()[0]}"></script>\n'

    return mirror.file_of(address, language), mirror.mirrored(html, address, language, edition.files, head)


def _home(edition: Edition, language: str) -> str:
    course = replace(syllabus(), modules=edition.modules)
    return render_home(language, BASE, explore_only=True, course=course, files=True)


def _study(edition: Edition, title: str, language: str) -> str:
    # the self-test's script leads on by itself, so its addresses are files' already
    if title == "self-test":
        places = {module.number: f"read/{module.id}.html" for module in edition.modules}
    else:
        places = {module.number: links(module, language, BASE, True)["read"] for module in edition.modules}
    return render_study(title, language, BASE, places)


def _lesson(edition: Edition, module: Module, language: str) -> tuple[str, str]:
    doors = doors_of(module, language, BASE, True, None)
    outputs = edition.outputs[module.id, language]
    html = render_lesson(module, language, BASE, doors, outputs, edition.version)
    presets = [call.argument for cell in cells(module, language) if (call := cell.only(SIMULATOR))]
    keep = (asset_name("ui"), asset_name("vega"), *_needed(edition, module, language, presets))
    return _page(edition, f"/course/read/{module.id}", language, html, module, keep)


def _needed(edition: Edition, module: Module, language: str, presets: list[str]) -> Iterator[str]:
    """Yield the recorded files that simulators opened in `presets` need."""
    if module.id not in edition.recorded:
        return
    index = edition.recorded[module.id]
    yield from (index["words"][language], index["common"])
    yield from (index["packs"][preset or next(iter(index["packs"]))] for preset in dict.fromkeys(presets))


def _dashboard(edition: Edition, module: Module, language: str) -> tuple[str, str]:
    html = render_explore(module, language, BASE, edition.version, b"", files=True)
    index = edition.recorded[module.id]
    keep = (asset_name("ui"), asset_name("vega"), index["words"][language], index["common"], *index["packs"].values())
    return _page(edition, f"/course/explore/{module.id}", language, html, module, keep)
