"""Calls to take part in: what one says, and what it does to the caller."""

from course.ui.dialogue.script import DialogueError, Script, read
from course.ui.dialogue.tool import CallTool, CallWidget

__all__ = ["CallTool", "CallWidget", "DialogueError", "Script", "read"]
