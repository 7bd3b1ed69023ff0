"""The image that repo2docker would make of this repository, made here in a folder, and a session in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from docker.utils.build import exclude_paths

from course.paths import ROOT
from tests.browser.conftest import browser, page_with_log
from tests.browser.tools import free_port
from tests.waiting import LONGEST_SECONDS, until

__all__ = ["browser", "page_with_log"]

UV = os.environ.get("UV", "uv")
# What BinderHub tells a session about its origin; the offline buttons go by it
ORIGIN = {
    "BINDER_REPO_URL": "https://git.example/course",
    "BINDER_REF_URL": "https://git.example/course/tree/main",
    "BINDER_LAUNCH_HOST": "https://binder.example/",
    "BINDER_PERSISTENT_REQUEST": "v2/git/course/main",
}
# The developer's environment does not exist in the image
OTHERS = (
    "BINDER_",
    "CONDA_",
    "COURSE_",
    "JUPYTER",
    "JPY_",
    "OMP_",
    "OPENBLAS_",
    "MKL_",
    "PYTEST_",
    "PYTHON",
    "UV",
    "VIRTUAL_ENV",
)


def run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    """Run a command of the build; return what it printed, fail with all of it if it fails."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def entering(folder: Path, ignore: Path) -> set[str]:
    """Return what of a folder a .dockerignore lets into an image, as paths in it."""
    lines = ignore.read_text(encoding="utf-8").splitlines()
    return set(exclude_paths(str(folder), [line for line in lines if line and not line.startswith("#")]))


def copy_repository(target: Path, ignore: Path = ROOT / "binder" / ".dockerignore") -> None:
    """Copy what a build is given: the tracked files as they stand, less those that a .dockerignore leaves out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    checkout = target.with_name("checkout")
    (checkout / ".git").mkdir(parents=True)
    (checkout / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, checkout / name)
    for name in entering(checkout, ignore):
        if (checkout / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, target / name)


@dataclass(frozen=True)
class Image:
    """The repository's copy (the home folder of `jovyan`, as on Binder), its Python, and the environment of its processes."""

    home: Path
    python: Path
    env: dict[str, str]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Do what the Dockerfile does: copy, install binder/requirements.txt, run binder/postBuild."""
    srv = tmp_path_factory.mktemp("srv")
    home, prefix = srv / "jovyan", srv / "notebook"
    env = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)} | {
        "HOME": str(home),
        "REPO_DIR": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": os.pathsep.join([f"{prefix}/bin", f"{home}/.local/bin", os.environ["PATH"]]),
    }
    copy_repository(home)
    python = prefix / "bin" / "python"
    version = (home / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    install = {**os.environ, "VIRTUAL_ENV": str(prefix)}
    run(UV, "venv", "--quiet", "--seed", "--python", version, prefix, cwd=srv, env=install)
    requirements = home / "binder" / "requirements.txt"
    # pip would compile all of it; a session compiles what it imports, a third of that
    run(UV, "pip", "install", "--quiet", "--requirement", requirements, cwd=srv, env=install)
    run("./binder/postBuild", cwd=home, env=env)
    return Image(home, python, env)


@dataclass(frozen=True)
class Session:
    """One learner's server, at an address below a prefix as on Binder."""

    root: str
    token: str
    process: subprocess.Popen[bytes]
    log: Path

    def url(self, path: str) -> str:
        """Return the address of `path`, with the token."""
        return f"{self.root}{path}{'&' if '?' in path else '?'}token={self.token}"

    def status(self, path: str) -> int:
        """Return the HTTP status of `path`."""
        try:
            with urllib.request.urlopen(self.url(path), timeout=LONGEST_SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def end(self) -> None:
        """End the session as the hub does, and whatever it started."""
        if self.process.poll() is not None:
            return
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        try:
            self.process.wait(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for process in psutil.wait_procs(family, timeout=5)[1]:
            process.kill()


@contextmanager
def start(image: Image, folder: Path) -> Iterator[Session]:
    """Start a container's process: repo2docker's entry point, binder/start, and BinderHub's command line."""
    spec = find_spec("repo2docker")
    assert spec is not None
    assert spec.origin is not None
    entry = Path(spec.origin).parent / "buildpacks" / "repo2docker-entrypoint"
    port, token, prefix = free_port(), secrets.token_hex(12), "/user/course-main-x1y2z3/"
    command = [
        *(sys.executable, str(entry), "jupyter-notebook", "--ip=127.0.0.1", f"--port={port}", "--no-browser"),
        *("--NotebookApp.default_url=/lab/", f"--NotebookApp.base_url={prefix}", f"--NotebookApp.token={token}"),
        *("--NotebookApp.trust_xheaders=True", "--NotebookApp.allow_origin=https://binder.example"),
        # A container's user is not root; a test's may be
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]
    env = image.env | ORIGIN | {"R2D_ENTRYPOINT": str(image.home / "binder" / "start")}
    log = folder / "session.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=image.home, env=env, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT
        )
    session = Session(f"http://127.0.0.1:{port}{prefix}", token, process, log)
    try:
        wait(session)
        yield session
    finally:
        session.end()


def wait(session: Session) -> None:
    """Return when the session answers."""

    def said() -> str:
        return session.log.read_text(encoding="utf-8")

    def answers() -> bool:
        assert session.process.poll() is None, f"the session ended early:\n{said()}"
        with suppress(OSError):
            return session.status("api/status") == 200
        return False

    until(answers, lambda: f"the session does not answer:\n{said()}")


@pytest.fixture(scope="session")
def session(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session that several tests share."""
    with start(image, tmp_path_factory.mktemp("session")) as session:
        yield session


def packages(image: Image, script: str) -> dict[str, str]:
    """Run a script in the image's Python that prints a JSON object of names and versions."""
    answer: dict[str, str] = json.loads(run(image.python, "-c", script, cwd=image.home, env=image.env))
    return answer
