"""A kernel for one submission: warm, fenced in, and gone without a trace afterwards.

    async with open_kernel(folder, Limits()) as km:
        client = NotebookClient(notebook, km=km, timeout=20)
        await client.async_execute()      # DeadKernelError where the kernel died: see await km.find_ending()

The kernel is forked from a warm process and then joins a sandbox that bubblewrap has just made for this submission alone:
no network, a read-only system, no file of the grader's, processes and memory of its own. Its sockets are made out here and
handed in, so nothing is shared with it but those. When the sandbox's first process is killed, Linux kills all others.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from course.i18n import current_language, gettext
from course.kernel.bubblewrap import BubblewrapError, Sandbox, find
from course.kernel.fence import HOME, Fence
from course.kernel.graded import CHANNELS
from course.kernel.limits import Ending, Limits
from course.kernel.probe import FORBIDDEN, SandboxError, is_root, probe
from course.kernel.provisioner import LocalProvisioner, WarmProvisioner
from course.kernel.warm import ONE_THREAD, ForkServer, NotWarmError

__all__ = ["Ending", "Limits", "SandboxError", "open_kernel", "probe"]

ARGV = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
# Users that nobody is: systemd hands these numbers out for a moment at a time, as we do
FIRST_USER, USERS = 61184, 4000
# What an honest kernel sends beside its output: states, replies, echoes of the code
SURPLUS = 16_000_000
ENVIRONMENT = {
    "HOME": HOME,
    "USER": "student",
    "LOGNAME": "student",
    "PATH": f"{os.path.dirname(sys.executable)}:/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    # The order of a set of strings would differ from one grading to the next
    "PYTHONHASHSEED": "0",
    "IPYTHONDIR": f"{HOME}/.ipython",
    "MPLCONFIGDIR": f"{HOME}/.matplotlib",
    **ONE_THREAD,
}
_users = itertools.count(os.getpid())
_server: tuple[int, ForkServer] | None = None


def warm_up() -> ForkServer:
    """Return the warm process that submissions are forked from; begin to warm it where there is none.

    It is another one than that of a learner's kernels, and knows nothing of the grader's environment.
    """
    global _server
    if _server is None or _server[0] != os.getpid():
        _server = (os.getpid(), ForkServer(ENVIRONMENT))
    _server[1].start()
    return _server[1]


class CountingChannel(AsyncZMQSocketChannel):
    """A channel that hangs up on a kernel which sends more than an honest one could."""

    left = SURPLUS
    overrun: Any = None

    async def _recv(self, **options: Any) -> dict[str, Any]:
        assert self.socket is not None
        parts = await self.socket.recv_multipart(**options)
        self.left -= sum(map(len, parts)) + 200
        if self.left < 0 and self.overrun is not None:
            self.overrun()
        _, message = self.session.feed_identities(parts)
        return self.session.deserialize(message)


class GradingClient(AsyncKernelClient):
    """A client that trusts its kernel with nothing. It needs no heartbeat."""

    iopub_channel_class = CountingChannel

    watch: asyncio.Task[None] | None = None

    def start_channels(self, *args: Any, **options: Any) -> None:
        """Start all channels but the heartbeat's, which would need a thread of its own."""
        super().start_channels(*args, **{**options, "hb": False})
        self.watch = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        """Notice that ZeroMQ has hung up on the kernel, as it does silently at too long a message."""
        monitor = self.iopub_channel.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        await monitor.recv_multipart()
        await asyncio.sleep(0.2)
        self.iopub_channel.overrun()

    def stop_channels(self) -> None:
        """Stop everything."""
        if self.watch is not None:
            self.watch.cancel()
        super().stop_channels()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs reach us. `RuntimeError` where it does not in time."""
        manager = self.parent
        end = time.monotonic() + (60 if timeout is None else timeout)
        self.kernel_info()
        while time.monotonic() < end and await manager.is_alive():
            # kernel_info's own states come on iopub as soon as we are known there
            if await self.iopub_channel.socket.poll(200) and await self.shell_channel.socket.poll(1000):
                self._handle_kernel_info_reply(await self.get_shell_msg(timeout=0))
                while await self.iopub_channel.socket.poll(0):
                    await self.get_iopub_msg(timeout=0)
                return
            self.kernel_info()
        raise RuntimeError("Kernel died before replying to kernel_info")


class GradingProvisioner(LocalProvisioner):
    """Forks one kernel into one sandbox, and takes both away."""

    box: Sandbox | None = None

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """Say which sockets the kernel is to listen on."""
        manager = self.parent
        assert manager is not None
        for number, channel in enumerate((*CHANNELS, "hb"), start=1):
            setattr(manager, f"{channel}_port", number)
        self.connection_info = manager.get_connection_info()
        return {**options, "cmd": []}

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Make the sockets and the sandbox, and fork the kernel into it."""
        self.process = await asyncio.to_thread(self._launch)  # type: ignore[assignment]
        return self.connection_info

    def _launch(self) -> Any:
        manager = self.parent
        limits: Limits = manager.limits
        self.box = Sandbox(find(), manager.source, limits.file, is_root())
        user = FIRST_USER + next(_users) % USERS if is_root() else None
        info = {**self.connection_info, "key": manager.session.key.decode()}
        fence = Fence(limits.seconds, limits.memory, limits.processes, limits.file, user)
        request = {
            "argv": [],
            "env": {**ENVIRONMENT, "COURSE_LANG": manager.language},
            "language": manager.language,
            "fence": asdict(fence),
            "connection": info,
            "output": limits.output,
            "folder": os.path.dirname(manager.ip),
        }
        sockets = [_listen(f"{manager.ip}-{info[f'{channel}_port']}") for channel in CHANNELS]
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            listeners = [made.fileno() for made in sockets]
            return warm_up().fork(request, [nothing, nothing, nothing, self.box.handle, *listeners])
        finally:
            os.close(nothing)
            for made in sockets:
                made.close()

    async def send_signal(self, signum: int) -> None:
        """Leave the kernel alone: it is interrupted by message, and ended with its sandbox."""

    async def terminate(self, restart: bool = False) -> None:
        """End every process in the sandbox."""
        await self.kill(restart)

    async def kill(self, restart: bool = False) -> None:
        """End every process in the sandbox."""
        if self.box is not None:
            self.box.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """Take the sandbox away."""
        if self.box is not None:
            await asyncio.to_thread(self.box.close)
            self.box = None


