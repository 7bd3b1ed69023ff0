"""Formgrader, in Chromium, on what `course grade` wrote: an instructor goes on there, and nothing leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.kernel.probe import probe
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline, free_port
from tests.grading.classroom import ASSIGNMENT, book, grade, open_classroom, scores
from tests.grading.personas.persona import PERSONAS, hand_in
from tests.waiting import LONGEST_SECONDS, answers, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox"),
]
CLASS = ("all_right", "partly_right", "a_deleted_test", "cut_off_in_the_middle", "tampers_patched_abs")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = open_classroom(tmp_path_factory.mktemp("formgrader"))
    for one in PERSONAS:
        if one.name in CLASS:
            hand_in(one, root)
    grade(root, expect=1)
    return root


@pytest.fixture(scope="module")
def formgrader(graded: Path) -> Iterator[str]:
    """A Jupyter server in the course folder; the address of formgrader."""
    port = free_port()
    said = (graded / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}", "--IdentityProvider.token=",
         f"--ServerApp.root_dir={graded}", "--allow-root"],
        cwd=graded, stdout=said, stderr=said, env=os.environ | {"JUPYTER_CONFIG_DIR": str(graded / "config")},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/formgrader"
    try:
        asked = f"http://127.0.0.1:{port}/api?token=t"
        until(answers(lambda: urllib.request.urlopen(asked, timeout=2)), "Jupyter does not answer")
        yield address
    finally:
        process.terminate()
        process.wait(LONGEST_SECONDS)
        said.close()


def test_an_instructor_goes_on_in_formgrader(graded: Path, formgrader: str, page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    page.goto(f"{formgrader}/gradebook/{ASSIGNMENT}/exercise?token=t")
    page.wait_for_selector("text=Submission #")
    # one line for each, and for the teacher to see which need a hand
    assert page.locator("tbody tr").count() == len(CLASS)
    with book(graded) as opened:
        identifier = opened.find_submission_notebook("exercise", ASSIGNMENT, "partly_right").id
        spoilt = opened.find_submission_notebook("exercise", ASSIGNMENT, "cut_off_in_the_middle").id
    page.goto(f"{formgrader}/submissions/{identifier}/?index=0")
    page.wait_for_selector(".score")
    points = page.locator("input.score")
    found = {points.nth(number).get_attribute("placeholder") for number in range(points.count())}
    assert points.count() == len(scores(graded)["partly_right"])
    assert {"0", "1", "2"} == {text.removesuffix(".0") for text in found if text}
    assert "felt_value" in page.content()
    assert page.locator("math").count() > 2
    assert "$" not in page.locator(".nbgrader_cell, .jp-MarkdownOutput").first.inner_text()

    # when MathJax says that it is through, its script chooses the first place to go to, and only then listens to keys
    page.wait_for_function("MathJax.loaded && document.activeElement.matches('.tabbable')")
    paragraph = points.last
    points.first.focus()
    page.keyboard.press("Tab")
    places = "[...document.querySelectorAll('.tabbable')]"
    first = page.evaluate(f"{places}.indexOf(document.querySelector('input.score'))")
    assert page.evaluate(f"{places}.indexOf(document.activeElement)") == first + 1, "Tab leads to the next place"
    paragraph.fill("5")
    paragraph.press("Enter")
    page.wait_for_selector(".score-saved, .glyphicon-ok, .save-icon", state="attached")
    until(lambda: scores(graded)["partly_right"]["paragraph"][1] == 5.0, "the points are not kept")
    page.keyboard.press("Control+.")
    page.wait_for_url(lambda url: identifier not in url)

    page.goto(f"{formgrader}/submissions/{spoilt}/?index=0")
    page.wait_for_selector("text=is no notebook")
    assert_offline(log)
