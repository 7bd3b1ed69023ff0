"""The quiz widget: items with feedback for each option, kept by the browser. Once drawn it needs no kernel."""

from __future__ import annotations

from collections.abc import Iterable

from course.questions import Item
from course.ui.base import CourseWidget
from course.ui.quiz.content import quiz_content


class Quiz(CourseWidget):
    """Show `items` as a quiz. Answers, checks and progress live in the page and in the browser's memory."""

    def __init__(self, items: Iterable[Item], module_id: str, language: str) -> None:
        super().__init__(part="quiz", content=quiz_content(items, module_id, language))

    def leaves(self) -> list[str]:
        """Return the questions."""
        return [item["question"] for item in self.content["items"]]
