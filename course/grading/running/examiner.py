"""The examiner: the process that holds an assignment's tests and runs them, in another room than the learner's notebook.

It asks for values and gets values: through the grader, which asks the learner's kernel. What a learner's code does in its
own room reaches nothing in here. Each submission has an examiner of its own, forked from the warm process.
"""

from __future__ import annotations

import ast
import builtins
import io
import json
import socket
import sys
from collections import defaultdict
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any, BinaryIO

from course.answers import THEORY, AnswerError
from course.given import use_variant
from course.grading.assignment.messages import literals, plain_names, split
from course.i18n import use_language
from course.kernel.values import Foreign, Function, Parts, decode, encode
from course.kernel.witness import Reply

ENTRY = "course.grading.running.examiner:serve"
# Of what a test prints and says, in characters
LONGEST_PRINT = 20_000
LONGEST_ERROR = 4_000
SECONDS, MEMORY = 3_600, 4 << 30
KINDS = ("value", "absent", "no function", "borrowed", "error")


class Line:
    """The examiner's end of the line to the grader: one JSON text a line."""

    def __init__(self, reads: BinaryIO, writes: BinaryIO) -> None:
        self._reads, self._writes = reads, writes

    def receive(self) -> dict[str, Any]:
        """Return the next message. `EOFError` where the grader has gone."""
        line = self._reads.readline()
        if not line:
            raise EOFError
        message: dict[str, Any] = json.loads(line)
        return message

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self._writes.write(json.dumps(message).encode() + b"\n")
        self._writes.flush()


class Room(dict[str, Any]):
    """The names of a test cell. What the test does not define itself is asked for in the learner's room."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins)
        self._sitting = sitting

    def ask(
        self, name: str, inputs: tuple[object, ...] | None, uses: tuple[str, ...] = (), /, **keywords: object
    ) -> Reply:
        """Return what stands under `name`, or what the function of that name gives, in the learner's room."""
        return self._sitting.ask(name, inputs, keywords, uses)

    def ask_each(self, name: str, inputs: list[tuple[object, ...]], uses: tuple[str, ...] = (), /) -> list[Reply]:
        """Return what the function of a name gives for each of several inputs, asked at once."""
        return self._sitting.ask_each(name, inputs, uses)

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) or name.startswith("__"):
            raise KeyError(name)
        if name in self._sitting.imports:
            return self._sitting.imports[name]
        reply = self.ask(name, None)
        if reply.kind == "absent":
            raise KeyError(name)
        if isinstance(reply.value, Function):
            return Remote(self, name)
        return reply.value


class Remote:
    """A learner's function, as a test without `Answers` calls it."""

    def __init__(self, room: Room, name: str) -> None:
        self._room, self._name = room, name

    def __call__(self, *inputs: object, **keywords: object) -> Any:
        """Return what the function gives."""
        reply = self._room.ask(self._name, inputs, **keywords)
        if reply.kind == "value":
            return list(reply.value) if isinstance(reply.value, Parts) else reply.value
        raise RuntimeError(": ".join(reply.error) if reply.kind == "error" else f"{self._name}: {reply.kind}")


