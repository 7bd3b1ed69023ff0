"""`{base_url}course/health`: whether a simulation can be run here now, for whoever watches over a server.

The home page answers also where nothing runs. This address asks the run service, as every dashboard does, and starts a
kernel, as lessons and private tools do.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from course.manifest import syllabus
from course.runs import Service
from course.runs.questions import read_question
from course.runs.service import Outcome

LONGEST_SECONDS = 60.0
# Who asks more often gets the answer of the time before
FRESH_SECONDS = 20.0
RUN = "import course\ncourse.app({module!r})"


async def try_the_service(service: Service) -> str:
    """Have the run service answer for a dashboard; return what failed, empty if nothing did."""
    question = read_question(syllabus().simulated[0].id, "app", "", "en")
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            answer = await service.ask(question, "health")
    except TimeoutError:
        return f"the run service does not answer within {LONGEST_SECONDS:g} seconds"
    return "" if answer.outcome is Outcome.ANSWERED else f"the run service: {answer.outcome.name}"


async def try_a_kernel(kernels: Any) -> str:
    """Start a kernel, run a simulation in it and end it; return what failed, empty if nothing did."""
    kernel_id = None
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            kernel_id = await ensure_async(kernels.start_kernel())
            client = kernels.get_kernel(kernel_id).client()
            client.start_channels()
            try:
                await client.wait_for_ready(timeout=LONGEST_SECONDS)
                code = RUN.format(module=syllabus().simulated[0].id)
                reply = await client.execute(code, reply=True, timeout=LONGEST_SECONDS)
            finally:
                client.stop_channels()
    except TimeoutError:
        return f"no answer within {LONGEST_SECONDS:g} seconds"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        if kernel_id is not None:
            with suppress(Exception):
                await ensure_async(kernels.shutdown_kernel(kernel_id, now=True))
    content = reply["content"]
    return "" if content["status"] == "ok" else f"{content.get('ename')}: {content.get('evalue')}"


class HealthHandler(JupyterHandler):
    """Say as JSON whether a run succeeds: 200, or 503 with what failed."""

    def initialize(self, service: Service, tried: dict[str, Any]) -> None:
        """Share the service, and the trial that is going on or was just made, with the other requests."""
        self.service = service
        self.tried = tried

    async def _try(self) -> str:
        return await try_the_service(self.service) or await try_a_kernel(self.kernel_manager)

    @web.authenticated
    async def get(self) -> None:
        """Send the answer."""
        now = time.monotonic()
        if "run" not in self.tried or (self.tried["run"].done() and now - self.tried["at"] > FRESH_SECONDS):
            self.tried.update(run=asyncio.create_task(self._try()), at=now)
        failed = await asyncio.shield(self.tried["run"])
        self.set_header("Cache-Control", "no-store")
        if failed:
            self.log.error("A run of a simulation failed: %s", failed)
            self.set_status(503)
        await self.finish({"ok": not failed, **({"failed": failed[:500]} if failed else {})})
