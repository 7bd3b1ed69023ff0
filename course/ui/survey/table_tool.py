"""A tool that takes a table: a file in, in pieces, held in memory alone; columns mapped, findings out. What a tool is
beside that (survey, Kano's pairs) its own class says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from course.i18n import translator
from course.survey import LIMITS, Message, Plan, RawSurvey, SurveyProblem, read_survey
from course.ui.protocol import protocol
from course.ui.survey.job import Job, Progress
from course.ui.survey.mapping import reading_choices
from course.ui.survey.words import LOST_PIECES, NOT_READY, UNEXPECTED
from course.ui.tools import Send

PROTOCOL = protocol("survey")
CSV, XLSX = "text/csv;charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PAGE, ZIP = "text/html;charset=utf-8", "application/zip"


class TableTool(ABC):
    """One page's table. What is uploaded lives in this object and nowhere else; no message of the page can raise.

    A tool says what is asked (`plan`, `describe_plan`, `replan`), what is computed (`work`), what is shown (`result`) and
    what can be taken away (`OFFERS`, `made`).
    """

    WORDS: ClassVar[Mapping[str, str]]
    NAMES: ClassVar[Mapping[str, str]]
    """File names of the example, the template, and each of `OFFERS`."""
    OFFERS: ClassVar[Mapping[str, str]]
    """What is handed out, a key of the page's protocol, and its content type; each has its word in `WORDS`."""
    KEY: ClassVar[str]

    @abstractmethod
    def plan(self, raw: RawSurvey) -> Plan:
        """Return how a table that was just read would be used, and what its owner is asked."""

    @abstractmethod
    def example(self, language: str) -> bytes:
        """Return the invented file that can be tried."""

    @abstractmethod
    def template(self, kind: str, language: str) -> bytes:
        """Return the file to fill in; `kind` is "csv" or "xlsx"."""

    @abstractmethod
    def describe_table(self, raw: RawSurvey, plan: Plan, language: str) -> dict[str, Any]:
        """Return what was read and its plan, as the message “survey” has them."""

    @abstractmethod
    def describe_plan(self, plan: Plan, language: str) -> dict[str, Any]:
        """Return the plan, as the message “plan” has it."""

    @abstractmethod
    def replan(self, raw: RawSurvey, plan: Plan, message: dict[str, Any]) -> Plan:
        """Return the plan with what the page changed."""

    @abstractmethod
    def work(self, raw: RawSurvey, plan: Plan, progress: Progress) -> Any:
        """Return the findings; called in a thread."""

    @abstractmethod
    def result(self, findings: Any, language: str) -> dict[str, Any]:
        """Return the findings, as the message “result” has them."""

    @abstractmethod
    def made(self, what: str, findings: Any, language: str) -> bytes:
        """Return the file `what`, a key of `OFFERS`."""

    def read(self, data: bytes, name: str, choices: Mapping[str, str], progress: Progress) -> RawSurvey:
        """Return the table in a file; called in a thread. `choices`: answers to what an earlier reading asked."""
        return read_survey(data, name, choices=choices, progress=progress)

    def __init__(self, send: Send, language: str) -> None:
        self._send_message = send
        self._language = language
        self._turn: object = None
        self._arriving = bytearray()
        self._expected = 0
        self._name = ""
        self._job: Job[Any] | None = None
        self._stage = "read"
        self._data: bytes = b""
        self._raw: RawSurvey | None = None
        self._plan: Plan | None = None
        self._findings: Any = None

    @classmethod
    def describe(cls, language: str) -> dict[str, Any]:
        """Return the tool's words and limits in `language`."""
        _ = translator(language)
        words = {key: _(text) for key, text in cls.WORDS.items()}
        words["limits"] = words["limits"].format(
            megabytes=f"{LIMITS.bytes / 1_000_000:.0f}", rows=f"{LIMITS.rows:,}", columns=LIMITS.columns
        )
        return {
            "title": words["title"],
            "words": words,
            "example": _(cls.NAMES["example"]),
            "offers": list(cls.OFFERS),
            "most_bytes": LIMITS.bytes,
            "accept": ".csv,.tsv,.txt,.xlsx,.xls,.et,.ods,.sav,.zsav",
        }

    def speak(self, language: str) -> None:
        """Speak `language` from the next answer on."""
        self._language = language

    def handle(self, message: dict[str, Any]) -> None:
        """Answer one message of the page."""
        answers: dict[str, Callable[[dict[str, Any]], None]] = {
            "begin": self._begin,
            "piece": self._piece,
            "example": self._example,
            "cancel": self._cancel,
            "remove": self._remove,
            "map": self._map,
            "analyse": self._analyse,
            "state": self._state,
            "template": self._template,
            **dict.fromkeys(self.OFFERS, self._hand_out),
        }
        word = message.get("do")
        if not PROTOCOL.knows(word) or word not in answers:
            return
        answer = answers[word]
        try:
            answer(message)
        except Exception as error:
            self._failed(error)

    # --- the file comes in
    def _begin(self, message: dict[str, Any]) -> None:
        self._stop()
        name, size = str(message.get("name", "")), message.get("size")
        if not isinstance(size, int) or size < 0:
            raise SurveyProblem(Message(LOST_PIECES))
        if size > LIMITS.bytes:
            megabytes = {"size": f"{size / 1e6:.0f}", "most": f"{LIMITS.bytes / 1e6:.0f}"}
            raise SurveyProblem(Message(self.WORDS["too_large"], name=name, **megabytes))
        self._turn, self._name, self._expected = message.get("turn"), name, size
        if size:
            self._send("want", turn=self._turn, at=0)
        else:
            self._read()

    def _piece(self, message: dict[str, Any]) -> None:
        if self._turn is None or message.get("turn") != self._turn:
            return
        buffers = message.get("buffers") or [b""]
        # a piece that comes twice, after a broken line, is not taken twice
        if message.get("at") == len(self._arriving):
            self._arriving += buffers[0]
        if len(self._arriving) > self._expected or not len(buffers[0]):
            raise SurveyProblem(Message(LOST_PIECES))
        if len(self._arriving) < self._expected:
            self._send("want", turn=self._turn, at=len(self._arriving))
        else:
            self._read()

    def _read(self) -> None:
        data, name = bytes(self._arriving), self._name
        self._stop()
        self._read_by(data, name, {})

    def _read_by(self, data: bytes, name: str, choices: dict[str, str]) -> None:
        """Read a file, or read it once more where the learner said how: its bytes stay in memory for that."""

        def read(progress: Progress) -> tuple[RawSurvey, Plan]:
            raw = self.read(data, name, choices, progress)
            return raw, self.plan(raw)

        def have_read(outcome: tuple[RawSurvey, Plan]) -> None:
            self._data, (self._raw, self._plan) = data, outcome
            self._stage = "analyse"
            self._send("survey", new=True, **self.describe_table(self._raw, self._plan, self._language))

        self._start("read", read, have_read)

    def _example(self, _message: dict[str, Any]) -> None:
        self._stop()
        name = translator(self._language)(self.NAMES["example"])
        self._read_by(self.example(self._language), name, {})

    # --- what the columns hold
    def _map(self, message: dict[str, Any]) -> None:
        raw, plan = self._held()
        self._plan = self.replan(raw, plan, message)
        if choices := reading_choices(raw, self._plan):
            self._stop()
            self._read_by(self._data, raw.name, choices)
            return
        self._send("plan", **self.describe_plan(self._plan, self._language))

    def _analyse(self, message: dict[str, Any]) -> None:
        self._stop()
        raw, plan = self._held()
        self._plan = plan = self.replan(raw, plan, message)
        if plan.open:
            # the page asks first; who speaks past it, or has not seen the last question, is told the same
            self._send("plan", **self.describe_plan(plan, self._language))
            raise SurveyProblem(Message(self.WORDS["answer_first"]))
        self._start("analyse", lambda progress: self.work(raw, plan, progress), self._have_analysed)

    def _have_analysed(self, findings: Any) -> None:
        self._findings = findings
        self._send("result", new=True, **self.result(findings, self._language))

    def _held(self) -> tuple[RawSurvey, Plan]:
        if self._raw is None or self._plan is None:
            raise SurveyProblem(Message(NOT_READY))
        return self._raw, self._plan

    def _state(self, _message: dict[str, Any]) -> None:
        """Tell a page that was drawn anew all there is."""
        if self._raw and self._plan:
            self._send("survey", new=False, **self.describe_table(self._raw, self._plan, self._language))
        if self._findings:
            self._send("result", new=False, **self.result(self._findings, self._language))
        if not self._raw:
            self._send("nothing")

    # --- what goes out
    def _template(self, message: dict[str, Any]) -> None:
        kind = "xlsx" if message.get("format") == "xlsx" else "csv"
        name = translator(self._language)(self.NAMES["template"]).format(kind=kind)
        self._file(name, XLSX if kind == "xlsx" else CSV, self.template(kind, self._language))

    def _hand_out(self, message: dict[str, Any]) -> None:
        if self._findings:
            what = message["do"]
            name = translator(self._language)(self.NAMES[what])
            self._file(name, self.OFFERS[what], self.made(what, self._findings, self._language))

    def _file(self, name: str, content_type: str, body: bytes) -> None:
        self._send("file", [body], name=name, type=content_type)

    # --- work, its end, its problems
    def _start(self, stage: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self._stage = stage

        def told(share: float) -> None:
            self._send("progress", stage=stage, share=share)

        def finish(outcome: Any) -> None:
            try:
                done(outcome)
            except Exception as error:
                self._failed(error)

        told(0)
        self._job = Job(work, told, finish, self._failed)

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = None
        self._turn, self._arriving = None, bytearray()

    def _cancel(self, _message: dict[str, Any]) -> None:
        self._stop()
        self._send("nothing")

    def _remove(self, _message: dict[str, Any]) -> None:
        self._stop()
        self._data = b""
        self._raw = self._plan = self._findings = None
        self._send("nothing")

    def _failed(self, error: BaseException) -> None:
        self._turn, self._arriving = None, bytearray()
        problem: dict[str, Any] = {"column": None}
        if isinstance(error, SurveyProblem):
            # what is wrong with a file that could not be read is in no column of the one before
            names = list(self._raw.cells.columns) if self._raw and self._stage == "analyse" else []
            problem["column"] = names.index(error.column) if error.column in names else None
            problem["message"] = error.say(self._language)
        else:
            # its own text and trace could quote the file
            problem["message"] = translator(self._language)(UNEXPECTED).format(kind=type(error).__name__)
        self._send("problem", **problem)

    def _send(self, what: str, buffers: list[bytes] | None = None, **message: Any) -> None:
        self._send_message({"do": what, **PROTOCOL.checked(what, message)}, buffers or [])