def _listen(path: str) -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(path)
    made.listen(16)
    made.setblocking(False)
    return made


class GradingKernelManager(AsyncKernelManager):
    """The manager of one submission's kernel: one start, no restart."""

    def __init__(self, source: Path, limits: Limits, language: str, **options: Any) -> None:
        context = zmq.asyncio.Context()
        # A longer message ends the connection before it is read
        context.setsockopt(zmq.MAXMSGSIZE, 2 * limits.output + SURPLUS)
        super().__init__(context=context, **options)
        self.source, self.limits, self.language = source, limits, language
        self.overrun = False
        self._kernel_spec = KernelSpec(
            argv=ARGV, display_name="grading", language="python", interrupt_mode="message", metadata={}
        )

    def client(self, **options: Any) -> AsyncKernelClient:
        """Return a client that counts what it receives."""
        made = GradingClient(
            **{**self.get_connection_info(session=True), "parent": self, "context": self.context}, **options
        )
        channel = made.iopub_channel
        assert isinstance(channel, CountingChannel)
        channel.left = SURPLUS + 2 * self.limits.output
        channel.overrun = self._cut_off
        return made

    def _cut_off(self) -> None:
        provisioner = self.provisioner
        if isinstance(provisioner, GradingProvisioner) and provisioner.box and provisioner.process.poll() is None:
            self.overrun = True
            provisioner.box.kill()

    async def close(self) -> None:
        """End every process of the kernel, and take away what it stood on."""
        if isinstance(self.provisioner, GradingProvisioner):
            await self.provisioner.kill()
            await self.find_ending()
        elif self.has_kernel:
            await self.shutdown_kernel(now=True)
        await self.cleanup_resources()
        self.context.destroy(linger=0)

    async def find_ending(self, timeout: float = 2) -> Ending | None:
        """Return how the kernel ended; None where it is still alive after `timeout` seconds."""
        process = self.provisioner.process if self.provisioner else None
        if process is None:
            return None
        end = time.monotonic() + timeout
        while (code := process.poll()) is None:
            if time.monotonic() > end:
                return None
            await asyncio.sleep(0.02)
        if self.overrun:
            return Ending("output")
        reason = REASONS.get(getattr(process, "reason", b""))
        if reason is not None:
            return Ending(reason)
        return Ending("signal", -code) if code < 0 else Ending("exit", code)


REASONS: dict[bytes, Any] = {b"T": "time", b"M": "memory"}


@asynccontextmanager
async def open_kernel(
    scratch: Path, limits: Limits | None = None, *, sandbox: bool = True, language: str = ""
) -> AsyncIterator[GradingKernelManager]:
    """Give a started kernel whose working directory holds a copy of the files in `scratch`.

    The kernel sees neither `scratch` itself nor any other file of the grader: it works on a copy in memory that goes with
    it, so nothing that it writes reaches the disk. It speaks `language` (default: ours). On leaving, every process of it
    is dead. `sandbox=False` gives a kernel without a fence, started in `scratch` itself, for those who passed `--unsafe`.
    `SandboxError` where the sandbox cannot be had; its message says what to do, in the user's language.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        place = {"transport": "ipc", "ip": f"{folder}/k", "connection_file": f"{folder}/kernel.json"}
        km = GradingKernelManager(scratch.resolve(), limits, language or current_language(), **place)
        kind = GradingProvisioner if sandbox else WarmProvisioner
        km.provisioner = kind(kernel_id="", kernel_spec=km.kernel_spec, parent=km)
        try:
            await km.start_kernel(cwd=str(scratch))
            yield km
        except (BubblewrapError, NotWarmError) as error:
            raise SandboxError(probe().problem or gettext(str(error))) from error
        finally:
            await km.close()


async def try_out() -> str:
    """Run one cell in a sandbox; return why that fails, in the user's language, or nothing where it works."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        try:
            async with open_kernel(Path(folder)) as km:
                client = km.client()
                client.start_channels()
                try:
                    await client.wait_for_ready(20)
                finally:
                    client.stop_channels()
        except SandboxError as error:
            return str(error)
        except RuntimeError:
            detail = gettext("the namespaces cannot be entered")
            return gettext(FORBIDDEN).format(detail=detail)
    return ""
