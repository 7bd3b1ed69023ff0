"""What a lesson shows of a class's ratings: `class_survey` as a table of answers, `class_gaps` by dimension.

Without a class.csv, the course's invented hotel stands in, and what is printed says so.
"""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from course.datasets import load
from course.figures import Table
from course.i18n import current_language, gettext
from course.ratings.averages import of_table
from course.ratings.file import COLUMNS, NAME, SERVICE, found, read
from course.survey.names import DIMENSION_NAMES

if TYPE_CHECKING:
    import pandas as pd

STAND_IN = "synthetic_servqual_survey"
DIGITS = 2


def class_survey() -> pd.DataFrame:
    """Return what the class expected and got, and print whose answers they are: a row per person, answers 1 to 7.

    Columns are `E_reliability_1`, `P_reliability_1` and so on; `service` is what was rated. An answer that is missing is NaN.
    Raises `ClassFileError`, which names the cure, for a file that is damaged.
    """
    import pandas as pd

    raw = found()
    if raw is None:
        hotel = load(STAND_IN)
        told = gettext(
            "There is no {file} of your class here, so the course's invented hotel stands in. Guests: {count}."
        )
        print(told.format(file=NAME, count=len(hotel)))
        return hotel
    service, rows = read(raw, current_language())
    print(
        gettext("Your class rated: {service}. People: {count}.").format(
            service=service or gettext("a service without a name"), count=len(rows)
        )
    )
    answers = pd.DataFrame(rows, columns=list(COLUMNS), dtype=float)
    answers.insert(0, SERVICE, service)
    return answers


def class_gaps() -> Table:
    """Show what the class expected and got, dimension by dimension: means of all who gave both, and their gap P − E."""
    import pandas as pd

    rated = of_table("", class_survey())
    rows = [
        (gettext(DIMENSION_NAMES[name]), *((mean.expected, mean.perceived, mean.gap) if mean else (nan, nan, nan)))
        for name, mean in rated.means.items()
    ]
    heads = [gettext("dimension"), gettext("expected (1–7)"), gettext("perceived (1–7)"), gettext("gap")]
    return Table(pd.DataFrame(rows, columns=heads), {}, DIGITS)
