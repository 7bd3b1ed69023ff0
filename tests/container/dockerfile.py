"""A Dockerfile's own commands, run where there is no Docker: each stage in namespaces of its own, made by bubblewrap.

What stands for the base image is this machine's system with a fresh Python in /usr/local; everything else that an image may
write to begins empty.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

SYSTEM = ("/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr", "/run/systemd/resolve")
OWN = ("opt", "src", "tmp", "usr/local")
# Bytecode takes half a minute to make, and no test needs it
HASTE = {"UV_COMPILE_BYTECODE": "0"}
PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass
class Stage:
    """What stands between two lines FROM: the instructions, and what of them is said once."""

    name: str
    lines: list[tuple[str, str]]
    env: dict[str, str] = field(default_factory=dict)

    def said(self, instruction: str) -> str:
        """Return what the last line of this instruction says."""
        return [rest for word, rest in self.lines if word == instruction][-1]

    def command(self, instruction: str) -> list[str]:
        """Return the command of CMD or HEALTHCHECK, which is written as a list."""
        found: list[str] = json.loads(self.said(instruction)[self.said(instruction).index("[") :])
        return found


def read(path: Path) -> list[Stage]:
    """Return a Dockerfile's stages."""
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    whole = re.sub(r"\\\n", "", text)
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, whole.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append(Stage(rest.partition(" AS ")[2], []))
        elif stages:
            stages[-1].lines.append((word, rest.strip()))
    return stages


def words(rest: str, env: dict[str, str]) -> dict[str, str]:
    """Return what a line ENV or ARG gives, with what was known before filled in."""
    pairs = (word.partition("=") for word in rest.split())
    return {name: Template(value).substitute(env) for name, _, value in pairs}


@dataclass
class Build:
    """The build of a Dockerfile: the files it is given, the Python of its base, and the folders of its stages."""

    context: Path
    base: Path
    folder: Path
    arguments: dict[str, str]
    stages: dict[str, Path] = field(default_factory=dict)

    def room(self, stage: Stage) -> Path:
        """Return the folder that holds what a stage has of its own."""
        if stage.name not in self.stages:
            room = self.stages[stage.name] = self.folder / (stage.name or "final")
            for name in OWN[:-1]:
                (room / name).mkdir(parents=True)
            shutil.copytree(self.base, room / "usr/local", symlinks=True)
        return self.stages[stage.name]

    def fence(self, stage: Stage, *options: str, bind: str = "--bind") -> list[str]:
        """Return the command in front that runs what follows inside a stage."""
        python = (self.base / "bin" / "python").resolve().parents[1]
        seen = [name for name in (*SYSTEM, str(python)) if Path(name).exists()]
        own = [part for name in OWN for part in (bind, str(self.room(stage) / name), f"/{name}")]
        return [
            "bwrap", "--die-with-parent", "--clearenv", "--dev", "/dev", "--proc", "/proc",
            *(part for name in seen for part in ("--ro-bind", name, name)), *own, *options,
        ]  # fmt: skip

    def run(self) -> Stage:
        """Do what the stages say, one after the other; return the last."""
        stages = read(self.context / "Dockerfile")
        for stage in stages:
            self._follow(stage)
        return stages[-1]

    def _follow(self, stage: Stage) -> None:
        env, place = {"PATH": PATH}, "/"
        for word, rest in stage.lines:
            if word == "ARG":
                env |= words(rest, env) | {name: value for name, value in self.arguments.items() if name in rest}
            elif word == "ENV":
                env |= words(rest, env)
            elif word == "WORKDIR":
                place = rest
            elif word == "COPY":
                self._copy(stage, rest.split(), place)
            elif word == "RUN":
                self._shell(stage, rest, env | HASTE, place)
        stage.env = env

    def _copy(self, stage: Stage, names: list[str], place: str) -> None:
        *sources, target = names
        if sources[0].startswith("--from="):
            given = self.stages[sources.pop(0).removeprefix("--from=")]
            # moved, for the environment is large, and nothing reads the first stage again
            shutil.move(given / sources[0].lstrip("/"), self.room(stage) / target.lstrip("/"))
            return
        into = self.room(stage) / place.lstrip("/") / target
        for source in sources:
            given = self.context / source
            if given.is_dir():
                shutil.copytree(given, into, dirs_exist_ok=True)
            else:
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy(given, into)

    def _shell(self, stage: Stage, line: str, env: dict[str, str], place: str) -> None:
        uv = os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv")
        Path(uv).mkdir(parents=True, exist_ok=True)
        cache = ["--bind", uv, "/cache", "--chdir", place]
        asked = env | {"UV_CACHE_DIR": "/cache", "HOME": "/tmp"} | _certificates()
        done = subprocess.run(
            [*self.fence(stage, *cache), *_given(asked), "/bin/sh", "-c", line], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", timeout=900, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"RUN {line}\nended with {done.returncode}:\n{done.stdout[-3000:]}"

    def start(
        self, stage: Stage, command: list[str], user: int, env: dict[str, str], said: Path
    ) -> subprocess.Popen[bytes]:
        """Start a container of the image: nothing but /tmp can be written to, and nobody knows the user's number."""
        options = ["--unshare-user", "--uid", str(user), "--gid", "0", "--unshare-pid", "--tmpfs", "/tmp"]
        fence = self.fence(stage, *options, bind="--ro-bind")
        with said.open("ab") as stream:
            return subprocess.Popen(
                [*fence, "--remount-ro", "/", *_given(stage.env | env), *command], stdin=subprocess.DEVNULL,
                stdout=stream, stderr=stream,
            )  # fmt: skip


def _given(env: dict[str, str]) -> list[str]:
    return [part for name, value in env.items() for part in ("--setenv", name, value)] + ["--"]


def _certificates() -> dict[str, str]:
    return {
        name: os.environ[name] for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE") if name in os.environ
    }
