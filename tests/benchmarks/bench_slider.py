"""From a slider step to the new picture, in JupyterLab and Chromium: ours, interact + matplotlib, JupyterChart.

The same model, the same step (one press of the right arrow), 30 times each; the clock runs in the page from the key to the
first frame that shows the new picture. Bars: ours ≤ 40 ms median, and ≥ 6 times faster than interact + matplotlib.
Then the bytes that a page with no, one and four simulators costs.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from tests.browser.conftest import FLAGS, NAMES
from tests.browser.test_arrival import open_and_run
from tests.browser.tools import free_port

STEPS = 30
TOKEN = "benchmark"

BEGIN = 'import course\n_ = course.begin("m01-expectation-gap", language="en")'
OURS = "course.simulator()"
MODEL = "from course.simulations.m01_expectation_gap import ExpectationGap"
MATPLOTLIB = f"""{MODEL}
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact

def show(service):
    frames = ExpectationGap(service=service).run().frames
    figure, (top, middle, bottom) = plt.subplots(3, 1, figsize=(7, 7))
    guests = frames["guests"]
    top.bar(guests.gap_from, guests.share, width=2)
    middle.plot(frames["feeling"].gap, frames["feeling"].felt)
    bottom.plot(frames["curve"].cost, frames["curve"].satisfaction)
    plt.show()

interact(show, service=IntSlider(50, 20, 100));"""
JUPYTERCHART = f"""{MODEL}
import re
import altair as alt
from IPython.display import display
from ipywidgets import IntSlider

def chart(service):
    simulation = ExpectationGap(service=service)
    named = {{name: frame.to_dict("records") for name, frame in simulation.run().frames.items()}}
    text = simulation.chart("en").to_json(validate=False)
    whole = alt.VConcatChart.from_json(re.sub(r"var\\(--[\\w-]+\\)", "#0f766e", text), validate=False)
    whole.datasets = named
    return whole

alt.JupyterChart.enable_offline()
slider, shown = IntSlider(50, 20, 100), alt.JupyterChart(chart(50))
slider.observe(lambda change: setattr(shown, "chart", chart(change["new"])), "value")
display(slider, shown)"""

# Each returns, through `done`, the time of the first frame with the new picture
WATCH = {
    "ours": "document.addEventListener('course-drawn', () => requestAnimationFrame(done), { once: true });",
    "interact + matplotlib": """
        const watcher = new MutationObserver(() => {
            const image = document.querySelector('.jp-OutputArea img');
            if (!image || image === globalThis.oldPicture) return;
            globalThis.oldPicture = image;
            watcher.disconnect();
            image.decode().then(() => requestAnimationFrame(done));
        });
        globalThis.oldPicture = document.querySelector('.jp-OutputArea img');
        watcher.observe(document.body, { childList: true, subtree: true });""",
    "JupyterChart.chart =": """
        const picture = () => document.querySelector('.vega-embed .marks');
        globalThis.oldPicture = picture();
        const watcher = new MutationObserver(() => {
            if (!picture() || picture() === globalThis.oldPicture) return;
            watcher.disconnect();
            requestAnimationFrame(done);
        });
        watcher.observe(document.body, { childList: true, subtree: true });""",
}
SLIDERS = {
    "ours": "input[data-name=service]",
    "interact + matplotlib": ".noUi-handle",
    "JupyterChart.chart =": ".noUi-handle",
}
READY = {"ours": "canvas", "interact + matplotlib": ".jp-OutputArea img", "JupyterChart.chart =": ".vega-embed .marks"}
CODE = {"ours": OURS, "interact + matplotlib": MATPLOTLIB, "JupyterChart.chart =": JUPYTERCHART}


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Serve `folder` with JupyterLab and yield its address."""
    port = free_port()
    options = [f"--port={port}", f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=2):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def write(folder: Path, name: str, cells: list[str]) -> None:
    """Write a notebook of code cells."""
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(book, folder / f"{name}.ipynb")


