"""`course static` as the guide publishes it: walked through from a folder and from a host of files, without asking elsewhere.

The edition is m05's, with three steps of each slider instead of all; what is between them serves to meet the nearest run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import guess, slide
from tests.browser.tools import Log, assert_offline, assert_quiet, axe_violations, files_of, no_sideways_scroll
from tests.test_documents import GUIDE, commands
from tests.waiting import until

COARSE = "from course.runs import recording; recording.MOST_STEPS = 3; from course.cli import main; main()"
MODULE = "m05-loyalty"
PHONE = {"width": 390, "height": 844}
MEGABYTE = 1_000_000
RECIPE = [line for line in commands(GUIDE["en"]) if line.startswith("git ")]
FIRST = next(line for line in commands(GUIDE["en"]) if line.startswith("uv run course static"))
LOADED = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
WORDS = {
    "en": {"read": "Read", "lock": "Lock in my guess", "guessed": "You guessed", "nearest": "nearest recorded run"},
    "zh": {"read": "阅读", "lock": "锁定我的猜测", "guessed": "你猜", "nearest": "最接近的一次"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the guide's first command writes."""
    room = tmp_path_factory.mktemp("edition")
    arguments = FIRST.removeprefix("uv run course ").split()
    subprocess.run([sys.executable, "-c", COARSE, *arguments], cwd=room, check=True, stdout=subprocess.DEVNULL)
    return room / "site"


@pytest.fixture
def host(site: Path) -> Iterator[ThreadingHTTPServer]:
    """Python's own server of files, on a free port."""
    with files_of(site) as server:
        yield server


def read_and_answer(page: Any, language: str) -> None:
    """From the entrance to the lesson, and there a guess, a text and an answer."""
    words = WORDS[language]
    page.locator(".card a.read").first.click()
    bet = page.locator("[data-part=prediction]").first
    bet.get_by_role("slider").press("ArrowRight")
    bet.get_by_role("button", name=words["lock"]).click()
    assert words["guessed"] in bet.inner_text()


def write_and_choose(page: Any) -> None:
    page.locator("[data-part=writing] textarea").first.fill("It depends.")
    item = page.locator(".quiz-item:has(input[type=radio])").first
    item.locator("input").first.check()
    item.get_by_role("button").click()
    item.locator("[role=status]").first.wait_for()


def move_and_meet_the_nearest(page: Any, language: str) -> None:
    """The dashboard: each situation is there; a recorded step says nothing, two at once say what stands there instead."""
    nearest = page.locator(".course-nearest")
    for preset in page.locator("[data-preset]").all():
        preset.click()
        name = preset.get_attribute("data-preset")
        if page.locator(".course-bet").count():
            guess(page, page.locator(".course-bet"))
        page.wait_for_selector(f"[data-preset='{name}'][aria-pressed=true]")
        page.wait_for_selector("[data-whole]")
        assert not nearest.is_visible()
    page.locator("[data-preset]").first.click()
    for name, end, said in (("fans", 100, False), ("passing", 80, True)):
        slide(page, name, end)
        until(lambda said=said: nearest.is_visible() == said, page=page)
    assert WORDS[language]["nearest"] in nearest.inner_text()


def walk(page: Any, log: Log, root: str, language: str) -> None:
    page.goto(f"{root}/index.html")
    page.wait_for_url(f"**/{language}/index.html")
    read_and_answer(page, language)
    if root.startswith("http"):
        assert page.evaluate(LOADED) < MEGABYTE
    write_and_choose(page)
    simulator = page.locator("[data-part=simulator]").first
    simulator.scroll_into_view_if_needed()
    simulator.locator("[data-ready]").wait_for()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    page.locator("nav.rooms a[href*=explore]").click()
    page.wait_for_selector(".course-simulator")
    move_and_meet_the_nearest(page, language)
    no_sideways_scroll(page)
    assert axe_violations(page) == []
    page.locator(".course-app-head a").click()
    page.wait_for_url(f"**/{language}/index.html")
    assert_quiet(log)


@pytest.mark.browser
def test_from_a_folder(site: Path, page_with_log: PageWithLog) -> None:
    page, log = page_with_log(viewport=PHONE, locale="zh-CN")
    walk(page, log, site.as_uri(), "zh")
    assert all(url.startswith((site.as_uri(), "data:", "blob:")) for url in log.requests)


@pytest.mark.browser
def test_from_a_host_of_files_and_again_without_it(
    site: Path, host: ThreadingHTTPServer, page_with_log: PageWithLog
) -> None:
    page, log = page_with_log(viewport=PHONE)
    root = f"http://127.0.0.1:{host.server_port}"
    walk(page, log, root, "en")
    assert_offline(log)

    page.goto(f"{root}/en/read/{MODULE}.html")
    kept = "async () => (await (await caches.open((await caches.keys())[0])).keys()).map((one) => one.url).join()"
    doors = [f"{root}/,", f"{root}/index.html", f"{root}/en/index.html"]
    wanted = [f"read/{MODULE}.html", "/vega-", "/ui-", "-starts-", "/m05-en-", *doors]
    until(lambda: all(name in page.evaluate(kept) for name in wanted), page=page)
    host.shutdown()
    host.server_close()
    page.goto(f"{root}/en/read/{MODULE}.html?again")
    assert WORDS["en"]["guessed"] in page.locator("[data-part=prediction]").first.inner_text()
    page.locator("[data-part=simulator]").first.scroll_into_view_if_needed()
    page.locator("[data-part=simulator] [data-ready]").first.wait_for()
    page.goto(f"{root}/")
    page.wait_for_url("**/en/index.html")
    assert page.locator(".card a.read").count()


def test_the_recipe_publishes_it(site: Path) -> None:
    room = site.parent
    subprocess.run(["git", "init", "--quiet", "--bare", "public.git"], cwd=room, check=True)
    who = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for line in RECIPE:
        ours = line.replace("https://github.com/you/course.git", "public.git")
        subprocess.run(ours, shell=True, cwd=room, check=True, env=os.environ | who, stderr=subprocess.DEVNULL)
    listed = ["git", "--git-dir", "public.git", "ls-tree", "-r", "--name-only", "gh-pages"]
    found = subprocess.run(listed, cwd=room, check=True, capture_output=True, text=True).stdout.split()
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"index.html", ".nojekyll", "keep.js", f"zh/read/{MODULE}.html"} <= set(found)
    assert set(found) == there
