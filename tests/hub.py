"""A JupyterHub as in a container each student has: users without accounts on the system, a home each, and an exchange.

Everybody is `jovyan` to the system, as in Jupyter's own images, so nbgrader takes the name that the hub gave. JupyterHub is
a development dependency; its proxy comes from npm and is kept in a cache.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.paths import ROOT
from tests.browser.tools import free_port
from tests.server.http import fetch
from tests.server.jupyters import surroundings, wait_for
from tests.waiting import LONGEST_SECONDS, until

PROXY = "configurable-http-proxy@5.3.0"
CLONE = ("course", "solutions", "exercises", "lessons", "datasets", "nbgrader_config.py")
INSTRUCTOR = "prof"
HUB = """
import os
from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import default

class Contained(SimpleLocalProcessSpawner):
    def get_env(self):
        return super().get_env() | ({instructor!r} if self.user.name == {name!r} else {{}})

    @default("notebook_dir")
    def _instructors_clone(self):
        return {clone!r} if self.user.name == {name!r} else ""

c.JupyterHub.spawner_class = Contained
c.Contained.cmd = {fence!r} + [{python!r}, "-m", "jupyterhub.singleuser", "--allow-root"]
c.Contained.home_dir_template = {homes!r} + "/{{username}}"
c.Contained.default_url = "/course/"
c.Contained.environment = {environment!r}
c.Contained.http_timeout = c.Contained.start_timeout = {seconds}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.log_level = "WARN"
"""


@dataclass(frozen=True)
class Hub:
    """A running hub: its port, everybody's homes, and the instructor's clone."""

    port: int
    homes: Path
    clone: Path
    fence: list[str]
    environment: dict[str, str]

    def home(self, user: str) -> Path:
        """Return the folder of a user."""
        return self.homes / user

    def instructor(self, *command: str, language: str = "en") -> str:
        """Run a command as in a terminal of the instructor's server; return what it said."""
        own = self.environment | {
            "HOME": str(self.home(INSTRUCTOR)), "COURSE_LANG": language,
            "JUPYTERHUB_USER": INSTRUCTOR, "JUPYTERHUB_SERVICE_PREFIX": f"/user/{INSTRUCTOR}/",
            "JUPYTER_SERVER_ROOT": str(self.clone),
        }  # fmt: skip
        # the programs, for `python -m` would take the clone's package for the one that is installed
        program = str(Path(sys.executable).parent / command[0])
        done = subprocess.run(
            [*self.fence, program, *command[1:]], cwd=self.clone, env=os.environ | own, text=True,
            encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:]
        return done.stdout


def proxy() -> Path:
    """Return the hub's proxy; the first time, npm fetches it."""
    room = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "course-tests" / PROXY.replace("@", "-")
    program = room / "node_modules" / ".bin" / "configurable-http-proxy"
    if not program.exists():
        options = ("--silent", "--no-save", "--no-package-lock", "--no-audit", "--no-fund")
        subprocess.run(["npm", "install", *options, "--prefix", str(room), PROXY], check=True, timeout=600)
    return program


def printed_settings(exchange: Path) -> str:
    """Return nbgrader's configuration as the guide prints it, with an exchange of the rehearsal's own."""
    text = (ROOT / "course" / "grading" / "GUIDE.md").read_text(encoding="utf-8")
    block = next(found for found in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "Exchange.root" in found)
    return block.replace("/srv/nbgrader/exchange", str(exchange))


@contextmanager
def running_hub(folder: Path) -> Iterator[Hub]:
    """Run a hub with everything below `folder`."""
    homes, clone, exchange, settings = (folder / name for name in ("homes", "clone", "exchange", "settings"))
    for place in (homes / INSTRUCTOR, clone, exchange, settings):
        place.mkdir(parents=True)
    exchange.chmod(0o777)
    for name in CLONE:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            )
        else:
            shutil.copy(ROOT / name, clone)
    (settings / "nbgrader_config.py").write_text(printed_settings(exchange), encoding="utf-8")
    users = folder / "passwd"
    users.write_text(f"jovyan:x:{os.getuid()}:{os.getgid()}::/home/jovyan:/bin/sh\n", encoding="utf-8")
    fence = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--ro-bind", str(users), "/etc/passwd", "--"]
    environment = {
        "JUPYTER_CONFIG_PATH": str(settings), "JUPYTER_PREFER_ENV_PATH": "1", "COURSE_INSTRUCTOR": "0",
    }  # fmt: skip
    port = free_port()
    config = folder / "jupyterhub_config.py"
    config.write_text(
        HUB.format(
            fence=fence, python=sys.executable, homes=str(homes), environment=environment, seconds=LONGEST_SECONDS,
            port=port, hub_port=free_port(), api_port=free_port(), proxy=str(proxy()), clone=str(clone), name=INSTRUCTOR,
            instructor={"COURSE_INSTRUCTOR": "1", "PYTHONPATH": str(clone)},
        ),
        encoding="utf-8",
    )  # fmt: skip
    said = folder / "hub.txt"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", config], cwd=folder, env=surroundings(folder),
            stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
        )  # fmt: skip
    try:
        wait_for(process, port, "/hub/health")
        until(lambda: fetch(port, "/hub/health").status == 200, "the hub does not come up")
        yield Hub(port, homes, clone, fence, environment)
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_SECONDS)
