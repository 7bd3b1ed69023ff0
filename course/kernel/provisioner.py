"""Jupyter's way to a warm kernel: the provisioner `course-warm`.

It is the stock provisioner in everything but the moment of launch, where it forks instead of starting Python anew. What a
forked process cannot give (another interpreter, other settings of the interpreter) it leaves to the stock one.
"""

from __future__ import annotations

import asyncio
import os
import pathlib
import subprocess
import sys
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, List, Unicode

from course.folder import within_the_course
from course.i18n import N_, gettext
from course.kernel.warm import ONE_THREAD, ForkedProcess, ForkServer, NotWarmError, fork_server, objection

LAUNCHERS = ("ipykernel_launcher", "ipykernel")
UNDERSTOOD = {"cwd", "env", "stdin", "stdout", "stderr", "independent", "extra_arguments", "kernel_id"}


def arguments_of(command: list[str]) -> list[str] | None:
    """Return the arguments of a command that starts IPython's kernel in this very interpreter, else None."""
    rest = [part for part in command[1:] if part != "-Xfrozen_modules=off"]
    if os.path.realpath(command[0]) != os.path.realpath(sys.executable) or rest[:1] != ["-m"]:
        return None
    return rest[2:] if rest[1:2] and rest[1] in LAUNCHERS else None


def settings_of(env: dict[str, str]) -> dict[str, str]:
    """Return what an interpreter reads from its environment once, when it starts."""
    threads = {name: env.get(name, "1") for name in ONE_THREAD}
    return {**{name: value for name, value in env.items() if name.startswith(("PYTHON", "LD_"))}, **threads}


class WarmProvisioner(LocalProvisioner):
    """Launches a kernel by forking; everything else is as with the stock provisioner."""

    server: ForkServer | None = None
    extensions = List(Unicode(), help="IPython extensions that the kernels load besides.").tag(config=True)
    only_for_the_course = Bool(help="Leave kernels that start elsewhere as they would be without the course.").tag(
        config=True
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; where that cannot be, start one in the stock way and note why."""
        if self.only_for_the_course and not within_the_course(pathlib.Path(kwargs.get("cwd") or os.getcwd()).resolve()):
            return await super().launch_kernel(cmd, **kwargs)
        if arguments_of(cmd) is not None:
            cmd = [*cmd, *(f"--InteractiveShellApp.extra_extensions={name}" for name in self.extensions)]
        try:
            forked = await self._fork(cmd, kwargs)
        except NotWarmError as error:
            self.log.info(gettext("This kernel starts from cold. %s"), gettext(str(error)))
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("subprocess.Popen[Any]", forked)
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or pathlib.Path.cwd()
        return self.connection_info

    async def _fork(self, cmd: list[str], options: dict[str, Any]) -> ForkedProcess:
        if problem := objection():
            raise NotWarmError(problem)
        arguments = arguments_of(cmd)
        if arguments is None:
            raise NotWarmError(N_("It runs in another Python, or is not a Python kernel."))
        if set(options) - UNDERSTOOD or subprocess.PIPE in (options.get("stdout"), options.get("stderr")):
            raise NotWarmError(N_("It was asked for with options that a forked process cannot have."))
        server = self.server or fork_server()
        env = dict(options.get("env") or os.environ)
        if settings_of(env) != settings_of(server.env):
            raise NotWarmError(N_("Its environment sets the interpreter up differently from the warm process."))
        cwd = os.fspath(options.get("cwd") or os.getcwd())
        if not os.path.isdir(cwd):
            raise FileNotFoundError(2, os.strerror(2), cwd)
        independent = bool(options.get("independent"))
        if not independent:
            env["JPY_PARENT_PID"] = str(os.getpid())
        request = {"argv": arguments, "cwd": cwd, "env": env, "independent": independent}
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            standard = [_descriptor(options.get(name), own, nothing) for name, own in STREAMS.items()]
            return await asyncio.to_thread(server.fork, request, standard)
        finally:
            os.close(nothing)


STREAMS = {"stdin": -1, "stdout": 1, "stderr": 2}


def _descriptor(asked: Any, own: int, nothing: int) -> int:
    """Return the descriptor for a stream: the one asked for, nothing where nothing was to be, else our own."""
    if asked is None or asked == subprocess.PIPE:
        return own if own >= 0 else nothing
    if asked == subprocess.DEVNULL:
        return nothing
    return asked if isinstance(asked, int) else int(asked.fileno())
