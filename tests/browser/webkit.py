"""WebKit, as Debian has it: GTK's MiniBrowser, driven by the protocol of browsers' own drivers.

On Debian: `apt-get install webkit2gtk-driver xvfb`. It is what Safari and every browser of an iPhone draw with.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.tools import free_port
from tests.waiting import LONGEST_SECONDS, answers, until

DRIVER = shutil.which("WebKitWebDriver")
# the bar of addresses would keep the window from being as narrow as a phone
NARROW = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px; }"


def _browser() -> str:
    return next(str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))


class Page:
    """A window with one page."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}/session"
        options = {"webkitgtk:browserOptions": {"binary": _browser(), "args": ["--automation"]}}
        self._root += "/" + self._ask("", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        patience = 1_000 * LONGEST_SECONDS
        self._ask("/timeouts", {"script": patience, "pageLoad": patience})

    def _ask(self, what: str, given: dict[str, Any], method: str = "POST") -> Any:
        body = json.dumps(given).encode() if method == "POST" else None
        request = urllib.request.Request(self._root + what, body, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=LONGEST_SECONDS) as answer:
            return json.load(answer)["value"]

    def resize(self, width: int, height: int) -> None:
        """Make the window so large, as a phone's is."""
        self._ask("/window/rect", {"width": width, "height": height})

    def goto(self, address: str) -> None:
        """Open a page, and wait until it is there."""
        self._ask("/url", {"url": address})

    def evaluate(self, expression: str, given: object = None) -> Any:
        """Return what a function in JavaScript gives, or what its promise comes to."""
        script = f"const [given, done] = arguments; (async () => ({expression})(given))().then("
        script += "(found) => done({ found }), (error) => done({ error: String(error) }))"
        told = self._ask("/execute/async", {"script": script, "args": [given]})
        assert "error" not in told, told["error"]
        return told.get("found")

    def close(self) -> None:
        """End the browser."""
        self._ask("", {}, "DELETE")


@contextmanager
def opened(home: Path) -> Iterator[Page]:
    """A window of WebKit on a screen of its own."""
    assert DRIVER is not None
    settings = home / ".config" / "gtk-3.0"
    settings.mkdir(parents=True)
    (settings / "gtk.css").write_text(NARROW, encoding="utf-8")
    port = free_port()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "800x1000x24"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as screen:
        assert screen.stdout is not None
        shown = f":{screen.stdout.readline().decode().strip()}"
        environment = {"DISPLAY": shown, "GDK_BACKEND": "x11", "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        environment |= {"XDG_CONFIG_HOME": str(home / ".config"), "LIBGL_ALWAYS_SOFTWARE": "1"}
        with subprocess.Popen(
            [DRIVER, f"--port={port}"],
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as driver:
            try:
                ready = f"http://127.0.0.1:{port}/status"
                until(answers(lambda: urllib.request.urlopen(ready, timeout=LONGEST_SECONDS).close()))
                page = Page(port)
                try:
                    yield page
                finally:
                    page.close()
            finally:
                driver.terminate()
                screen.terminate()
