"""What a lesson calls to show what it computed: `course.figure`, `course.table`, `course.columns`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course import notebook
from course.datasets import described, fields
from course.figures import Table
from course.i18n import gettext

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 2


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
