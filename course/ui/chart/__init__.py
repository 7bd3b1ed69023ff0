"""Altair charts, drawn by the page's one Vega runtime."""

from course.ui.chart.widget import WORDS, Chart, use_in_notebook

__all__ = ["WORDS", "Chart", "use_in_notebook"]
