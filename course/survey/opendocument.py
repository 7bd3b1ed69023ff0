"""How large a table an OpenDocument file would unfold to, measured before anything is unfolded, and its hidden rows.

A cell, a row or a space may say that it stands many times over, so that three kilobytes can stand for gigabytes.
"""

from __future__ import annotations

from xml.parsers import expat

from course.survey.archives import bomb, damaged
from course.survey.limits import LIMITS

# twice what is read: empty rows between the answers are left out later
MOST_ROWS, MOST_CELLS, MOST_WIDE = 2 * LIMITS.rows, 20_000_000, 1_000_000


def concealed_rows(content: bytes) -> dict[str, set[int]]:
    """Return the numbers of the hidden rows of each table of a `content.xml`, by the table's name.

    Raises `SurveyProblem` where its tables would unfold to far more than a survey.
    """
    table = _Table()
    parser = expat.ParserCreate()
    parser.StartElementHandler = table.start
    parser.EndElementHandler = table.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as failure:
        raise damaged() from failure
    return table.concealed


class _Table:
    """Follows the rows and cells of a table; `columns` and `rows` reach to the last cell that holds something."""

    def __init__(self) -> None:
        self.rows = self.columns = self.at_row = self.at_column = 0
        self.row_stands, self.row_holds, self.row_hidden = 1, False, False
        self.name, self.concealed = "", dict[str, set[int]]()

    def start(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.rows = self.columns = self.at_row = 0
                self.name = given.get("table:name", "")
            case "table:table-row":
                self.row_hidden = given.get("table:visibility") in ("filter", "collapse")
                self.row_stands, self.row_holds = _times(given, "table:number-rows-repeated"), False
                self.at_column = 0
            case "table:table-cell" | "table:covered-table-cell":
                self.at_column += _times(given, "table:number-columns-repeated")
                if any(key.endswith("value-type") for key in given):
                    self.row_holds = True
                    self.columns = max(self.columns, self.at_column)
            case "text:s" if _times(given, "text:c") > LIMITS.cell:
                raise bomb()

    def end(self, name: str) -> None:
        if name != "table:table-row":
            return
        self.at_row += self.row_stands
        if not self.row_holds:
            return
        self.rows = self.at_row
        # a table that is too wide is refused by its columns, if it can be unfolded at all
        most = MOST_CELLS if self.columns <= LIMITS.columns else MOST_WIDE
        if self.rows > MOST_ROWS or self.rows * self.columns > most:
            raise bomb()
        if self.row_hidden:
            numbers = range(self.rows - self.row_stands + 1, self.rows + 1)
            self.concealed.setdefault(self.name, set()).update(numbers)


def _times(given: dict[str, str], key: str) -> int:
    return int(given.get(key, "1"))
