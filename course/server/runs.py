"""`{base_url}course/run/<module>/<kind>?…`: the run service (`course.runs`) on the web.

An answer to the edition that the address names never changes, so browsers and every proxy between may keep it.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.log import app_log

from course.i18n import N_, best_language, translator
from course.runs import Answer, Question, QuestionError, Service
from course.runs.frames import CONTENT_TYPE, frame
from course.runs.questions import read_question
from course.runs.service import RETRY_SECONDS, Outcome
from course.server.home import PageHandler
from course.server.plain import PlainHandler, send_packed
from course.server.static import FOR_GOOD

SIGNED_OUT = N_("This server no longer knows you. Open the course again from where you started it.")
# what an answer that holds for good is sent with
LASTING = {"Content-Type": CONTENT_TYPE, "Vary": "Accept-Encoding", "Cache-Control": FOR_GOOD}


class ServedPageHandler(PageHandler):
    """A page whose simulators ask the run service."""

    def initialize(self, explore_only: bool = False, service: Service | None = None) -> None:
        """Remember which doors this server has; share the run service with the other requests."""
        super().initialize(explore_only)
        self.service = service or Service()


class AnsweringHandler(web.RequestHandler):
    """Answer one question; what is wrong with it, or with us, is said in the reader's language as `{"message": …}`."""

    def initialize(self, service: Service) -> None:
        """Share the service with the other requests."""
        self.service = service
        self._asking: asyncio.Task[Answer] | None = None
        self._begun = False

    async def answer(self, module: str, kind: str) -> None:
        """Send the answer."""
        self.set_header("Cache-Control", "no-store")
        language = self.preferred()
        try:
            question = read_question(module, kind, self.request.query, language)
        except QuestionError as error:
            self.refuse(Outcome.REFUSED.value, error.message.say(language))
            return
        address = self.request.remote_ip or ""
        if not question.long:
            self._finish(question, await self.service.ask(question, address))
            return
        self._asking = asyncio.create_task(self.service.ask(question, address, self._tell))
        with suppress(asyncio.CancelledError):
            self._finish(question, await self._asking)

    def preferred(self) -> str:
        """Return the language of whoever asks."""
        return best_language(self.request.headers.get("Accept-Language", ""))

    def on_connection_close(self) -> None:
        """Let go of what nobody waits for any more."""
        if self._asking is not None:
            self._asking.cancel()

    def _tell(self, piece: bytes) -> None:
        if not self._begun:
            self.set_header("Content-Type", CONTENT_TYPE)
            # nginx would keep the frames until the answer is whole; what it does not keep so, it cannot keep for others
            self.set_header("X-Accel-Buffering", "no")
            self._begun = True
        self.write(piece)
        with suppress(StreamClosedError):
            self.flush()

    def refuse(self, status: int, message: str) -> None:
        """Finish with a sentence."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps({"message": message}, ensure_ascii=False))

    def _finish(self, question: Question, answer: Answer) -> None:
        if answer.outcome is not Outcome.ANSWERED:
            if self._begun:
                self.finish(frame({"kind": "problem", "number": 0, "message": answer.said}))
                return
            if answer.outcome is Outcome.BUSY:
                self.set_header("Retry-After", str(RETRY_SECONDS))
            if answer.fault:
                app_log.error("A run of %s failed: %s", question.module, answer.fault)
            self.refuse(answer.outcome.value, answer.said)
            return
        if self._begun:
            self.finish(answer.frame)
            return
        for name, value in LASTING.items():
            if answer.lasting or name != "Cache-Control":
                self.set_header(name, value)
        send_packed(self, answer.packed)


class PublicRunHandler(AnsweringHandler, PlainHandler):
    """Answer anybody."""

    async def get(self, module: str, kind: str) -> None:
        """Send the answer."""
        await self.answer(module, kind)

    head = get


class RunHandler(AnsweringHandler, JupyterHandler):
    """Answer the learner whose server this is."""

    @allow_unauthenticated
    async def get(self, module: str, kind: str) -> None:
        """Send the answer; who is not signed in is told so: a page's script can do nothing with the login page."""
        if self.current_user is None:
            self.set_header("Cache-Control", "no-store")
            self.refuse(403, translator(self.preferred())(SIGNED_OUT))
            return
        await self.answer(module, kind)

    def set_cookie(self, *_what: Any, **_how: Any) -> None:
        """Set none: what anybody may keep carries nobody's cookie, or no proxy would keep it."""
