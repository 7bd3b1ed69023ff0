"""Questions with feedback for each answer."""

from course.ui.quiz.widget import SECTIONS, WORDS, Quiz, quiz_content

__all__ = ["SECTIONS", "WORDS", "Quiz", "quiz_content"]
