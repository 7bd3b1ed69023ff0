"""A lesson on paper: what its questions say there, and the answers for the last page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from course.amounts import rounded
from course.reader.elements import Element

_STRESS = re.compile(r"\*{1,2}([^*\s](?:[^*]*[^*\s])?)\*{1,2}")
_CODE = re.compile(r"`([^`]+)`")
EMPTY = Markup()


def stressed(text: str) -> Markup:
    """Return a text of a questions file as HTML, as `emphasised` in `course/ui/page/dom.js` draws it.

    >>> stressed("the *gap* & `P`")
    Markup('the <em>gap</em> &amp; <code>P</code>')
    """
    marked = _STRESS.sub(r"<em>\1</em>", str(escape(text)))
    return Markup(_CODE.sub(r"<code>\1</code>", marked))


@dataclass(frozen=True)
class Answer:
    """What the last page says to one question: the question, the answer, and why. Texts as HTML."""

    question: Markup
    answer: Markup
    why: Markup = EMPTY


def answers(elements: Iterable[Element]) -> list[Answer]:
    """Return what is answered on the last page, in the order in which it is asked."""
    return [answer for one in elements for answer in _ANSWERS[one.part](one.content)]


def _prediction(content: dict[str, Any]) -> list[Answer]:
    value = rounded(content["answer"], content["digits"])
    amount = content["words"]["amount"].format(value=value, unit=content["unit"])
    return [Answer(stressed(content["question"]), escape(amount), stressed(content["reveal"]))]


def _writing(content: dict[str, Any]) -> list[Answer]:
    if not content["answer"] or content["again"]:
        return []
    return [Answer(stressed(content["prompt"]), stressed(content["answer"]))]


def _quiz(content: dict[str, Any]) -> list[Answer]:
    return [_item(item) for item in content["items"]]


def _item(item: dict[str, Any]) -> Answer:
    question = stressed(item["question"])
    if item["kind"] == "number":
        return Answer(question, escape(f"{item['answer']:g} {item['unit']}".replace("-", "−")), stressed(item["hit"]))
    right = [option for option in item["options"] if option["right"]]
    return Answer(
        question,
        Markup(" · ").join(stressed(option["text"]) for option in right),
        Markup(" ").join(stressed(option["feedback"]) for option in right),
    )


_ANSWERS: dict[str, Callable[[dict[str, Any]], list[Answer]]] = {
    "prediction": _prediction,
    "writing": _writing,
    "quiz": _quiz,
}
