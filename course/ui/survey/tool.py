"""The survey tool in the kernel: takes a file in pieces, holds it in memory alone, maps, analyses, hands out the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.i18n import N_, translator
from course.paths import DATASETS
from course.survey import (
    LIMITS,
    Findings,
    Message,
    Plan,
    RawSurvey,
    SurveyProblem,
    analyse,
    clean,
    guess,
    read_survey,
    report,
    template,
)
from course.survey.report import tables_zip
from course.ui.protocol import protocol
from course.ui.survey.job import Job, Progress
from course.ui.survey.mapping import describe_plan, describe_survey, reading_choices, replan
from course.ui.survey.results import describe_findings
from course.ui.survey.words import LOST_PIECES, NOT_READY, UNEXPECTED, WORDS
from course.ui.tools import Send

PROTOCOL = protocol("survey")
SEED = 1
# of the progress bar of an analysis, the part that cleaning takes
CLEANING = 0.3
EXAMPLE = DATASETS / "synthetic_servqual_survey.csv"
CSV, XLSX = "text/csv;charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
NAMES = {
    "template": N_("survey-template.{kind}"),
    "report": N_("survey-report.html"),
    "word": N_("survey-report.docx"),
    "slides": N_("survey-slides.pptx"),
    "tables": N_("survey-tables.zip"),
    "example": N_("invented hotel.csv"),
}


class SurveyTool:
    """One page's survey. What is uploaded lives in this object and nowhere else; no message of the page can raise."""

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
        self._findings: Findings | None = None

    @staticmethod
    def describe(language: str) -> dict[str, Any]:
        """Return the tool's words and limits in `language`."""
        _ = translator(language)
        words = {key: _(text) for key, text in WORDS.items()}
        words["limits"] = words["limits"].format(
            megabytes=f"{LIMITS.bytes / 1_000_000:.0f}", rows=f"{LIMITS.rows:,}", columns=LIMITS.columns
        )
        return {
            "title": words["title"],
            "words": words,
            "example": _(NAMES["example"]),
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
            "report": self._report,
            "word": self._word,
            "slides": self._slides,
            "tables": self._tables,
        }
        if not PROTOCOL.knows(message.get("do")):
            return
        answer = answers[message["do"]]
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
            raise SurveyProblem(Message(WORDS["too_large"], name=name, **megabytes))
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

        def have_read(outcome: tuple[RawSurvey, Plan]) -> None:
            self._data, (self._raw, self._plan) = data, outcome
            self._stage = "analyse"
            self._send("survey", new=True, **describe_survey(self._raw, self._plan, self._language))

        self._start("read", lambda progress: _read(data, name, choices, progress), have_read)

    def _example(self, _message: dict[str, Any]) -> None:
        self._stop()
        name = translator(self._language)(NAMES["example"])
        self._read_by(EXAMPLE.read_bytes(), name, {})

    # --- what the columns hold
    def _map(self, message: dict[str, Any]) -> None:
        raw, plan = self._held()
        self._plan = replan(raw, plan, message)
        if choices := reading_choices(raw, self._plan):
            self._stop()
            self._read_by(self._data, raw.name, choices)
            return
        self._send("plan", **describe_plan(self._plan, self._language))

    def _analyse(self, message: dict[str, Any]) -> None:
        self._stop()
        raw, plan = self._held()
        self._plan = plan = replan(raw, plan, message)
        self._start("analyse", lambda progress: _analyse(raw, plan, progress), self._have_analysed)

    def _have_analysed(self, findings: Findings) -> None:
        self._findings = findings
        self._send("result", new=True, **describe_findings(findings, self._language))

    def _held(self) -> tuple[RawSurvey, Plan]:
        if self._raw is None or self._plan is None:
            raise SurveyProblem(Message(NOT_READY))
        return self._raw, self._plan

    def _state(self, _message: dict[str, Any]) -> None:
        """Tell a page that was drawn anew all there is."""
        if self._raw and self._plan:
            self._send("survey", new=False, **describe_survey(self._raw, self._plan, self._language))
        if self._findings:
            self._send("result", new=False, **describe_findings(self._findings, self._language))
        if not self._raw:
            self._send("nothing")

    # --- what goes out
    def _template(self, message: dict[str, Any]) -> None:
        kind = "xlsx" if message.get("format") == "xlsx" else "csv"
        name = translator(self._language)(NAMES["template"]).format(kind=kind)
        self._file(name, XLSX if kind == "xlsx" else CSV, template(kind, self._language))

    def _report(self, _message: dict[str, Any]) -> None:
        if self._findings:
            page = report(self._findings, self._language).encode()
            self._file(translator(self._language)(NAMES["report"]), "text/html;charset=utf-8", page)

    def _word(self, _message: dict[str, Any]) -> None:
        if self._findings:
            from course.survey.word import document

            name = translator(self._language)(NAMES["word"])
            self._file(name, WORD, document(self._findings, self._language))

    def _slides(self, _message: dict[str, Any]) -> None:
        if self._findings:
            from course.survey.slides import slides

            name = translator(self._language)(NAMES["slides"])
            self._file(name, SLIDES, slides(self._findings, self._language))

    def _tables(self, _message: dict[str, Any]) -> None:
        if self._findings:
            packed = tables_zip(self._findings, self._language)
            self._file(translator(self._language)(NAMES["tables"]), "application/zip", packed)

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


def _read(data: bytes, name: str, choices: dict[str, str], progress: Progress) -> tuple[RawSurvey, Plan]:
    raw = read_survey(data, name, choices=choices, progress=progress)
    return raw, guess(raw)


def _analyse(raw: RawSurvey, plan: Plan, progress: Progress) -> Findings:
    cleaned = clean(raw, plan, progress=lambda share: progress(CLEANING * share))
    return analyse(cleaned, seed=SEED, progress=lambda share: progress(CLEANING + (1 - CLEANING) * share))
