"""A submission takes no more than its share of time, memory, processes, files and output."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.kernel.limits import Ending, Limits
from tests.kernel.submissions import run

pytestmark = pytest.mark.usefixtures("fenced", "nothing_is_left")


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
        "import os, time, warnings\nwarnings.simplefilter('ignore')\nmade = 0\n"
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
