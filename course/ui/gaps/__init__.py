"""A class's own gaps in a dashboard, beside the invented hotel's."""

from course.ui.gaps.tool import GapsTool

__all__ = ["GapsTool"]
