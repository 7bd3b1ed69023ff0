"""A file for every kind of question that the survey tool asks, and the questions it has to ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.survey import formats, test_odd_files
from tests.survey.formats import text


@dataclass(frozen=True)
class Asked:
    """A file and the questions about it, each with an answer; None: the order of words as it stands."""

    name: str
    data: bytes
    answers: dict[str, str | None]


def _known(name: str) -> bytes:
    cases = (*formats.CASES, *test_odd_files.CASES)
    return next(case.data for case in cases if case.name == name)


def _everything() -> list[list[object]]:
    """Forty customers whose file leaves six things open."""
    head = [
        "Date",
        "Weight",
        "P_speed",
        "P_courtesy (R)",
        "Waiting",
        "E_speed",
        "Recommend us",
        "Recommend to colleagues",
    ]
    rows: list[list[object]] = [
        [f"0{at % 9 + 1}/04/2026", 1 + at % 2 / 2, at % 5 + 1, at * 2 % 5 + 1, at % 5 + 1, 5, at % 11, at * 3 % 11]
        for at in range(40)
    ]
    rows[3][2] = 0
    return [head, *rows]


def _two_blocks_of_22() -> list[list[object]]:
    head = [*(f"e{place}" for place in range(1, 23)), *(f"s{place}" for place in range(1, 23))]
    rows = [
        [*((at + place) % 2 + 6 for place in range(22)), *((at * 3 + place) % 7 + 1 for place in range(22))]
        for at in range(12)
    ]
    return [head, *rows]


_UNORDERED = ["meh", "ok", "wow"]
ASKED = (
    Asked("sheet.xlsx", _known("XLSX, a hidden sheet of codes first"), {"sheet": "Sheet", "recommend": "1-11"}),
    Asked(
        "encoding.csv",
        text([["P_speed", "P_courtesy", "Name"], [5, 4, "ÄÖÜ"], [6, 5, "äß"]], encoding="cp1252"),
        {"encoding": "cp1252"},
    ),
    Asked("counted.csv", _known("how many gave each recommendation"), {"shape": "counted"}),
    Asked("previews.csv", _known("a preview among the customers"), {"previews": "out"}),
    Asked(
        "pairs.csv",
        text(
            [
                ["Expected courtesy", "Expected knowledge of staff", "Perceived politeness", "Perceived competence"],
                *[[7, 6, 3, 6], [7, 6, 4, 5], [6, 6, 3, 6]],
            ]
        ),
        {"pairs": "order"},
    ),
    Asked("below.csv", _known("a scale from −3 to 3"), {"below": "answer"}),
    Asked("scales.csv", _known("4/5 beside 8/10"), {"scale": "stretch-1-5"}),
    Asked(
        "nine.csv",
        text([["P_speed", "P_courtesy"], *[[at % 5 + 1, at * 2 % 5 + 1] for at in range(40)], [9, 9]]),
        {"nine": "missing"},
    ),
    Asked(
        "words.csv",
        text([["P_speed", "P_courtesy"], *[[_UNORDERED[at % 3], _UNORDERED[(at + 1) % 3]] for at in range(12)]]),
        {"words:P_speed": None},
    ),
    Asked("boxes.csv", _known("boxes that were ticked or not"), {"block:Which did you use?": "ignore"}),
    Asked("servqual.csv", text(_two_blocks_of_22()), {"blocks": "first", "servqual": "yes"}),
    Asked(
        "many.csv",
        text(_everything()),
        {
            "unmarked": "perception",
            "one:recommend": "Recommend us",
            "zero": "missing",
            "dates": "month",
            "weight": "yes",
            "reversed:P_courtesy (R)": "turn",
        },
    ),
)
