"""A module's dashboard: its page around the simulator and the module's tools."""

from course.ui.app.content import WORDS
from course.ui.app.widget import App

__all__ = ["WORDS", "App"]
