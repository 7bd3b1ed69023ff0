"""A number to guess before the answer shows."""

from course.ui.prediction.widget import WORDS, Prediction, prediction_content

__all__ = ["WORDS", "Prediction", "prediction_content"]
