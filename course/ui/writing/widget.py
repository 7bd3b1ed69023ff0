"""The writing widget: a text field whose text the browser keeps, and the notebook with it.

A widget's own state is not saved with a notebook by default. So the text also goes into an output of the cell, which the
page hides and every export shows; when the cell runs again, on whatever computer, the text is read from that output.
"""

from __future__ import annotations

import json
import os
from html import escape
from pathlib import Path
from typing import Any

from traitlets import Unicode

from course.ui.base import CourseWidget
from course.ui.writing.content import LONGEST, writing_content
from course.writings import Writing

# Where Jupyter tells a kernel which notebook it serves
SESSION = "JPY_SESSION_NAME"


def kept_html(asked: Writing, text: str, language: str) -> str:
    """Return the copy of the text that is saved with the notebook; the course's page hides it, an export shows it."""
    if not text.strip():
        return ""
    prompt, words = (escape(part) for part in (asked.prompt[language].replace("*", ""), text))
    body = f'<p><strong>{prompt}</strong></p><p style="white-space: pre-wrap">{words}</p>'
    return f'<blockquote class="course-kept">{body}</blockquote>'


def kept_text(notebook: Path, key: str) -> str:
    """Return the text that a saved notebook keeps under `key`, empty where there is none."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        kept = [output.get("metadata", {}).get("course", {}) for output in outputs]
        found = [str(one.get("text", "")) for one in kept if isinstance(one, dict) and one.get("writing") == key]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return found[-1][:LONGEST] if found else ""


class WritingField(CourseWidget):
    """Ask for a text and hold it in `text`."""

    text = Unicode("").tag(sync=True)

    def __init__(self, asked: Writing, module_id: str, language: str, *, again: bool = False) -> None:
        super().__init__(part="writing", content=writing_content(asked, module_id, language, again=again))
        self._asked, self._language = asked, language
        if not again:
            self.text = kept_text(Path(os.environ.get(SESSION, "")), asked.key)
            self._copy = self._first_copy()
            self.observe(self._copy_again, "text")

    def _bundle(self) -> tuple[dict[str, str], dict[str, Any]]:
        text = self.text[:LONGEST]
        html = kept_html(self._asked, text, self._language)
        return {"text/html": html, "text/plain": text}, {"course": {"writing": self._asked.key, "text": text}}

    def _first_copy(self) -> Any:
        from IPython.core.getipython import get_ipython
        from IPython.display import display

        if get_ipython() is None:
            return None
        data, metadata = self._bundle()
        return display(data, raw=True, metadata=metadata, display_id=True)

    def _copy_again(self, _change: Any) -> None:
        if self._copy is not None:
            data, metadata = self._bundle()
            self._copy.update(data, raw=True, metadata=metadata)
