"""JupyterLab's own words in the learner's language, where its language setting was left at “default”.

Stock JupyterLab then speaks the language of the server's system, which says nothing about the reader.
"""

from __future__ import annotations

import asyncio
import json
import re
from urllib.parse import unquote, urlsplit

from jupyter_server.base.handlers import APIHandler
from jupyterlab_server.translation_utils import DEFAULT_LOCALE, SYS_LOCALE, get_language_pack
from tornado import web

from course.i18n import match_language
from course.server.home import reader_language

PACKS = {"zh": "zh_CN"}
EDITION = re.compile(r"/lesson\.(\w+)\.ipynb|/exercises/(\w+)/")


def language_of_page(address: str) -> str | None:
    """Return the language of the notebook that a page at `address` shows, None where it shows none of ours."""
    found = EDITION.search(unquote(urlsplit(address).path))
    return match_language(found[1] or found[2]) if found else None


class LabLanguageHandler(APIHandler):
    """Answer what JupyterLab asks for the locale “default”: by the page's notebook, the cookie, the browser.

    Where the course is a guest, pages that show none of its notebooks get what they would get without it.
    """

    def initialize(self, own: bool = True) -> None:
        """Remember whether the server is the course's own."""
        self.own = own

    def _without_a_page(self) -> str:
        if not self.own:
            return str(SYS_LOCALE)
        return reader_language(self)

    @web.authenticated
    async def get(self) -> None:
        """Send a language pack as jupyterlab_server does, an empty one for English."""
        language = language_of_page(self.request.headers.get("Referer", "")) or self._without_a_page()
        pack = PACKS.get(language, language)
        data, problem = {}, ""
        if pack != DEFAULT_LOCALE:
            loop = asyncio.get_running_loop()
            data, problem = await loop.run_in_executor(None, get_language_pack, pack)
        self.set_header("Vary", "Cookie, Accept-Language, Referer")
        self.set_header("Cache-Control", "no-store")
        await self.finish(json.dumps({"data": data, "message": problem}))
