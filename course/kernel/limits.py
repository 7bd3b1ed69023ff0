"""What a graded submission may use, and how a kernel came to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["exit", "signal", "time", "memory", "files", "output", "start"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use, all its processes together.

    `seconds`: life of the kernel, less what it waited for a processor (`FairClock`). `memory`: bytes. `output`: bytes of
    output of the whole notebook that reach the grader; the kernel cuts off the rest where it arises, and says so in the
    output. `processes`: threads and processes beyond those of the kernel itself. `file`: bytes of one file, and of
    everything written together. `files`: files, folders and links that exist at one time, what was handed in among them.
    """

    seconds: float = 60
    memory: int = 1 << 30
    output: int = 2_000_000
    processes: int = 64
    file: int = 50_000_000
    files: int = 10_000


@dataclass(frozen=True)
class Ending:
    """How a kernel ended before it was closed.

    `reason`: "exit" (it ended by itself, with exit code `code`), "signal" (killed by signal `code`, e.g. 11 for a
    segmentation fault), or the limit it ran into: "time", "memory", "files", "output"; "start" if it never came up.
    """

    reason: Reason
    code: int = 0
