from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest

from course.manifest import syllabus
from course.questions import questions
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet
from tests.browser.widget_page import tab_to

pytestmark = pytest.mark.browser

MODULE = syllabus().module("m01")
ASKED = questions(MODULE)
# reset: JupyterLab would open the notebooks of earlier tests again
LESSON = f"lab/tree/lessons/{MODULE.id}/lesson.zh.ipynb?reset"
FIRST, SECOND = ASKED.items[:2]


# JupyterLab speaks the language of the notebook
IDLE = re.compile(r"Python 3 \(ipykernel\) \| (Idle|空闲)")


def run_all(page: Any) -> None:
    # Cells that are run before the kernel's first word are dropped without one
    page.get_by_text(IDLE).wait_for(timeout=180_000)
    page.get_by_role("menuitem", name=re.compile("^(Run|运行)$")).click()
    page.get_by_role("menuitem", name=re.compile("^(Run All Cells|运行所有单元格)$")).click()
    # JupyterLab may keep a cell that is out of sight hidden
    page.locator(".quiz-item").first.wait_for(timeout=180_000, state="attached")
    # as long as cells run, JupyterLab draws and scrolls, and may take the focus
    page.wait_for_function("!document.querySelector('.jp-Notebook').textContent.includes('[*]')", timeout=180_000)
    page.get_by_text(IDLE).wait_for(timeout=180_000)


def ask_the_kernel(page: Any, expression: str) -> str:
    """Print `expression` in the lesson's first code cell, set up by now, and return what it says. Nothing is saved."""
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f'print("answer:", {expression})')
    page.keyboard.press("Control+Enter")
    # what the cell said before may still stand there
    printed = cell.locator(".jp-OutputArea-output pre", has_text="answer:")
    printed.wait_for(timeout=180_000)
    return str(printed.inner_text()).strip().removeprefix("answer: ")


def stop_kernels(server: Served) -> None:
    with urllib.request.urlopen(server.url("api/kernels")) as answer:
        kernels = json.load(answer)
    assert kernels
    for kernel in kernels:
        request = urllib.request.Request(server.url(f"api/kernels/{kernel['id']}"), method="DELETE")
        urllib.request.urlopen(request).close()


def choose(page: Any, item: Any, number: int) -> Any:
    card = page.locator(f"[data-key={item.key}]")
    card.locator(f"input[data-option='{number}']").focus()
    page.keyboard.press("Space")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    return card


def test_the_lesson_keeps_guess_and_answers_with_and_without_a_kernel(
    server: Served, page_with_log: PageWithLog
) -> None:
    page, log = page_with_log(locale="zh-CN")
    page.goto(server.url(LESSON))
    run_all(page)
    prediction = page.locator(".jp-OutputArea").filter(has_text=ASKED.predictions[0].question["zh"]).first
    slider = prediction.get_by_role("slider")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    verdict = prediction.locator(".prediction-verdict")
    assert verdict.inner_text() == "你猜 3.5 星，答案是 4.3 星：猜低了 0.8。"
    assert verdict.evaluate("node => node === document.activeElement")
    right = next(number for number, option in enumerate(FIRST.options) if option.right)
    card = choose(page, FIRST, right)
    assert FIRST.options[right].feedback["zh"].replace("*", "") in card.inner_text()
    assert_quiet(log)
    assert ask_the_kernel(page, 'course.guess("third-parcel")') == "3.5"

    stop_kernels(server)
    second = page.locator(f"[data-key={SECOND.key}]")
    second.get_by_role("textbox").fill(str(SECOND.answer))
    second.get_by_role("button").click(force=True)
    assert SECOND.hit["zh"] in second.inner_text()

    page.goto(server.url(LESSON))
    run_all(page)
    assert page.locator(".quiz-head").inner_text() == "6 题中答对 2 题"
    assert "你猜 3.5 星" in str(prediction.text_content())
    assert ask_the_kernel(page, 'course.guess("third-parcel")') == "3.5"
    assert_offline(log)
