"""Feedback pages that keep hidden tests hidden and need no other host to draw a formula."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

# Holds an empty `mathjax` macro; nbgrader's own page fetches MathJax from a content delivery network
TEMPLATES = Path(__file__).parent / "templates"
FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?!\s)(?P<inline>[^$\n]+?)\$", re.DOTALL)


class DrawFormulas(NbGraderPreprocessor):
    """Write the formulae of the task texts as MathML, which browsers draw by themselves. Learners' texts stay as they are."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the cell with MathML in place of `$…$` and `$$…$$`."""
        if cell.cell_type == "markdown" and "nbgrader" not in cell.metadata:
            cell.source = FORMULA.sub(_mathml, cell.source)
        return cell, resources


def _mathml(found: re.Match[str]) -> str:
    from latex2mathml.converter import convert

    block = found["block"] is not None
    return str(convert((found["block"] or found["inline"]).strip(), display="block" if block else "inline"))
