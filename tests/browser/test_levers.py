"""Cause and effect on one screen: whichever lever is moved, picture, sentence and challenge are in view beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import LOCK, MODULES, past_the_bet, slide, visit
from tests.browser.test_arrival import open_and_run
from tests.browser.tools import Served

pytestmark = pytest.mark.browser

# the parts of picture, sentence and challenge line that lie within the window while each lever is in the middle of it
SEEN = """() => [...document.querySelectorAll(".course-simulator .course-controls input")].map((lever) => {
    lever.scrollIntoView({ block: "center" });
    const own = lever.closest(".course-simulator");
    const lost = [".course-main", ".course-tell", ".course-goal-line"].filter((part) => {
        const box = own.querySelector(part).getBoundingClientRect();
        const front = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return box.top < -1 || box.bottom > innerHeight + 1 || !own.querySelector(".course-picture").contains(front);
    });
    return { lever: lever.dataset.name, lost };
})"""
SIZES = {"laptop": (1280, 800), "low": (1280, 600), "phone": (390, 844)}


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_guess_can_be_locked_in_without_scrolling(page_with_log: Any, apps_server: Served, size: str) -> None:
    width, height = SIZES[size]
    page, _ = page_with_log(viewport={"width": width, "height": height})
    for module in MODULES:
        visit(page, apps_server, module=module)
        box = page.locator(LOCK).bounding_box()
        assert box["y"] + box["height"] <= height, module
        terms = page.locator(".course-terms dt")
        assert terms.count() > 0, "words are explained before they are asked about"
        assert terms.first.bounding_box()["y"] < page.locator(".course-question").bounding_box()["y"]


def unfold(page: Any) -> None:
    page.locator(".course-fold").evaluate_all("(folds) => folds.forEach((fold) => (fold.open = true))")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_picture_and_sentence_stay_beside_every_lever(
    page_with_log: Any, apps_server: Served, size: str, lang: str
) -> None:
    width, height = SIZES[size]
    page, _ = page_with_log(viewport={"width": width, "height": height})
    visit(page, apps_server, module="m02-promises", lang=lang)
    past_the_bet(page)
    unfold(page)
    seen = page.evaluate(SEEN)
    assert len(seen) == 12
    assert [one for one in seen if one["lost"]] == []


@pytest.mark.parametrize("kind", ["lab/tree", "notebooks"])
def test_picture_and_sentence_stay_in_a_notebook(page_with_log: Any, server: Served, kind: str) -> None:
    page, _ = page_with_log(viewport={"width": 1280, "height": 800})
    # reset: JupyterLab would open the notebooks of earlier tests again
    open_and_run(page, server.url(f"course/{kind}/lessons/m02-promises/lesson.en.ipynb?reset"))
    page.wait_for_selector(".course-simulator", state="attached")
    page.locator(".course-bet [data-do=skip]").first.evaluate("(node) => node.click()")
    page.wait_for_selector(".course-main canvas")
    unfold(page)
    seen = page.evaluate(SEEN)
    assert len(seen) >= 12
    assert [one for one in seen[:12] if one["lost"]] == []


def test_few_levers_are_open_and_a_fold_stays_as_it_was_left(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server, module="m02-promises")
    past_the_bet(page)
    levers = page.locator(".course-controls input")
    assert sum(levers.nth(at).is_visible() for at in range(levers.count())) == 4
    page.locator("[data-fold=hears] summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-name=advert]").wait_for(state="visible")
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert page.locator("[data-name=advert]").is_visible()
    assert not page.locator("[data-name=adaptation]").is_visible()


def test_a_challenge_is_announced_beside_the_slider_and_stays_reached(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server, module="m02-promises")
    past_the_bet(page)
    slide(page, "pulse", 0)
    slide(page, "lasting", 2.5)
    praise = page.locator(".course-praise")
    assert "Challenge reached" in praise.inner_text()
    assert page.locator(".course-control:has([data-name=lasting]) .course-praise").count() == 1
    assert "Challenge reached" in page.locator(".course-reached[role=status]").inner_text()
    slide(page, "lasting", 5)
    assert not praise.is_visible()
    goal = page.locator(".course-goals ol > li").first
    assert "Reached" in goal.inner_text()
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert "Reached" in goal.inner_text()
    assert "Challenge 2" in page.locator(".course-goal-line").inner_text()


def test_the_situation_says_what_was_changed(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server, module="m02-promises")
    past_the_bet(page)
    changed = page.locator(".course-changed")
    assert not changed.is_visible()
    slide(page, "pulse", 12)
    assert "A delight in month 1 30 points → 12 points" in changed.inner_text()
    slide(page, "pulse", 30)
    assert not changed.is_visible()
