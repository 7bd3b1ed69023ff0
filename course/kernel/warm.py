"""The fork server as seen by those who ask it for kernels: started, watched, started again where it dies."""

from __future__ import annotations

import atexit
import os
import select
import shutil
import signal
import socket
import string
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from importlib.metadata import entry_points
from typing import Any

from course.i18n import N_
from course.kernel import wire
from course.kernel.child import LISTENS
from course.kernel.forkserver import FIRST, LATER

# The name under which Jupyter knows our provisioner, and the variable by which a user chooses another one
NAME = "course-warm"
CHOICE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
SERVER = "course.kernel.forkserver"
# The entry points by which a package says what its kernels shall have imported
WARMUPS = "course.kernel.warmup"
START_SECONDS = 60.0
LISTEN_SECONDS = 10.0
# So many deaths within so many seconds mean that something is wrong here; for so long it is not started again
DEATHS = 5
DEATH_SECONDS = 60.0
# One that has lived for so long was well: somebody has ended it
LIFE_SECONDS = 3.0
# A numeric library that starts threads while it is imported would make forking unsafe
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_MAX_THREADS"), "1")


ONLY_LINUX = N_("This system cannot fork a process safely; only Linux can.")


NOT_UP = N_("The warm process did not come up.")
DIES = N_("The warm process ended again and again.")
THREADED = N_("A library started a thread while it was imported, and a process with threads cannot be forked.")


class NotWarmError(RuntimeError):
    """Raised where no warm kernel can be had; the message, in English and marked for translation, says why."""


def obstacle() -> str:
    """Return why kernels cannot be forked on this machine, empty where they can. English, marked for translation."""
    if not sys.platform.startswith("linux"):
        return ONLY_LINUX
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return N_("This Linux has no process descriptors (it is older than 5.3, or they are forbidden here).")
    return ""


def objection() -> str:
    """Return why this program's kernels are not to be forked, empty where they are. English, marked for translation."""
    if os.environ.get(CHOICE, NAME) != NAME:
        return N_("The variable JUPYTER_DEFAULT_PROVISIONER_NAME asks for another way to start kernels.")
    return obstacle()


def warmups() -> list[str]:
    """Return the functions, as `module:name`, that installed packages want to be called in a warm process."""
    return sorted(entry.value for entry in entry_points(group=WARMUPS))


def begin() -> None:
    """Begin to warm up, where kernels are to be forked: a server does so when it starts, before anybody comes."""
    if not objection():
        fork_server().start()


def readable(seconds: float | None, *descriptors: int) -> bool:
    """Wait until one of these can be read or has ended, at most so long. (`select` knows no descriptor beyond 1023.)"""
    poller = select.poll()
    for descriptor in descriptors:
        poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(None if seconds is None else max(0, seconds) * 1000))


