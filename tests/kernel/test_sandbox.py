"""A submission may try anything: it reaches nobody, takes no more than its share, and leaves nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from course.kernel.bubblewrap import find, visible
from course.kernel.limits import Ending, Limits
from course.kernel.probe import is_root
from course.kernel.sandbox import open_kernel, scratch_folder, warm_up
from course.paths import PACKAGE, ROOT, SOLUTIONS
from tests.kernel.submissions import execute, run
from tests.waiting import LONGEST_SECONDS, until

pytestmark = pytest.mark.usefixtures("fenced")


def strays() -> list[str]:
    """What is left of sandboxes once they are closed: processes below us, and folders."""
    server = warm_up().process
    own = {server.pid} if server else set()
    processes = [
        f"{child.pid} {child.name()}"
        for child in psutil.Process().children(recursive=True)
        if child.pid not in own and (child.name() == "bwrap" or server in child.parents())
    ]
    below = [] if server is None else [str(child) for child in psutil.Process(server.pid).children(recursive=True)]
    return [*processes, *below, *os.listdir(warm_up().scratch), *os.listdir(tempfile.gettempdir())]


@pytest.fixture(autouse=True)
def _nothing_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    # pytest's own folder, made by `tmp_path`, stands elsewhere
    own = tempfile.mkdtemp(prefix="ck-")
    monkeypatch.setenv("TMPDIR", own)
    monkeypatch.setattr(tempfile, "tempdir", own)
    yield
    until(lambda: not strays(), lambda: f"left: {strays()}")
    os.rmdir(own)


def test_a_submission_works_with_a_copy_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x\n1\n")
    (tmp_path / "link").symlink_to("/etc/hostname")
    result = run(
        tmp_path,
        "import os, pandas; print(sorted(os.listdir()), pandas.read_csv('data/a.csv').x.sum())",
        "open('data/a.csv', 'w').write('changed'); open('new', 'w').write('new'); print(os.path.exists('new'))",
    )
    assert result.texts == ["['data'] 1\n", "True\n"]
    assert (tmp_path / "data" / "a.csv").read_text() == "x\n1\n"
    assert not (tmp_path / "new").exists()


def test_the_course_works_inside(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import course\n_ = course.begin('m01-expectation-gap', language='zh')",
        "print(_('Reset all'))",
        "print(len(course.load('olist_delay_by_day')) > 5)",
        "import subprocess, sys\nprint(subprocess.check_output([sys.executable, '-c', 'print(7)'], text=True))",
    )
    assert result.errors == []
    opened, *answers = [text.strip() for text in result.texts]
    assert opened.startswith("✓ 《期望与落差》")
    assert answers == ["全部还原", "True", "7"]


def test_a_long_way_to_the_temporary_folder_leaves_room_for_sockets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = tmp_path / ("far" * 30)
    far.mkdir()
    script = (
        "import asyncio\nfrom course.kernel.sandbox import try_out\n"
        "if __name__ == '__main__': print('problem', [asyncio.run(try_out())])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"TMPDIR": str(far)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "problem ['']" in done.stdout
    assert list(far.iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", str(far))
    with scratch_folder(sandbox=False) as folder:
        assert len(f"{folder}/k-12") <= 107


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


def test_what_it_leaves_running_ends_with_it(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import os, signal, time\n"
        "for _ in range(3):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        for number in range(1, 32):\n"
        "            try: signal.signal(number, signal.SIG_IGN)\n"
        "            except OSError: pass\n"
        "        if os.fork(): os._exit(0)\n"
        "        time.sleep(1000)\n"
        "print('left')",
    )
    assert result.text == "left\n"


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("import os; os._exit(3)", Ending("exit", 3)),
        ("import ctypes; ctypes.string_at(0)", Ending("signal", 11)),
        ("import os; os.kill(os.getpid(), 9)", Ending("signal", 9)),
        ("import os; os.abort()", Ending("signal", 6)),
    ],
)
def test_how_a_kernel_died_is_known(tmp_path: Path, code: str, ending: Ending) -> None:
    result = run(tmp_path, "print('before')", code, "print('after')")
    assert result.texts[0] == "before\n"
    assert result.ending == ending


def test_time_is_limited_whatever_the_code_catches(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        limits=Limits(seconds=2),
    )
    # it would run for ever: that there is an ending is the proof
    assert result.ending == Ending("time")


def test_one_hog_of_memory_gets_an_error_and_goes_on(tmp_path: Path) -> None:
    result = run(
        tmp_path, "x = b'x' * (700 << 20)", "import numpy; print(numpy.ones(10).sum())", limits=Limits(memory=300 << 20)
    )
    assert [error.split(":")[0] for error in result.errors] == ["MemoryError"]
    assert result.texts[1] == "10.0\n"


def test_many_hogs_of_memory_are_ended_together(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import os, time\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        kept = bytearray(os.urandom(1)) * (200 << 20)\n"
        "        time.sleep(100)\n"
        "time.sleep(100)",
        limits=Limits(memory=300 << 20),
    )
    assert result.ending == Ending("memory")


def test_a_fork_bomb_hits_its_limit(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import os, time\nmade = 0\n"
        "try:\n"
        "    while made < 1000:\n"
        "        if os.fork() == 0: time.sleep(100); os._exit(0)\n"
        "        made += 1\n"
        "except OSError: pass\nprint(made)",
        limits=Limits(processes=30),
    )
    assert 5 < int(result.text) < 60


def test_what_is_written_is_limited(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "def fill(path, size):\n"
        "    try:\n"
        "        with open(path, 'wb') as file:\n"
        "            while size: file.write(bytes(1 << 20)); size -= 1; file.flush()\n"
        "        return 'written'\n"
        "    except OSError: return 'full'\n"
        "print(fill('one', 8), fill('two', 1), [fill(f'/tmp/{n}', 1) for n in range(8)][-1], fill('/dev/shm/x', 20))",
        limits=Limits(file=5 << 20),
    )
    assert result.text == "full full full full\n"


@pytest.mark.parametrize("place", [".", "/dev/shm"])
@pytest.mark.parametrize("make", ["open(path, 'w').close()", "os.mkdir(path)", "os.symlink('nowhere', path)"])
def test_how_many_files_are_made_is_limited(tmp_path: Path, make: str, place: str) -> None:
    code = f"import os, time\nfor n in range(400):\n    path = f'{place}/{{n}}'\n    {make}\ntime.sleep(20)"
    assert run(tmp_path, code, limits=Limits(files=300)).ending == Ending("files")
    assert run(tmp_path, code.replace("20", "0.5"), "print('on')", limits=Limits(files=600)).texts[1] == "on\n"


@pytest.mark.parametrize(("language", "notice"), [("en", "The output is too long"), ("zh", "输出太长")])
@pytest.mark.parametrize(
    "code",
    [
        "print('x' * 60_000_000)",
        "for n in range(60_000): print('a line of output', n)",
        "import os; os.system('head -c 2000000 /dev/zero | tr \"\\\\0\" x')",
    ],
)
def test_too_much_output_is_cut_where_it_arises(tmp_path: Path, code: str, language: str, notice: str) -> None:
    result = run(tmp_path, code, "print('later')", "1 / 0", limits=Limits(output=100_000), language=language)
    assert len(result.texts[0]) < 101_000
    assert notice in result.texts[0]
    assert result.texts[1] == ""
    assert result.errors == ["ZeroDivisionError: division by zero"]
    assert result.ending is None


def test_too_long_a_value_or_error_is_cut(tmp_path: Path) -> None:
    result = run(
        tmp_path, "raise ValueError('x' * 30_000_000)", "{'data': 'x' * 30_000_000}", limits=Limits(output=100_000)
    )
    assert len(result.errors[0]) < 21_000
    assert len(result.texts[1]) < 1000


def test_a_kernel_that_sends_past_its_own_limit_is_cut_off(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "from ipykernel.kernelapp import IPKernelApp\nsession = IPKernelApp.instance().session\nsession.left = 1 << 62\n"
        "while True: print('x' * 100_000, flush=True)",
        limits=Limits(output=100_000, seconds=30),
        seconds=25,
    )
    assert result.ending == Ending("output")


def test_one_submission_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "open('/tmp/mark', 'w').write('x'); open('/dev/shm/mark', 'w').write('x')\nimport course; course.mark = 1",
    )
    assert result.errors == []
    after = run(
        tmp_path,
        "import os, course; print(os.path.exists('/tmp/mark'), os.path.exists('/dev/shm/mark'), hasattr(course, 'mark'))",
    )
    assert after.text == "False False False\n"


def test_many_at_once_do_not_mix(tmp_path: Path) -> None:
    async def all_of_them() -> list[str]:
        runs = (execute(tmp_path, f"import os; print({number}, os.listdir('/proc').count('1'))") for number in range(6))
        return [result.text for result in await asyncio.gather(*runs)]

    assert asyncio.run(all_of_them()) == [f"{number} 1\n" for number in range(6)]


def test_randomness_differs_from_one_to_the_next(tmp_path: Path) -> None:
    code = "import random, numpy, uuid; print(random.random(), numpy.random.random(), uuid.uuid4())"
    first, second = (run(tmp_path, code).text.split() for _ in range(2))
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_an_interrupt_reaches_the_kernel(tmp_path: Path) -> None:
    async def interrupted() -> str:
        async with open_kernel(tmp_path) as km:
            client = km.client()
            client.start_channels()
            await client.wait_for_ready(LONGEST_SECONDS)
            asked = client.execute("print('begun', flush=True); import time; time.sleep(600)")
            while (await client.get_iopub_msg(timeout=LONGEST_SECONDS))["msg_type"] != "stream":
                pass
            await km.interrupt_kernel()
            reply = await client._async_recv_reply(asked, timeout=LONGEST_SECONDS)
            client.stop_channels()
            return str(reply["content"]["ename"])

    assert asyncio.run(interrupted()) == "KeyboardInterrupt"


def test_a_kernel_that_ends_has_not_printed_too_much_however_late_its_end_is_known(tmp_path: Path) -> None:
    async def ended() -> Ending | None:
        async with open_kernel(tmp_path) as km:
            client = km.client()
            client.start_channels()
            await client.wait_for_ready(LONGEST_SECONDS)
            process = km.provisioner.process
            known, unaware = process.poll, 40

            def late() -> int | None:
                nonlocal unaware
                if known() is None or (unaware := unaware - 1) > 0:
                    return None
                return int(known())

            process.poll = late
            client.execute("import os; os._exit(0)")
            await client.watch
            ending = await km.find_ending(20)
            client.stop_channels()
            return ending

    assert asyncio.run(ended()) == Ending("exit", 0)


def test_a_grader_that_is_killed_takes_its_submissions_along(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom course.kernel.sandbox import open_kernel, warm_up\n"
        "async def main():\n"
        "    async with open_kernel(Path(sys.argv[1])) as km:\n"
        "        print(km.provisioner.process.pid, warm_up().process.pid, km.provisioner.box.process.pid, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert grader.stdout is not None
    named = [psutil.Process(int(pid)) for pid in grader.stdout.readline().split()]
    everyone = {*named, *(child for process in named for child in process.children(recursive=True))}
    assert len(everyone) >= 5
    grader.kill()
    grader.wait()
    grader.stdout.close()
    assert psutil.wait_procs(everyone, timeout=LONGEST_SECONDS)[1] == []


@pytest.mark.parametrize("step", ["start", "_spawn"])
def test_a_grader_killed_before_its_warm_process_is_there_leaves_no_folder(step: str) -> None:
    script = (
        "import os, signal\nfrom course.kernel import sandbox\n"
        f"sandbox.ForkServer.{step} = lambda _self: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with sandbox.scratch_folder():\n    pass"
    )
    grader = subprocess.run([sys.executable, "-c", script], cwd=ROOT)
    assert grader.returncode == -signal.SIGKILL
    assert os.listdir(tempfile.gettempdir()) == []


def test_without_a_fence_it_still_runs(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("")
    result = run(tmp_path, "import os; print(os.listdir())", sandbox=False)
    assert result.text == "['here']\n"


def closed_parents(folders: list[Path]) -> list[Path]:
    """The outermost folders on the way that only root may enter."""
    found = {parent for folder in folders for parent in folder.parents if parent.stat().st_mode & 0o005 != 0o005}
    return [path for path in sorted(found) if not found & set(path.parents)]


@pytest.mark.skipif(not is_root(), reason="we are nobody in particular already")
def test_somebody_who_is_not_root_can_grade_too(tmp_path: Path) -> None:
    script = (
        "import asyncio, os, sys\nfrom pathlib import Path\nfrom tests.kernel.submissions import run\n"
        "assert os.getuid() == 1000\n"
        'code = \'import os; print(os.getuid(), os.path.exists("/source/a"), open("a").read(), os.getpid() < 9)\'\n'
        'status = \'import re; print(re.findall(r"Cap(?:Prm|Eff):.0*(.*)", open("/proc/self/status").read()))\'\n'
        "print(run(Path(sys.argv[1]), code, status, 'import os; os.kill(1, 9); os._exit(4)'))\n"
    )
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "a").write_text("text")
    for path in (folder, *folder.parents):
        if path.is_relative_to(tempfile.gettempdir()) or "pytest" in path.name:
            path.chmod(0o755)
    folders = [*visible(), ROOT]
    view = ["--dev-bind", "/", "/"]
    for parent in closed_parents(folders):
        view += ["--perms", "0755", "--tmpfs", str(parent)]
        for path in (path for path in folders if path.is_relative_to(parent)):
            between = [folder for folder in reversed(path.parents) if parent in folder.parents]
            view += [part for folder in between for part in ("--dir", str(folder))]
            view += ["--ro-bind", str(path), str(path)]
    view += ["--perms", "1777", "--tmpfs", "/tmp", "--bind", str(folder), "/tmp/given"]
    # the repository itself may have been cloned below /tmp
    for path in (path for path in folders if path.is_relative_to("/tmp")):
        view += ["--ro-bind", str(path), str(path)]
    nobody = ["setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"]
    said = subprocess.run(
        [find(), *view, "--", *nobody, sys.executable, "-c", script, "/tmp/given"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        env={**os.environ, "TMPDIR": "/tmp", "HOME": "/tmp"},
    )
    assert said.returncode == 0, said.stderr
    assert "texts=['1000 True text True\\n', \"['', '']\\n\", '']" in said.stdout
    assert "Ending(reason='exit', code=4)" in said.stdout
