"""Every lesson as a page, in both languages, without a browser and without running it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.reader.cells import Call, Cell, cells
from course.reader.elements import element
from course.reader.outputs import Output, plain, safe
from course.reader.page import page_of
from course.reader.paper import answers, stressed
from course.reader.running import source_to_run
from course.reader.text import html_of, linked
from course.server.read import doors_of, lead, render_lesson, render_outputs

LESSONS = [(module, language) for module in syllabus().ready for language in LANGUAGES]
NAMES = [f"{module.number}-{language}" for module, language in LESSONS]
every_lesson = pytest.mark.parametrize(("module", "language"), LESSONS, ids=NAMES)
BASE = "/user/a/"


@cache
def rendered(number: str, language: str, explore_only: bool) -> str:
    module = syllabus().module(number)
    return render_lesson(module, language, BASE, doors_of(module, language, BASE, explore_only, ""))


def page(module: Module, language: str, explore_only: bool = False) -> str:
    return rendered(module.number, language, explore_only)


class Tags(HTMLParser):
    """Collect a page's tags, its ids, and what stands outside of scripts, styles, code and what only paper shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.within: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "pre", "code"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.texts.append(data)

    def all(self, name: str) -> list[str]:
        return [value for _tag, attributes in self.tags if (value := attributes.get(name)) is not None]


@every_lesson
def test_every_cell_has_its_place(module: Module, language: str) -> None:
    assert Tags(page(module, language)).all("data-place") == [cell.id for cell in cells(module, language)]


@every_lesson
def test_what_is_drawn_is_formulas_and_stress_not_latex_and_asterisks(module: Module, language: str) -> None:
    text = "".join(Tags(page(module, language)).texts)
    # beside a Chinese letter, asterisks around a quotation mark stay asterisks
    assert "**" not in text
    assert not re.search(r"\\(?:frac|alpha|lambda|sum|cdot|left|text)\b|\$\$", text)


@every_lesson
def test_nothing_comes_from_elsewhere(module: Module, language: str) -> None:
    tags = Tags(page(module, language)).tags
    for tag, attributes in tags:
        for name in ("src", "href", "data", "action"):
            address = attributes.get(name) or ""
            assert tag == "a" or address.startswith(("/", "data:image/svg", "?")) or not address, (tag, address)
    # the two of the frame, the one that folds the contents, the page's own
    scripts = [
        attributes for tag, attributes in tags if tag == "script" and attributes.get("type") != "application/json"
    ]
    assert len(scripts) == 3


@every_lesson
def test_links_lead_somewhere(module: Module, language: str) -> None:
    tags = Tags(page(module, language))
    ids = tags.all("id")
    assert len(ids) == len(set(ids))
    for address in (attributes["href"] or "" for tag, attributes in tags.tags if tag == "a"):
        assert not address.endswith(".ipynb") or address.startswith(BASE)
        assert not address.startswith("#") or address[1:] in ids


@every_lesson
def test_where_there_is_no_jupyterlab_no_door_leads_to_it(module: Module, language: str) -> None:
    html = page(module, language, True)
    assert "/lab/" not in html
    assert "/exercises/" not in html
    assert "course/notebooks" not in html


@every_lesson
def test_the_last_page_answers_whatever_is_asked(module: Module, language: str) -> None:
    whole = page_of(module, language, None, lambda address: address, "terms")
    asked = sum(
        len(one.content["items"]) if one.part == "quiz" else 1
        for one in whole.elements
        if one.part != "writing" or (one.content["answer"] and not one.content["again"])
    )
    assert len(answers(whole.elements)) == asked
    folded = sum(cell.source.count("<details>") for cell in cells(module, language) if cell.text)
    assert len(whole.asides) == folded


