"""How often all boxes of a lesson run, and all its pictures come, when *Run All* is chosen at once in a slow browser.

Bars, with the browser slowed six times: in 30 of 30 loads every box runs, and no simulator stays without its picture.
`ARRIVE_LOADS` and `ARRIVE_SLOWER` change how many loads and how slow. A machine that does other things is slow, too: a load
is given five minutes, and the longest is told beside the machine's load, so that what comes late is not taken for lost.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat

from course.manifest import syllabus
from course.paths import ROOT
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.tools import Served

LOADS = int(os.environ.get("ARRIVE_LOADS", "30"))
SLOWER = float(os.environ.get("ARRIVE_SLOWER", "6"))
ROOMS = ("course/lab/tree", "course/notebooks")
LESSON = syllabus().simulated[1].lesson("en").relative_to(ROOT).as_posix()
BOXES = sum(cell.cell_type == "code" for cell in nbformat.read(ROOT / LESSON, as_version=4).cells)
WAIT = 300_000
STATE = """
    () => {
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")].map((one) => one.textContent);
      const simulators = document.querySelectorAll(".course-simulator").length;
      return {
        waiting: prompts.filter((text) => !/\\d/.test(text)).length,
        starred: prompts.filter((text) => text.includes("*")).length,
        boxes: prompts.length,
        simulators,
        pictures: document.querySelectorAll("[data-ready]").length,
        silent: document.querySelectorAll("[data-kind=silent]").length,
      };
    }
"""


def load(context: Any, url: str) -> dict[str, float]:
    """Open a lesson, choose *Run All* as soon as there is a box, and return what has come in the end, and after how long."""
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, timeout=WAIT)
    page.locator(".jp-CodeCell").first.wait_for(timeout=WAIT, state="attached")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    begun = time.monotonic()
    while True:
        state: dict[str, float] = page.evaluate(STATE)
        state["seconds"] = round(time.monotonic() - begun, 1)
        if whole(state) or state["seconds"] > WAIT / 1000:
            return state
        page.wait_for_timeout(250)


def whole(state: dict[str, float]) -> bool:
    """Whether every box of the lesson is drawn and has run, and every simulator has its picture."""
    boxes = state["boxes"] == BOXES and not state["waiting"]
    return bool(boxes and 0 < state["simulators"] <= state["pictures"])


def main() -> list[dict[str, str]]:
    """Return a row for each front end."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)))
    rows = []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        served = Served("open", Path(home), "--no-browser")
        served.wait()
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for room in ROOMS:
            states = []
            for _ in range(LOADS // len(ROOMS)):
                context = browser.new_context(viewport={"width": 1200, "height": 1000})
                states.append(load(context, served.url(f"{room}/{LESSON}?reset")))
                print(room, states[-1], flush=True)
                context.close()
                served.end_sessions()
            rows.append(
                {
                    "front end": room,
                    "loads": str(len(states)),
                    "all boxes ran": str(sum(state["boxes"] == BOXES and not state["waiting"] for state in states)),
                    "all pictures came": str(sum(0 < state["simulators"] <= state["pictures"] for state in states)),
                    "does not answer": str(sum(state["silent"] > 0 for state in states)),
                    "longest": f"{max(state['seconds'] for state in states):.0f} s at load {os.getloadavg()[0]:.0f}",
                }
            )
        browser.close()
        served.stop()
    return rows
