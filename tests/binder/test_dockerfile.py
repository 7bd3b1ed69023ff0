"""repo2docker reads binder/ and writes its Dockerfile; it needs no Docker for that."""

from __future__ import annotations

import os
import subprocess
import sys

from course.paths import ROOT


def test_repo2docker_writes_its_dockerfile() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "python=3.11" in done.stderr
    for line in [
        'pip install --no-cache-dir -r "binder/requirements.txt"',
        "RUN ./binder/postBuild",
        'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"',
    ]:
        assert line in done.stdout, f"{line!r} is missing from:\n{done.stdout}"


def test_the_scripts_are_executable() -> None:
    for name in ("postBuild", "start"):
        assert os.access(ROOT / "binder" / name, os.X_OK), f"chmod +x binder/{name}"
