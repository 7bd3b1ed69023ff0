"""What the board asks for, with the teacher's token: where the class is, the commands, the note, the answers, the end."""

from __future__ import annotations

import asyncio
from typing import Any

from course.classroom.export import as_csv
from course.classroom.notes import note, step_notes
from course.classroom.rated import as_class_file, as_code
from course.classroom.state import StateError
from course.classroom.views import board_view
from course.ratings.file import NAME
from course.server.class_hall import TEACHER
from course.server.class_handler import WAIT_SECONDS, HallHandler, Refused

LONGEST_ASKED = 200
# answers that come at once are told at once
GATHER_SECONDS = 0.2


class BoardHandler(HallHandler):
    """What the board shows; a board that has seen it waits for the next."""

    waits = False

    async def get(self) -> None:
        """Send it."""
        self.as_teacher()
        room = self.hall.room
        if (self.seen("since"), self.seen("news")) == (room.state.version, room.news):
            version = room.state.version
            self.waits = True
            await self.hall.news(TEACHER, WAIT_SECONDS)
            self.waits = False
            if version == room.state.version:
                await asyncio.sleep(GATHER_SECONDS)
        if self.hall.deleted:
            raise Refused(410)
        self.tell(board_view(room, self.language) | {"code": room.code, "address": self.hall.address})

    def on_connection_close(self) -> None:
        """Wait for it no longer."""
        if self.waits:
            self.hall.hang_up(TEACHER)


class DoHandler(HallHandler):
    """A command of the teacher's."""

    def post(self) -> None:
        """Do it: {"command", "version", "seconds", "place"}; 409 where it does not fit, or the board is behind."""
        self.as_teacher()
        sent = self.sent()
        seconds, place = sent.get("seconds", 0), sent.get("place", 0)
        if not isinstance(sent.get("command"), str) or type(seconds) not in (int, float) or type(place) is not int:
            raise Refused(400)
        try:
            done = self.hall.room.do(sent["command"], sent.get("version", -1), seconds, place)
        except StateError as error:
            raise Refused(409) from error
        if not done:
            raise Refused(409)
        self.hall.catch_up()
        self.hall.ring()
        self.tell({"version": self.hall.room.state.version})


class NoteHandler(HallHandler):
    """The teacher's notes on each question and on the module, for the teacher alone."""

    async def get(self) -> None:
        """Send them as HTML: they are the course's own text."""
        self.as_teacher()
        self.tell(await asyncio.to_thread(self._notes, self.language))

    def _notes(self, language: str) -> dict[str, Any]:
        room = self.hall.room
        return {"html": note(room.module, language), "steps": step_notes(room.steps, room.module, language)}


class TableHandler(HallHandler):
    """Every answer as CSV, for the teacher alone."""

    def get(self) -> None:
        """Send it, with the mark by which Excel knows its letters."""
        self.as_teacher()
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header(
            "Content-Disposition", f'attachment; filename="{self.hall.room.module}-{self.hall.room.code}.csv"'
        )
        self.finish("\ufeff" + as_csv(self.hall.room))


class RatingsHandler(HallHandler):
    """What the class said of a service, as the lessons read it; 409 where so few said both that it would tell of them."""

    def get(self) -> None:
        """Send it, under the name that the teacher gives the service."""
        self.as_teacher()
        service = self.get_query_argument("service", "")[:LONGEST_ASKED]
        try:
            text = as_class_file(self.hall.room, service)
        except ValueError as error:
            raise Refused(409) from error
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{NAME}"')
        self.finish("\ufeff" + text)


class MeansHandler(HallHandler):
    """The means of what the class said of a service, as the address of a dashboard holds them; 409 as above."""

    def get(self) -> None:
        """Send them, under the name that the teacher gives the service."""
        self.as_teacher()
        service = self.get_query_argument("service", "")[:LONGEST_ASKED]
        try:
            code = as_code(self.hall.room, service)
        except ValueError as error:
            raise Refused(409) from error
        self.tell({"code": code})


class DeleteHandler(HallHandler):
    """The end of a class that has ended."""

    def post(self) -> None:
        """Delete everything, and have the server stop."""
        self.as_teacher()
        if not self.hall.room.state.ended:
            raise Refused(409)
        self.hall.room.delete()
        self.hall.deleted = True
        self.hall.ring()
        self.tell({"deleted": True})
        self.hall.leave()
