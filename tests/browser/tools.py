"""What tests in Chromium share: servers of ours as processes, a page's log, and the assertions about both."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from course.kernel.warm import SERVER
from tests.waiting import LONGEST_SECONDS, answers, until

COURSE = [sys.executable, "-c", "from course.cli import main; main()"]
OURS = {"localhost", "127.0.0.1", "[::1]"}
NOT_THE_NETWORK = {"data", "blob", "about"}
# anywidget's own, wherever a page needs more than two seconds: test_run_all_at_once.py shows that ours work all the same
IMPATIENCE = "[anywidget] Failed to initialize model."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Log:
    """Everything a page asked for and said."""

    requests: list[str] = field(default_factory=list)
    console: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context: Any) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self.console.append((message.type, message.text)))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requests.append(socket.url)))


def assert_offline(log: Log) -> None:
    """No request left this machine (and there were requests at all)."""
    assert log.requests, "the page asked for nothing, so this test proves nothing"
    parts = [(url, urlsplit(url)) for url in log.requests]
    abroad = [url for url, part in parts if part.scheme not in NOT_THE_NETWORK and part.hostname not in OURS]
    assert not abroad, f"requests to other hosts: {sorted(set(abroad))}"


def assert_quiet(log: Log) -> None:
    """The console shows no error and no exception was left uncaught."""
    said = [text for kind, text in log.console if kind == "error"]
    assert not said, f"console errors: {said}"
    errors = [text for text in log.errors if text != IMPATIENCE]
    assert not errors, f"uncaught errors: {errors}"


# Contrast is nineteen twentieths of what axe takes, and a table of two hundred cells has two or three colours. Texts are
# alike that are shown with the same classes, colours and size, all the way up (axe leaves single characters to a person's
# eye); of those, axe's rule of contrast looks at the first and the last. Every other rule looks at everything
ALIKE = """() => {
    const looks = new Map();
    const look = (element) => {
        if (!element) return "";
        if (!looks.has(element)) {
            const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element);
            const own = [element.localName, element.getAttribute("class"), color, backgroundColor, backgroundImage, opacity];
            looks.set(element, [look(element.parentElement), ...own, fontSize, fontWeight].join());
        }
        return looks.get(element);
    };
    const seen = new Map();
    for (const text of document.body.querySelectorAll("*")) {
        const shown = text.getClientRects().length && getComputedStyle(text).visibility === "visible";
        if (text.childElementCount || !text.textContent.trim() || !shown) continue;
        const key = look(text) + (text.textContent.trim().length > 1);
        if (!seen.has(key)) seen.set(key, []);
        seen.get(key).push(text);
    }
    for (const texts of seen.values()) {
        for (const text of texts.slice(1, -1)) text.setAttribute("data-axe-alike", "");
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-axe-alike])" }] });
}"""
# axe asks every ancestor of every text anew how far it scrolls, and each time the browser looks whether its layout still
# holds; and it has the whole inside of whatever it looks at written out, to show of it a line. That was more than half of
# what axe takes. While it looks at a page, an element is measured once, and one with others in it is its opening tag
RUN = f"""async (within) => {{
    const once = (ask) => {{
        const told = new WeakMap();
        return (element) => told.get(element) ?? told.set(element, ask(element)).get(element);
    }};
    const tag = (element) => {{
        const attributes = [...element.attributes].map(({{ name, value }}) => `${{name}}="${{value}}"`);
        return `<${{[element.localName, ...attributes].join(" ")}}>`;
    }};
    const asked = ["scrollWidth", "scrollHeight", "clientWidth", "clientHeight", "outerHTML"].map((name) => {{
        const own = Object.getOwnPropertyDescriptor(Element.prototype, name);
        const whole = (element) => name !== "outerHTML" || !element.childElementCount;
        const tell = once((element) => (whole(element) ? own.get.call(element) : tag(element)));
        return {{ name, own, get() {{ return tell(this); }} }};
    }});
    ({ALIKE})();
    for (const {{ name, own, get }} of asked) Object.defineProperty(Element.prototype, name, {{ ...own, get }});
    try {{
        // what passes is counted, not described: that would take a quarter of the time, and the way here as long again
        const found = await axe.run(within || document, {{ resultTypes: ["violations"] }});
        return {{ passes: found.passes.length, violations: found.violations }};
    }} finally {{
        for (const {{ name, own }} of asked) Object.defineProperty(Element.prototype, name, own);
        for (const text of document.querySelectorAll("[data-axe-alike]")) text.removeAttribute("data-axe-alike");
    }}
}}"""


def axe_violations(page: Any, within: str | None = None) -> list[str]:
    """Return axe-core's violations on the page (or inside the selector `within`), one line each."""
    spec = find_spec("axe_core_python")
    assert spec is not None
    assert spec.origin is not None
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate(RUN, within)
    assert result["passes"], "axe looked at nothing"
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {[node['html'][:160] for node in found['nodes']]}"
        for found in result["violations"]
    ]


