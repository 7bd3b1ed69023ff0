"""The grader's end of the line to a submission's kernel, which trusts that kernel with nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel

# What an honest kernel sends beside its output: states, replies, echoes of the code
SURPLUS = 16_000_000
# Seconds in which a kernel whose line is cut may turn out to have ended by itself
LINGER = 5.0


def thrifty_context(output: int) -> zmq.asyncio.Context:
    """Return a context whose sockets hang up on too long a message before they have read it."""
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, 2 * output + SURPLUS)
    return context


class CountingChannel(AsyncZMQSocketChannel):
    """A channel that calls for help where a kernel sends more than an honest one could."""

    left = SURPLUS
    overrun: Callable[[], None] = staticmethod(lambda: None)

    async def _recv(self, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        assert self.socket is not None
        parts = await self.socket.recv_multipart(**options)
        self.left -= sum(map(len, parts)) + 200
        if self.left < 0:
            self.overrun()
        _, message = self.session.feed_identities(parts)
        return self.session.deserialize(message)


class GradingClient(AsyncKernelClient):
    """A client that needs no heartbeat, and knows at once when it is connected."""

    iopub_channel_class = CountingChannel
    watch: asyncio.Task[None] | None = None

    def allow(self, output: int, overrun: Callable[[], None]) -> None:
        """Say how many bytes of output an honest kernel sends at most, and what to do at more."""
        channel: Any = self.iopub_channel
        channel.left = 2 * output + SURPLUS
        channel.overrun = overrun

    def start_channels(self, *args: Any, **options: Any) -> None:
        """Start all channels but the heartbeat's, which would need a thread of its own."""
        super().start_channels(*args, **{**options, "hb": False})
        self.watch = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        """Notice that ZeroMQ has hung up on the kernel, as it does silently at too long a message."""
        channel: Any = self.iopub_channel
        monitor = channel.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        await monitor.recv_multipart()
        # a kernel that ended hangs up as well, and on a busy machine its end is known only a good while later
        manager: Any = self.parent
        end = time.monotonic() + LINGER
        while time.monotonic() < end:
            if not await manager.is_alive():
                return
            await asyncio.sleep(0.05)
        channel.overrun()

    def stop_channels(self) -> None:
        """Stop everything."""
        if self.watch is not None:
            self.watch.cancel()
        super().stop_channels()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs reach us. `RuntimeError` where it does not in time."""
        manager: Any = self.parent
        iopub: Any = self.iopub_channel
        shell: Any = self.shell_channel
        end = time.monotonic() + (60 if timeout is None else timeout)
        self.kernel_info()
        while time.monotonic() < end and await manager.is_alive():
            # kernel_info's own states come on iopub as soon as we are known there
            if await iopub.socket.poll(200) and await shell.socket.poll(1000):
                self._handle_kernel_info_reply(await self.get_shell_msg(timeout=0))
                while await iopub.socket.poll(0):
                    await self.get_iopub_msg(timeout=0)
                return
            self.kernel_info()
        raise RuntimeError("Kernel died before replying to kernel_info")
