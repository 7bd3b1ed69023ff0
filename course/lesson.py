"""What a lesson's boxes call besides widgets: `check` what was written, show a `figure`, a `table`, a table's `columns`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from course import notebook
from course.answers import AnswerError, Answers
from course.checks import Check
from course.datasets import described, fields
from course.figures import Table
from course.i18n import gettext

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 2
LONGEST_ANSWER = 60


def check(key: str) -> None:
    """Say whether what the learner wrote for the check `key` of this module's questions.toml is right, or what is not."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    asked, language = notebook.asked()
    print(verdict(asked.check(key), shell.user_ns if shell else {}, language))


def verdict(asked: Check, namespace: Mapping[str, Any], language: str) -> str:
    """Return the sentence for what stands in the learner's `namespace`; it begins with ✓ where all is right."""
    answers = Answers(namespace)
    for call in asked.calls:
        try:
            answer = answers.value(asked.name, *call.inputs)
        except AnswerError as error:
            return str(error)
        if not _same(answer, call.value, asked.within):
            what = f"{asked.name}({', '.join(map(repr, call.inputs))})" if call.inputs else asked.name
            shown = shorten(repr(answer), LONGEST_ANSWER, placeholder="…")
            message = gettext("Not yet: {what} is {answer}. {hint}")
            return message.format(what=what, answer=shown, hint=asked.hint[language])
    return f"✓ {asked.right[language]}"


def _same(answer: Any, value: Any, within: float) -> bool:
    if isinstance(value, list):
        parts = list(answer) if isinstance(answer, list | tuple) or hasattr(answer, "tolist") else None
        return (
            parts is not None
            and len(parts) == len(value)
            and all(_same(part, one, within) for part, one in zip(parts, value, strict=True))
        )
    try:
        if isinstance(value, bool):
            return type(answer).__name__.startswith("bool") and bool(answer) == value
        if isinstance(value, int | float):
            return not isinstance(answer, bool) and math.isclose(float(answer), value, rel_tol=1e-9, abs_tol=within)
        return bool(answer == value)
    except (TypeError, ValueError):
        return False


def figure(key: str, value: Any) -> None:
    """Print `value` with the label, the unit and the decimals that this module's questions.toml gives the figure `key`."""
    asked, language = notebook.asked()
    print(asked.figure(key).line(value, language))


def table(frame: pd.DataFrame, digits: int = DIGITS) -> Table:
    """Show a table with its columns' titles, numbers rounded to `digits`, empty places empty.

    Titles come from the data dictionary; for a column that the lesson computed, from the figure of that key.
    """
    asked, language = notebook.asked()
    titles = {name: one[language] for name, one in fields().items()}
    titles |= {one.key.replace("-", "_"): one.label[language] for one in asked.figures}
    return Table(frame, titles, digits)


def columns(name: str) -> Table:
    """Show the data dictionary of the dataset `name`: what each column is called, and what it means."""
    import pandas as pd

    _asked, language = notebook.asked()
    rows = [(field["name"], field["title"][language], field["description"][language]) for field in described(name)]
    heads = [gettext("column"), gettext("title"), gettext("meaning")]
    return Table(pd.DataFrame(rows, columns=heads), {}, DIGITS)
