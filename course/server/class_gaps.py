"""`{base_url}course/gaps`: the means of the class.csv in the folder of the course, for the dashboards. Never its rows."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from course.i18n import match_language
from course.paths import ROOT
from course.server.home import place_of_shelf, reader_language
from course.server.plain import PlainHandler


def told(start: Path, language: str) -> dict[str, Any]:
    """Return what a page shows of the class.csv around `start`: its means, or `problem`; nothing where none lies there."""
    # numpy comes along, which a server does without until somebody asks
    from course.ratings.file import found

    raw = found(start)
    return {} if raw is None else _told(raw, language)


@lru_cache(maxsize=8)
def _told(raw: bytes, language: str) -> dict[str, Any]:
    from course.ratings.averages import of_file
    from course.ratings.file import ClassFileError

    try:
        return of_file(raw, language).plain()
    except ClassFileError as error:
        return {"problem": str(error)}


class _Telling(web.RequestHandler):
    async def tell(self, start: Path) -> None:
        self.set_header("Cache-Control", "no-store")
        language = reader_language(self, match_language(self.get_query_argument("lang", "")))
        await self.finish(await asyncio.to_thread(told, start, language))


class PublicGapsHandler(_Telling, PlainHandler):
    """Tell anybody."""

    async def get(self) -> None:
        """Send them."""
        await self.tell(ROOT)


class GapsHandler(_Telling, JupyterHandler):
    """Tell the learner whose server this is."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Send them; who is not signed in is told nothing: a page's script can do nothing with the login page."""
        if self.current_user is None:
            raise web.HTTPError(403)
        shelf = place_of_shelf(self.contents_manager)
        await self.tell(ROOT if shelf is None else Path(self.contents_manager.root_dir) / shelf)
