"""Creating a module's files from the templates: all of them, or none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from course.authoring.chinese_files import write
from course.authoring.repo import MODULE_ID, Repo
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import MANIFEST, ManifestError, Module, Objective
from course.references import FILE as REFERENCES
from course.references import read_all

TEMPLATES = Path(__file__).parent / "templates"
AUTOMATIC_TASKS = 5
BLOCK = """
[[module]]
id = "{id}"
part = "{part}"
status = "coming"
minutes = 75
points = 30
title = {{ en = "{title}", zh = "‹待写：题目›" }}
summary = {{ en = "‹write: a scene and a question, one line›?", zh = "‹待写：一个场景和一个问题，一行›？" }}
datasets = [{datasets}]
"""
OBJECTIVE = """
[[module.objective]]
id = "{id}"
en = "‹write: what a learner will be able to do›"
zh = "‹待写：学完后能做什么›"
"""
TOPIC = """
[[module.covers]]
en = "‹write: what the module must teach and test›"
zh = "‹待写：这个模块要讲、要考的内容›"
section = "theory"
asked = ["item:first-item"]
"""


class ScaffoldError(RuntimeError):
    """Raised where a module's files cannot be created; nothing was written, the message names the cure."""


def create(repo: Repo, asked: str) -> list[Path]:
    """Create the files of module `asked` (m02 or m02-its-name) and return them. Raises `ScaffoldError`."""
    try:
        module, addition = repo.syllabus.module(asked), ""
    except ManifestError:
        module, addition = _unlisted(repo, asked)
    files = _filled(repo, module)
    there = [repo.name(path) for path in files if path.exists()]
    if there:
        raise ScaffoldError(
            _(
                "Nothing was written, because these files are there already: {files}. "
                "See what is missing with: course check {module}"
            ).format(files=", ".join(there), module=module.number)
        )
    manifest = repo.at(MANIFEST)
    if addition:  # last, so that all before it can be taken back and it need not be
        files[manifest] = manifest.read_text(encoding="utf-8").rstrip("\n") + "\n" + addition
    _write_all(files)
    return list(files)


def _unlisted(repo: Repo, asked: str) -> tuple[Module, str]:
    """Return a module that the manifest does not have yet, and the block that adds it."""
    if not MODULE_ID.fullmatch(asked):
        raise ScaffoldError(
            _(
                "The manifest has no module {asked}. "
                "Name it in full, and it is added: course new m02-how-expectations-form"
            ).format(asked=asked)
        )
    number, words = asked.split("-", 1)
    if any(module.number == number for module in repo.syllabus.modules):
        raise ScaffoldError(_("There is a module {number} already: choose another number.").format(number=number))
    title = words.replace("-", " ").capitalize()
    objectives = ("first", "second", "third")
    like = next(module for module in repo.syllabus.modules if module.simulated)
    module = Module(
        id=asked,
        part=repo.syllabus.modules[-1].part,
        ready=False,
        minutes=75,
        points=30,
        title={"en": title, "zh": "‹待写：题目›"},
        summary={},
        datasets=like.datasets[:1],
        objectives=tuple(
            Objective(name, {"en": "‹write: what a learner will be able to do›", "zh": "‹待写：学完后能做什么›"})
            for name in objectives
        ),
    )
    datasets = ", ".join(f'"{name}"' for name in module.datasets)
    block = BLOCK.format(id=module.id, part=module.part, title=title, datasets=datasets)
    return module, block + "".join(OBJECTIVE.format(id=name) for name in objectives) + TOPIC


