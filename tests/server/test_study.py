"""The pages that hold the course together, without a browser: what stands on them, and where it comes from."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from course.glossary import glossary
from course.i18n import LANGUAGES, translator
from course.manifest import ManifestError, read, syllabus
from course.questions import questions
from course.server.study import render_study
from course.study.formulas import formulas
from course.study.record import record_content
from course.study.self_test import self_test_content
from course.study.titles import TITLES
from tests.browser.tools import Served
from tests.server.http import fetch

READY = [module for module in syllabus().modules if module.ready]
PLACES = {module.number: f"/course/lab/tree/lessons/{module.id}" for module in READY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_under_the_module_that_teaches_it(language: str) -> None:
    page = unescape(render_study("terms", language, "/", PLACES))
    sections = dict(re.findall(r'<h2 id="(m\d\d)">(.*?)</section>', page, re.DOTALL))
    assert glossary().terms
    for term in glossary().terms:
        section = sections[term.module]
        assert f'id="{term.key}"' in section
        assert all(name in section for name in term.name.values())
        assert term.meaning[language] in section


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_formula_sheet_holds_every_displayed_equation_of_the_lessons(language: str) -> None:
    page = render_study("formulas", language, "/", PLACES)
    count = 0
    for module in READY:
        lesson = json.loads(module.lesson(language).read_text(encoding="utf-8"))
        texts = "\n\n".join("".join(cell["source"]) for cell in lesson["cells"] if cell["cell_type"] == "markdown")
        assert [one.equation for one in formulas(module, language)] == [
            equation.strip() for equation in texts.split("$$")[1::2]
        ]
        count += texts.count("$$") // 2
    assert page.count('display="block"') == count > 0
    assert all(one.heading and "$$" not in one.before for module in READY for one in formulas(module, language))


def test_both_editions_have_the_same_formulas() -> None:
    for module in READY:
        english, chinese = formulas(module, "en"), formulas(module, "zh")
        assert len(english) == len(chinese), module.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_both_ends_of_every_link(language: str) -> None:
    page = render_study("map", language, "/", PLACES)
    cards = dict(re.findall(r'<li id="(m\d\d)"(.*?)\n    </li>', page, re.DOTALL))
    links = [(module.number, one) for module in syllabus().modules for one in module.builds_on]
    assert links
    for number, foundation in links:
        assert f'href="#{foundation.module}"' in cards[number]
        assert foundation.text[language] in unescape(cards[number])
        assert f'href="#{number}"' in cards[foundation.module]


def test_a_module_builds_on_earlier_ones_only(tmp_path: Path) -> None:
    manifest = Path("course/syllabus.toml").read_text(encoding="utf-8")
    path = tmp_path / "syllabus.toml"
    path.write_text(manifest.replace('module = "m01"', 'module = "m12"', 1), encoding="utf-8")
    with pytest.raises(ManifestError, match="m02-promises: builds_on names m12, which is no earlier module"):
        read(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_self_test_draws_from_every_quiz(language: str) -> None:
    content = self_test_content(language, PLACES)
    expected = [f"{module.number}.{item.key}" for module in READY for item in questions(module).items]
    assert [item["key"] for item in content["items"]] == expected
    assert [one["id"] for one in content["objectives"]] == [
        module.number for module in READY if questions(module).items
    ]
    assert content["places"] == PLACES
    assert content["words"]["round"] == translator(language)("Round {number}: {count} questions, one from each module.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_knows_what_there_is_to_do(language: str) -> None:
    modules = {module["number"]: module for module in record_content(language)["modules"]}
    assert list(modules) == [module.number for module in READY]
    assert all(module["quiz"] for module in modules.values())
    assert all(modules[module.number]["goals"] for module in READY if module.simulated)


def test_the_challenges_of_the_record_are_the_simulations() -> None:
    from course.simulations import simulation_class

    for module in record_content("en")["modules"]:
        if module["goals"]:
            words = simulation_class(syllabus().module(module["id"])).words()
            assert module["goals"] == [goal.key for goal in words.goals]


@pytest.mark.parametrize("page", ["self-test", "record"])
def test_no_text_can_end_the_script_that_holds_it(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    course = syllabus()
    first = course.modules[0]
    named = replace(first, title={"en": "</script><b>", "zh": "</script><b>"})
    changed = replace(course, modules=(named, *course.modules[1:]))
    for place in ("course.study.record", "course.study.self_test"):
        monkeypatch.setattr(f"{place}.syllabus", lambda: changed)
    html = render_study(page, "en", "/", PLACES)
    content = re.search(r'id="content">(.*?)</script>', html, re.DOTALL)
    assert content
    assert "</script><b>" in json.dumps(json.loads(content[1]))


@pytest.mark.parametrize("page", TITLES)
def test_the_pages_stand_behind_the_servers_door(server: Served, page: str) -> None:
    assert fetch(server.port, f"/course/{page}").status in (302, 403)
    answer = fetch(server.port, f"/course/{page}?lang=zh&token={server.token}")
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert translator("zh")(TITLES[page]) in answer.text


@pytest.mark.parametrize("page", TITLES)
def test_whoever_only_explores_is_led_to_dashboards(apps_server: Served, page: str) -> None:
    answer = fetch(apps_server.port, f"/course/{page}")
    assert answer.status == 200
    assert "/lab/" not in answer.text
