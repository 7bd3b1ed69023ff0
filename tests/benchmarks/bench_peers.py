"""The m01 dashboard beside Streamlit, Panel and marimo: time to interactive, slider step, memory and traffic of a visit.

The peers run the same model with the same eight sliders, three charts and figures (peers/), in an environment of their own
that this benchmark makes from the package index the first time (some 600 MB, kept in `~/.cache/course-peers`). They draw
our own Vega-Lite specification, in the way of each that is fastest: Streamlit gets its data by name and changes the rows of
a chart that stands; Panel and marimo embed the whole anew. Panel has a second row with the same charts in Bokeh, which it
changes in place; marimo gets the specification ready made, for building it with Altair at every step takes 65 ms more. All
serve their scripts themselves, Vega among them; a peer that asks another host gets no figures.

Every way is served as its manual has it for production, and was visited before the clock runs. The clock is the browser's,
from navigation, or the key press, to the end of the frame that painted the last change (peers/watch.js).

- *picture*: the first chart can be seen. *Interactive*: a slider step, taken as soon as it can be seen, has changed it.
- *first visit*: a browser that was never there; *repeat visit*: its later ones, with all that it keeps.
- *step*: an arrow key on “service”, to and fro.
- *memory*: proportional set size of the server with its offspring, after `FURTHER` pages beside the first took a step.
- *requests*: what reached the server, sockets among it, up to the first step, and their bytes on the wire.

It takes some twelve minutes; every wait has an end, and a way that does not answer gets a row that says why.
Bars: a repeat visit in ≤ 1.0 × the fastest peer's time, a slider step ≥ 3 × faster than the fastest peer's.
`COURSE_BENCH_PEERS=ours,marimo` measures only these; `COURSE_BENCH_PICTURES=folder` keeps a picture of every page.
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
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from course.paths import ROOT
from tests.benchmarks.bench_visitors import memory
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.tools import Log, Served, assert_offline, free_port

BROWSERS, VISITS, STEPS, TURN, FURTHER = 3, 4, 30, 10, 5
PATIENCE = 30.0  # seconds for anything that a page or a server is to do
PRESSES = 3  # a page may draw its picture before its sliders hear
SETTLED = 4.0  # seconds in which a server comes to rest after a visitor
WINDOW = {"width": 1200, "height": 2400}
PEERS = Path(__file__).parent / "peers"
WATCH = PEERS / "watch.js"
HOME = Path.home() / ".cache" / "course-peers"
PACKAGES = [
    "streamlit", "panel", "marimo", "altair>=6,<7", "jsonschema<4.25", "babel", "click", "numpy", "pandas", "traitlets",
]  # fmt: skip
OURS = "course/explore/m01-expectation-gap?lang=en"
# Our own page asks for a guess before it shows the picture; here it has been given
GUESSED = """
if (location.port) localStorage.setItem("course.sim.m01", JSON.stringify({ guesses: { "as-promised": 0 } }));
"""


@dataclass(frozen=True)
class Way:
    """One way to serve the dashboard: the command, with {port} (ours has none), its page, and the slider “service”."""

    slider: str
    path: str = ""
    command: tuple[str, ...] = ()


PANEL = ("--port={port}", "--warm")  # --reuse-sessions would fetch its styles from cdn.holoviz.org
WAYS = {
    "ours": Way("input[data-name=service]", OURS),
    "Streamlit": Way(
        "input[type=range] >> nth=5",
        "",
        (
            "streamlit", "run", "streamlit_app.py", "--server.port={port}", "--server.headless=true",
            "--server.fileWatcherType=none", "--client.toolbarMode=viewer", "--browser.gatherUsageStats=false",
        ),
    ),
    "Panel Vega": Way(".noUi-handle >> nth=5", "panel_app", ("panel", "serve", "panel_app.py", *PANEL)),
    "Panel Bokeh": Way(
        ".noUi-handle >> nth=5", "panel_bokeh_app", ("panel", "serve", "panel_bokeh_app.py", *PANEL)
    ),
    "marimo": Way(
        "[role=slider] >> nth=5", "", ("marimo", "run", "marimo_app.py", "--headless", "--no-token", "--port={port}")
    ),
}  # fmt: skip


class NoAnswerError(Exception):
    """A server or page did not do in time what was asked of it; the text says what."""


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
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if not way.command:
            apps = Served("apps", Path(folder))
            try:
                apps.wait()
                yield apps.url(way.path), psutil.Process(apps.process.pid)
            finally:
                apps.stop()
            return
        port = free_port()
        output = Path(folder) / "output.txt"
        process = _started([part.format(port=port) for part in way.command], output)
        try:
            address = f"http://127.0.0.1:{port}/{way.path}"
            _wait(address, process, output)
            yield address, process
        finally:
            offspring = [process, *process.children(recursive=True)] if process.is_running() else []
            for one in offspring:
                one.terminate()
            for one in psutil.wait_procs(offspring, timeout=10)[1]:
                one.kill()


def _started(command: list[str], output: Path) -> psutil.Popen:
    with output.open("wb") as stream:
        return psutil.Popen(
            [str(environment() / command[0]), *command[1:]],
            cwd=PEERS,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )


def _wait(address: str, process: psutil.Popen, output: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            # once it listens it is asked once: what is asked again and again meanwhile keeps a slow one from answering
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.1)
    state = "does not answer" if process.poll() is None else "has ended"
    raise NoAnswerError(f"its server {state}: {output.read_text(errors='replace')[-200:]}")


@dataclass
class Visit:
    """One page of one visitor; `picture` and `interactive` are seconds since navigation began."""

    page: Any
    slider: str
    picture: float = 0.0
    interactive: float = 0.0
    steps: list[float] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Load the page and take a slider step as soon as there is a picture."""
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.goto(address, wait_until="commit")
        self._until("globalThis.watched?.picture", 0, PATIENCE, "no picture")
        self.picture = self.page.evaluate("watched.picture") / 1000
        end = self.step("ArrowRight", PRESSES)
        self.interactive = end / 1000
        self.steps.clear()

    def step(self, key: str, presses: int = 1) -> float:
        """Press a key, again while nothing comes of it; return when the picture had changed, in ms of the page's clock."""
        count = len(self.steps)
        if not count:
            self.page.locator(self.slider).focus()
        for left in reversed(range(presses)):
            self.page.keyboard.press(key)
            try:
                self._until(f"watched.steps.length > {count}", 20, PATIENCE / presses, f"step {count + 1}: no change")
                break
            except NoAnswerError:
                if not left:
                    raise
        one = self.page.evaluate("watched.steps.at(-1)")
        self.steps.append(one["end"] - one["begun"])
        return float(one["end"])

    def walk(self) -> None:
        """Take `STEPS` steps to and fro; `steps` are their milliseconds."""
        for count in range(STEPS):
            self.step("ArrowLeft" if count // TURN % 2 else "ArrowRight")

    def _until(self, expression: str, polling: int, seconds: float, problem: str) -> None:
        from playwright.sync_api import TimeoutError as SlowError

        try:
            self.page.wait_for_function(expression, polling=polling or "raf", timeout=seconds * 1000)
        except SlowError:
            raise NoAnswerError(f"{problem} in {seconds:.0f} s") from None


def visited(context: Any, slider: str, address: str) -> Visit:
    """Open the dashboard in a new page of a browser's context."""
    visit = Visit(context.new_page(), slider)
    visit.open(address)
    return visit


def watching(context: Any) -> Any:
    """Have every page of this context watch its pictures."""
    context.add_init_script(path=WATCH)
    context.add_init_script(GUESSED)
    return context


def weigh(browser: Any, way: Way, address: str, process: psutil.Process) -> float:
    """Return the bytes of memory that every further visitor takes."""
    contexts = []
    sizes = []
    try:
        for count in range(FURTHER + 1):
            contexts.append(watching(browser.new_context(viewport=WINDOW)))
            visited(contexts[-1], way.slider, address)
            if count in (0, FURTHER):
                time.sleep(SETTLED)
                sizes.append(memory(process)[0])
    finally:
        for context in contexts:
            context.close()
    return (sizes[1] - sizes[0]) / FURTHER


def count_traffic(browser: Any, way: Way, address: str) -> list[tuple[int, float]]:
    """Return requests and bytes of a first and of a repeat visit; `AssertionError` if one went to another host."""
    log = Log()
    context = watching(browser.new_context(viewport=WINDOW))
    log.watch(context)
    found = []
    try:
        for _ in range(2):
            visit = Visit(context.new_page(), way.slider)
            session = context.new_cdp_session(visit.page)
            session.send("Network.enable")
            sizes: list[float] = []
            frames: list[float] = []
            session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
            session.on("Network.webSocketCreated", lambda _event, sizes=sizes: sizes.append(1))
            session.on("Network.webSocketFrameReceived", lambda event, frames=frames: frames.append(_length(event)))
            visit.open(address)
            found.append((sum(size > 0 for size in sizes), sum(sizes) + sum(frames)))
            visit.page.close(run_before_unload=True)
            time.sleep(1)
        assert_offline(log)
    finally:
        context.close()
    return found


def _length(event: dict[str, Any]) -> int:
    frame = event["response"]
    binary = frame["opcode"] == 2
    return len(b64decode(frame["payloadData"]) if binary else frame["payloadData"].encode())


def clock(chromium: Any, way: Way, address: str, name: str) -> tuple[list[Visit], list[Visit]]:
    """Return the first and the repeat visits of `BROWSERS` new browsers; the last visit of each takes the steps."""
    first, again = [], []
    for _ in range(BROWSERS):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            context = watching(chromium(profile))
            try:
                for count in range(VISITS):
                    visit = visited(context, way.slider, address)
                    (again if count else first).append(visit)
                    if count == VISITS - 1:
                        visit.walk()
                    time.sleep(1)
                    _keep_picture(visit.page, name)
                    visit.page.close(run_before_unload=True)
                    time.sleep(1)
            finally:
                context.close()
    return first, again


def _keep_picture(page: Any, name: str) -> None:
    if folder := os.environ.get("COURSE_BENCH_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def measure(playwright: Any, executable: str, name: str) -> dict[str, str]:
    """Return the row of one way."""
    way = WAYS[name]
    options = {"executable_path": executable, "args": FLAGS}
    with served(way) as (address, process):
        browser = playwright.chromium.launch(**options)
        try:
            each = weigh(browser, way, address, process)
            traffic = count_traffic(browser, way, address)
        finally:
            browser.close()
        first, again = clock(
            lambda profile: playwright.chromium.launch_persistent_context(profile, viewport=WINDOW, **options),
            way,
            address,
            name,
        )
    steps = [step for visit in again for step in visit.steps]
    return {
        "what": name,
        "first visit": f"{statistics.median(visit.interactive for visit in first):.2f} s",
        "repeat visit": f"{statistics.median(visit.interactive for visit in again):.2f} s",
        "its picture": f"{statistics.median(visit.picture for visit in again):.2f} s",
        "step, median": f"{statistics.median(steps):.0f} ms",
        "step, p90": f"{statistics.quantiles(steps, n=10)[-1]:.0f} ms",
        "further visitor": f"{each / 2**20:.1f} MB",
        **{
            f"{which} visit asks": f"{count} × {size / 1024:.0f} KiB"
            for which, (count, size) in zip(("first", "repeat"), traffic, strict=True)
        },
    }


def main() -> list[dict[str, str]]:
    """Measure ours and the peers, those that `COURSE_BENCH_PEERS` names if it is set; return one row each."""
    from playwright.sync_api import Error, sync_playwright

    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        sys.exit("This benchmark needs Chromium; on Debian: apt-get install chromium")
    names = [name for name in os.environ.get("COURSE_BENCH_PEERS", "").split(",") if name] or list(WAYS)
    if unknown := set(names) - set(WAYS):
        sys.exit(f"COURSE_BENCH_PEERS has no {', '.join(sorted(unknown))}. Choose from: {', '.join(WAYS)}.")
    rows = []
    with sync_playwright() as playwright:
        for name in names:
            try:
                rows.append(measure(playwright, executable, name))
            except (NoAnswerError, Error, AssertionError, psutil.Error) as error:
                problem = " ".join(str(error).split())[:160]
                rows.append({"what": name, "first visit": "did not answer:", "why": problem})
    columns = dict.fromkeys(column for row in rows for column in row if column != "why")
    if any("why" in row for row in rows):
        columns["why"] = None
    return [{column: row.get(column, "") for column in columns} for row in rows]
