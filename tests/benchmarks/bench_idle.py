"""What a student on a hub takes before they do anything, and how long their first kernel needs. Bars: 150 MB, 1.2 s.

A JupyterHub on this machine, as in the tests: one student opens the home page, the other asks for a kernel at once. Memory
is counted twice, over the student's server, the warm process and the kernels: as if nothing on the machine were shared (RSS;
the bar is held to this one), and each process's share of what is (PSS), which falls with every other process of the same
files. A kernel is there when it has answered `1`; beside the time stands the processors' work until then, which a busy
machine does not stretch.
"""

from __future__ import annotations

import json
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psutil
from jupyter_client.blocking.client import BlockingKernelClient

from course.kernel.warm import SERVER
from course.server.copies import FOLDER
from tests.hub import Hub, running_hub
from tests.waiting import LONGEST_SECONDS, until

SERVERS = ("jupyterhub.singleuser", SERVER)
# memory that a process takes a little after it has answered is its own, too
SETTLING_SECONDS = 10.0


class Student:
    """A student's browser, without a window."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name, self.cookies = hub, name, CookieJar()
        self.address = f"http://127.0.0.1:{hub.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, path: str, data: bytes | None = None) -> bytes:
        """Return what the hub answers, or the student's server below it."""
        # each room of the hub has its own; the longest path is the nearest
        tokens = sorted((len(c.path), c.value) for c in self.cookies if c.name == "_xsrf" and path.startswith(c.path))
        said = {"X-XSRFToken": str(tokens[-1][1])} if tokens else {}
        request = urllib.request.Request(self.address + path, data, headers=said)
        with self.opener.open(request, timeout=LONGEST_SECONDS) as answer:
            body: bytes = answer.read()
        return body

    def arrive(self) -> None:
        """Log in, and wait for the server; its first page is not opened."""
        self.opener.open(f"{self.address}/hub/login").close()
        self.ask("/hub/login", urlencode({"username": self.name, "password": "any"}).encode())
        self.ask("/hub/spawn")
        until(self.up, "the student's server does not come up")

    def up(self) -> bool:
        """Tell whether the student's server answers."""
        try:
            return "version" in json.loads(self.ask(f"/user/{self.name}/api"))
        except (OSError, ValueError):
            return False

    def kernel(self) -> str:
        """Ask for a kernel; return the seconds until it has answered a first cell, and of work in the student's processes."""
        begun, before = time.perf_counter(), self.work()
        place = json.dumps({"path": f"{FOLDER}/lessons"}).encode()
        started = json.loads(self.ask(f"/user/{self.name}/api/kernels", place))
        runtime = self.hub.home(self.name) / ".local" / "share" / "jupyter" / "runtime"
        client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{started['id']}.json"))
        client.load_connection_file()
        client.start_channels()
        try:
            client.execute("1", reply=True, timeout=LONGEST_SECONDS)
        finally:
            client.stop_channels()
        return f"{time.perf_counter() - begun:.2f} s, {self.work() - before:.2f} s of work"

    def work(self) -> float:
        """Return the seconds that the student's processes have been at work, ended ones not counted."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

    def memory(self) -> str:
        """Return what the student's processes take, once they are at rest."""
        time.sleep(SETTLING_SECONDS)
        taken = [process.memory_full_info() for process in self.processes()]
        counted = {"RSS": [one.rss / 1e6 for one in taken], "PSS": [one.pss / 1e6 for one in taken]}
        return ", ".join(
            f"{how} {sum(each):.0f} MB = {' + '.join(f'{one:.0f}' for one in each)}" for how, each in counted.items()
        )

    def processes(self) -> list[psutil.Process]:
        """Return the student's server, the warm process and the kernels."""
        home = str(self.hub.home(self.name))
        everybody = psutil.Process().children(recursive=True)
        # bubblewrap carries the same words, and waits
        everybody = [one for one in everybody if one.name() != "bwrap"]
        return [one for one in everybody if set(SERVERS) & {*one.cmdline()} and one.environ().get("HOME") == home]


def main() -> list[dict[str, str]]:
    """Measure two students of one hub, one after the other."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="course-idle-") as folder, running_hub(Path(folder)) as hub:
        # who comes first reads everything from the disk, and may compile it; on a hub somebody has
        first, anna, lilei = (Student(hub, name) for name in ("first", "anna", "lilei"))
        first.arrive()
        first.ask("/user/first/lab")
        first.ask("/user/first/course/copy", b"")
        first.kernel()
        anna.arrive()
        rows.append({"a student": "logged in, nothing opened", "memory": anna.memory(), "kernel answers": ""})
        anna.ask("/user/anna/course/")
        anna.ask("/user/anna/course/copy", b"")
        rows.append({"a student": "the home page open", "memory": anna.memory(), "kernel answers": ""})
        for which in ("a first kernel after that", "a second kernel"):
            took = anna.kernel()
            rows.append({"a student": which, "memory": anna.memory(), "kernel answers": took})
        lilei.arrive()
        # which gives the page its token, and is no page of ours
        lilei.ask("/user/lilei/lab")
        lilei.ask("/user/lilei/course/copy", b"")
        took = lilei.kernel()
        rows.append({"a student": "a first kernel at once", "memory": lilei.memory(), "kernel answers": took})
    return rows
