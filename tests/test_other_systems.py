"""Windows and macOS, as far as a Linux can play them: what they lack is taken away, and files are in no known encoding.

Nobody has tried the course there yet; the READMEs say so.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.paths import PACKAGE

# What Windows has not, macOS neither in part; and modules that are not there
LACKING = {
    "os": (
        "fork", "pidfd_open", "sched_getaffinity", "geteuid", "getuid", "setsid", "killpg", "sysconf", "pipe2", "O_NOFOLLOW",
        "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "mkfifo", "statvfs", "memfd_create", "getloadavg", "uname",
    ),
    "signal": ("SIGKILL", "SIGCHLD", "SIGHUP", "SIGALRM", "SIGUSR1", "pidfd_send_signal", "set_wakeup_fd", "setitimer"),
    "socket": ("AF_UNIX", "recv_fds", "send_fds"),
    "select": ("poll", "epoll"),
    "time": ("tzset",),
}  # fmt: skip
ABSENT = ("fcntl", "resource", "pwd", "grp", "termios")
# imported where a wheel is built
ELSEWHERE = "course.ui.build_hook"
IMPORT_ALL = f"""
import importlib, os, pkgutil, select, signal, socket, sys, time
import anywidget, altair, ipykernel.kernelapp, jupyter_server.serverapp, jupyterlab.labapp, nbgrader.apps, openpyxl, voila.app
import jupyterlab_server, nbclient, nbconvert, pandas, segno, xlsxwriter
import psutil, distributed, asyncio.subprocess, multiprocessing.pool, pty
import course
for module, names in {LACKING!r}.items():
    for name in names:
        if hasattr(sys.modules[module], name):
            delattr(sys.modules[module], name)
for name in {ABSENT!r}:
    sys.modules[name] = None
failed = []
for found in pkgutil.walk_packages(course.__path__, "course."):
    if found.name == {ELSEWHERE!r} or found.name.endswith("__main__"):
        continue
    try:
        importlib.import_module(found.name)
    except Exception as error:
        failed.append(f"{{found.name}}: {{error!r}}")
print(*failed, sep="\\n")
"""
# As a Windows in Chinese reads what is not said to be UTF-8, and worse: nothing but ASCII can be read
NO_ENCODING = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
READ_ALL = """
from course.i18n import LANGUAGES, translator
from course.manifest import syllabus
from course.glossary import glossary
from course.questions import questions
from course.simulations.registry import simulation_class
import course.server.home, course.server.read, course.ui.assets
from course.server.home import render_home
for language in LANGUAGES:
    translator(language)("Open the course in your browser.")
    assert render_home(language, "/")
for module in syllabus().modules:
    questions(module)
    if module.simulated:
        simulation_class(module).words()
"""


def run(code: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **more}, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    return done.stdout.decode("utf-8", "replace").strip()


def test_everything_can_be_imported_where_there_is_no_fork_and_no_unix() -> None:
    assert run(IMPORT_ALL) == ""


def test_the_courses_files_are_read_alike_whatever_the_systems_encoding() -> None:
    run(READ_ALL, **NO_ENCODING)


def unsaid(tree: ast.AST) -> Iterator[int]:
    """Yield the lines at which text is read, written or heard without a word on its encoding."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = {word.arg for word in node.keywords}
        method = isinstance(node.func, ast.Attribute)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        binary = any(set(text) <= set("rwabx+") and "b" in text for text in texts)
        reads = (name == "open" and not method) or (name == "read_text" and not node.args) or name == "write_text"
        if reads and not binary and "encoding" not in named:
            yield node.lineno


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("open(path)", [1]),
        ("path.read_text()", [1]),
        ("path.write_text(said)", [1]),
        ("open(path, 'rb')", []),
        ("path.read_text(encoding='utf-8')", []),
    ],
)
def test_what_does_not_say_its_encoding_is_found(code: str, found: list[int]) -> None:
    assert list(unsaid(ast.parse(code))) == found


def test_every_text_says_its_encoding() -> None:
    wrong = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in sorted(Path(PACKAGE).rglob("*.py"))
        if (lines := list(unsaid(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert wrong == {}


def joined(tree: ast.AST) -> Iterator[int]:
    """Yield the lines at which the way from one folder to another becomes text: on Windows it has backslashes then."""
    for node in ast.walk(tree):
        shown = node.value if isinstance(node, ast.FormattedValue) else None
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("str", "fspath") and node.args:
            shown = node.args[0]
        way = isinstance(shown, ast.Call) and isinstance(shown.func, ast.Attribute) and shown.func.attr == "relative_to"
        if way and isinstance(node, ast.expr):
            yield node.lineno


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("str(path.relative_to(folder))", [1]),
        ("f'{path.relative_to(folder)}/'", [1]),
        ("path.relative_to(folder).as_posix()", []),
        ("f'{path.relative_to(folder).as_posix()}/'", []),
    ],
)
def test_a_path_that_becomes_text_is_found(code: str, found: list[int]) -> None:
    assert list(joined(ast.parse(code))) == found


def test_no_way_between_folders_becomes_text_but_with_slashes() -> None:
    """What is compared with an archive, an address or a note of another machine has slashes on every system."""
    wrong = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in sorted(Path(PACKAGE).rglob("*.py"))
        if (lines := list(joined(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert wrong == {}
