"""A class on a JupyterHub: from release to feedback in both languages, as its people would do it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.kernel.probe import probe
from course.paths import SOLUTIONS
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline
from tests.hub import INSTRUCTOR, Hub, running_hub
from tests.waiting import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="JupyterHub's proxy comes from npm"),
]
TASK = "m01-expectation-gap"
STUDENTS = {"anna": "en", "lilei": "zh"}
COURSES = {"en": "exceeding-expectations", "zh": "exceeding-expectations-zh"}
WORDS = {"en": ("Copy the lessons", "Practise"), "zh": ("把课文复制到我的文件夹", "练习")}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with running_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


def log_in(page: Any, hub: Hub, user: str) -> None:
    page.goto(f"http://127.0.0.1:{hub.port}/hub/login?next=%2Fhub%2Fspawn")
    page.fill("#username_input", user)
    page.fill("#password_input", "any")
    page.click("#login_submit")
    page.wait_for_url(f"**/user/{user}/course/**")


def encrypted(hub: Hub, user: str) -> list[bool]:
    """Whether what the server and each of a user's kernels tell each other is encrypted."""
    files = (hub.home(user) / ".local" / "share" / "jupyter" / "runtime").glob("kernel-*.json")
    return ["curve_publickey" in json.loads(path.read_text(encoding="utf-8")) for path in files]


def assignments(page: Any, course: str) -> Any:
    """Open the Assignment List, the only entry that a student's menu has, and in it the edition."""
    page.get_by_role("menuitem", name="Nbgrader").click()
    entries = page.locator(".lm-Menu-item:visible .lm-Menu-itemLabel").all_inner_texts()
    assert entries == ["Assignment List"]
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    listed = page.locator("#nbgrader-assignment-list")
    chosen = listed.locator("#course_list_default")
    # JupyterLab may still be putting back the tabs of the last time, in front of this one
    page.locator(".lm-TabBar-tab", has_text="Assignments").click()
    listed.locator("#course_list_dropdown:enabled").wait_for()
    if chosen.inner_text() != course:
        listed.locator("#course_list_dropdown").click()
        listed.locator("#course_list").get_by_text(course, exact=True).click()
    return listed


def hand_in(page: Any, hub: Hub, user: str) -> None:
    """From the first page on: copies of the lessons, a dashboard, the fetched assignment, *Submit*."""
    language = STUDENTS[user]
    offer, practise = WORDS[language]
    page.get_by_role("button", name=offer).click()
    explore, read = (page.locator(f"#{TASK} a.{door}").get_attribute("href") for door in ("explore", "read"))
    page.goto(f"http://127.0.0.1:{hub.port}{read}")
    page.locator("h1:visible").first.wait_for()
    page.goto(f"http://127.0.0.1:{hub.port}/user/{user}/course/")
    page.locator(f"#{TASK}").get_by_role("link", name=practise).click()
    page.wait_for_url(f"**/user/{user}/lab/tree/{COURSES[language]}/{TASK}/exercise.ipynb")
    page.locator(".jp-Notebook .jp-MarkdownOutput h1").first.wait_for()
    assert encrypted(hub, user)
    assert all(encrypted(hub, user))
    work = hub.home(user) / COURSES[language] / TASK / "exercise.ipynb"
    shutil.copy(SOLUTIONS / language / TASK / "exercise.ipynb", work)
    listed = assignments(page, COURSES[language])
    listed.get_by_role("button", name="Submit", exact=True).click()
    listed.locator("#submitted_assignments_list .list_item", has_text=TASK).first.wait_for()
    page.goto(f"http://127.0.0.1:{hub.port}{explore}")
    page.locator(".course-simulator, [data-part=simulator], main svg").first.wait_for()


def test_from_release_to_feedback(hub: Hub, page_with_log: PageWithLog) -> None:
    for language, course in COURSES.items():
        hub.instructor("nbgrader", "release_assignment", TASK, f"--course={course}", language=language)
    pages = {}
    for user, language in STUDENTS.items():
        page, log = page_with_log(locale={"en": "en-GB", "zh": "zh-CN"}[language])
        log_in(page, hub, user)
        hand_in(page, hub, user)
        assert_offline(log)
        pages[user] = page

    for course in COURSES.values():
        hub.instructor("nbgrader", "collect", TASK, f"--course={course}")
    handed_in = sorted(path.name for path in (hub.clone / "submitted").iterdir())
    assert handed_in == sorted(STUDENTS)
    hub.instructor("course", "grade", "m01", f"--root={hub.clone}")
    for course in COURSES.values():
        hub.instructor("nbgrader", "release_feedback", TASK, f"--course={course}")

    for user, language in STUDENTS.items():
        page = pages[user]
        page.goto(f"http://127.0.0.1:{hub.port}/user/{user}/lab")
        assignments(page, COURSES[language]).get_by_role("button", name="Fetch Feedback").click()
        feedback = until(lambda user=user: found(hub.home(user)), "no feedback came", page)
        text = feedback.read_text(encoding="utf-8")
        assert f'lang="{ {"en": "en", "zh": "zh-Hans"}[language] }"' in text
        assert {"en": "24 of 30 points", "zh": "24 分，满分 30 分"}[language] in re.sub("<[^>]*>", "", text)


def found(home: Path) -> Path | None:
    return next(home.rglob("feedback/**/exercise.html"), None)


def test_the_dashboards_address_works_on_the_hub(hub: Hub, page_with_log: PageWithLog) -> None:
    """The last test: by now a class has handed in."""
    said = hub.instructor("course", "dashboard")
    address = next(line.strip() for line in said.splitlines() if "/voila/" in line)
    page, _log = page_with_log()
    log_in(page, hub, INSTRUCTOR)
    page.goto(f"http://127.0.0.1:{hub.port}{address}")
    page.get_by_text("24").first.wait_for()
