"""How the fork server and those who ask it talk: frames of JSON, with file descriptors beside them."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct("!I")
MOST_DESCRIPTORS = 16


def send(line: socket.socket, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
    """Send a message; the receiver gets its own copies of the descriptors."""
    body = json.dumps(message).encode()
    socket.send_fds(line, [LENGTH.pack(len(body))], descriptors or [])
    line.sendall(body)


def receive(line: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and its descriptors. `EOFError` where the other side has gone."""
    head, descriptors, _flags, _address = socket.recv_fds(line, LENGTH.size, MOST_DESCRIPTORS)
    head += _exactly(line, LENGTH.size - len(head)) if head else b""
    if not head:
        raise EOFError
    return json.loads(_exactly(line, LENGTH.unpack(head)[0])), descriptors


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        part = line.recv(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return parts
