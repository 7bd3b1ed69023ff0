"""A submission may try anything: it sees nobody, reaches nobody, and has no right to."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from course.paths import PACKAGE, ROOT, SOLUTIONS
from tests.kernel.submissions import run

pytestmark = pytest.mark.usefixtures("fenced", "nothing_is_left")


def test_it_sees_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0course-test")
        abstract.listen()
        result = run(
            tmp_path,
            "import socket, os\n"
            f"for target in [('127.0.0.1', {here.getsockname()[1]}), ('1.1.1.1', 53)]:\n"
            "    try: socket.create_connection(target, 2); print('reached')\n"
            "    except OSError as error: print('refused')\n"
            "try: socket.socket(socket.AF_UNIX).connect('\\0course-test'); print('reached')\n"
            "except OSError: print('refused')\n",
        )
    assert result.text == "refused\n" * 3


def test_it_sees_no_file_of_the_grader(tmp_path: Path) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    looked_for = [
        secret,
        SOLUTIONS,
        ROOT / ".git",
        ROOT / "pyproject.toml",
        "/etc/passwd",
        "/root/.ssh",
        "/home",
        "/var",
    ]
    result = run(scratch, f"import os\nprint([p for p in {list(map(str, looked_for))!r} if os.path.exists(p)])")
    assert result.text == "[]\n"


def test_it_writes_nowhere_but_into_its_own_memory(tmp_path: Path) -> None:
    places = ["/", "/usr", "/etc", "/dev", "/source", "/work", str(PACKAGE), sys.prefix, os.path.dirname(os.__file__)]
    result = run(
        tmp_path,
        f"import os\nfor place in {places!r}:\n"
        "    try: open(place + '/x', 'w'); print('WRITTEN', place)\n    except OSError: pass\n"
        "for path in ['/tmp/x', '/dev/shm/x', 'x']: open(path, 'w').write('x')\nprint('done')",
    )
    assert (result.text, result.errors) == ("done\n", [])


def test_it_sees_no_secret_of_the_grader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SECRET", "swordfish")
    result = run(
        tmp_path,
        "import os, glob\n"
        "found = [str(dict(os.environ))]\n"
        "for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/cmdline'):\n"
        "    try: found.append(open(path, 'rb').read().decode())\n"
        "    except OSError: pass\n"
        f"print('swordfish' in str(found), {str(tmp_path)!r} in str(found), len(found) > 2)",
    )
    assert result.text == "False False True\n"


def test_it_sees_no_process_but_its_own(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import os\nprint(len([n for n in os.listdir('/proc') if n.isdigit()]), os.getpid() < 20)\n"
        "try: os.kill(1, 9)\nexcept PermissionError: pass\n"
        "import time; time.sleep(0.2); print('alive')\n"
        "paths = [f'/proc/self/fd/{number}' for number in range(3, 512)]\n"
        "print([path for path in paths if os.path.lexists(path) and 'pidfd' in os.readlink(path)])",
    )
    assert result.text == "3 True\nalive\n[]\n"


@pytest.mark.parametrize(
    "call",
    [
        "libc.unshare(0x10000000)",
        "libc.ptrace(16, 1, 0, 0)",
        "libc.syscall(250 if x86 else 219, 0, -3, 1)",
        "libc.syscall(319 if x86 else 279, b'x', 0)",
        "libc.shmget(0, 4096, 0o1600)",
        "libc.mount(b'none', b'/tmp/work', b'tmpfs', 0, None)",
        "libc.syscall(56 if x86 else 220, 0x10000000 | 17, 0, 0, 0, 0)",
    ],
)
def test_calls_that_no_notebook_needs_are_refused(tmp_path: Path, call: str) -> None:
    result = run(
        tmp_path,
        f"import ctypes, os, platform\nx86 = platform.machine() == 'x86_64'\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"print({call}, ctypes.get_errno())",
    )
    assert result.text == "-1 1\n"


def test_it_has_no_privileges(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import os, re\nstatus = open('/proc/self/status').read()\n"
        "print(os.getuid() != 0, 0 not in os.getgroups())\n"
        "print(re.findall(r'Cap(?:Inh|Prm|Eff|Amb):\\s0*(\\S*)|NoNewPrivs:\\s(1)', status))\n"
        "os.setuid(0)",
    )
    assert result.text == f"True True\n{[('', '')] * 4 + [('', '1')]}\n"
    assert len(result.errors) == 1
