"""Terms in a lesson's text lead to what they mean, each once, and nowhere that a link would harm."""

from __future__ import annotations

import re

import pytest

from course.glossary import glossary
from course.manifest import syllabus
from course.reader.page import page_of
from course.reader.terms import TermLinks
from course.server.read import doors_of, render_lesson
from tests.reader.test_pages import every_lesson

KEYS = {term.key for term in glossary().terms}
LINK = re.compile(r'<a class="term" href="terms#([^"]*)" title="[^"]+">([^<]*)</a>')
NO_PROSE = "a|h[1-6]|code|pre|math|summary"
INSIDE = re.compile(rf"<({NO_PROSE})\b(?! class=\"term\")[^>]*>(.*?)</\1>", re.DOTALL)


@every_lesson
def test_a_lesson_leads_once_to_each_term_that_it_uses(module, language):
    text = "".join(part.html for part in page_of(module, language, None, str, "terms").parts if part.kind == "text")
    keys = [key for key, _text in LINK.findall(text)]
    # an introduction to Python has terms of the course only by chance
    assert keys or module.number == "m00"
    assert {*keys} <= KEYS
    assert len(keys) == len({*keys})
    assert not [inside for _tag, inside in INSIDE.findall(text) if 'class="term"' in inside]


def test_terms_lead_to_the_page_of_terms():
    module = syllabus().module("m02")
    html = render_lesson(module, "zh", "/user/a/", doors_of(module, "zh", "/user/a/", False, ""))
    assert 'href="/user/a/course/terms?lang=zh#expectation"' in html


@pytest.mark.parametrize(
    ("html", "language", "found"),
    [
        ("<p>Two customers, one customer.</p>", "en", [("customer", "customer")]),
        ("<p>Expectation, expectations.</p>", "en", [("expectation", "Expectation")]),
        ("<p>customer-centred, customership</p>", "en", []),
        ("<h2>Expectation</h2><p><code>expectation</code> <a href='x'>expectation</a></p>", "en", []),
        ("<h2>Expectation</h2><p><b>Expectation</b></p>", "en", [("expectation", "Expectation")]),
        ("<p>期望确认理论</p>", "zh", [("expectation-confirmation", "期望确认理论")]),
        ("<p>先有期望，再有期望。</p>", "zh", [("expectation", "期望")]),
    ],
)
def test_the_first_use_of_a_term_is_a_link(html, language, found):
    linked = TermLinks(language, "terms").add(html)
    assert LINK.findall(linked) == found
    assert LINK.sub(r"\2", linked) == html
