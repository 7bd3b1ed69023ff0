"""Run the code of a submission in a kernel as the grader does, and tell what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from course.kernel.limits import Ending, Limits
from course.kernel.sandbox import open_kernel


@dataclass
class Outcome:
    """What one submission did: the text of its outputs, cell by cell, its errors' names, and how its kernel ended."""

    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    ending: Ending | None = None
    timed_out: bool = False

    @property
    def text(self) -> str:
        return "".join(self.texts)


def outcome(cells: list[Any]) -> Outcome:
    result = Outcome()
    for cell in cells:
        text = ""
        for output in cell.outputs:
            if output.output_type == "error":
                result.errors.append(f"{output.ename}: {output.evalue}")
            text += output.get("text") or output.get("data", {}).get("text/plain", "")
        result.texts.append(text)
    return result


async def execute(
    folder: Path,
    *code: str,
    limits: Limits | None = None,
    seconds: float = 20,
    sandbox: bool = True,
    language: str = "en",
) -> Outcome:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in code])
    ending, timed_out = None, False
    async with open_kernel(folder, limits, sandbox=sandbox, language=language) as km:
        client = NotebookClient(notebook, km=km, timeout=seconds, allow_errors=True, interrupt_on_timeout=False)
        try:
            await client.async_execute()
        except DeadKernelError:
            ending = await km.find_ending()
        except CellTimeoutError:
            timed_out = True
    result = outcome(notebook.cells)
    result.ending, result.timed_out = ending, timed_out
    return result


def run(folder: Path, *code: str, **options: Any) -> Outcome:
    return asyncio.run(execute(folder, *code, **options))
