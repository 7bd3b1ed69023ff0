"""The warm process that kernels are forked from: `python -m course.kernel.forkserver CONTROL LIFELINE SCRATCH WHEN WARMUP…`.

It imports what a kernel needs, and what each WARMUP imports, once, and stays single-threaded, for a fork copies one thread
only. A WARMUP is a function, as `module:name`; which there are is not its business. WHEN is `first`, before any kernel, or
`later`, once a kernel was forked and has had its time: until somebody asks for one, that takes no memory.
CONTROL is one end of an unnamed socket pair: nobody but the process at the other end can reach it, and when that process
ends, however it ends, so does this one. LIFELINE is the reading end of a pipe that nobody writes to; its end of file tells
a kernel that the process which asked for it has gone, even where this server went before. Both are descriptors; SCRATCH is
a folder of that process's, empty where there is none, which is removed when it was killed.
"""

from __future__ import annotations

import gc
import os
import select
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from course.kernel import wire

# At most between the end of a killed process's socket and that of its pipe: a child that it was just making may hold it
GONE_SECONDS = 30.0
# So long after it was forked, a kernel has imported by itself what its notebook begins with, and we may use the processor
LATER_SECONDS = 5.0
FIRST, LATER = "first", "later"
# What a kernel imports when it starts, and at its first cell at the latest
MODULES = (
    "course.kernel.orderly",
    "course.kernel.witness",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "ipykernel_launcher",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "executing",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
    "psutil",
    "sqlite3",
    "stack_data",
    "tornado.platform.asyncio",
    "tornado.queues",
    "encodings.idna",
    "encodings.utf_8_sig",
)


def sources() -> dict[str, int]:
    """Return the files of the course's package with their times, to notice that an author has changed one."""
    package = Path(__file__).resolve().parent.parent
    found: dict[str, int] = {}
    for folder, folders, names in os.walk(package):
        folders[:] = [name for name in folders if name not in ("__pycache__", "static", "LC_MESSAGES")]
        for name in names:
            path = os.path.join(folder, name)
            with suppress(OSError):
                found[path] = os.stat(path).st_mtime_ns
    return found


def warm(warmups: list[str]) -> None:
    """Import everything; what a later fork needs not copy is put out of the garbage collector's reach."""
    for name in MODULES:
        with suppress(ImportError):
            import_module(name)
    for warmup in warmups:
        home, _colon, function = warmup.partition(":")
        # one that a package declares and no longer has
        with suppress(ImportError):
            getattr(import_module(home), function)()
    if warmups:
        explain_an_error()
    gc.collect()
    gc.freeze()


def warm_rest(later: list[str]) -> list[str]:
    """Call the warm-ups that have waited; return those that still wait, none. With threads, end: the next one is well."""
    warm(later)
    if threads() > 1:
        os._exit(0)
    return []


def explain_an_error() -> None:
    """Have IPython explain an error once: the first time it looks through every module's file."""
    try:
        raise ValueError
    except ValueError:
        import_module("IPython.core.ultratb").VerboseTB().text(*sys.exc_info())


def threads() -> int:
    """Return how many threads this process has, by the kernel's own account: libraries start theirs unseen by Python."""
    return len(os.listdir("/proc/self/task"))


class Children:
    """The kernels that were forked here: each one's end is told through its own pipe."""

    def __init__(self) -> None:
        self.pipes: dict[int, int] = {}

    def add(self, pid: int, pipe: int) -> None:
        """Remember where the end of `pid` is to be told."""
        self.pipes[pid] = pipe

    def reap(self) -> None:
        """Collect those that have ended, so that none stays a zombie."""
        while self.pipes:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            pipe = self.pipes.pop(pid, -1)
            if pipe >= 0:
                with suppress(OSError):
                    os.write(pipe, b"%d" % os.waitstatus_to_exitcode(status))
                os.close(pipe)


def keep(calls: list[list[str]], kept: list[list[str]]) -> None:
    """Call functions, as `module:name` and their arguments, once for all forks to come, that what they keep is there."""
    new = [call for call in calls if call not in kept]
    for function, *arguments in new:
        home, _colon, name = function.partition(":")
        # whoever needs it hears of the problem, with its sentence
        with suppress(Exception):
            getattr(import_module(home), name)(*arguments)
    if new:
        kept += new
        gc.collect()
        gc.freeze()


def tidy(lifeline: int, scratch: str) -> None:
    """Remove the folder of the process that asked for kernels, if it has gone; else it may still use it."""
    if scratch and select.select([lifeline], [], [], GONE_SECONDS)[0]:
        shutil.rmtree(scratch, ignore_errors=True)


def say(control: socket.socket, message: dict[str, Any], lifeline: int, scratch: str, *handles: int) -> None:
    """Tell who asked for kernels; where nobody is left to tell, tidy up and end."""
    try:
        wire.send(control, message, list(handles))
    except OSError:
        tidy(lifeline, scratch)
        os._exit(0)


def serve(control: socket.socket, lifeline: int, scratch: str, later: list[str]) -> tuple[dict[str, Any], list[int]]:
    """Fork a kernel for each request until the other side is gone. Returns in the kernels only, with what was asked.

    `later` are the warm-ups that wait for the first kernel.
    """
    bell, ring = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    children = Children()
    known = sources()
    kept: list[list[str]] = []
    patience: float | None = None
    say(control, {"ready": True, "threads": threads(), "seconds": time.process_time()}, lifeline, scratch)
    while True:
        awake, _, _ = select.select([control.fileno(), bell], [], [], patience)
        if not awake:
            later = warm_rest(later)
            patience = None
        if bell in awake:
            with suppress(BlockingIOError):
                os.read(bell, 4096)
            children.reap()
        if control.fileno() not in awake:
            continue
        try:
            request, descriptors = wire.receive(control)
        except (EOFError, ConnectionError):
            tidy(lifeline, scratch)
            os._exit(0)
        # all that one grading run asks for is of one version
        if "once" not in request and sources() != known:
            say(control, {"error": "stale"}, lifeline, scratch)
            os._exit(0)
        # what is called is a worker of the course's, not a kernel, and needs all of it at once
        if later and "call" in request:
            later = warm_rest(later)
        keep(request.get("once", []), kept)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            return request, descriptors
        patience = LATER_SECONDS if later else None
        told, *given = descriptors
        children.add(pid, told)
        handle = os.pidfd_open(pid)
        say(control, {"pid": pid}, lifeline, scratch, handle)
        for descriptor in (handle, *given):
            os.close(descriptor)


def main() -> NoReturn:
    """Warm up, serve, and in each fork become a kernel."""
    control = socket.socket(fileno=int(sys.argv[1]))
    lifeline, scratch = int(sys.argv[2]), sys.argv[3]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if scratch:
        os.makedirs(scratch, 0o700, exist_ok=True)
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    before = dict(os.environ)
    when, *warmups = sys.argv[4:]
    warm(warmups if when == FIRST else [])
    request, descriptors = serve(control, lifeline, scratch, [] if when == FIRST else warmups)
    # What libraries set when they are imported, they would set in a kernel that imports them
    made = {name: value for name, value in os.environ.items() if name not in before}
    request["env"] = {**made, **request["env"]}
    from course.kernel.child import become_kernel

    become_kernel(request, descriptors, lifeline)


if __name__ == "__main__":
    main()
