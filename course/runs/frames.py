"""How an answer travels: one frame after the other, each a message in JSON with the bytes of its columns behind it.

A frame is `size of the rest`, `size of the JSON` (each a little-endian uint32), the JSON (UTF-8), then the buffers, whose
sizes the JSON names under `buffers`. The page reads it in `course/ui/runs/frames.js`.
"""

from __future__ import annotations

import json
import struct
from typing import Any

SIZE = struct.Struct("<I")
CONTENT_TYPE = "application/vnd.course.run"
# What a worker says to its server: a piece's kind and size, then the piece. Kinds: a frame of an answer that goes on, the
# last frame, what is wrong with the question, and a fault of ours
HEAD = struct.Struct("<cI")
MORE, LAST, REFUSED, FAILED = b"+", b".", b"?", b"!"


def frame(message: dict[str, Any], buffers: list[bytes] | None = None) -> bytes:
    """Return a message and its buffers as one frame."""
    parts = buffers or []
    text = json.dumps({**message, "buffers": [len(part) for part in parts]}, ensure_ascii=False).encode()
    body = b"".join([SIZE.pack(len(text)), text, *parts])
    return SIZE.pack(len(body)) + body


def read_frame(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the first frame's message and buffers."""
    start = 2 * SIZE.size
    (size,) = SIZE.unpack_from(data, SIZE.size)
    message = json.loads(data[start : start + size])
    place, buffers = start + size, []
    for length in message.pop("buffers"):
        buffers.append(data[place : place + length])
        place += length
    return message, buffers
