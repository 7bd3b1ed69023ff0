"""From an arrow key to the new picture, for every module's dashboard in Chromium: steps that the page foresaw, and others.

Foreseen: the same slider goes on in the same direction, so its next run is there before the key. Unforeseen: two sliders take
turns, so every setting is new. The clock runs in the page from the key to the frame that shows what is on the screen; *run*
is what the simulation took of an unforeseen step. Bars: ≤ 20 ms foreseen, ≤ 40 ms unforeseen, median. Some twenty seconds a
module.
`COURSE_BENCH_STEPS=m06,m10,m11` measures only these.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from course.manifest import Module, syllabus
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.tools import Served

STEPS, UNCOUNTED = 12, 2
PATIENCE = 60_000  # ms for anything that a page is to show
# so long after a step the next is foreseen, its run included
BETWEEN = 500
WINDOW = {"width": 1200, "height": 1000}
OPEN = "input[type=range][data-name]"
WATCH = """
    () => {
      globalThis.step = new Promise((resolve) => {
        let start = 0;
        addEventListener("keydown", () => (start = performance.now()), { once: true, capture: true });
        const done = ({ detail }) => requestAnimationFrame(() => resolve([performance.now() - start, detail.milliseconds]));
        document.addEventListener("course-drawn", done, { once: true });
      });
    }
"""
FIRST = "(most) => Promise.race([step, new Promise((_, late) => setTimeout(late, most, 'no picture came'))])"


def step(page: Any, slider: Any) -> tuple[float, float]:
    """Press the right arrow on a slider; return the milliseconds until its picture, and those of the run."""
    slider.focus()
    page.evaluate(WATCH)
    page.keyboard.press("ArrowRight")
    waited, run = page.evaluate(FIRST, PATIENCE)
    page.wait_for_timeout(BETWEEN)
    return float(waited), float(run)


def measure(browser: Any, served: Served, module: Module) -> dict[str, str]:
    """Return the row of one module."""
    page = browser.new_page(viewport=WINDOW)
    try:
        page.goto(served.url(f"course/explore/{module.id}?lang=en"), timeout=PATIENCE)
        page.wait_for_selector("[data-drawn]", timeout=PATIENCE)
        if (skip := page.locator(".course-bet [data-do=skip]")).count():
            skip.click()
        page.wait_for_selector("[data-ready]", timeout=PATIENCE)
        first, second = page.locator(f"{OPEN}:visible").all()[:2]
        for slider in (first, second):
            slider.focus()
            page.keyboard.press("Home")
        page.wait_for_timeout(2 * BETWEEN)
        room = [int(slider.evaluate("(one) => (one.max - one.min) / one.step")) for slider in (first, second)]
        foreseen = [step(page, first)[0] for _ in range(min(STEPS, room[0]))][UNCOUNTED:]
        first.focus()
        page.keyboard.press("Home")
        page.wait_for_timeout(2 * BETWEEN)
        others = [step(page, (second, first)[count % 2]) for count in range(min(STEPS, 2 * min(room)))][UNCOUNTED:]
    finally:
        page.close()
    unforeseen, runs = zip(*others, strict=True)
    return {
        "module": module.id,
        "foreseen, median": f"{statistics.median(foreseen):.0f} ms",
        "unforeseen, median": f"{statistics.median(unforeseen):.0f} ms",
        "unforeseen, most": f"{max(unforeseen):.0f} ms",
        "run": f"{statistics.median(runs):.0f} ms",
        "bars": "≤ 20, ≤ 40 ms",
    }


def main() -> list[dict[str, str]]:
    """Return a row for each module."""
    from playwright.sync_api import Error, sync_playwright

    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("This benchmark needs Chromium; on Debian: apt-get install chromium")
    wanted = tuple(filter(None, os.environ.get("COURSE_BENCH_STEPS", "").split(",")))
    modules = [module for module in syllabus().simulated if not wanted or module.number in wanted]
    rows = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        served = Served("apps", Path(folder))
        try:
            served.wait()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for module in modules:
                try:
                    rows.append(measure(browser, served, module))
                except (Error, ValueError) as error:
                    rows.append({"module": module.id, "foreseen, median": " ".join(str(error).split())[:80]})
                print(*rows[-1].values(), flush=True)
            browser.close()
        finally:
            served.stop()
    columns = max(rows, key=len)
    return [{column: row.get(column, "") for column in columns} for row in rows]
