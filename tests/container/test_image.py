"""The image of the Dockerfile, built and run by its own commands without Docker, and compose.yaml's proxy in front of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import yaml

from course.kernel.probe import probe
from course.paths import ROOT
from course.server.open import DEFAULT_PORT
from tests.binder.conftest import UV, copy_repository, entering, run
from tests.browser.tools import free_port
from tests.container.dockerfile import Build, Stage, read
from tests.server.jupyters import wait_for
from tests.server.test_places_odd import doors, try_public_doors
from tests.test_documents import GUIDE, README, commands
from tests.waiting import LONGEST_SECONDS

IGNORE = ROOT / ".dockerignore"
# as OpenShift gives one to each project
ANYBODY = 1_000_780_000
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
needs_namespaces = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Stage]:
    folder = tmp_path_factory.mktemp("image")
    copy_repository(folder / "context", IGNORE)
    (folder / "context" / "Dockerfile").write_bytes((ROOT / "Dockerfile").read_bytes())
    version = read_base().removeprefix("python:").split("-")[0]
    base = [UV, "venv", "--quiet", "--seed", "--relocatable", "--python", version, folder / "base"]
    run(*base, cwd=folder, env={**os.environ})
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
    build = Build(folder / "context", folder / "base", folder / "stages", {"INDEX": index} if index else {})
    return build, build.run()


def read_base() -> str:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("ARG PYTHON=")).removeprefix("ARG PYTHON=")


@contextmanager
def container(
    built: tuple[Build, Stage], command: list[str], user: int, port: int, folder: Path, base: str = "/"
) -> Iterator[Path]:
    """Run a container until it is stopped as Docker stops it; it must end well."""
    build, stage = built
    said = folder / "said.txt"
    process = build.start(stage, command, user, {"PORT": str(port), "BASE_URL": base}, said)
    try:
        wait_for(process, port, f"{base}course/")
        yield said
        # bubblewrap passes no signals on
        first = psutil.Process(process.pid).children()[0].children()[0]
        first.send_signal(signal.Signals[stage.said("STOPSIGNAL")])
        assert process.wait(LONGEST_SECONDS) == 0, said.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in said.read_text(encoding="utf-8")


@needs_namespaces
def test_a_container_of_anybodys_serves_below_a_path(built: tuple[Build, Stage], tmp_path: Path) -> None:
    build, stage = built
    port = free_port()
    with container(built, stage.command("CMD"), ANYBODY, port, tmp_path, "/public/"):
        try_public_doors(port, "/public/")
        health = stage.command("HEALTHCHECK")
        for where, code in ((port, 0), (free_port(), 1)):
            asked = build.start(
                stage, health, ANYBODY, {"PORT": str(where), "BASE_URL": "/public/"}, tmp_path / "health"
            )
            assert asked.wait(LONGEST_SECONDS) == code
    assert int(stage.said("USER").split(":")[0]) > 0
    assert stage.said("EXPOSE") == stage.env["PORT"]


@needs_namespaces
def test_what_compose_starts_serves(built: tuple[Build, Stage], tmp_path: Path) -> None:
    service, port = COMPOSE["course"], free_port()
    command = [str(port) if word == built[1].env["PORT"] else word for word in service["command"]]
    assert str(port) in command
    assert service["read_only"]
    assert "--behind-proxy" in command, "all who come are Caddy to it otherwise"
    assert "ports" not in service, "nobody else may reach it"
    with container(built, command, int(built[1].said("USER").split(":")[0]), port, tmp_path):
        assert doors(port)


@needs_namespaces
def test_no_solution_is_in_the_image(built: tuple[Build, Stage]) -> None:
    build, stage = built
    content = next((build.room(stage) / "opt").rglob("course/content"))
    assert (content / "lessons").is_dir()
    names = subprocess.run(["find", str(build.room(stage) / "opt")], capture_output=True, text=True, check=True).stdout
    assert not [
        name for name in names.splitlines() if "/content/" in name and ("teaching." in name or "/solutions" in name)
    ]


def test_only_what_the_wheel_is_made_of_enters(tmp_path: Path) -> None:
    secrets = ["students.csv", "gradebook.db", "submitted/anna/m01/exercise.ipynb", "solutions/en/m01/exercise.ipynb",
               ".git/HEAD", "tests/test_cli.py", "lessons/m01/teaching.en.md", "class/room.db", "uv.lock"]  # fmt: skip
    needed = ["README.md", "LICENSE", "pyproject.toml", "course/cli.py", "lessons/m01/lesson.en.ipynb",
              "exercises/en/m01/exercise.ipynb", "datasets/orders.csv", "binder/requirements.txt"]  # fmt: skip
    for name in (*secrets, *needed):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = entering(tmp_path, IGNORE)
    assert found >= set(needed)
    assert not found & set(secrets)


def test_the_guide_starts_what_is_built() -> None:
    stages, lines = read(ROOT / "Dockerfile"), commands(GUIDE["en"])
    (published,) = [line.split("--publish ")[1].split()[0] for line in lines if line.startswith("docker run")]
    assert published.split(":")[1] == stages[-1].said("EXPOSE")
    (name,) = [line.split("=")[0] for line in lines if "docker compose" in line]
    assert any(f"${{{name}:-" in word for word in COMPOSE["web"]["command"])
    assert f"course:{stages[-1].said('EXPOSE')}" in COMPOSE["web"]["command"]


def test_a_codespace_does_what_the_readme_says() -> None:
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    first = commands(README["en"])[0]
    assert settings["postAttachCommand"] == first.split("&& ")[1]
    assert settings["postCreateCommand"] in commands(GUIDE["en"])
    assert settings["forwardPorts"] == [DEFAULT_PORT]
    assert set(settings["portsAttributes"]) == {str(DEFAULT_PORT)}


def test_the_build_makes_bytecode() -> None:
    """The tests' own builds leave it out; without it a read-only image would compile at every start."""
    assert "UV_COMPILE_BYTECODE=1" in read(ROOT / "Dockerfile")[0].said("ENV")
