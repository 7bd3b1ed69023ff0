"""One submission that is to be run, and what came of it: all that goes to a worker and comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course.grading.assignment.source import Piece
from course.grading.assignment.status import Status
from course.i18n.message import Message
from course.kernel.limits import Limits


@dataclass(frozen=True)
class Job:
    """One submission, ready to run. `tests` holds the test cells by their place in the notebook.

    `instead` holds what is run in place of a cell's source; `token` says whose numbers the tests ask for, and `imports`
    what the cells that learners were given import, for tests that use it by name. `datasets` are those that these load,
    `names` what they use of the package, as `class_gaps` of `course.class_gaps`.
    """

    student: str
    notebook: dict[str, Any]
    language: str
    tests: dict[int, Piece]
    extras: dict[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=lambda: Limits(seconds=300))
    cell_seconds: float = 60
    sandbox: bool = True
    instead: dict[int, str] = field(default_factory=dict)
    token: str = ""
    imports: str = ""
    datasets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass
class RunResult:
    """What came of it. `passed` speaks of the tests that were run; `status` is None where all went well."""

    notebook: dict[str, Any]
    passed: dict[str, bool] = field(default_factory=dict)
    status: Status | None = None
    notes: list[Message] = field(default_factory=list)
    seconds: float = 0.0
