"""`{base_url}course/lab/tree/<notebook>` and `{base_url}course/notebooks/<notebook>`: a kernel first, then the notebook.

By itself JupyterLab drops, without a word, the cells that a learner runs before the page has its session. Opened
through this door, a notebook finds its session there already: the page must only connect. For that moment, the page's
extension (`labextension/`) holds cells back.
"""

from __future__ import annotations

import asyncio
import posixpath
from typing import Any
from urllib.parse import quote

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.sessions.sessionmanager import KernelName, ModelName
from jupyter_server.utils import ensure_async, url_path_join
from tornado import web

from course.kernel.warm import begin
from course.server.asked import with_query
from course.server.leftovers import take_out_dead_widgets

ROOMS = ("lab/tree", "notebooks")
# Whoever has waited so long gets the page: it asks for a kernel by itself
PATIENCE_SECONDS = 10.0


class DoorHandler(JupyterHandler):
    """Start a notebook's session where it has none, then send the browser on to JupyterLab or Jupyter Notebook."""

    def initialize(self, starting: dict[str, asyncio.Task[None]]) -> None:
        """Share the sessions that are just starting, by notebook, with the other requests."""
        self.starting = starting

    @web.authenticated
    async def get(self, room: str, path: str) -> None:
        """Send the browser to the notebook; a session that cannot be had closes no door."""
        begin()
        path = path.strip("/")
        if path not in self.starting:
            self.starting[path] = asyncio.create_task(self._start(path))
            self.starting[path].add_done_callback(lambda _task: self.starting.pop(path, None))
        await asyncio.wait({self.starting[path]}, timeout=PATIENCE_SECONDS)
        self.redirect(with_query(url_path_join(self.base_url, room, quote(path)), self.request))

    async def _start(self, path: str) -> None:
        try:
            kernel_name = await self._kernel_name(path)
            if kernel_name and not await ensure_async(self.session_manager.session_exists(path)):
                await self._clear(path)
                await self.session_manager.create_session(
                    path=path,
                    name=ModelName(posixpath.basename(path)),
                    type="notebook",
                    kernel_name=KernelName(kernel_name),
                )
        except Exception as error:
            # the page that opens next tries again, and says what is wrong
            self.log.warning("No session for %s before its page: %s", path, error)

    async def _clear(self, path: str) -> None:
        """Before a notebook gets a new kernel: leave nothing in it that pointed into the one before."""
        contents: Any = self.contents_manager
        try:
            model = await ensure_async(contents.get(path, type="notebook"))
            if take_out_dead_widgets(model["content"]):
                await ensure_async(contents.save(model, path))
        except Exception as error:
            # a file that may only be read: its reader meets an error in the widget's place, and can run the box all the same
            self.log.warning("Dead widgets stay in %s: %s", path, error)

    async def _kernel_name(self, path: str) -> str | None:
        """Return the kernel that the notebook asks for; None if there is no such notebook or kernel here."""
        contents: Any = self.contents_manager
        if not path.endswith(".ipynb") or not await ensure_async(contents.file_exists(path)):
            return None
        notebook = (await ensure_async(contents.get(path, type="notebook")))["content"]
        name = notebook["metadata"].get("kernelspec", {}).get("name") or self.kernel_manager.default_kernel_name
        return str(name) if name in self.kernel_spec_manager.find_kernel_specs() else None
