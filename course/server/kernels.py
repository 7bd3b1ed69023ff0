"""The kernels of both servers, and the line from them to the page."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from queue import Empty
from typing import Any, ClassVar

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import ensure_async
from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from tornado.websocket import WebSocketClosedError

from course.i18n import N_, gettext

# Long enough for a phone that loses its network in a lift, or whose owner answers a message
LEFT_SECONDS = 180
START_SECONDS = 60
# A learner who pressed Ctrl-C watches
ENDING_SECONDS = 3


class QuietKernels(AsyncMappingKernelManager):
    """Kernels that keep off the terminal: what they have to say to a learner stands in the notebook."""

    _ending = False

    async def _async_start_kernel(self, **options: Any) -> str:
        """Start a kernel. One that Ctrl-C meets while it starts would leave Python's traceback on the terminal."""
        return await super()._async_start_kernel(stderr=subprocess.DEVNULL, **options)

    start_kernel = _async_start_kernel  # type: ignore[assignment]

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        """Shut a kernel down; first let one that is just starting, or starting again, come up: jupyter_client cannot wait.

        One that does not come up is killed: its start, or the shutdown before this one, was cut off.
        """
        kernel: Any = self._kernels.get(kernel_id)
        end = time.monotonic() + (ENDING_SECONDS if self._ending else START_SECONDS)
        while not (kernel is None or kernel.ready.done() or time.monotonic() > end):
            await asyncio.sleep(0.02)
        if kernel_id not in self._kernels and (kernel is not None or self._ending):
            # it has gone by itself meanwhile, or somebody else has ended it
            return
        if kernel is not None and not kernel.ready.done():
            now = True
            kernel._ready = asyncio.get_running_loop().create_future()
            kernel._ready.set_result(None)
        await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]

    async def _async_shutdown_all(self, now: bool = False) -> None:
        """End all kernels. One that cannot be ended is logged and keeps neither the others nor the server."""
        self._ending = True

        async def end(kernel_id: str) -> None:
            try:
                await self._async_shutdown_kernel(kernel_id, now=now)
            except Exception as problem:
                self.log.warning("Kernel %s could not be ended: %r", kernel_id, problem)

        await asyncio.gather(*map(end, {*self.list_kernel_ids(), *self._pending_kernels}))

    shutdown_all = _async_shutdown_all  # type: ignore[assignment]


class PromptClient(AsyncKernelClient):
    """A client that knows a kernel to be ready by its answer, where jupyter_client listens for 0.2 s of silence after it."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered and its published messages arrive; `RuntimeError` if it dies or is too slow."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        gone = 0
        while True:
            asked = self.kernel_info()
            with suppress(Empty):
                await self._answer(asked)
                return
            # between the end of one process and the start of the next there is a moment when neither is to be seen
            gone = 0 if self._comes_back() or await self._async_is_alive() else gone + 1
            if gone > 1:
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    def _comes_back(self) -> bool:
        """Tell whether somebody watches over the kernel, and starts it again where it dies, or is just doing so."""
        watch: Any = getattr(self.parent, "_restarter", None)
        busy: Any = getattr(self.parent, "ready", None)
        return getattr(watch, "_pcallback", None) is not None or (busy is not None and not busy.done())

    async def _answer(self, asked: str) -> None:
        while (message := await ensure_async(self.shell_channel.get_msg(timeout=1)))["msg_type"] != "kernel_info_reply":
            continue
        self._handle_kernel_info_reply(message)
        # the last that a kernel publishes about a request: nothing of it comes later, and the line stands
        while True:
            message = await ensure_async(self.iopub_channel.get_msg(timeout=0.2))
            idle = message["content"].get("execution_state") == "idle"
            if idle and message["parent_header"].get("msg_id") == asked:
                return


class PageClient(PromptClient):
    """The client with which Voila makes a page. An error before its first cell would leave the page waiting for ever."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel is ready, or has died: the page then says that its cell could not be run."""
        with suppress(RuntimeError):
            await super().wait_for_ready(timeout)


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


NO_UPGRADE = N_(
    "A page's line to its kernel was refused: the web server in front passes no WebSocket on. The instructor's guide has "
    "the lines that nginx needs."
)
OTHER_HOST = N_(
    "A page's line to its kernel was refused: the web server in front does not pass on the name by which it was asked for "
    "(the header Host). The instructor's guide has the lines that nginx needs."
)


def refusal(handler: Any) -> str:
    """Return why a request for a kernel's line will be refused, empty where it will not. English, marked for translation."""
    headers = handler.request.headers
    if headers.get("Upgrade", "").lower() != "websocket":
        return NO_UPGRADE
    return "" if handler.check_origin() else OTHER_HOST


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A line that sends every message at once, and does not complain of a page closed before it stood or while it talks.

    A widget's answer is three short messages. Nagle's algorithm holds the second back until the page has acknowledged the
    first, which it does after 40 ms: longer than all the rest of a slider step together.
    """

    told: ClassVar[set[str]] = set()

    async def prepare(self) -> None:
        """Wait for the kernel; let a page that was closed meanwhile go without a traceback on the terminal.

        Where the line will be refused, say why on the server: the page learns no more than that.
        """
        why = refusal(self.websocket_handler)
        if why and why not in self.told:
            # pages try again every few seconds, and the cause is in one place
            self.told.add(why)
            self.log.error(gettext(why))
        await super().prepare()
        if self.websocket_handler.connection is None:
            raise web.Finish

    def connect(self) -> Any:
        """Connect to the kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    @property
    def write_message(self) -> Callable[..., Any]:
        """What sends a message to the page. A kernel talks on for a moment after its page was closed: nobody misses that."""
        send = self.websocket_handler.write_message

        def unless_closed(message: Any, binary: bool = False) -> Any:
            with suppress(WebSocketClosedError):
                return send(message, binary=binary)
            return None

        return unless_closed
