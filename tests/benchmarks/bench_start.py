"""The first start, from an empty cache: what `uv run course` brings, and how long until the home page and a kernel answer.

It clones this repository (a Git reference in COURSE_START_REF, else the last commit) into an empty folder, gives uv an empty
cache, and lets it go online through a proxy here that counts bytes. Bars: 115 packages, 160 MB. Index pages are told apart:
PyPI sends them compressed, to about a quarter; a mirror may not.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections import Counter as Tally
from pathlib import Path

from course.paths import ROOT
from tests.browser.tools import free_port

UV = os.environ.get("UV", "uv")
# the course itself is in the clone, and is not brought
OURS = "exceeding_expectations"
# This environment's own variables would show the clone another environment, or another way to start
FOREIGN = ("COURSE_", "JUPYTER", "JPY_", "PYTEST_", "PYTHON", "UV", "VIRTUAL_ENV")
KERNEL = """
import asyncio, time
from jupyter_client.manager import start_new_async_kernel
async def main():
    manager, client = await start_new_async_kernel(kernel_name="python3")
    await client.execute("import course.notebook", reply=True, timeout=600)
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
asyncio.run(main())
"""


class Counter:
    """A proxy on loopback that passes connections on and counts what comes back."""

    def __init__(self) -> None:
        self.port = free_port()
        self.bytes: Tally[str] = Tally()
        self._up = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._up.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        self._up.set()
        async with server:
            await server.serve_forever()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).split()
        host, _, port = asked[1].decode().partition(":")
        try:
            there, to_there = await asyncio.open_connection(host, int(port))
        except OSError:
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(self._copy(reader, to_there), self._copy(there, writer, of=host))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, of: str = "") -> None:
        try:
            while part := await reader.read(1 << 16):
                self.bytes[of] += len(part) if of else 0
                writer.write(part)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder take."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def clone(folder: Path) -> Path:
    """Return a fresh clone of this repository."""
    place = folder / "course"
    subprocess.run(["git", "clone", "--quiet", ROOT, place], check=True)
    reference = os.environ.get("COURSE_START_REF")
    if reference:
        subprocess.run(["git", "-C", place, "checkout", "--quiet", "--detach", reference], check=True)
    return place


def await_home(process: subprocess.Popen[bytes], port: int, token: str) -> None:
    """Return when the home page answers."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/course/?token={token}", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the start ended with {process.returncode}")


def measure(place: Path, cache: Path) -> dict[str, str]:
    """Start the course in `place` for the first time, then a kernel."""
    counter, port, token = Counter(), free_port(), "start"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    proxy = f"http://127.0.0.1:{counter.port}"
    env = kept | {
        "UV_CACHE_DIR": str(cache),
        "HTTPS_PROXY": proxy,
        "HTTP_PROXY": proxy,
        "NO_PROXY": "127.0.0.1,localhost",
    }
    env |= {"JUPYTER_TOKEN": token, "JUPYTER_RUNTIME_DIR": str(cache.with_name("runtime"))}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [UV, "run", "--quiet", "course", "--no-browser", "--port", str(port)],
        cwd=place,
        env=env,
        stdin=subprocess.DEVNULL,
    )
    try:
        await_home(process, port, token)
        home = time.perf_counter() - begun
        subprocess.run([place / ".venv/bin/python", "-c", KERNEL], cwd=place, env=env, check=True)
        kernel = time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait()
    brought = [path for path in place.glob(".venv/lib/python*/site-packages/*.dist-info") if OURS not in path.name]
    return {
        "packages beside the course": str(len(brought)),
        "down": f"{counter.bytes.total() / 1e6:.0f} MB",
        "index pages": f"{counter.bytes['pypi.org'] / 1e6:.0f} MB",
        "on disk": f"{size(place / '.venv') / 1e6:.0f} MB",
        "home page": f"{home:.1f} s",
        "kernel": f"{kernel:.1f} s",
    }


def main() -> list[dict[str, str]]:
    """Measure one first start."""
    with tempfile.TemporaryDirectory(prefix="course-start-") as name:
        folder = Path(name)
        return [measure(clone(folder), folder / "cache")]
