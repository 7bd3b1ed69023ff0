"""What a kernel costs until it is ready with pandas, altair and ipywidgets imported: stock, warm, and fenced in.

Time from asking for a kernel to the reply to its first cell (bar: a fifth of the stock kernel's, aim an eighth), memory of
its own (bar: a third), processor time. Then what one further kernel costs the fork server and the sandbox together.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from course.kernel.probe import probe
from course.kernel.sandbox import open_kernel, warm_up
from course.kernel.warm import NAME, fork_server

ROUNDS = 7
CELL = "import pandas, altair, ipywidgets"
Opener = Callable[[], AbstractAsyncContextManager[AsyncKernelManager]]


def learners(kind: str) -> Opener:
    @asynccontextmanager
    async def opened() -> Any:
        KernelProvisionerFactory.instance().default_provisioner_name = kind
        manager = AsyncKernelManager()
        await manager.start_kernel(stderr=subprocess.DEVNULL)
        try:
            yield manager
        finally:
            await manager.shutdown_kernel(now=True)

    return opened


def fenced() -> Any:
    return open_kernel(Path(tempfile.gettempdir()) / "empty")


async def measure(opener: Opener) -> dict[str, float]:
    start = time.perf_counter()
    async with opener() as manager:
        client = manager.client()
        client.start_channels()
        asked = client.execute(CELL)
        await client._async_recv_reply(asked, timeout=60)
        took = time.perf_counter() - start
        process = psutil.Process(manager.provisioner.process.pid)  # type: ignore[union-attr]
        # in a sandbox the process that was forked watches over the kernel
        processes = [process, *process.children()]
        memory = [found.memory_full_info() for found in processes]
        spent = [found.cpu_times() for found in processes]
        result = {
            "ready": took,
            "own": sum(found.uss for found in memory) / 1e6,
            "share": sum(found.pss for found in memory) / 1e6,
            "processor": sum(found.user + found.system for found in spent),
        }
        client.stop_channels()
    return result | {"whole": time.perf_counter() - start}


async def rounds() -> dict[str, list[dict[str, float]]]:
    kinds: dict[str, Opener] = {"stock": learners("local-provisioner"), "warm": learners(NAME)}
    fork_server().connect()
    if probe().sandbox:
        kinds["fenced in"] = fenced
        warm_up().connect()
        (Path(tempfile.gettempdir()) / "empty").mkdir(exist_ok=True)
    for opener in kinds.values():
        await measure(opener)
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, opener in kinds.items():
            found[kind].append(await measure(opener))
    return found


def main() -> list[dict[str, str]]:
    """Measure the kinds in turn, round by round, so that a busy moment hits all of them alike."""
    found = asyncio.run(rounds())
    middle = {
        kind: {name: statistics.median(one[name] for one in ones) for name in ones[0]} for kind, ones in found.items()
    }
    stock = middle["stock"]
    return [
        {
            "kernel": kind,
            "ready": f"{figures['ready']:.3f} s",
            "of stock": f"1/{stock['ready'] / figures['ready']:.1f}",
            "own memory": f"{figures['own']:.0f} MB",
            "of stock ": f"{figures['own'] / stock['own']:.2f}",
            "share": f"{figures['share']:.0f} MB",
            "processor": f"{figures['processor']:.2f} s",
            "opened and closed": f"{figures['whole']:.3f} s",
            "bar": "" if kind == "stock" else "ready ≤ 1/5, own memory ≤ 0.33",
        }
        for kind, figures in middle.items()
    ]
