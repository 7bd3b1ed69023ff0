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
import platform
import re
import secrets
import socket
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.i18n import current_language, gettext
from course.kernel.bubblewrap import BubblewrapError, Sandbox, find
from course.kernel.client import GradingClient, thrifty_context
from course.kernel.fence import FILES, HOME, MEMORY, TIME, Fence
from course.kernel.graded import CHANNELS
from course.kernel.limits import Ending, Limits, Reason
from course.kernel.probe import FORBIDDEN, SandboxError, is_root, probe
from course.kernel.provisioner import WarmProvisioner
from course.kernel.warm import ONE_THREAD, ForkServer, NotWarmError

__all__ = ["Ending", "Limits", "SandboxError", "open_kernel", "probe", "scratch_folder"]

ARGV = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
# Users that nobody is: systemd hands these numbers out for a moment at a time, as we do
FIRST_USER, USERS = 61184, 4000
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
REASONS: dict[bytes, Reason] = {TIME: "time", MEMORY: "memory", FILES: "files"}
# A socket's path has 107 bytes at most; the last part stands for the folders and the socket that are made below it
LONGEST_BASE = 107 - len("/course-12345678/course-12345678/k-12")
_users = itertools.count(os.getpid())
_server: tuple[int, ForkServer] | None = None
_first = threading.Lock()


def _base() -> str | None:
    """Return where folders with sockets are made: `/tmp` where the usual folder's path leaves no room for a socket's."""
    return "/tmp" if os.name != "nt" and len(os.fsencode(tempfile.gettempdir())) > LONGEST_BASE else None


def warm_up() -> ForkServer:
    """Return the warm process that submissions are forked from; begin to warm it where there is none.

    It is another one than that of a learner's kernels, and knows nothing of the grader's environment.
    """
    global _server
    with _first:
        if _server is None or _server[0] != os.getpid():
            # It imports out here, before anybody's code runs, and may keep what it compiled
            env = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONDONTWRITEBYTECODE"}
            # only a name: the warm process makes the folder, so that there is none without the process that removes it
            scratch = os.path.join(_base() or tempfile.gettempdir(), f"course-{secrets.token_hex(4)}")
            _server = (os.getpid(), ForkServer(env, scratch))
    _server[1].start()
    return _server[1]


@contextmanager
def scratch_folder(*, sandbox: bool = True) -> Iterator[Path]:
    """Give a folder that is removed afterwards: with a sandbox even where this process is killed in between."""
    place = _base()
    if sandbox:
        server = warm_up()
        # what it says where it cannot come up, it says again when a kernel is asked for
        with suppress(NotWarmError):
            server.connect()
        place = server.scratch
        os.makedirs(place, 0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="course-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def counted_outside() -> int:
    """Return how many of our own threads out here Linux counts against the limit in there: before 5.14, all of them."""
    release = tuple(int(part) for part in re.findall(r"\d+", platform.release())[:2])
    if release >= (5, 14):
        return 0
    count = 0
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            count += process.num_threads() if process.uids().real == os.getuid() else 0
    return count


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
        launching = asyncio.ensure_future(asyncio.to_thread(self._launch))
        try:
            self.process = await asyncio.shield(launching)
        except asyncio.CancelledError:
            # else the sandbox would come up when nobody is there any more to take it down
            await asyncio.wait([launching])
            raise
        return self.connection_info

    def _launch(self) -> Any:
        manager: Any = self.parent
        limits: Limits = manager.limits
        self.box = Sandbox(find(), manager.source, limits.file, is_root())
        user = FIRST_USER + next(_users) % USERS if is_root() else None
        info = {**self.connection_info, "key": manager.session.key.decode()}
        processes = limits.processes + (0 if user else counted_outside())
        fence = Fence(limits.seconds, limits.memory, processes, limits.file, limits.files, user)
        request = {
            "argv": [],
            "env": {**ENVIRONMENT, "COURSE_LANG": manager.language},
            "language": manager.language,
            "fence": asdict(fence),
            "connection": info,
            "output": limits.output,
            "once": [],
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
        super().__init__(context=thrifty_context(limits.output), **options)
        self.source, self.limits, self.language = source, limits, language
        self.overrun = False
        self._kernel_spec = KernelSpec(
            argv=ARGV, display_name="grading", language="python", interrupt_mode="message", metadata={}
        )

    def client(self, **options: Any) -> GradingClient:  # type: ignore[override]
        """Return a client that counts what it receives."""
        info: dict[str, Any] = dict(self.get_connection_info(session=True))
        made = GradingClient(**info, parent=self, context=self.context, **options)
        made.allow(self.limits.output, self._cut_off)
        return made

    def _cut_off(self) -> None:
        box = getattr(self.provisioner, "box", None)
        process = getattr(self.provisioner, "process", None)
        if box and process and process.poll() is None:
            self.overrun = True
            box.kill()

    def pids(self) -> list[int]:
        """Return the processes that this kernel consists of now: in a sandbox its keeper, too."""
        process: Any = getattr(self.provisioner, "process", None)
        if process is None:
            return []
        with suppress(psutil.Error):
            return [process.pid, *(child.pid for child in psutil.Process(process.pid).children(recursive=True))]
        return [process.pid]

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
        process: Any = getattr(self.provisioner, "process", None)
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
    with scratch_folder(sandbox=sandbox) as folder:
        place = {"connection_file": f"{folder}/kernel.json"}
        if os.name != "nt":
            place |= {"transport": "ipc", "ip": f"{folder}/k"}
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
    with scratch_folder() as folder:
        try:
            async with open_kernel(folder) as km:
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
