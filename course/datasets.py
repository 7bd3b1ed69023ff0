"""The course's data: `load("olist_delay_by_day")` gives a table, checked against `datasets/datapackage.json`.

Every load checks encoding, columns, the type of each value and, last, size and SHA-256 of the file, so that no figure
in a lesson is computed from a file that was cut off or edited; of bytes that were checked before, it gives a copy of what
they gave. Ranges and the like (`constraints`) are checked in the tests, with frictionless: bytes that pass the hash have
passed them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.i18n import gettext, ngettext
from course.paths import DATASETS

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTION = "datapackage.json"


class DatasetError(ValueError):
    """Raised for data that cannot be used; the message names file, problem and cure in the learner's language."""


def load(name: str) -> pd.DataFrame:
    """Return the dataset `name` as a new table with typed columns; a missing number is NaN.

    Columns, their units and their sources stand in `datasets/README.md`. Raises `DatasetError` where there is no such
    dataset, and where its file or its description is missing or damaged.
    """
    description = _read(DATASETS / DESCRIPTION)
    return _checked(name, description, _read(DATASETS / _resource(name, description)["path"])).copy()


@lru_cache(maxsize=64)
def _checked(name: str, description: bytes, raw: bytes) -> pd.DataFrame:
    """Return the table that the bytes of a file and of its description give, worked out once for the same bytes."""
    resource = _resource(name, description)
    table = _table(resource, _records(resource, raw))
    _check_bytes(resource, raw)
    return table


def described(name: str) -> list[dict[str, Any]]:
    """Return the columns of the dataset `name`, each with its name and, by language, its `title` and `description`."""
    return [
        {"name": field["name"]}
        | {key: {"en": field.get(key, ""), "zh": field.get(f"{key}_zh", "")} for key in ("title", "description")}
        for field in _resource(name, _read(DATASETS / DESCRIPTION))["schema"]["fields"]
    ]


def fields() -> dict[str, dict[str, str]]:
    """Return the title of every column of the course's data, by the column's name and the language."""
    return {
        field["name"]: field["title"] for name in _resources(_read(DATASETS / DESCRIPTION)) for field in described(name)
    }


def _damaged(file: str, problem: str) -> DatasetError:
    cure = gettext("Restore it in a terminal with: git checkout datasets/{file} (or download the course again).")
    return DatasetError(
        gettext("The file datasets/{file} cannot be used: {problem} {cure}").format(
            file=file, problem=problem, cure=cure.format(file=file)
        )
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _damaged(path.name, gettext("it is missing.")) from error
    except OSError as error:
        problem = gettext("the system does not let it be read ({reason}).").format(reason=error.strerror)
        raise _damaged(path.name, problem) from error


@lru_cache(maxsize=1)
def _resources(description: bytes) -> dict[str, Any]:
    try:
        resources = {resource["name"]: resource for resource in json.loads(description)["resources"]}
        for resource in resources.values():
            _ = resource["path"], resource["bytes"], resource["hash"]
            _ = [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(DESCRIPTION, gettext("it does not describe the datasets any more.")) from error
    return resources


def _resource(name: str, description: bytes) -> dict[str, Any]:
    resources = _resources(description)
    if not isinstance(name, str) or name not in resources:
        message = gettext("There is no dataset called {asked!r}. Choose one of: {known}.")
        raise DatasetError(message.format(asked=str(name)[:40], known=", ".join(resources)))
    return resources[name]


def _records(resource: dict[str, Any], raw: bytes) -> list[list[str]]:
    file = resource["path"]
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _damaged(file, gettext("it is not CSV in UTF-8; a spreadsheet may have saved it again.")) from error
    expected = [field["name"] for field in resource["schema"]["fields"]]
    if not rows:
        raise _damaged(file, gettext("it is empty."))
    if rows[0] != expected:
        problem = gettext("its columns are {found}, not {expected}.")
        raise _damaged(file, problem.format(found=", ".join(rows[0])[:200], expected=", ".join(expected)))
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(expected):
            problem = ngettext(
                "line {line} holds {found} value where {expected} belong.",
                "line {line} holds {found} values where {expected} belong.",
                len(row),
            )
            raise _damaged(file, problem.format(line=number, found=len(row), expected=len(expected)))
    return rows[1:]


def _table(resource: dict[str, Any], records: list[list[str]]) -> pd.DataFrame:
    import pandas as pd

    fields = resource["schema"]["fields"]
    missing = set(resource["schema"].get("missingValues", [""]))
    columns = zip(*records, strict=True) if records else [()] * len(fields)
    cells = ([None if text in missing else text for text in column] for column in columns)
    return pd.DataFrame(
        {field["name"]: _column(resource["path"], field, column) for field, column in zip(fields, cells, strict=True)}
    )


def _column(file: str, field: dict[str, Any], cells: list[str | None]) -> Any:
    import numpy as np
    import pandas as pd

    if field["type"] not in ("integer", "number"):
        return pd.array(cells, dtype="string")
    texts = np.array(cells, dtype=object)
    # bare arrays: a column of pandas' at each step costs more than the reading
    numbers = np.asarray(pd.to_numeric(texts, errors="coerce"), dtype="float64")
    missing = np.isnan(numbers)
    whole = field["type"] == "integer"
    unreadable = ~np.isfinite(numbers) | (numbers != np.floor(numbers)) if whole else missing
    wrong = unreadable & (texts != np.array(None))
    if wrong.any():
        position = int(wrong.argmax())
        kind = gettext("a whole number") if whole else gettext("a number")
        problem = gettext("line {line}, column {column}: {value!r} is not {kind}.").format(
            line=position + 2, column=field["name"], value=str(texts[position])[:40], kind=kind
        )
        raise _damaged(file, problem)
    if not whole:
        return numbers
    return pd.array(numbers, dtype="Int64") if missing.any() else numbers.astype("int64")


def _check_bytes(resource: dict[str, Any], raw: bytes) -> None:
    if len(raw) != resource["bytes"]:
        problem = ngettext(
            "it has {found} byte where {expected} belong; it was cut off or edited.",
            "it has {found} bytes where {expected} belong; it was cut off or edited.",
            len(raw),
        )
        raise _damaged(resource["path"], problem.format(found=len(raw), expected=resource["bytes"]))
    if f"sha256:{hashlib.sha256(raw).hexdigest()}" != resource["hash"]:
        raise _damaged(resource["path"], gettext("its contents are not those of the course; it was edited."))