def no_sideways_scroll(page: Any) -> None:
    """Nothing makes the page wider than its window."""
    inner, scroll = page.evaluate("[innerWidth, document.scrollingElement.scrollWidth]")
    assert scroll <= inner, f"the page is {scroll} px wide in a window of {inner} px"


class Served:
    """A `course …` command that runs as a process of its own, and where to reach it."""

    def __init__(
        self, command: str, home: Path, *options: str, cwd: Path | None = None, lend: bool = True, port: int = 0
    ) -> None:
        self.port = port or free_port()
        self.token = "" if command == "apps" else secrets.token_hex(12)
        self.command = command
        self.base = "/"
        folders = {}
        if lend:
            self._write_settings(home)
            folders = {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
        self.output = home / "output.txt"
        with self.output.open("wb") as stream:
            self.process = subprocess.Popen(
                [*COURSE, command, "--port", str(self.port), *options],
                stdout=stream,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=cwd,
                env=os.environ | {"JUPYTER_TOKEN": self.token} | folders,
            )

    @staticmethod
    def _write_settings(home: Path) -> None:
        # The server's root is the repository itself: a test that runs a lesson must not save it
        settings = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "docmanager-extension"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "plugin.jupyterlab-settings").write_text(json.dumps({"autosave": False}), encoding="utf-8")

    def url(self, path: str = "") -> str:
        """Return the address of `path` on this server, with its token."""
        address = f"http://127.0.0.1:{self.port}{self.base}{path.lstrip('/')}"
        if not self.token:
            return address
        return f"{address}{'&' if '?' in address else '?'}token={self.token}"

    def said(self) -> str:
        """Return what the command has printed so far."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def wait(self, base: str = "") -> None:
        """Return when the home page answers, below `base`."""

        def ask() -> None:
            assert self.process.poll() is None, f"course {self.command} ended early:\n{self.said()}"
            urllib.request.urlopen(self.url(f"{base}course/"), timeout=5).close()

        until(answers(ask), lambda: f"course {self.command} does not answer:\n{self.said()}")

    def end_sessions(self) -> None:
        """End all sessions, kernels included: the next page finds a server as after its start."""
        with urllib.request.urlopen(self.url("api/sessions")) as answer:
            found = json.load(answer)
        for session in found:
            request = urllib.request.Request(self.url(f"api/sessions/{session['id']}"), method="DELETE")
            urllib.request.urlopen(request).close()

    def stop(self, seconds: float = LONGEST_SECONDS) -> int:
        """Press Ctrl-C once and return the exit code; what it leaves running is killed and reported."""
        if self.process.poll() is not None:
            return self.process.returncode
        offspring = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"course {self.command} outlived Ctrl-C:\n{self.said()}") from None
        finally:
            _, left = psutil.wait_procs(offspring, timeout=LONGEST_SECONDS)
            for process in left:
                process.kill()
        assert not left, f"course {self.command} left processes behind: {left}"
        assert "Traceback" not in self.said(), self.said()
        return code


class Quiet(SimpleHTTPRequestHandler):
    """A host of files that says nothing."""

    def log_message(self, *_what: Any) -> None:
        """Keep it to itself."""


@contextmanager
def files_of(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """Python's own server of files, on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def kernels(served: Served) -> set[psutil.Process]:
    """Return the kernels of this server, forked or stock."""
    children = psutil.Process(served.process.pid).children(recursive=True)
    # A kernel that was forked has the command line of the process that it was forked from
    forking = {child.pid for child in children if child.ppid() == served.process.pid and SERVER in child.cmdline()}
    return {child for child in children if child.ppid() in forking or "ipykernel_launcher" in child.cmdline()}


def serving(command: str, home: Path, *options: str) -> Iterator[Served]:
    """Serve with `course <command>` as long as it is wanted; it must end well."""
    served = Served(command, home, *options)
    try:
        served.wait()
        yield served
    finally:
        code = served.stop()
    assert code == 0, f"course {command} ended with {code}:\n{served.said()}"


def serve_dashboard(room: Path, home: Path) -> Iterator[Served]:
    """Serve the instructor's dashboard of a class."""
    yield from serving("dashboard", home, "--no-browser", "--root", str(room))
