"""The kernels of both servers, and the line from them to the page."""

from __future__ import annotations

import asyncio
import subprocess
import time
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web

START_SECONDS = 60


class QuietKernels(AsyncMappingKernelManager):
    """Kernels that keep off the terminal: what they have to say to a learner stands in the notebook."""

    async def _async_start_kernel(self, **options: Any) -> str:
        """Start a kernel. One that Ctrl-C meets while it starts would leave Python's traceback on the terminal."""
        return await super()._async_start_kernel(stderr=subprocess.DEVNULL, **options)

    start_kernel = _async_start_kernel  # type: ignore[assignment]

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        """Shut a kernel down; first let one that is just starting, or starting again, come up: jupyter_client cannot wait."""
        kernel: Any = self._kernels.get(kernel_id)
        end = time.monotonic() + START_SECONDS
        while kernel is not None and not kernel.ready.done() and time.monotonic() < end:
            await asyncio.sleep(0.02)
        await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A line that sends every message at once, and does not complain of a page closed before it stood.

    A widget's answer is three short messages. Nagle's algorithm holds the second back until the page has acknowledged the
    first, which it does after 40 ms: longer than all the rest of a slider step together.
    """

    async def prepare(self) -> None:
        """Wait for the kernel; let a page that was closed meanwhile go without a traceback on the terminal."""
        await super().prepare()
        if self.websocket_handler.connection is None:
            raise web.Finish

    def connect(self) -> Any:
        """Connect to the kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
