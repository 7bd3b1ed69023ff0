"""Too much output, time, memory, files and processes."""

from __future__ import annotations

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    add,
    answer,
)
from tests.grading.personas.persona import persona


@persona(FULL, "too large", says="my-own")
def one_endless_line(notebook: Notebook) -> None:
    add(notebook, 'print("x" * 60_000_000)')


@persona(FULL, "too large", says="my-own")
def many_lines(notebook: Notebook) -> None:
    add(notebook, "for number in range(60_000):\n    print(number)")


@persona(FULL, "too large", says="my-own")
def many_displays(notebook: Notebook) -> None:
    add(notebook, "for number in range(1000):\n    display(number)")


@persona(FULL, "timed out", says="my-own")
def prints_without_end(notebook: Notebook) -> None:
    add(notebook, "while True:\n    print('again')")


@persona(FULL, "timed out", says="my-own")
def an_endless_loop(notebook: Notebook) -> None:
    add(notebook, "while True:\n    pass")


@persona(20, "timed out", says="felt-value-test")
def an_endless_loop_in_a_function(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    while True:\n        pass")


@persona(21, "timed out", says="could not be interrupted")
def a_loop_that_swallows_everything(notebook: Notebook) -> None:
    answer(
        notebook,
        "frugal-run",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    )


@persona(21, "timed out", says="could not be interrupted")
def a_loop_that_ignores_interrupts(notebook: Notebook) -> None:
    answer(notebook, "frugal-run", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass")


@persona(21, "timed out", says="could not be interrupted")
def stops_itself(notebook: Notebook) -> None:
    answer(notebook, "frugal-run", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")


@persona(FULL, "graded")
def sleeps_a_little(notebook: Notebook) -> None:
    add(notebook, "import time\ntime.sleep(0.5)")


@persona(18, "crashed", says="weighted-stars")
def leaves_through_the_back_door(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import os\nos._exit(0)")


@persona(18, "crashed", says="weighted-stars")
def a_segmentation_fault(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import ctypes\nctypes.string_at(0)")


@persona(21, "graded")
def quits(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "quit()")


@persona(18, "crashed", says="weighted-stars")
def kills_itself(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "import os\nos.kill(os.getpid(), 9)")


@persona(21, "graded")
def asks_for_more_memory_than_there_is(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "hog = bytearray(8 << 30)")


@persona(21, "graded")
def eats_memory_bit_by_bit(notebook: Notebook) -> None:
    answer(notebook, "weighted-stars", "hog = []\nwhile True:\n    hog.append(bytearray(50 << 20))")


# Bounded, should the fence ever fail: 500 is far beyond what a submission may have
BOMB = """
import os, time
for _ in range(500):
    try:
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
    except OSError:
        break
"""


@persona(FULL, "graded")
def a_fork_bomb(notebook: Notebook) -> None:
    add(notebook, BOMB)


@persona(FULL, "graded")
def leaves_processes_behind(notebook: Notebook) -> None:
    add(notebook, 'import subprocess\nsubprocess.Popen(["setsid", "nohup", "sleep", "98765"], start_new_session=True)')


@persona(FULL, "graded")
def leaves_threads_behind(notebook: Notebook) -> None:
    add(
        notebook,
        "import threading, time\nfor _ in range(5):\n    threading.Thread(target=time.sleep, args=(600,)).start()",
    )


@persona(FULL, "graded")
def deletes_what_can_be_deleted(notebook: Notebook) -> None:
    add(notebook, 'import shutil\nfor place in (".", "{root}"):\n    shutil.rmtree(place, ignore_errors=True)')


@persona(FULL, "graded")
def fills_the_disk(notebook: Notebook) -> None:
    add(
        notebook,
        'try:\n    with open("big", "wb") as stream:\n        while True:\n            stream.write(bytes(1 << 20))\nexcept OSError:\n    pass',
    )


@persona(18, "crashed", says="more than 10000 files")
def makes_a_hundred_thousand_files(notebook: Notebook) -> None:
    # should the fence ever fail, the wait ends and the notebook goes on
    made = "for number in range(100_000):\n    open(str(number), 'w').close()\nimport time\ntime.sleep(8)"
    answer(notebook, "weighted-stars", made)
