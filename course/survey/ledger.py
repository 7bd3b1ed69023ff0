"""The book of what cleaning did: nothing is left out, turned or recoded without a line in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course.i18n import N_, NN_, Forms
from course.i18n.message import Message
from course.survey.codings import CODINGS

NAMED = 4


@dataclass(frozen=True)
class Step:
    """One thing that was done, or deliberately not done: `kind` names it, `count` says to how many cells or rows."""

    kind: str
    count: int
    message: Message


@dataclass
class Ledger:
    """Counts as cleaning goes on.

    `columns` has an entry per used column: column, role, dimension, answered, missing, outside. `examples`: per column
    with answers outside its scale, one such answer and its row.
    """

    columns: list[dict[str, Any]] = field(default_factory=list)
    examples: dict[str, tuple[str, int]] = field(default_factory=dict)
    others: list[Step] = field(default_factory=list)
    labelled: int = 0

    def add(self, kind: str, count: int, text: str | Forms, **values: Any) -> None:
        """Write down a step; `count` also fills the brace of that name."""
        self.others.append(Step(kind, count, Message(text, count=count, **values)))

    def steps(self) -> tuple[Step, ...]:
        """Return everything that was done, missing answers first."""
        return (self._missing(), self._outside(), *self._labels(), *self.others)

    def _missing(self) -> Step:
        count = sum(entry["missing"] for entry in self.columns)
        cells = count + sum(entry["answered"] + entry["outside"] for entry in self.columns)
        worst = max(self.columns, key=lambda entry: entry["missing"], default=None)
        if not count or worst is None:
            return Step("missing", 0, Message(N_("No answer is missing.")))
        return Step(
            "missing",
            count,
            Message(
                N_(
                    "Missing answers: {count} of {cells} cells, most of them in “{column}” ({most}). They are left out where "
                    "they stand; the customer's other answers count. Nothing was filled in."
                ),
                count=f"{count:,}",
                cells=f"{cells:,}",
                column=worst["column"],
                most=f"{worst['missing']:,}",
            ),
        )

    def _outside(self) -> Step:
        count = sum(entry["outside"] for entry in self.columns)
        if not count:
            return Step("outside", 0, Message(N_("No answer lies outside its scale.")))
        shown = [
            Message(N_("“{column}” ({value} in row {row})"), column=column, value=value, row=row)
            for column, (value, row) in list(self.examples.items())[:NAMED]
        ]
        more = [Message(NN_("{count} more column", "{count} more columns"), count=len(self.examples) - NAMED)]
        return Step(
            "outside",
            count,
            Message(
                N_("Answers outside their scale, counted as missing: {count}, in {columns}."),
                count=f"{count:,}",
                columns=shown + (more if len(self.examples) > NAMED else []),
            ),
        )

    def _labels(self) -> list[Step]:
        if not self.labelled:
            return []
        message = Message(
            N_("Answers with a label, such as “5 - agree”, read as their number: {count}."), count=self.labelled
        )
        return [Step("labelled", self.labelled, message)]

    def recoded(self, coding: str, column: str) -> None:
        """Write down how the answers to the recommendation were taken."""
        self.others.append(
            Step(
                "recoded",
                0,
                Message(N_("“{column}” was taken so: {coding}."), column=column, coding=Message(CODINGS[coding].label)),
            )
        )
