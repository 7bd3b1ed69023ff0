"""The rules of the course. Each is a small function that yields findings, in a file named after its concern."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.manifest import Module

CONCERNS = (
    "files",
    "tests",
    "manifest",
    "notebooks",
    "lessons",
    "parity",
    "questions",
    "simulations",
    "dialogues",
    "references",
    "coverage",
    "assignments",
    "python_taught",
    "exercises",
    "variants",
    "teaching",
    "execution",
    "offline",
    "links",
    "catalogues",
    "chinese",
    "glossary",
)

ModuleCheck = Callable[[Repo, Module], Iterator[Finding]]
HouseCheck = Callable[[Repo], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule: about each module or about the whole house; `slow` ones execute notebooks."""

    name: str
    slow: bool = False
    module: ModuleCheck | None = None
    house: HouseCheck | None = None


_rules: list[Rule] = []


def of_module(check: ModuleCheck) -> ModuleCheck:
    """Register a rule about one module."""
    _rules.append(Rule(check.__name__, module=check))
    return check


def of_module_executing(check: ModuleCheck) -> ModuleCheck:
    """Register a rule about one module that executes its notebooks."""
    _rules.append(Rule(check.__name__, slow=True, module=check))
    return check


def of_house(check: HouseCheck) -> HouseCheck:
    """Register a rule about what belongs to no single module."""
    _rules.append(Rule(check.__name__, house=check))
    return check


def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of `CONCERNS`."""
    for concern in CONCERNS:
        import_module(f"{__name__}.{concern}")
    return tuple(_rules)


def check(repo: Repo, modules: Sequence[Module] = (), *, fast: bool = False) -> Iterator[Finding]:
    """Yield what is wrong with `modules`; with none named, with every ready module and with the house."""
    for rule in rules():
        if rule.slow and fast:
            continue
        if rule.house and not modules:
            yield from rule.house(repo)
        if rule.module:
            for module in modules or repo.syllabus.ready:
                yield from rule.module(repo, module)