def _filled(repo: Repo, module: Module) -> dict[Path, str]:
    """Return what each file of the module will read; a table of worked numbers that is there already is kept."""
    theory = repo.root / "course" / "theory" / f"{_theory(module)}.py"
    named = {
        repo.app(module): "app.ipynb",
        repo.questions(module): "questions.toml",
        repo.given(module): "given.toml",
        repo.words(module): "simulation.toml",
        repo.simulation(module): "simulation.py.txt",
        theory: "theory.py.txt",
        repo.assignment_catalogue(module): "assignment.po",
        repo.theory_test(theory): "test_theory.py.txt",
        repo.numbers_test(module): "test_numbers.py.txt",
        repo.lesson_test(module): "test_lessons.py.txt",
        repo.simulation_test(module): "test_simulations.py.txt",
        repo.answers(module): "test_grading.py.txt",
    }
    for language in LANGUAGES:
        named[repo.lesson(module, language)] = f"lesson.{language}.ipynb"
        named[repo.solution(module, language)] = f"exercise.{language}.ipynb"
        named[repo.teaching(module, language)] = f"teaching.{language}.md"
    table = repo.oracles(module)
    if not table.exists():
        named[table] = "oracles.csv"
    values = _values(repo, module)
    return {path: _fill((TEMPLATES / name).read_text(encoding="utf-8"), path, values) for path, name in named.items()}


def _theory(module: Module) -> str:
    """Return what the first file of its theory is called, until its author renames it."""
    return module.slug.split("_", 1)[1]


def _rows(repo: Repo, module: Module) -> list[str]:
    """Return the ids of the module's worked numbers: those of its table, or the one that the template's will have."""
    table = repo.oracles(module)
    if not table.is_file():
        return [f"{module.number}-outcome"]
    with table.open(encoding="utf-8", newline="") as stream:
        return [row["id"] for row in csv.DictReader(stream)]


def _values(repo: Repo, module: Module) -> dict[str, str]:
    """Return what stands in place of each word of the templates."""
    words = module.id.split("-")[1:]
    each = module.points // (AUTOMATIC_TASKS + 1)
    source = next((one for one in read_all(repo.at(REFERENCES)).values() if one.link), None)
    values = {
        "__ID__": module.id,
        "__NUMBER__": module.number,
        "__SLUG__": module.slug,
        "__CLASS__": "".join(word.capitalize() for word in words),
        "__THEORY__": _theory(module),
        "__DATASET__": module.datasets[0] if module.datasets else "‹write: a dataset›",
        "__REFERENCE_KEY__": source.key if source else "‹write: a reference›",
        "__FUNCTIONS__": "\n".join(f'    "{row}": lambda: outcome(50),' for row in _rows(repo, module)),
        "__POINTS_EACH__": str(each),
        "__POINTS_REST__": str(module.points - AUTOMATIC_TASKS * each),
    }
    ids = [objective.id for objective in module.objectives] or ["‹write: an objective›"]
    for number in range(AUTOMATIC_TASKS):
        values[f"__OBJECTIVE_{number + 1}__"] = ids[number % len(ids)]
    for language in LANGUAGES:
        values[f"__TITLE_{language.upper()}__"] = module.title[language]
        lines = [f"- {objective.text[language]}" for objective in module.objectives]
        values[f"__OBJECTIVES_{language.upper()}__"] = "\n".join(lines)
        values[f"__REFERENCE_{language.upper()}__"] = source.listed(language) if source else ""
    return values


def _fill(template: str, path: Path, values: dict[str, str]) -> str:
    """Return a template with `values` put in, written as the file's format asks."""
    if path.suffix == ".ipynb":
        numbers = {f'"{key}"': value for key, value in values.items() if key.startswith("__POINTS_")}
        values = numbers | {key: json.dumps(value, ensure_ascii=False)[1:-1] for key, value in values.items()}
    elif path.suffix in (".toml", ".py"):
        values = values | {
            key: value.replace("\\", "\\\\").replace('"', '\\"')
            for key, value in values.items()
            if key != "__FUNCTIONS__"
        }
    for key, value in values.items():
        template = template.replace(key, value)
    return template


def _write_all(files: dict[Path, str]) -> None:
    """Write every file; where one fails, take back those written and the folders made."""
    made: list[Path] = []
    written: list[Path] = []
    try:
        for path, text in files.items():
            missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            made += missing
            write(path, text)
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink()
        for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise ScaffoldError(
            _(
                "{file} cannot be written ({error}); nothing was created. Make room or get permission, then try again."
            ).format(file=error.filename or "", error=error.strerror or error)
        ) from error