def run_all(page: Any, address: str, name: str, ready: str) -> None:
    """Open a notebook in JupyterLab, run it, and wait for what it shows."""
    open_and_run(page, f"{address}/course/lab/tree/{name}.ipynb?token={TOKEN}&reset")
    if ready:
        page.wait_for_selector(ready, timeout=90_000, state="attached")
    page.wait_for_timeout(1500)


def step_times(page: Any, which: str) -> list[float]:
    """Press the right arrow `STEPS` times and return the milliseconds from key to picture."""
    page.locator(SLIDERS[which]).first.focus()
    page.keyboard.press("Home")  # room for every step
    page.wait_for_timeout(1500)
    times = []
    for _ in range(STEPS + 3):
        page.evaluate(
            f"""() => {{
                globalThis.step = new Promise((resolve) => {{
                    let start = 0;
                    const done = () => resolve(performance.now() - start);
                    addEventListener('keydown', () => (start = performance.now()), {{ once: true, capture: true }});
                    {WATCH[which]}
                }});
            }}"""
        )
        page.keyboard.press("ArrowRight")
        times.append(float(page.evaluate("globalThis.step")))
        page.wait_for_timeout(60)
    return times[3:]


def measured_steps(browser: Any, address: str, folder: Path) -> list[dict[str, str]]:
    """Time the three ways, one after the other in pages of their own."""
    rows, medians = [], {}
    for which, code in CODE.items():
        write(folder, "steps", [BEGIN, code])
        page = browser.new_page(viewport={"width": 1200, "height": 1600})
        run_all(page, address, "steps", "" if which == "ours" else READY[which])
        if which == "ours":
            page.locator(".course-bet [data-do=skip]").click()
            page.wait_for_selector("[data-ready]")
            page.wait_for_timeout(500)
        times = step_times(page, which)
        page.close()
        medians[which] = statistics.median(times)
        ninety = statistics.quantiles(times, n=10)[-1]
        ratio = medians[which] / medians["ours"]
        rows.append(
            {
                "what": which,
                "median": f"{medians[which]:.0f} ms",
                "p90": f"{ninety:.0f} ms",
                "times ours": f"{ratio:.1f}",
            }
        )
    return rows


def measured_bytes(browser: Any, address: str, folder: Path) -> list[dict[str, str]]:
    """Count what a JupyterLab page with 0, 1 and 4 simulators brings over the wire after the notebook is run."""
    rows, totals = [], {}
    for count in (0, 1, 4):
        write(folder, "bytes", [BEGIN, *[f"course.simulator({preset!r})" for preset in PRESETS[:count]]])
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        seen = {"http": 0.0, "socket": 0.0}
        session.on("Network.loadingFinished", lambda event, seen=seen: _add(seen, "http", event["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived",
            lambda event, seen=seen: _add(seen, "socket", len(event["response"]["payloadData"])),
        )
        run_all(page, address, "bytes", ".course-simulator" if count else "")
        page.wait_for_timeout(3000)
        page.close()
        totals[count] = seen
        extra = {key: (seen[key] - totals[0][key]) / 1024 for key in seen}
        rows.append(
            {
                "what": f"page with {count} simulators",
                "median": f"{sum(seen.values()) / 1024:.0f} KiB in all",
                "p90": f"+{extra['http']:.0f} KiB files",
                "times ours": f"+{extra['socket']:.0f} KiB messages",
            }
        )
    return rows


PRESETS = ("as-promised", "big-words", "padded", "gold")


def _add(seen: dict[str, float], key: str, size: float) -> None:
    seen[key] += size


def main() -> list[dict[str, str]]:
    """Run both measurements in one browser on one server."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("This benchmark needs Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, lab(Path(name)) as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        rows = measured_steps(browser, address, Path(name)) + measured_bytes(browser, address, Path(name))
        browser.close()
    return rows
