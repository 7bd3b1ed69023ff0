"""Jupyter servers as somebody else starts them, with the course as an extension among others."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.tools import free_port
from tests.server.http import fetch
from tests.waiting import LONGEST_SECONDS, answers, until

OPEN = ("--IdentityProvider.token=", "--ServerApp.allow_root=True", "--ServerApp.disable_check_xsrf=True")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """An environment without the developer's own Jupyter, and without what the course sets for its own servers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "OMP_", "OPENBLAS_"))}
    return kept | {"HOME": str(home), "JUPYTER_PREFER_ENV_PATH": "1"} | more


@contextmanager
def jupyter(root: Path, home: Path, *options: str, program: str = "lab", base: str = "/", **env: str) -> Iterator[int]:
    """Run `jupyter lab` (or another program) in `root`; give its port once it answers below `base`."""
    port = free_port()
    with (home / f"{port}.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", program, "--no-browser", f"--port={port}",
             f"--ServerApp.base_url={base}", *OPEN, *options],
            cwd=root, env=surroundings(home, **env), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
    try:
        wait_for(process, port, f"{base}api")
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=LONGEST_SECONDS)
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Return when the server answers; fail where it has ended."""

    def ask() -> None:
        assert process.poll() is None, "the server ended early"
        fetch(port, path)

    until(answers(ask), "the server does not answer")
