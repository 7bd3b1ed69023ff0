"""The prediction widget: a number to guess, locked in before the answer shows, and kept by the browser."""

from __future__ import annotations

from traitlets import Float

from course import questions
from course.ui.base import CourseWidget
from course.ui.prediction.content import prediction_content


class Prediction(CourseWidget):
    """Ask for a guess, and hold it in `guess`, in the prediction's unit: None until it is locked in."""

    guess = Float(None, allow_none=True).tag(sync=True)

    def __init__(self, asked: questions.Prediction, module_id: str, language: str) -> None:
        super().__init__(part="prediction", content=prediction_content(asked, module_id, language))
