"""The simulator: any `Simulation` on a page, moved by sliders."""

from course.ui.simulator.widget import Conversation, Simulator

__all__ = ["Conversation", "Simulator"]
