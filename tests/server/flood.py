"""Requests that nobody means: addresses of the run service with everything wrong that a stranger may think of."""

from __future__ import annotations

import random
import socket

from tests.waiting import LONGEST_SECONDS

MODULE = "m02-promises"
PIECES = [
    "", "0", "-1", "1e999", "nan", "%00", "%ff", "%F0%9F%98%80", "'", "<script>", "../../etc/passwd", "%2e%2e%2f", "{}", "[]",
    "__class__", "9" * 500, "a" * 3000, ";" * 200, "1,2;3", "None", "true", "{0.__init__}", "%s%s%n", "承诺", "\u202e",
]  # fmt: skip
NAMES = [
    "promise",
    "seed",
    "play",
    "v",
    "lang",
    "code",
    "preset",
    "before.promise",
    "before.",
    "__class__",
    "run",
    "decisions",
]
KINDS = ["run", "open", "people", "why", "simulator", "app", "dance", "", "RUN", "run%00"]
MODULES = [MODULE, "m07-journeys", "m99", "..", "%2e%2e", "m02-promises%0a", "a" * 200]
METHODS = ["GET", "GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]
# not even requests
RAW = [
    b"GET /course/run/m02-promises/run?promise=1\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /course/run/m02-promises/run HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET /course/run/m02-promises/run HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    b"GET /course/run/m02-promises/run HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + b"gzip;q=," * 500 + b"\r\n\r\n",
    b"GET /course/run/m02-promises/run HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ', , 1\r\nX-Forwarded-Proto: gopher\r\n\r\n",
    b"GET /course/run/m02-promises/run HTTP/1.1\r\nHost: a\r\nAccept-Language: ;;q=x,zh;q=\r\n\r\n",
    b"\x00\x01\x02\r\n\r\n",
    b"GET " + b"/course/run" * 800 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
]


def malformed(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Return `count` methods and paths, the same for the same seed."""
    dice = random.Random(seed)

    def query() -> str:
        return "&".join(f"{dice.choice(NAMES)}={dice.choice(PIECES)}" for _ in range(dice.randrange(6)))

    return [
        (dice.choice(METHODS), f"/course/run/{dice.choice(MODULES)}/{dice.choice(KINDS)}?{query()}")
        for _ in range(count)
    ]


def request(method: str, path: str) -> bytes:
    """Return a request as bytes, its path as it is."""
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()


def send(port: int, raw: bytes) -> tuple[int, str]:
    """Send bytes; return the status and all of what comes back. The status is 0 where the connection was just closed."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_SECONDS) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        try:
            while part := line.recv(65536):
                got += part
        except ConnectionError:
            pass
    parts = got.split(None, 2)
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0, got.decode("utf-8", errors="replace")
