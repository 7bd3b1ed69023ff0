"""The kernels of both servers, and the line from them to the page."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web

# Long enough for a phone that loses its network in a lift, or whose owner answers a message
LEFT_SECONDS = 180


class QuietKernels(AsyncMappingKernelManager):
    """Kernels that keep off the terminal: what they have to say to a learner stands in the notebook."""

    async def _async_start_kernel(self, **options: Any) -> str:
        """Start a kernel. One that Ctrl-C meets while it starts would leave Python's traceback on the terminal."""
        return await super()._async_start_kernel(stderr=subprocess.DEVNULL, **options)

    start_kernel = _async_start_kernel  # type: ignore[assignment]


class VisitedKernels(QuietKernels):
    """Kernels of strangers: one that no page has been connected to for a while ends, for nobody will come back to it."""

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End the kernel if its page is gone, else do as usual."""
        kernel = self._kernels.get(kernel_id)
        if kernel is None:
            return
        if self._kernel_connections.get(kernel_id, 0) > 0 or not hasattr(kernel, "last_activity"):
            await super().cull_kernel_if_idle(kernel_id)
        elif utcnow() - kernel.last_activity > timedelta(seconds=LEFT_SECONDS):
            await self.shutdown_kernel(kernel_id)


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
