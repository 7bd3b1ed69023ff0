"""An address read: what is asked about which module, in which language. Whether its values are good, the worker finds out.

`course/run/<module>/<kind>?v=…&lang=…&seed=…&<slider>=…`: `v` names the edition (`version`), and every other field belongs to
the kind. The same question asked in another order is the same question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from course.i18n import N_, match_language
from course.i18n.message import Message

# a run of the longest journey, played to its end, takes a third of it
LONGEST_QUERY = 8_000
MOST_FIELDS = 80
KINDS = ("run", "open", "people", "strategies", "debrief", "why", "study", "qr", "app", "simulator")
# these run a simulation hundreds of times
LONG_KINDS = ("study",)
UNREADABLE = N_("The address of this run cannot be read. Reload the page.")


class QuestionError(ValueError):
    """An address that asks nothing we know; the message is for the learner."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say("en"))
        self.message = message


@dataclass(frozen=True)
class Question:
    """What is asked: `fields` are the address's by name, as they stand in it, in alphabetical order."""

    module: str
    kind: str
    language: str
    version: str
    fields: Mapping[str, str]

    def address(self, edition: str) -> str:
        """Return the one address, below `course/run/`, at which a page asks this of an edition (`ui/runs/question.js`)."""
        query = urlencode([("v", edition), ("lang", self.language), *self.fields.items()], safe="*")
        # a browser writes it so, Python does not
        return f"{self.module}/{self.kind}?{query.replace('~', '%7E')}"

    @property
    def long(self) -> bool:
        """Whether the answer takes hundreds of runs."""
        return self.kind in LONG_KINDS


def read_question(module: str, kind: str, query: str, language: str) -> Question:
    """Return the question of an address; `language` where it names none. `QuestionError` where it cannot be read."""
    if len(query) > LONGEST_QUERY:
        raise QuestionError(Message(UNREADABLE))
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise QuestionError(Message(UNREADABLE)) from error
    fields = dict(pairs)
    asked = fields.pop("lang", language)
    found = match_language(asked)
    if len(dict(pairs)) != len(pairs) or found is None or kind not in KINDS:
        raise QuestionError(Message(UNREADABLE))
    version = fields.pop("v", "")
    return Question(module, kind, found, version, MappingProxyType(dict(sorted(fields.items()))))
