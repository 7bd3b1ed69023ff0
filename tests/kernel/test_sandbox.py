"""A submission runs in a sandbox of its own, many at once, and leaves nothing, however it or the grader ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from course.kernel.bubblewrap import find, visible
from course.kernel.limits import Ending
from course.kernel.probe import is_root
from course.kernel.sandbox import open_kernel, scratch_folder
from course.paths import ROOT
from tests.kernel.submissions import execute, run
from tests.waiting import LONGEST_SECONDS

pytestmark = pytest.mark.usefixtures("fenced", "nothing_is_left")


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


def test_what_it_leaves_running_ends_with_it(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        # from 3.12 on Python has something to say about forks
        "import os, signal, time, warnings\nwarnings.simplefilter('ignore')\n"
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
        env={**os.environ, "TMPDIR": "/tmp", "HOME": "/tmp"},
    )
    assert said.returncode == 0, said.stderr
    assert "texts=['1000 True text True\\n', \"['', '']\\n\", '']" in said.stdout
    assert "Ending(reason='exit', code=4)" in said.stdout
