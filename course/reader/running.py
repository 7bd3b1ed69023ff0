"""Running a lesson once, in a kernel of its own, for what its cells give."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from course.manifest import Module
from course.reader.cells import Cell, cells
from course.reader.elements import ASKED, CHECK, SIMULATOR
from course.reader.outputs import Output, plain

# Against a cell that never ends; generous, for the machine may be busy
SECONDS_PER_CELL = 120
STATES = "application/vnd.jupyter.widget-state+json"
Outputs = dict[str, list[Output]]


class RunError(RuntimeError):
    """Raised where a lesson could not be run; the message is the machine's."""


def source_to_run(cell: Cell, module: Module, language: str) -> str:
    """Return what is run for a code cell: itself; for a simulator its first picture; nothing where the page has it all."""
    if cell.only(*ASKED, CHECK):
        return ""
    if call := cell.only(SIMULATOR):
        arguments = ", ".join(map(repr, (module.id, call.argument, language)))
        return f"from course.reader.pictures import beginning\nbeginning({arguments})"
    return cell.source


async def run(module: Module, language: str) -> Outputs:
    """Return what each code cell of a lesson gave, by id; cells that gave nothing are left out. Raises `RunError`."""
    import nbformat.v4 as v4

    codes = [cell for cell in cells(module, language) if not cell.text]
    notebook = v4.new_notebook(
        cells=[v4.new_code_cell(source_to_run(cell, module, language), id=cell.id) for cell in codes]
    )
    await execute(notebook, module.folder)
    states = _states(notebook)
    found = {cell.id: plain(ran.outputs, states) for cell, ran in zip(codes, notebook.cells, strict=True)}
    return {key: outputs for key, outputs in found.items() if outputs}


async def execute(notebook: Any, folder: Path) -> None:
    """Run a notebook in `folder`, in a kernel of its own, and put what its cells give into it. Raises `RunError`."""
    from jupyter_core.utils import ensure_async
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from course.kernel.managers import WarmManager

    class Client(NotebookClient):
        """Leaves the server's signals alone: nbclient's own takes Ctrl-C for itself and gives it back to nobody."""

        @asynccontextmanager
        async def async_setup_kernel(self, **options: Any) -> AsyncIterator[None]:
            self.km = self.create_kernel_manager()
            await self.async_start_new_kernel(**options)
            try:
                await self.async_start_new_kernel_client()
                yield
            finally:
                if self.kc is not None:
                    self.kc.stop_channels()
                await ensure_async(self.km.shutdown_kernel(now=True))

    client = Client(
        notebook,
        kernel_name="python3",
        kernel_manager_class=WarmManager,
        timeout=SECONDS_PER_CELL,
        startup_timeout=SECONDS_PER_CELL,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        await client.async_execute(stderr=subprocess.DEVNULL)
    except (CellTimeoutError, DeadKernelError, OSError, RuntimeError) as error:
        raise RunError(str(error)) from error


def _states(notebook: Any) -> dict[str, Any]:
    """Return the states of an executed notebook's widgets by their id."""
    kept = notebook.metadata.get("widgets", {}).get(STATES, {}).get("state", {})
    return {key: one["state"] for key, one in kept.items()}
