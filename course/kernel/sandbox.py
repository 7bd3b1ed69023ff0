"""A kernel for one submission: warm, fenced in, and gone without a trace afterwards.

async with open_kernel(folder, Limits()) as km:
    client = NotebookClient(notebook, km=km, timeout=20)
    await client.async_execute()      # DeadKernelError where the kernel died: see km.ending

"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from course.kernel.limits import Ending, Limits

ARGV = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


class GradingKernelManager(AsyncKernelManager):
    """The manager of one submission's kernel. `ending` is None while the kernel lives, and after it was closed by us."""

    limits: Limits
    ending: Ending | None = None

    def __init__(self, limits: Limits, **options: Any) -> None:
        super().__init__(**options)
        self.limits = limits
        self._kernel_spec = KernelSpec(argv=ARGV, display_name="grading", language="python", interrupt_mode="message")

    async def find_ending(self, timeout: float = 2) -> Ending | None:
        """Return how the kernel ended, None where it is alive after `timeout` seconds."""
        return self.ending


@asynccontextmanager
async def open_kernel(
    scratch: Path, limits: Limits | None = None, *, sandbox: bool = True, language: str = "en"
) -> AsyncIterator[GradingKernelManager]:
    """Give a started kernel whose working directory holds a copy of the files in `scratch`.

    The kernel sees neither `scratch` itself nor any other file of the grader: it works on a copy in memory that goes with
    it, so nothing that it writes reaches the disk. It speaks `language`. On leaving, every process of it is dead.
    `sandbox=False` gives a kernel without a fence, on `scratch` itself, for those who passed `--unsafe`.
    `SandboxError` where the sandbox cannot be had; its message says what to install.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        km = GradingKernelManager(limits or Limits(), transport="ipc", ip=f"{folder}/k")
        km.connection_file = f"{folder}/kernel.json"
        await km.start_kernel(cwd=str(scratch))
        try:
            yield km
        finally:
            await km.shutdown_kernel(now=True)
