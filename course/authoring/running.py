"""Running notebooks: each in a kernel of its own, as many at a time as there are processors, warm where that can be."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.authoring.repo import Repo
from course.paths import ROOT

# Against a cell that never ends; generous, for the machine may be busy
SECONDS_PER_CELL = 600


@dataclass(frozen=True)
class Task:
    """A notebook to run in `folder`; with `go_on` also what comes after a cell that failed."""

    notebook: Any
    folder: Path
    go_on: bool = False


@dataclass
class Execution:
    """A notebook after it was run, with its outputs, and what went wrong, by cell id ("" for the kernel itself)."""

    notebook: Any
    errors: dict[str, str] = field(default_factory=dict)

    def printed(self) -> dict[str, str]:
        """Return what each code cell printed, by id."""
        return {
            cell.id: "".join(output.text for output in cell.outputs if output.output_type == "stream")
            for cell in self.notebook.cells
            if cell.cell_type == "code"
        }


def execute(repo: Repo, tasks: Sequence[Task]) -> list[Execution]:
    """Run notebooks with this copy's package; return what came of each, in their order. The tasks' notebooks are changed."""

    async def run_all(manager: type, env: dict[str, str]) -> list[Execution]:
        places = asyncio.Semaphore(os.cpu_count() or 1)

        async def run_one(task: Task) -> Execution:
            async with places:
                return await _run(task, manager, env)

        return await asyncio.gather(*map(run_one, tasks))

    env = _environment(repo)
    with _manager_class(repo, env) as manager:
        return asyncio.run(run_all(manager, env))


async def _run(task: Task, manager: type, env: dict[str, str]) -> Execution:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

    execution = Execution(task.notebook)

    def remember(cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        content = execute_reply["content"]
        execution.errors[cell.id] = f"{content.get('ename')}: {content.get('evalue')}".splitlines()[0]

    client = NotebookClient(
        task.notebook,
        kernel_name="python3",
        kernel_manager_class=manager,
        timeout=SECONDS_PER_CELL,
        startup_timeout=SECONDS_PER_CELL,
        allow_errors=task.go_on,
        on_cell_error=remember,
        resources={"metadata": {"path": str(task.folder)}},
    )
    try:
        await client.async_execute(env=env, stderr=subprocess.DEVNULL)
    except CellExecutionError:
        pass
    except (CellControlSignal, DeadKernelError) as error:
        execution.errors[""] = str(error).strip().splitlines()[-1]
    return execution


@contextmanager
def _manager_class(repo: Repo, env: dict[str, str]) -> Iterator[type]:
    """Give what starts kernels: from this process's warm one, or for another copy from one that has imported its package."""
    from course.kernel.managers import WarmManager
    from course.kernel.warm import ForkServer

    if repo.root == ROOT:
        yield WarmManager
        return
    server = ForkServer(env)
    try:
        yield type("CopysManager", (WarmManager,), {"server": server})
    finally:
        server.stop()


def _environment(repo: Repo) -> dict[str, str]:
    if repo.root == ROOT:
        return dict(os.environ)
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(repo.root), os.environ.get("PYTHONPATH", "")])}
