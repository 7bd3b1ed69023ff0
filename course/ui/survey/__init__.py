"""The survey tool: a file in, findings out."""

from course.ui.survey.tool import EXAMPLE, SurveyTool

__all__ = ["EXAMPLE", "SurveyTool"]
