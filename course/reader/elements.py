"""What stands on the page for a cell that calls an element of the course, where no kernel has to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.manifest import Module
from course.questions import Questions, questions
from course.reader.cells import Call, Cell
from course.ui.prediction.content import prediction_content
from course.ui.quiz.content import quiz_content
from course.ui.writing.content import writing_content

ASKED = ("predict", "quiz", "write", "written")
SIMULATOR, CHECK = "simulator", "check"


@dataclass(frozen=True)
class Element:
    """A part of the page's interface (`course/ui/page/parts.js`) and what it is drawn from. JSON-ready."""

    part: str
    content: dict[str, Any]


def element(cell: Cell, module: Module, language: str) -> Element | None:
    """Return the element that a cell asks for, None where it is not one of those that live in the page alone.

    Raises `QuestionsError` where the module has no question of that key.
    """
    call = cell.only(*ASKED)
    return _asked(call, questions(module), module.id, language) if call else None


def _asked(call: Call, asked: Questions, module_id: str, language: str) -> Element:
    key = call.argument
    match call.name:
        case "predict":
            return Element("prediction", prediction_content(asked.prediction(key), module_id, language))
        case "quiz":
            return Element("quiz", quiz_content(asked.items, module_id, language))
    again = call.name == "written"
    return Element("writing", writing_content(asked.writing(key), module_id, language, again=again))
