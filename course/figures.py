"""How a lesson shows a figure or a table: with its name, in the learner's language, rounded, an empty place left empty."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.entries import Entry
from course.i18n import Text
from course.i18n import gettext as _

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Figure:
    """A named figure of a lesson: its label, its unit, the decimals it is shown with. A share shows in percent."""

    key: str
    label: Text
    unit: Text | None
    digits: int
    percent: bool

    def line(self, value: Any, language: str) -> str:
        """Return the line that shows `value`; a missing one is a dash."""
        unit = "%" if self.percent else f" {self.unit[language]}" if self.unit else ""
        number = "–" if missing(value) else formatted(value * 100 if self.percent else value, self.digits) + unit
        return _("{label}: {number}").format(label=self.label[language], number=number)


def read_figure(entry: Entry, taken: Collection[str]) -> Figure:
    """Read one `[[figure]]` of a questions file."""
    figure = Figure(
        key=entry.key(_("figure {key}"), taken),
        label=entry.text("label"),
        unit=entry.optional_text("unit"),
        digits=entry.digits(),
        percent=entry.flag("percent"),
    )
    entry.close()
    return figure


def missing(value: Any) -> bool:
    """Whether a value is an empty place of a table: None, NaN or pandas' NA."""
    return value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and math.isnan(value))


def formatted(value: Any, digits: int) -> str:
    """Return a value as a table shows it: rounded to `digits`, a real minus, whole numbers whole, nothing for nothing."""
    if missing(value):
        return ""
    whole = isinstance(value, bool | str) or not hasattr(value, "__float__")
    if whole:
        return str(value)
    number = float(value)
    decimals = 0 if hasattr(value, "__index__") else digits
    text = f"{number:,.{decimals}f}" if abs(number) >= 10_000 else f"{number:.{decimals}f}"
    return text.replace("-", "−") if number and text.strip("-0.,") else text.lstrip("-")


class Table:
    """A pandas table as a lesson shows it: columns by their titles, in the learner's language, without row numbers."""

    def __init__(self, frame: pd.DataFrame, titles: Mapping[str, str], digits: int) -> None:
        named = frame.index.name is not None
        self._frame = frame.reset_index() if named else frame
        self._titles = [titles.get(str(name), str(name)) for name in self._frame.columns]
        self._digits = digits

    def _rows(self) -> list[list[str]]:
        plain = self._frame.astype(object).to_numpy().tolist()
        return [[formatted(value, self._digits) for value in row] for row in plain]

    def __repr__(self) -> str:
        rows = [self._titles, *self._rows()]
        return "\n".join("\t".join(row) for row in rows)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f'<th scope="col">{escape(title)}</th>' for title in self._titles)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self._rows())
        return f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
