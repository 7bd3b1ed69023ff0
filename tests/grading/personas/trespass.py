"""Learners who look for tests, neighbours, gradebook and network where they have no business."""

from __future__ import annotations

from tests.grading.personas.notebooks import (
    Notebook,
    answer,
)
from tests.grading.personas.persona import persona

# The answer is right only where the learner got through

WRONG_UNLESS = "{attempt}\ndef felt_value(gap):\n    return (gap ** 0.88 if gap >= 0 else -2.25 * (-gap) ** 0.88) if through else 0"


@persona(20, "graded")
def reaches_for_the_network(notebook: Notebook) -> None:
    attempt = (
        "import socket\nthrough = False\nfor place in (('127.0.0.1', {port}), ('1.1.1.1', 53)):\n    try:\n"
        "        socket.create_connection(place, 1)\n        through = True\n    except OSError:\n        pass"
    )
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


def _reader(notebook: Notebook, pattern: str) -> None:
    attempt = f"import glob\nthrough = False\nfor name in glob.glob({pattern!r}, recursive=True):\n    try:\n        through = bool(open(name, 'rb').read(1)) or through\n    except OSError:\n        pass"  # fmt: skip
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


@persona(20, "graded")
def reads_the_hidden_tests(notebook: Notebook) -> None:
    _reader(notebook, "{root}/solutions/**/*.ipynb")


@persona(20, "graded")
def reads_the_neighbours(notebook: Notebook) -> None:
    _reader(notebook, "{root}/submitted/**/*.ipynb")


@persona(20, "graded")
def reads_the_gradebook(notebook: Notebook) -> None:
    _reader(notebook, "{root}/gradebook.db")


@persona(20, "graded")
def writes_the_gradebook(notebook: Notebook) -> None:
    attempt = (
        'import sqlite3\nthrough = False\ntry:\n    book = sqlite3.connect("{root}/gradebook.db")\n'
        '    through = book.execute("UPDATE grade SET manual_score = 99").rowcount > 0\n    book.commit()\n'
        "except sqlite3.Error:\n    pass"
    )
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))


@persona(20, "graded")
def looks_for_other_processes(notebook: Notebook) -> None:
    attempt = "import glob, os\nthrough = any(b'course' in open(f'{name}/cmdline', 'rb').read() and os.stat(name).st_uid == 0 for name in glob.glob('/proc/[0-9]*'))"
    answer(notebook, "felt-value", WRONG_UNLESS.format(attempt=attempt))
