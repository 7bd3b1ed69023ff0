"""Reading a lesson as a test does: its cells, its questions, what its code prints, and which numbers its prose names."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from course.authoring.repo import Repo
from course.authoring.rules.execution import lesson_runs
from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.paths import ROOT
from course.questions import FILE
from course.references import references
from course.simulations.touchpoints import read

MINUS = "\N{MINUS SIGN}"
# One for all tests, so that they share what was run
REPO = Repo(ROOT)

# cell id -> the numbers its text must name, as they are written there
Numbers = Mapping[str, Iterable[str]]


@cache
def cells(module: str, language: str) -> dict[str, str]:
    """Return the text of the cells of a module's (`m01`) lesson, by id."""
    notebook = json.loads(syllabus().module(module).lesson(language).read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


@cache
def questions(module: str) -> dict[str, dict[str, Any]]:
    """Return a module's predictions and items, by key."""
    path = syllabus().module(module).folder / FILE
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {entry["key"]: entry for entry in content["prediction"] + content["item"]}


def rounded(number: float, digits: int) -> str:
    """Return the number as prose writes it, with a comma for thousands and a true minus sign."""
    return f"{number:,.{digits}f}".replace("-", MINUS)


def all_rounded(numbers: Iterable[float], digits: int) -> list[str]:
    """Return each of the numbers, `rounded`."""
    return [rounded(number, digits) for number in numbers]


def stands_in(number: str, text: str) -> bool:
    """Return whether the text has this very number: not as a part of another, and with its sign (of either kind).

    Where English begins with the point, Chinese writes the zero in front of it.
    """
    zero = "0?" if number.startswith(".") else ""
    return re.search(rf"(?<![\d.,{MINUS}]){zero}{re.escape(number)}(?!\d|[.,]\d)", text.replace("-", MINUS)) is not None


def unnamed(numbers: Numbers, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every (cell id, number) of `numbers` that does not stand in its cell's text."""
    claims = [(cell, number) for cell, found in numbers.items() for number in found]
    assert claims
    return [(cell, number) for cell, number in claims if not stands_in(number, text[cell])]


def unquoted(module: str, numbers: Numbers) -> list[tuple[str, str]]:
    """Return every (key, number) that a question does not name in both languages."""
    texts = {key: json.dumps(entry, ensure_ascii=False) for key, entry in questions(module).items()}
    return [(key, number) for key, found in numbers.items() for number in found if texts[key].count(number) < 2]


def printed(module: str, language: str) -> dict[str, str]:
    """Return what each code cell of a module's lesson prints, by id; the lesson is run once for all tests."""
    found = REPO.syllabus.module(module)
    run = lesson_runs(REPO, found)[found.lesson(language)]
    assert run.errors == {}
    return run.printed()


def last_words(text: str) -> list[str]:
    """Return the last word of each line of what a cell prints: its figure, whatever the label in front of it."""
    return [line.split()[-1] for line in text.splitlines()]


# Why a number stands in a text that no test computes: a key of a table of references, or one of these
KINDS = {
    "section": "a section or a module of the course",
    "chosen": "an example, a scale or a setting that the authors chose",
    "counted": "what the text itself counts: steps, rows, sentences",
    "definition": "part of a formula, a method, a convention or a name",
    "data": "what the description of a dataset says",
    "quoted": "a figure from hearsay, which the text quotes to doubt it",
}
NUMBER = re.compile(r"(?<![\d.,A-Za-z_])\.?\d+(?:,\d{3})*(?:\.\d+)?(?![\d])")
# Code and addresses; a heading's own number; a step's own number; where else to read; a symbol's index and a formula's digits
ASIDE = re.compile(
    r"`[^`]*`|\]\([^)]*\)|https?://\S+|^#+ [\d.]+|^\d+\. |\b[Mm]odules? \d+|\b[Ss]ections? \d(?:\.\d)?"
    r"|模块 ?\d+|第 ?\d+(?:\.\d)? ?节|\d\.\d ?节",
    re.MULTILINE,
)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)


def plain(number: str) -> str:
    """Return a number without sign and commas, and with a digit in front of the point: `−1,234.5` is `1234.5`."""
    bare = number.strip(f"+-{MINUS}%").replace(",", "")
    return f"0{bare}" if bare.startswith(".") else bare


def said(text: str) -> set[str]:
    """Return every number that a text gives in digits, `plain`; of a formula, those of more than one digit."""
    formulas = " ".join(FORMULA.findall(text))
    outside = {plain(number) for number in NUMBER.findall(ASIDE.sub(" ", FORMULA.sub(" ", text)))}
    return outside | {number for number in map(plain, NUMBER.findall(formulas)) if len(number) > 1}


def years(module: str, language: str) -> set[str]:
    """Return the years of the references under a lesson."""
    return set(re.findall(r"\((\d{4})", cells(module, language).get("references", "")))


def settings(module: str, simulation: Any) -> Numbers:
    """Return what sliders, presets and challenges are set to, for every cell about the simulation."""
    words = simulation.words()
    values = [*simulation().values().values(), *(value for one in words.presets for value in one.values.values())]
    for goal in words.goals:
        values += [*goal.reached_by.values(), *(bound for _key, _sign, bound in goal.conditions)]
    journeys = [read(value) for value in [*simulation().settings().values(), *values] if isinstance(value, str)]
    values += [number for one in journeys for each in one for number in (each.reliability, each.feeling)]
    numbers = [*(value for value in values if not isinstance(value, str)), *map(len, journeys)]
    texts = {f"{scale * value:g}" for value in numbers for scale in (1, 100)}
    return {cell: texts for cell in cells(module, "en") if cell.startswith("simulation")}


class Ledger:
    """Every number of a lesson's prose with what vouches for it: a computation, or an entry that names its source."""

    def __init__(
        self,
        module: str,
        stated: Mapping[str, Mapping[str, str]],
        claimed: Iterable[Callable[[], Numbers]] = (),
        *,
        simulation: Any = None,
        apart: Iterable[Callable[[str], Numbers]] = (),
        known: Iterable[Callable[[], Numbers]] = (),
    ) -> None:
        """Each function computes numbers: those `claimed` stand in both editions, those `apart` in a language's own.

        Those `known`, and the settings of the `simulation`, vouch for what stands there, and need not stand anywhere.
        `stated` says by cell, and by source (a reference's key or one of `KINDS`), which numbers stand on it.
        """
        self.module, self.stated = module, stated
        self._claimed, self._apart, self._known, self._simulation = claimed, apart, known, simulation

    @cached_property
    def named(self) -> dict[str, list[Numbers]]:
        """By language, the numbers that its edition must name."""
        both = [compute() for compute in self._claimed]
        return {language: [*both, *(compute(language) for compute in self._apart)] for language in LANGUAGES}

    @cached_property
    def computed(self) -> dict[str, set[str]]:
        """By cell, the numbers that a computation vouches for."""
        every = [*(one for found in self.named.values() for one in found), *(compute() for compute in self._known)]
        if self._simulation:
            every.append(settings(self.module, self._simulation))
        found: dict[str, set[str]] = {}
        for numbers in every:
            for cell, texts in numbers.items():
                found.setdefault(cell, set()).update(map(plain, texts))
        return found

    def unnamed(self, language: str) -> list[tuple[str, str]]:
        """Return every (cell id, number) that an edition must name and does not."""
        text = cells(self.module, language)
        return [missing for numbers in self.named[language] for missing in unnamed(numbers, text)]

    def unaccounted(self, language: str) -> list[tuple[str, str]]:
        """Return every (cell id, number) of a lesson that neither a computation nor a source accounts for."""
        texts = prose_cells(self.module, language)
        known = years(self.module, language)
        return [
            (cell, number)
            for cell, text in texts.items()
            for number in sorted(said(text) - known - self.computed.get(cell, set()) - self.listed(cell))
        ]

    def listed(self, cell: str) -> set[str]:
        """Return the numbers of a cell that stand on a source."""
        return {number for numbers in self.stated.get(cell, {}).values() for number in numbers.split()}

    def stale(self) -> list[tuple[str, str]]:
        """Return every (cell id, number) that is listed and stands in neither edition, and every unknown source."""
        texts = [prose_cells(self.module, language) for language in LANGUAGES]
        keys = {*KINDS, *listed_references(self.module)}
        gone = [
            (cell, number)
            for cell in self.stated
            for number in sorted(self.listed(cell))
            if not any(number in said(text.get(cell, "")) for text in texts)
        ]
        return gone + [(cell, key) for cell, entry in self.stated.items() for key in entry if key not in keys]


def listed_references(module: str) -> set[str]:
    """Return the keys of the references that stand under a module's lesson, in either edition."""
    lists = {language: cells(module, language).get("references", "") for language in LANGUAGES}
    return {
        key for key, one in references().items() if any(one.full[language] in text for language, text in lists.items())
    }


def prose_cells(module: str, language: str) -> dict[str, str]:
    """Return the text of a lesson's cells that hold prose, by id; its list of references is none."""
    notebook = json.loads(syllabus().module(module).lesson(language).read_text(encoding="utf-8"))
    prose = {cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"} - {"references"}
    return {name: text for name, text in cells(module, language).items() if name in prose}
