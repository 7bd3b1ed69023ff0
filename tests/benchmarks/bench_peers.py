"""The m01 dashboard beside Streamlit, Panel and marimo: time to the first picture, slider step, memory per visitor.

The peers run the same model with the same sliders, charts and figures (peers/), in an environment of their own that this
benchmark makes from the package index the first time (some 600 MB, kept in `~/.cache/course-peers`). One browser, one after
the other; the clock runs in the page, up to the frame in which the picture changed. Bars: a repeat visit in ≤ 1.0 × the
fastest peer's time, a slider step ≥ 3 × faster than the fastest peer's.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from course.paths import ROOT
from tests.benchmarks.bench_visitors import memory
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.tools import Served, free_port

VISITS, STEPS, FURTHER = 5, 30, 3
PEERS = Path(__file__).parent / "peers"
HOME = Path.home() / ".cache" / "course-peers"
PACKAGES = ["streamlit", "panel", "marimo", "altair>=6,<7", "jsonschema<4.25", "babel", "click", "numpy", "pandas"]

# What all canvases and drawings of the page look like now, in whatever shadow they stand
WATCH = """
globalThis.pictures = () => {
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) look(one.shadowRoot);
      if (one instanceof HTMLCanvasElement && one.width > 150) {
        const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
        let sum = one.width;
        for (let at = 0; at < data.length; at += 52) sum = (sum * 31 + data[at]) | 0;
        if (data.some((value) => value)) found.push(sum);
      } else if (one.matches("svg.marks")) found.push(one.outerHTML);
    }
  };
  look(document);
  return found.join("|");
};
globalThis.changed = (old) =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the picture does not change")), 20_000);
    const look = () => {
      const now = pictures();
      if (now && now !== old) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
"""
# Our own page asks for a guess before it shows the picture; here it has been given
GUESSED = "localStorage.setItem('course.sim.m01', JSON.stringify({ guesses: { 'as-promised': 0 } }))"


@dataclass(frozen=True)
class Way:
    """One way to serve the dashboard: the command, with {port}, and where its page and the slider to move are."""

    command: tuple[str, ...]
    path: str
    slider: str


WAYS = {
    "Streamlit": Way(
        ("streamlit", "run", "streamlit_app.py", "--server.port={port}", "--server.headless=true",
         "--browser.gatherUsageStats=false"), "", "input[type=range] >> nth=5",
    ),
    "Panel": Way(("panel", "serve", "panel_app.py", "--port={port}"), "panel_app", ".noUi-handle >> nth=5"),
    "marimo": Way(
        ("marimo", "run", "marimo_app.py", "--headless", "--no-token", "--port={port}"), "", "[role=slider] >> nth=5"
    ),
}  # fmt: skip
OURS = "voila/render/lessons/m01-expectation-gap/app.ipynb?lang=en"


def environment() -> Path:
    """Return the folder of the peers' commands; make their environment if it is not there."""
    folder = HOME / "bin"
    if not (folder / "marimo").exists():
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        subprocess.run(["uv", "venv", "-q", "--clear", "--python", python, str(HOME)], check=True)
        install = ["uv", "pip", "install", "-q", "--compile-bytecode", "--python", str(folder / "python")]
        subprocess.run([*install, *PACKAGES], check=True)
    return folder


@contextmanager
def served(way: Way) -> Iterator[tuple[str, psutil.Process]]:
    """Serve the dashboard one way; yield its address and process."""
    port = free_port()
    command = [part.format(port=port) for part in way.command]
    process = subprocess.Popen(
        [str(environment() / command[0]), *command[1:]],
        cwd=PEERS,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/{way.path}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(address, timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def ours() -> Iterator[tuple[str, psutil.Process]]:
    """Serve our own dashboards, as `course apps` does."""
    apps = Served("apps", Path(tempfile.mkdtemp()))
    apps.wait()
    try:
        yield apps.url(OURS), psutil.Process(apps.process.pid)
    finally:
        apps.stop()


def measure(browser: Any, address: str, process: psutil.Process, slider: str) -> dict[str, Any]:
    """Return seconds of the first and of repeated visits, milliseconds of slider steps, and bytes per further visitor."""
    context = browser.new_context(viewport={"width": 1200, "height": 2400})
    context.add_init_script(WATCH)
    context.add_init_script(f"if (location.port) {GUESSED}")
    visits = []
    for _ in range(VISITS + 1):
        page = context.new_page()
        page.goto(address, wait_until="commit")
        visits.append(page.evaluate("changed('')") / 1000)
        page.wait_for_timeout(1500)
        if len(visits) <= VISITS:
            page.close(run_before_unload=True)
    page.locator(slider).focus()
    steps = []
    for _ in range(STEPS):
        page.evaluate(
            """() => {
                const old = pictures();
                globalThis.step = new Promise((resolve) => addEventListener("keydown", () => {
                    const start = performance.now();
                    changed(old).then((end) => resolve(end - start));
                }, { once: true, capture: true }));
            }"""
        )
        page.keyboard.press("ArrowRight")
        steps.append(float(page.evaluate("globalThis.step")))
        page.wait_for_timeout(300)
    before = memory(process)[0]
    further = [browser.new_context(viewport={"width": 1200, "height": 2400}) for _ in range(FURTHER)]
    for one in further:
        one.add_init_script(WATCH)
        one.add_init_script(f"if (location.port) {GUESSED}")
        other = one.new_page()
        other.goto(address, wait_until="commit")
        other.evaluate("changed('')")
    after = memory(process)[0]
    for one in [context, *further]:
        one.close()
    return {"first": visits[0], "again": visits[1:], "steps": steps, "memory": (after - before) / FURTHER}


def main() -> list[dict[str, str]]:
    """Measure ours and the three peers; return one row each."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("This benchmark needs Chromium; on Debian: apt-get install chromium")
    places = {"ours": (ours(), "input[data-name=service]")}
    places |= {name: (served(way), way.slider) for name, way in WAYS.items()}
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (place, slider) in places.items():
            with place as (address, process):
                found = measure(browser, address, process, slider)
            rows.append(
                {
                    "what": name,
                    "first visit": f"{found['first']:.2f} s",
                    "repeat visit, median": f"{statistics.median(found['again']):.2f} s",
                    "step, median": f"{statistics.median(found['steps']):.0f} ms",
                    "step, p90": f"{statistics.quantiles(found['steps'], n=10)[-1]:.0f} ms",
                    "memory per further visitor": f"{found['memory'] / 2**20:.0f} MB",
                }
            )
    return rows