class Sitting:
    """One test. Its visible part comes first; the whole of it later, when nothing that a learner sees is made any more.

    What the visible part was told is not asked again, so that a test sees one notebook, as it was when the test's turn came.
    Plain data is asked for then, too, where only the hidden part needs it: later it may have been changed in its place.
    """

    def __init__(self, line: Line, grade_id: str, source: str, imports: dict[str, Any]) -> None:
        self.line = line
        self.grade_id = grade_id
        self.source = source
        self.imports = imports
        self.visible, hidden = split(source)
        self.has_more = bool(hidden.strip())
        self.whole = False
        self.replies: defaultdict[str, list[Reply]] = defaultdict(list)

    def ask(
        self, name: str, inputs: tuple[object, ...] | None, keywords: dict[str, object], uses: tuple[str, ...] = ()
    ) -> Reply:
        """Return what the learner's room says."""
        key = json.dumps([name, None if inputs is None else encode(inputs), encode(keywords)])
        if self.whole and (known := self.replies[key]):
            return known[0] if inputs is None and len(known) == 1 else known.pop(0)
        reply = read_reply(self._reply(name, inputs, keywords, uses, each=False))
        if not self.whole:
            self.replies[key].append(reply)
        return reply

    def ask_each(self, name: str, inputs: list[tuple[object, ...]], uses: tuple[str, ...] = ()) -> list[Reply]:
        """Return what the learner's room says to each of several calls, which are one question to it."""
        keys = [json.dumps([name, encode(each), encode({})]) for each in inputs]
        if self.whole and all(self.replies[key] for key in keys):
            return [self.replies[key].pop(0) for key in keys]
        replies = read_replies(self._reply(name, inputs, {}, uses, each=True), len(inputs))
        if not self.whole:
            for key, reply in zip(keys, replies, strict=True):
                self.replies[key].append(reply)
        return replies

    def _reply(
        self, name: str, inputs: object, keywords: dict[str, object], uses: tuple[str, ...], *, each: bool
    ) -> str:
        question = {
            "name": name,
            "inputs": None if inputs is None else encode(inputs),
            "keywords": encode(keywords),
            "each": each,
            "shut": THEORY,
            "uses": uses,
            "moment": self.grade_id if self.has_more else "",
            "back": self.whole,
        }
        self.line.send({"question": json.dumps(question)})
        return str(self.line.receive()["reply"])

    def run(self, *, whole: bool) -> dict[str, Any]:
        """Run the test and return what came of it."""
        self.whole = whole
        printed, found = io.StringIO(), ""
        error: BaseException | None = None
        try:
            with redirect_stdout(printed), redirect_stderr(io.StringIO()):
                found = _execute(self.source if whole else self.visible, Room(self))
        except EOFError:
            raise
        except BaseException as raised:
            error = raised
        if error is None and self.has_more and not whole:
            self.keep()
        return {
            "passed": error is None,
            "printed": printed.getvalue()[:LONGEST_PRINT],
            "found": found[:LONGEST_PRINT],
            "error": "" if error is None else type(error).__name__,
            "said": "" if error is None else _said(error),
            "discreet": error is not None and self.is_discreet(error),
            "more": self.has_more and not whole,
        }

    def keep(self) -> None:
        """Ask for the plain data that the hidden part will need. Its inputs are kept back."""
        for name in sorted(plain_names(self.source) - set(self.imports)):
            if json.dumps([name, None, encode({})]) not in self.replies:
                self.ask(name, None, {})

    def is_discreet(self, error: BaseException) -> bool:
        """Tell whether an error says nothing but what the test's author wrote for learners."""
        return bool(getattr(error, "discreet", False)) or (
            isinstance(error, AssertionError)
            and not isinstance(error, AnswerError)
            and _said(error) in literals(self.source)
        )


def read_replies(text: str, count: int) -> list[Reply]:
    """Return what the learner's room said to `count` calls; what says nothing of each says one thing of all."""
    try:
        each = [read_reply(json.dumps(one)) for one in json.loads(text)["each"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        each = [read_reply(text)]
    if len(each) == count:
        return each
    return (each if len(each) == 1 else [read_reply("")]) * count


def read_reply(text: str) -> Reply:
    """Return what the learner's room said; whatever is no answer is an error of the learner's."""
    try:
        said = json.loads(text)
        kind, (error, why) = said["kind"], said["error"]
        if kind not in KINDS or not isinstance(error, str) or not isinstance(why, str):
            raise ValueError(kind)
        names = Foreign(error[:80] if error.isidentifier() else "Exception", why[:LONGEST_ERROR])
        plain = names.sight.encode("utf-8", "replace").decode()
        return Reply(kind, decode(said["value"]), (names.kind, plain))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Reply("error", error=("ValueError", ""))


def _said(error: BaseException) -> str:
    with suppress(Exception):
        return str(error)[:LONGEST_ERROR].encode("utf-8", "replace").decode()
    return ""


def _execute(source: str, room: Room) -> str:
    """Run a test cell; return its last expression as a notebook shows it, nothing where it ends in none."""
    tree = ast.parse(source, "<test>")
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "<test>", "exec"), room)
        return ""
    del tree.body[-1]
    exec(compile(tree, "<test>", "exec"), room)
    value = eval(compile(ast.Expression(last.value), "<test>", "eval"), room)
    return "" if value is None else repr(value)


def examine(line: Line) -> None:
    """Take up one submission: first what it is, then test after test, until the grader hangs up."""
    start = line.receive()
    use_language(start["language"])
    if start["token"]:
        use_variant(start["token"])
    imports: dict[str, Any] = {}
    with suppress(ImportError):
        exec(start["imports"], imports)
    sittings: dict[str, Sitting] = {}
    while True:
        asked = line.receive()
        name = asked["test"]
        if not asked["whole"]:
            sittings[name] = Sitting(line, name, asked["source"], imports)
        line.send({"result": sittings[name].run(whole=asked["whole"])})


def serve(descriptor: int) -> None:
    """Examine at the other end of a socket."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    stream: Any = socket.socket(fileno=descriptor).makefile("rwb")
    with suppress(EOFError, BrokenPipeError, ConnectionError):
        examine(Line(stream, stream))


if __name__ == "__main__":
    ours = sys.stdout.buffer
    sys.stdout = io.StringIO()
    with suppress(EOFError, BrokenPipeError):
        examine(Line(sys.stdin.buffer, ours))
