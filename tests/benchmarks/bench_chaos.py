"""A minute of load in which the fork server, kernels and pages are killed at random: does every page go on or say what to do?

Visitors without a browser (visitor.py) and a few real pages move sliders; every second something dies. A visitor whose
kernel is gone counts as told, because the line says so, and loads the page again. Bars: no other error; every real page
either draws a new picture or shows its notice; afterwards no process and no file is left.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil

from course.server.kernels import LEFT_SECONDS
from course.server.public import CHECK_SECONDS
from tests.benchmarks.visitor import KernelGoneError, Visitor
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.tools import Served

SECONDS, VISITORS, PAGES = 60.0, 20, 3
APP = "voila/render/lessons/m01-expectation-gap/app.ipynb?lang=en"
SLIDE = """(number) => {
    const input = document.querySelector('input[data-name=service]');
    input.value = number;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
}"""


def _forkserver(process: psutil.Process) -> psutil.Process | None:
    for child in process.children():
        try:
            if any("course.kernel.forkserver" in part for part in child.cmdline()):
                return child
        except psutil.Error:
            continue
    return None


def _kernels(process: psutil.Process) -> list[psutil.Process]:
    server = _forkserver(process)
    return [child for child in process.children(recursive=True) if child != server]


async def _visit(served: Served, number: int, end: float, counts: Counter[str]) -> None:
    turn = 0
    while time.monotonic() < end:
        turn += 1
        visitor = Visitor(served.port, 1000 * number + turn)
        try:
            await visitor.open()
            counts["visits"] += 1
            await visitor.play(min(10.0, end - time.monotonic()), (0.2, 0.8))
            if visitor.luck.random() < 0.3:
                visitor.vanish()
                counts["vanished"] += 1
            else:
                await visitor.close()
        except KernelGoneError:
            counts["told that the kernel is gone"] += 1
        except Exception as error:
            counts[f"error: {type(error).__name__} {str(error)[:80]}"] += 1
            await asyncio.sleep(0.5)
        counts["steps"] += len(visitor.steps)


async def _kill(process: psutil.Process, end: float, counts: Counter[str]) -> None:
    luck = random.Random(1)
    while time.monotonic() < end - 5:
        await asyncio.sleep(1)
        server = _forkserver(process)
        victims = _kernels(process)
        if luck.random() < 0.15 and server:
            server.kill()
            counts["fork servers killed"] += 1
        elif victims:
            luck.choice(victims).kill()
            counts["kernels killed"] += 1


def _pages(served: Served, end: float, counts: Counter[str]) -> None:
    """Real pages in Chromium: after every slide a new picture, or a notice with a button that helps."""
    from playwright.sync_api import Error, sync_playwright

    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("This benchmark needs Chromium; on Debian: apt-get install chromium")
    moved = (
        "(old) => document.querySelector('.course-notices .notice')"
        " || document.querySelector('[data-drawn]')?.dataset.drawn !== old"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pages: list[Any] = [browser.new_context().new_page() for _ in range(PAGES)]
        for page in pages:
            page.add_init_script("localStorage.setItem('course.sim.m01', '{\"guesses\":{\"as-promised\":0}}')")
            page.goto(served.url(APP), wait_until="commit")
        while time.monotonic() < end:
            for page in pages:
                try:
                    page.wait_for_selector("[data-drawn]", timeout=40_000, state="attached")
                    before = page.locator("[data-drawn]").get_attribute("data-drawn")
                    page.evaluate(SLIDE, 30 + random.randrange(60))
                    page.wait_for_function(moved, arg=before, timeout=30_000)
                    if page.locator(".course-notices .notice").count():
                        counts["pages that said what to do"] += 1
                        page.locator(".course-notices .notice button").first.click(timeout=2_000)
                        page.wait_for_timeout(500)
                    else:
                        counts["pages that drew on"] += 1
                except Error as error:
                    # a notice that mended itself while we reached for its button
                    if not page.locator(".course-notices .notice").count() and page.locator("[data-drawn]").count():
                        counts["pages that mended themselves"] += 1
                    else:
                        counts[f"error: page {error.message[:80]}"] += 1
                        page.reload()
        browser.close()


def _files() -> set[Path]:
    return {path for path in Path(tempfile.gettempdir()).iterdir() if "course" in path.name}


async def _minute(served: Served, counts: Counter[str]) -> None:
    end = time.monotonic() + SECONDS
    process = psutil.Process(served.process.pid)
    pages = asyncio.to_thread(_pages, served, end, counts)
    visits = [_visit(served, number, end, counts) for number in range(VISITORS)]
    await asyncio.gather(pages, _kill(process, end, counts), *visits)


def main() -> list[dict[str, str]]:
    """Return what happened and what was left, one row each."""
    files = _files()
    served = Served("apps", Path(tempfile.mkdtemp(prefix="chaos-")))
    served.wait()
    counts: Counter[str] = Counter()
    process = psutil.Process(served.process.pid)
    try:
        asyncio.run(_minute(served, counts))
        begun = time.monotonic()
        while _kernels(process) and time.monotonic() - begun < LEFT_SECONDS + 2 * CHECK_SECONDS:
            time.sleep(1)
        left, seconds = len(_kernels(process)), time.monotonic() - begun
    finally:
        served.stop()
    rows = [
        {"what": what, "count": str(count), "bar": "0" if what.startswith("error") else ""}
        for what, count in counts.items()
    ]
    rows.append({"what": f"kernels left after {seconds:.0f} s", "count": str(left), "bar": "0"})
    rows.append({"what": "files left in the temporary folder", "count": str(len(_files() - files)), "bar": "0"})
    return rows
