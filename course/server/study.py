"""`{base_url}course/terms` and its neighbours: terms, formulas, what leads to what, a self-test, what a learner has done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tornado import web

from course.glossary import Term, glossary
from course.i18n import HTML_LANG, translator
from course.manifest import Module, syllabus
from course.markup import held
from course.server.home import PageHandler, environment, links
from course.study.formulas import formulas
from course.study.record import record_content
from course.study.self_test import self_test_content
from course.study.titles import TITLES
from course.ui.assets import asset_name

# The page's own script brings the interface from this server; nothing else may be asked for
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'self' 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
Places = Mapping[str, str]


def render_study(page: str, language: str, base_url: str, places: Places) -> str:
    """Return the HTML of `page`, a key of `TITLES`, in `language`. `places` holds addresses of lessons by module (`m01`)."""
    _ = translator(language)
    return (
        environment()
        .get_template(f"study/{page}.html.j2")
        .render(
            _=_,
            page=page,
            titles={key: _(title) for key, title in TITLES.items()},
            language=language,
            html_lang=HTML_LANG[language],
            home=f"{base_url}course/",
            places=places,
            course=syllabus(),
            **_FACTS[page](language, base_url, places),
        )
    )


def _terms(_language: str, _base_url: str, _places: Places) -> dict[str, Any]:
    """Return the terms by the module that teaches them, in the order of the course."""

    def of(module: Module) -> list[Term]:
        return [term for term in glossary().terms if term.module == module.number]

    return {"terms": [(module, found) for module in syllabus().modules if (found := of(module))]}


def _formulas(language: str, _base_url: str, _places: Places) -> dict[str, Any]:
    return {"formulas": [(module, found) for module in syllabus().modules if (found := formulas(module, language))]}


def _map(_language: str, _base_url: str, _places: Places) -> dict[str, Any]:
    """Return by module the later ones that build on it."""
    later: dict[str, list[str]] = {module.number: [] for module in syllabus().modules}
    for module in syllabus().modules:
        for foundation in module.builds_on:
            later[foundation.module].append(module.number)
    return {"leads_to": later}


def _self_test(language: str, base_url: str, places: Places) -> dict[str, Any]:
    return _widget("self-test", self_test_content(language, places), base_url)


def _record(language: str, base_url: str, _places: Places) -> dict[str, Any]:
    return _widget("record", record_content(language), base_url)


def _widget(part: str, content: dict[str, Any], base_url: str) -> dict[str, Any]:
    return {"part": part, "content": held(content), "ui": f"{base_url}course/static/{asset_name('ui')}"}


_FACTS: dict[str, Callable[[str, str, Places], dict[str, Any]]] = {
    "terms": _terms,
    "formulas": _formulas,
    "map": _map,
    "self-test": _self_test,
    "record": _record,
}


class StudyHandler(PageHandler):
    """Serve these pages, behind the same door as the home page."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        return POLICY

    @web.authenticated
    async def get(self, page: str) -> None:
        """Send the page."""
        language = self.language()
        await self.finish(render_study(page, language, self.base_url, self._places(language)))

    def _places(self, language: str) -> dict[str, str]:
        doors = {
            module.number: links(module, language, self.base_url, self.explore_only) for module in syllabus().modules
        }
        return {number: found["read"] for number, found in doors.items() if "read" in found}
