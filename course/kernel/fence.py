"""How a forked process goes into a sandbox for good, and how the one that stays at the gate watches over it.

The process that was forked becomes the keeper: it joins the namespaces that bubblewrap made, forks the kernel inside, and
waits. From inside nobody can see or reach the keeper, for it is not in the sandbox's process namespace.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from course.kernel.clock import FairClock
from course.kernel.libc import (
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    drop_capabilities,
    enter_namespaces,
    prctl,
)
from course.kernel.seccomp import refuse_calls

with suppress(ImportError):
    # Windows has none; there this module is read, but nothing in it is called
    import resource

SOURCE, WORK, HOME = "/source", "/tmp/work", "/tmp/home"
TIME, MEMORY, FILES = b"T", b"M", b"F"
# Whatever is written in the sandbox is in one of these
WRITABLE = ("/tmp", "/dev/shm")
WATCH_SECONDS = 0.1
# What a kernel has by itself: threads, and memory that it shares with the warm process or touches while it starts
OWN_THREADS = 24
OWN_MEMORY = 200_000_000
STACK = 8 << 20


@dataclass(frozen=True)
class Fence:
    """What the grader asks for: the limits, and the number of the user that the kernel runs as where we are root."""

    seconds: float
    memory: int
    processes: int
    file: int
    files: int
    user: int | None


def copy_files(user: int | None) -> None:
    """Copy what the submission may read into its working directory: files and folders, nothing else, links not followed."""
    os.makedirs(WORK, 0o700, exist_ok=True)
    os.makedirs(HOME, 0o700, exist_ok=True)
    for folder, folders, names in os.walk(SOURCE):
        target = os.path.join(WORK, os.path.relpath(folder, SOURCE))
        for name in folders:
            if not os.path.islink(os.path.join(folder, name)):
                os.makedirs(os.path.join(target, name), exist_ok=True)
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                shutil.copyfile(path, os.path.join(target, name))
    if user is None:
        return
    for top in (WORK, HOME):
        for folder, _folders, names in os.walk(top):
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                os.chown(path, user, user, follow_symlinks=False)


def _status_bytes(field: str) -> int:
    with open("/proc/self/status", encoding="ascii") as lines:
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(field)), 0)


def set_limits(fence: Fence) -> None:
    """Set the limits that hold for each process, counted from what this one has already."""
    data = fence.memory + _status_bytes("VmData:") + OWN_THREADS * STACK
    for name, limit in {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(fence.seconds) + 10,
        "RLIMIT_DATA": data,
        "RLIMIT_FSIZE": fence.file,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_NOFILE": 512,
        "RLIMIT_NPROC": fence.processes + OWN_THREADS,
        "RLIMIT_STACK": STACK,
    }.items():
        resource.setrlimit(getattr(resource, name), (limit, limit))


def give_up_privileges(fence: Fence) -> None:
    """Become a user that owns nothing, without a way back."""
    if fence.user is not None:
        os.setgroups([])
        os.setresgid(fence.user, fence.user, fence.user)
        os.setresuid(fence.user, fence.user, fence.user)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    drop_capabilities()
    # After a change of user even a process's own files in /proc would be closed to it
    prctl(PR_SET_DUMPABLE, 1)
    refuse_calls()


def lock_in(fence: Fence) -> None:
    """Make this process, which has joined the sandbox, a prisoner of it."""
    os.umask(0o077)
    copy_files(fence.user)
    os.chdir(WORK)
    set_limits(fence)
    give_up_privileges(fence)


def resident(pid: str) -> int:
    """Return a process's resident bytes, with all that it shares with others."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as line:
        return int(line.read().split()[1]) * resource.getpagesize()


def share(pid: str) -> int:
    """Return a process's proportional set size in bytes: slow to find, but the shares add up."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def memory_used(limit: int) -> int:
    """Return the bytes that all processes of the sandbox use together; exactly only where it might be too much."""
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    total = 0
    for measure in (resident, share):
        total = 0
        for pid in pids:
            with suppress(OSError, ValueError):
                total += measure(pid)
        if total <= limit:
            break
    return total


def files_made() -> int:
    """Return how many files, folders and links there are in what the submission can write to."""
    return sum(space.f_files - space.f_ffree for space in map(os.statvfs, WRITABLE))


def keep(pid: int, init: int, told: int, lifeline: int, fence: Fence) -> NoReturn:
    """Wait for the kernel's end, or bring it about: at a limit, or when the grader has gone. Ends as the kernel ended."""
    handle = os.pidfd_open(pid)
    clock = FairClock(pid)
    end = clock() + fence.seconds
    most = fence.memory + OWN_MEMORY
    poller = select.poll()
    for descriptor in (handle, lifeline, init):
        poller.register(descriptor, select.POLLIN)
    reason = b""
    while not poller.poll(WATCH_SECONDS * 1000):
        if clock() > end:
            reason = TIME
        elif memory_used(most) > most:
            reason = MEMORY
        elif files_made() > fence.files:
            # no size limits these: an empty file takes the machine's memory, and nobody's share of it
            reason = FILES
        if reason:
            os.write(told, reason)
            break
    # The first process of the sandbox takes all others with it
    if not has_ended(handle):
        destroy(init)
    _, status = os.waitpid(pid, 0)
    destroy(init)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        os._exit(code)
    if -code not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(-code, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.kill(os.getpid(), -code)
    os._exit(1)


def destroy(init: int) -> None:
    """Kill the first process of the sandbox, and with it all others."""
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(init, signal.SIGKILL)


def has_ended(handle: int) -> bool:
    """Tell whether the process behind a pidfd has ended."""
    poller = select.poll()
    poller.register(handle, select.POLLIN)
    return bool(poller.poll(0))


def step_inside(fence: Fence, init: int, told: int, lifeline: int, own: list[int]) -> None:
    """Go into the sandbox. Returns in the kernel-to-be only; the keeper stays in here until that has ended.

    `init` is the pidfd of the sandbox's first process; of the descriptors in `own` the keeper lets go.
    """
    enter_namespaces(init, user=fence.user is None)
    pid = os.fork()
    if pid:
        for descriptor in own:
            os.close(descriptor)
        keep(pid, init, told, lifeline, fence)
    os.setsid()
    os.close(init)
    os.close(lifeline)
    lock_in(fence)
