"""Points for taking part: what was handed in of lessons, kept by student and module, and the rule that makes points of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course import whole
from course.entries import Entry
from course.grading.intake import participation
from course.grading.intake.participation import Participation, ParticipationError
from course.grading.intake.reading import read_bytes
from course.i18n import gettext as _
from course.manifest import syllabus

FOLDER = Path("grading", "participation")
RULE = "participation.toml"
ENOUGH = 80.0
POINTS = 10.0
MOST = 1000.0


class RuleError(ValueError):
    """Raised for a rule that cannot be read; the message names file, entry and cure."""


@dataclass(frozen=True)
class Rule:
    """What taking part in a module is worth: `points` for `enough` per cent of all there is to do in it, less for less.

    `weights` says what one of a kind counts (1 where it is not named), `modules` other points by number (`m02`).
    """

    points: float = POINTS
    enough: float = ENOUGH
    weights: dict[str, float] = field(default_factory=dict)
    modules: dict[str, float] = field(default_factory=dict)

    def of(self, found: Participation) -> float:
        """Return the points, to one decimal. Nothing is asked but how much was done: a wrong answer counts as a right one."""
        weight = {kind: self.weights.get(kind, 1.0) for kind in found.of}
        there = sum(weight[kind] * count for kind, count in found.of.items())
        done = sum(weight[kind] * count for kind, count in found.done.items())
        number = syllabus().module(found.module).number
        share = min(1.0, 100 * done / there / self.enough) if there else 0.0
        return round(share * self.modules.get(number, self.points), 1)


def rule(root: Path) -> Rule:
    """Return the rule of `participation.toml` in the course folder, else the course's own. Raises `RuleError`."""
    path = root / RULE
    if not path.is_file():
        return Rule()
    whole = Entry.read(path, RULE, RuleError)
    said = Rule(
        whole.number("points", POINTS),
        whole.number("enough", ENOUGH),
        whole.numbers("weights"),
        whole.numbers("modules"),
    )
    whole.close()
    known = {module.number for module in syllabus().modules}
    if not 0 < said.enough <= 100:
        raise whole.wrong(_("enough is a percentage above 0 and up to 100; write enough = 80"))
    if not all(0 <= one <= MOST for one in (said.points, *said.weights.values(), *said.modules.values())):
        raise whole.wrong(_("points and weights are numbers from 0 to {most}"), most=int(MOST))
    if strange := [name for name in said.modules if name not in known]:
        raise whole.wrong(_("there is no module {name} under [modules]; write m01 = 10"), name=strange[0])
    if strange := [name for name in said.weights if name not in participation.KINDS]:
        message = _("{name} under [weights] is nothing that can be done; choose from {known}")
        raise whole.wrong(message, name=strange[0], known=", ".join(participation.KINDS))
    return said


def keep(root: Path, student: str, found: Participation, content: bytes) -> None:
    """Keep what a student handed in of a module: the file as it came, or the code."""
    folder = root / FOLDER / student
    folder.mkdir(parents=True, exist_ok=True)
    whole.write(folder / f"{found.module}{'.json' if content[:1] != b'M' else '.txt'}", content)


def kept(root: Path, student: str) -> dict[str, Participation]:
    """Return by module what is kept of a student, the fuller one where file and code are there. What is unreadable is not."""
    best: dict[str, Participation] = {}
    for path in sorted((root / FOLDER / student).glob("*.*")):
        try:
            content = read_bytes(path, participation.LARGEST)
            some = (
                [participation.from_file(content)]
                if path.suffix == ".json"
                else participation.from_text(content.decode())
            )
        except (OSError, UnicodeDecodeError, ParticipationError):
            continue
        for one in some:
            if one.module not in best or amount(one) > amount(best[one.module]):
                best[one.module] = one
    return best


def amount(found: Participation) -> int:
    """Return how many things were done."""
    return sum(found.done.values())
