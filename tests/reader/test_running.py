"""A lesson that is run on a server leaves the server alone."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import nbformat.v4 as v4

from course.reader.running import execute
from tests.waiting import until_true


def test_who_ends_the_server_is_heard_while_a_lesson_is_run_and_afterwards(tmp_path: Path) -> None:
    heard: list[str] = []
    end = f"import os, signal; os.kill({os.getpid()}, signal.SIGTERM)"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(end), v4.new_code_cell("1 + 1")])

    async def serve() -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, heard.append, "end")
        await execute(notebook, tmp_path)
        assert heard == ["end"]
        os.kill(os.getpid(), signal.SIGTERM)
        await until_true(lambda: len(heard) == 2)

    usual = signal.getsignal(signal.SIGTERM)
    try:
        asyncio.run(serve())
    finally:
        signal.signal(signal.SIGTERM, usual)
    assert heard == ["end", "end"]
    assert notebook.cells[1].outputs[0].data["text/plain"] == "2"