class ForkedProcess:
    """A forked kernel, with the part of `subprocess.Popen`'s interface that Jupyter's provisioner uses."""

    def __init__(self, pid: int, handle: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        # a letter from the keeper of a sandbox that was closed at a limit
        self.reason = b""
        self.stdin = self.stdout = self.stderr = None
        self._handle = handle
        self._told = told

    def _ended(self, seconds: float | None) -> bool:
        return readable(seconds, self._handle)

    def _code(self) -> int:
        """Return the exit code the fork server tells; where it went before the kernel, nobody knows: 1."""
        said = b""
        while not said[-1:].isdigit() and readable(5, self._told):
            part = os.read(self._told, 16)
            if not part:
                break
            said += part.strip(LISTENS)
        code = said.lstrip(string.ascii_letters.encode())
        self.reason = said.removesuffix(code)
        return int(code or 1)

    def await_listening(self, seconds: float) -> None:
        """Wait until the kernel listens or ends: who connects before that is put off for a tenth of a second."""
        readable(seconds, self._told, self._handle)

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while the kernel lives."""
        if self.returncode is None and self._ended(0):
            self.returncode = self._code()
            self._close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code. `subprocess.TimeoutExpired` as of a Popen."""
        if self.returncode is None and not self._ended(timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Signal the kernel, if it lives: never a stranger that was given its number since."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _close(self) -> None:
        for descriptor in (self._handle, self._told):
            if descriptor >= 0:
                os.close(descriptor)
        self._handle = self._told = -1

    def __del__(self) -> None:
        if self.returncode is None:
            self._close()


class ForkServer:
    """One warm process. A thread of its own starts it, and starts it again when it dies; asking waits until it is warm.

    `scratch` is a folder that the warm process makes, and that is to be gone when we are: where we are killed, it removes it.
    Where memory is dear, `thrifty`, set before it starts, has it import what packages want only after a first kernel.
    """

    thrifty = False

    def __init__(self, env: dict[str, str] | None = None, scratch: str = "") -> None:
        self.scratch = scratch
        self.env = {**(os.environ if env is None else env), **ONE_THREAD}
        self.problem = ""
        self.starts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._changed = threading.Condition()
        self._asking = threading.Lock()
        self._stopping = False
        # nobody ever writes to it; its end of file is what the kernels wait for
        self._lifeline, self._held = os.pipe()
        self._thread = threading.Thread(target=self._supervise, name="fork server", daemon=True)

    def start(self) -> None:
        """Begin to warm up; returns at once."""
        with self._changed:
            if self._thread.ident is None and not self._stopping:
                self._thread.start()
                atexit.register(self.stop)

    def stop(self) -> None:
        """End the server and the kernels that are left, and wait for the server's end."""
        atexit.unregister(self.stop)
        with self._changed:
            if self._stopping:
                return
            self._stopping = True
            process = self.process
            self._hang_up(N_("The server is stopping."))
            for descriptor in (self._lifeline, self._held):
                os.close(descriptor)
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
        if self._thread.is_alive():
            self._thread.join(5)
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def _hang_up(self, problem: str) -> None:
        self.problem = problem
        if self._line is not None:
            self._line.close()
            self._line = None
        self._changed.notify_all()

    def _spawn(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        when = LATER if self.thrifty else FIRST
        with theirs:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    SERVER,
                    str(theirs.fileno()),
                    str(self._lifeline),
                    self.scratch,
                    when,
                    *warmups(),
                ],
                env=self.env,
                pass_fds=(theirs.fileno(), self._lifeline),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # "-m" imports from where we are first, and there may be anything
                cwd="/",
                # Ctrl-C in the terminal is for the server that was started there
                start_new_session=True,
            )
        return process, ours

    def _supervise(self) -> None:
        deaths: deque[float] = deque(maxlen=DEATHS)
        while True:
            with self._changed:
                if self._stopping:
                    return
                try:
                    self.process, line = self._spawn()
                except OSError:
                    self._hang_up(NOT_UP)
                    return
                self.starts += 1
            came_up, problem = self._await_ready(line)
            with self._changed:
                if came_up and not problem and not self._stopping:
                    self._line, self.problem = line, ""
                    self._changed.notify_all()
                else:
                    line.close()
                    self.process.kill()
            up = time.monotonic()
            self.process.wait()
            if came_up and time.monotonic() - up > LIFE_SECONDS:
                deaths.clear()
            deaths.append(time.monotonic())
            many = len(deaths) == DEATHS and deaths[-1] - deaths[0] < DEATH_SECONDS
            with self._changed:
                self._hang_up(problem or (DIES if many and came_up else NOT_UP if many else ""))
                if problem:
                    return
                if many:
                    # what is wrong may pass; meanwhile kernels start in the stock way
                    self._changed.wait_for(lambda: self._stopping, DEATH_SECONDS)
                    deaths.clear()

    def _await_ready(self, line: socket.socket) -> tuple[bool, str]:
        """Return whether the server came up, and what is wrong with it that another start would not mend."""
        line.settimeout(START_SECONDS)
        try:
            said, _ = wire.receive(line)
        except (EOFError, OSError):
            return False, ""
        return True, "" if said["threads"] == 1 else THREADED

    def connect(self) -> socket.socket:
        """Return the line to the warm process, and wait for it. `NotWarmError` where it cannot be had."""
        self.start()
        with self._changed:
            if not self._changed.wait_for(lambda: self._line is not None or self.problem, START_SECONDS):
                raise NotWarmError(NOT_UP)
            if self._line is None:
                raise NotWarmError(self.problem)
            return self._line

    def _drop(self, line: socket.socket) -> None:
        """Let go of a line whose other end has gone, so that the next one waits for the new server."""
        with self._changed:
            if self._line is line:
                self._line = None
        line.close()

    def fork(self, request: dict[str, Any], descriptors: list[int]) -> ForkedProcess:
        """Fork a kernel and return it. Blocks while the server warms up. `NotWarmError` where none can be had."""
        for _attempt in range(3):
            with self._asking:
                line = self.connect()
                told, tells = os.pipe()
                try:
                    wire.send(line, request, [tells, *descriptors])
                    answer, handles = wire.receive(line)
                except (EOFError, OSError):
                    answer, handles = {}, []
                finally:
                    os.close(tells)
                if "pid" not in answer:
                    os.close(told)
                    self._drop(line)
                    continue
            process = ForkedProcess(answer["pid"], handles[0], told)
            process.await_listening(LISTEN_SECONDS)
            return process
        raise NotWarmError(DIES)


_server: ForkServer | None = None
_owner = 0


def fork_server() -> ForkServer:
    """Return this process's own fork server; it is started when it is first asked."""
    global _server, _owner
    if _server is None or _owner != os.getpid():
        _server, _owner = ForkServer(), os.getpid()
    return _server