def test_questions_need_no_run_and_simulators_run_once() -> None:
    module = syllabus().module("m02")
    kinds = {cell.id: source_to_run(cell, module, "en") for cell in cells(module, "en") if not cell.text}
    assert kinds["predict-seven"] == kinds["check-quiz"] == kinds["write-small-steps"] == ""
    assert "beginning('m02-promises', 'big-promise', 'en')" in kinds["simulation-trailer-run"]
    assert kinds["theory-path"].startswith("from course.theory")


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        ('course.predict("a")', (Call("predict", "a"),)),
        ('course.simulator(preset="a")', (Call("simulator", "a"),)),
        ("course.quiz()", (Call("quiz"),)),
        ('course.check("a")\ncourse.check("b")', (Call("check", "a"), Call("check", "b"))),
        ('course.predict("a")\nprint(1)', ()),
        ("course.predict(key)", ()),
        ("other.predict(1)", ()),
        ("this is no Python", ()),
        ("", ()),
    ],
)
def test_only_plain_calls_are_read(source: str, calls: tuple[Call, ...]) -> None:
    from course.reader.cells import _calls

    assert _calls(source) == calls


def test_a_question_that_is_not_there_is_named() -> None:
    cell = Cell("x", False, "", False, (Call("predict", "nothing-of-the-kind"),))
    with pytest.raises(ValueError, match="nothing-of-the-kind"):
        element(cell, syllabus().module("m02"), "en")


def test_outputs_can_do_nothing() -> None:
    nasty = '<table><tr><td onclick="x()">1</td></tr></table><script>alert(1)</script><img src=x onerror=y><style>b{}</style>'
    assert safe(nasty) == "<table><tbody><tr><td>1</td></tr></tbody></table>alert(1)"
    told = render_outputs(
        [Output("printed", "<b>1</b>"), Output("error", "<i>"), Output("chart", {"title": "</script><b>"})], "en"
    )
    assert "<b>" not in told
    assert "<i>" not in told
    assert "\\u003c/script>" in told


def test_outputs_are_told_by_what_they_are() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    warning = {"output_type": "stream", "name": "stderr", "text": "a warning"}
    failed = {"output_type": "error", "traceback": ["\x1b[31mNameError\x1b[0m: x"]}
    widget = {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "7"}}}
    table = {"output_type": "execute_result", "data": {"text/html": "<table></table>", "text/plain": "…"}}
    found = plain([stream, warning, stream, failed, widget, table], {"7": {"part": "chart", "content": {"views": []}}})
    assert found == [
        Output("printed", "1\n1\n"),
        Output("error", "NameError: x"),
        Output("chart", {"views": []}),
        Output("table", "<table></table>"),
    ]


def test_links_have_numbers_on_paper_and_doors_on_the_page() -> None:
    html, headings = html_of("## 1 A\n\n[out](https://example.org/a) [app](app.ipynb) [gone](x.ipynb)", "cell")
    assert [heading.id for heading in headings] == ["s1"]
    led = linked(html, {"app.ipynb": "/voila"}.get, lambda _address: 4)
    assert '<a href="https://example.org/a" rel="noreferrer">out</a><sup class="on-paper">4</sup>' in led
    assert '<a href="/voila">app</a> gone' in led


def test_a_link_to_another_lesson_opens_it_here() -> None:
    address = lead("../m01-expectation-gap/lesson.zh.ipynb", {}, "zh", BASE)
    assert address == f"{BASE}course/read/m01-expectation-gap?lang=zh"
    assert lead("../../exercises/en/m02-promises/exercise.ipynb", {}, "en", BASE) is None


def test_in_chinese_a_title_in_latin_letters_is_no_stressed_word() -> None:
    html, _headings = html_of("*从此*，*Econometrica, 19*(3) 与 *E* 和 *中文 title*", "c")
    assert html.strip("\n") == (
        '<p><em>从此</em>，<em lang="en">Econometrica, 19</em>(3) 与 <em>E</em> 和 <em>中文 title</em></p>'
    )


def test_a_question_on_paper_is_marked_up_as_on_the_page() -> None:
    assert stressed("the *gap*, **now**, <b> & `x`") == "the <em>gap</em>, <em>now</em>, &lt;b&gt; &amp; <code>x</code>"
