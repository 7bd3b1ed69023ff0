"""The kernel of a submission: it listens on sockets made outside its sandbox, and cuts its output short where it arises."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

import zmq
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets import Dict, Int, Unicode, default

from course.i18n import N_, gettext, use_language
from course.kernel.child import take_over
from course.kernel.fence import HOME, Fence, step_inside

CHANNELS = ("shell", "iopub", "stdin", "control")
CONNECTION = f"{HOME}/kernel.json"
# What a learner reads of an error is short; its message may be as long as what it complains of
ERROR_CHARACTERS = 20_000
OUTPUTS = {"stream", "display_data", "execute_result", "update_display_data", "error"}
CUT = N_("\n[The output is too long. The rest is left out.]\n")


def size_of(value: Any) -> int:
    """Return roughly how many bytes a message's content takes, without copying it."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(size_of(part) for part in value.values())
    if isinstance(value, list | tuple):
        return sum(size_of(part) for part in value)
    return 8


def shorten_error(content: dict[str, Any]) -> dict[str, Any]:
    """Return an error's content with its texts cut to what somebody may read."""
    lines, left = [], ERROR_CHARACTERS
    for line in content.get("traceback", []):
        lines.append(line[:left])
        left -= len(lines[-1])
        if left <= 0:
            break
    return {**content, "evalue": str(content.get("evalue", ""))[:ERROR_CHARACTERS], "traceback": lines}


class ThriftySession(Session):
    """A session that sends so many bytes of output and then, after saying so, no more."""

    left = Int()

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *more: Any, **options: Any) -> Any:
        """Send a message, cut short where it is output and too long."""
        whole = isinstance(msg_or_type, dict)
        kind = msg_or_type.get("msg_type") if whole else msg_or_type
        if kind in OUTPUTS or str(kind).startswith("comm_"):
            shown = msg_or_type.get("content") if whole else content
            shown = self.shorten(str(kind), shown or {}, options.get("buffers"))
            if shown is None:
                return None
            if whole:
                msg_or_type = {**msg_or_type, "content": shown}
            else:
                content = shown
        elif kind == "execute_reply" and isinstance(content, dict) and "traceback" in content:
            content = shorten_error(content)
        return super().send(stream, msg_or_type, content, *more, **options)

    def shorten(self, kind: str, content: dict[str, Any], buffers: Any) -> dict[str, Any] | None:
        """Return what may be sent of an output; None where nothing may."""
        if kind == "error":
            return shorten_error(content)
        if self.left <= 0:
            return None
        size = size_of(content) + sum(memoryview(part).nbytes for part in buffers or [])
        left, self.left = self.left, self.left - size
        if size <= left:
            return content
        self.left = 0
        if kind == "stream":
            return {**content, "text": content["text"][:left] + gettext(CUT)}
        if kind.startswith("comm_"):
            return None
        data = {"text/plain": gettext(CUT).strip()}
        return {**content, "data": data, "metadata": {}}


class GradedApp(IPKernelApp):
    """A kernel application whose sockets were made by the one that asks for it. It has no heartbeat: its keeper knows."""

    listeners: Any = Dict()
    output = Int()
    language = Unicode()

    @default("session")
    def _thrifty_session(self) -> Session:
        return ThriftySession(parent=self, left=self.output)

    def init_kernel(self) -> None:
        """Make the kernel, without its pause after each cell, for our end waits for the last output by itself."""
        super().init_kernel()
        self.kernel._execute_sleep = 0
        # traitlets leaves the choice to the handler, after a record has been made of every message
        self.log.setLevel(logging.WARNING)

    def init_heartbeat(self) -> None:
        """Do without."""

    def _bind_socket(self, socket: Any, port: int) -> int:
        socket.setsockopt(zmq.USE_FD, self.listeners[port])
        return int(super()._bind_socket(socket, port))


def graded_app(request: dict[str, Any], told: int, lifeline: int, init: int, *listeners: int) -> GradedApp:
    """Go into the sandbox and return the application to run there. Only the kernel comes out of here, not its keeper."""
    take_over(request, [told, lifeline, init, *listeners])
    step_inside(Fence(**request["fence"]), init, told, lifeline, list(listeners))
    use_language(request["language"])
    with open(CONNECTION, "w", encoding="utf-8") as file:
        json.dump(request["connection"], file)
    request["argv"] = ["-f", CONNECTION, "--HistoryManager.enabled=False"]
    sys.argv = ["ipykernel_launcher.py", *request["argv"]]
    ports = (request["connection"][f"{channel}_port"] for channel in CHANNELS)
    return GradedApp.instance(
        parent_handle=1,
        connection_dir=os.path.dirname(CONNECTION),
        listeners=dict(zip(ports, listeners, strict=True)),
        output=request["output"],
    )
