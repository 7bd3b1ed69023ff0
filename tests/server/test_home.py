"""The home page's text and links, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.paths import ROOT
from course.server.home import chosen_language, links, render_home
from tests.browser.tools import Served
from tests.server.http import fetch

READY = syllabus().simulated[0]


class Cards(HTMLParser):
    """Collect the links of each card, by module id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: dict[str, list[str]] = {}
        self.card = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "li" and "card" in (found.get("class") or ""):
            self.card = found["id"] or ""
            self.links[self.card] = []
        elif tag == "a" and self.card:
            self.links[self.card].append(found["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        # what stands below a part's cards is in none of them
        if tag == "section":
            self.card = ""


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "expected"),
    [
        ("zh", "en", "en-GB", "zh"),
        (None, "zh", "en-GB", "zh"),
        (None, None, "zh-CN,en;q=0.5", "zh"),
        ("fr", None, "zh", "zh"),
        ("fr", "tlh", "fr", "en"),
        ("zh-TW", None, "", "zh"),
    ],
)
def test_language_comes_from_address_then_cookie_then_browser(
    asked: str | None, remembered: str | None, accepted: str, expected: str
) -> None:
    assert chosen_language(asked, remembered, accepted) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_module_has_a_card_and_only_ready_ones_have_links(language: str) -> None:
    cards = Cards(render_home(language, "/")).links
    assert list(cards) == [module.id for module in syllabus().modules]
    for module in syllabus().modules:
        assert len(cards[module.id]) == (3 + module.simulated if module.ready else 0), module.id


def test_a_module_that_becomes_ready_gets_its_links() -> None:
    course = syllabus()
    modules = tuple(replace(module, ready=True) for module in course.modules)
    cards = Cards(render_home("en", "/", course=replace(course, modules=modules))).links
    assert {name: len(found) for name, found in cards.items()} == {
        module.id: 3 + module.simulated for module in course.modules
    }


@pytest.mark.parametrize(("language", "word"), [("en", "coming"), ("zh", "即将推出")])
def test_a_coming_module_says_so(language: str, word: str) -> None:
    page = render_home(language, "/", course=replace(syllabus(), modules=(replace(READY, ready=False),)))
    card = re.search(rf'id="{READY.id}".*?</li>', page, re.DOTALL)
    assert card is not None
    assert word in card.group()
    assert "minutes" not in re.sub("<[^>]*>", "", card.group())


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_stand_below_the_base_url_and_lead_to_files(language: str) -> None:
    for module in syllabus().ready:
        for door, address in links(module, language, "/user/a%20b/").items():
            path = unquote(urlsplit(address).path)
            if door in ("read", "explore"):
                assert path == f"/user/a b/course/{door}/{module.id}"
                continue
            prefix = "/user/a b/course/lab/tree/"
            assert path.startswith(prefix)
            assert (ROOT / path.removeprefix(prefix)).is_file(), f"{door} of {module.id} leads nowhere: {path}"


def test_the_public_home_offers_lessons_to_read_and_dashboards() -> None:
    assert set(links(READY, "en", "/", explore_only=True)) == {"read", "explore"}
    page = render_home("en", "/", explore_only=True)
    assert "lab/tree" not in page
    assert "Practise" not in page
    assert list(Cards(page).links) == [module.id for module in syllabus().modules if module.simulated]


def test_nothing_of_the_manifest_can_break_the_page() -> None:
    course = syllabus()
    nasty = replace(READY, title=dict.fromkeys(LANGUAGES, "<script>alert(1)</script>"))
    page = render_home("en", "/", course=replace(course, modules=(nasty,)))
    assert "<script>alert" not in page


def test_home_asks_for_the_token(server: Served) -> None:
    answer = fetch(server.port, "/course/")
    assert answer.status == 302
    assert "/login" in answer.headers["Location"]


def test_home_remembers_the_language(server: Served) -> None:
    first = fetch(server.port, f"/course/?lang=zh&token={server.token}")
    assert 'lang="zh-Hans"' in first.text
    cookie = next(value for value in first.headers.get_all("Set-Cookie") or [] if value.startswith("course_lang="))
    second = fetch(server.port, f"/course/?token={server.token}", Cookie=cookie.split(";")[0], Accept_Language="en")
    assert 'lang="zh-Hans"' in second.text
    assert second.headers["Content-Language"] == "zh-Hans"


def test_home_falls_back_to_the_browsers_language(server: Served) -> None:
    path = f"/course/?lang=klingon&token={server.token}"
    assert '<html lang="zh-Hans"' in fetch(server.port, path, Accept_Language="zh-CN").text
    assert '<html lang="en"' in fetch(server.port, path, Accept_Language="fr").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", syllabus().ready, ids=lambda module: module.id)
def test_every_door_of_a_ready_module_opens(server: Served, module: Module, language: str) -> None:
    for door, address in links(module, language, "/").items():
        joint = "&" if "?" in address else "?"
        answer = fetch(server.port, f"{address}{joint}token={server.token}")
        if door in ("lab", "practise"):
            # a notebook's session is started, and then its page is opened
            assert answer.status == 302, door
            answer = fetch(server.port, answer.headers["Location"])
        assert answer.status == 200, door
        assert "course.app(" not in answer.text
