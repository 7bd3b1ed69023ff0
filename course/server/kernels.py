"""The kernels of both servers."""

from __future__ import annotations

import subprocess
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class QuietKernels(AsyncMappingKernelManager):
    """Kernels that keep off the terminal: what they have to say to a learner stands in the notebook."""

    async def _async_start_kernel(self, **options: Any) -> str:
        """Start a kernel. One that Ctrl-C meets while it starts would leave Python's traceback on the terminal."""
        return await super()._async_start_kernel(stderr=subprocess.DEVNULL, **options)

    start_kernel = _async_start_kernel  # type: ignore[assignment]
