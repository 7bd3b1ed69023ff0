"""`{base_url}course/practise/<module>`: the copy of an assignment that a student hands in through nbgrader's exchange."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from course.i18n import translator
from course.manifest import syllabus
from course.server.exchange import exchange
from course.server.home import reader_language


class PractiseHandler(JupyterHandler):
    """Open the student's own copy, fetched first where it is not yet."""

    @web.authenticated
    async def get(self, module_id: str) -> None:
        """Send the browser to the copy; say so where it cannot be had, instead of opening one that nobody will mark."""
        known = {module.id: module for module in syllabus().ready}
        place, language = exchange(), reader_language(self, self.get_argument("lang", None))
        copy = place.copy(known[module_id], language) if place and module_id in known else None
        if place is None or copy is None:
            self.redirect(url_path_join(self.base_url, "course/"))
            return
        try:
            if not copy.fetched:
                await asyncio.to_thread(place.fetch, known[module_id], copy)
            root = Path(str(getattr(self.contents_manager, "root_dir", ""))).resolve()
            path = copy.notebook.resolve(strict=True).relative_to(root)
        except Exception as error:
            # nbgrader raises what it likes, and so does an administrator's own exchange
            self.log.error("Assignment %s could not be fetched: %s", module_id, error)
            _ = translator(language)
            words = _("The assignment could not be fetched from the exchange. Tell whoever runs this server: {error}")
            self.set_status(409)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            await self.finish(words.format(error=str(error)[:500] or type(error).__name__))
            return
        room = "course/notebooks" if self.get_argument("room", "") == "notebooks" else "course/lab/tree"
        self.redirect(url_path_join(self.base_url, room, quote(path.as_posix())))
