"""A lesson as the parts of a page, in order, and what its print-out holds at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup

from course.manifest import Module
from course.reader.cells import Cell, cells
from course.reader.elements import CHECK, SIMULATOR, Element, element
from course.reader.outputs import Output
from course.reader.running import Outputs
from course.reader.terms import TermLinks
from course.reader.text import Aside, Heading, asides, html_of, linked

Door = Callable[[str], str | None]


@dataclass(frozen=True)
class Part:
    """One cell on the page.

    `kind` is text, setup, element, simulator, check or code; `html` its text or its coloured code; `preset` the situation
    that a simulator begins in; `outputs` None while the lesson has not been run.
    """

    kind: str
    id: str
    html: str = ""
    element: Element | None = None
    preset: str = ""
    outputs: list[Output] | None = None


@dataclass
class Page:
    """A lesson: its parts, its headings, and for paper its asides and the addresses it leads to."""

    parts: list[Part] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements that live in the page alone."""
        return [part.element for part in self.parts if part.element]

    def number_of(self, address: str) -> int:
        """Return the number under which paper names an address."""
        if address not in self.addresses:
            self.addresses.append(address)
        return self.addresses.index(address) + 1


def page_of(module: Module, language: str, outputs: Outputs | None, door: Door, terms: str) -> Page:
    """Return a module's lesson in `language`.

    `door` says where its links to notebooks lead, None: nowhere; `terms` is the address of the course's terms.
    """
    page, term_links = Page(), TermLinks(language, terms)
    for cell in cells(module, language):
        page.parts.append(_part(cell, module, language, outputs, door, term_links, page))
    return page


def _part(
    cell: Cell,
    module: Module,
    language: str,
    outputs: Outputs | None,
    door: Door,
    terms: TermLinks,
    page: Page,
) -> Part:
    if cell.text:
        html, headings = html_of(cell.source, cell.id)
        page.headings += headings
        whole = terms.add(linked(html, door, page.number_of))
        page.asides += asides(whole)
        return Part("text", cell.id, Markup(whole))
    if cell.setup:
        return Part("setup", cell.id)
    if found := element(cell, module, language):
        return Part("element", cell.id, element=found)
    given = None if outputs is None else outputs.get(cell.id, [])
    if call := cell.only(SIMULATOR):
        preset = call.argument
        return Part("simulator", cell.id, preset=preset, outputs=given)
    if cell.only(CHECK):
        return Part("check", cell.id)
    return Part("code", cell.id, coloured(cell.source), outputs=given)


@cache
def coloured(source: str) -> Markup:
    """Return Python code as HTML, its words in classes."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip())
