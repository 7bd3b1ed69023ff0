"""`course generate`: the learners' version of an assignment, the same for all or with numbers of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from course import whole
from course.given import entries
from course.grading.assignment import roster, variants
from course.i18n import LANGUAGES, gettext, ngettext
from course.manifest import ManifestError, Module, syllabus
from course.paths import ROOT


@click.command("generate", help=gettext("Make the learners' version of an assignment, in both languages."))
@click.argument("assignment")
@click.option("--variants", "own", is_flag=True, help=gettext("Give each learner on the class list their own numbers."))
@click.option(
    "--students",
    type=click.Path(dir_okay=False, path_type=Path),
    default=ROOT / roster.FILE,
    help=gettext("The class list; students.csv in the course folder if not given."),
)
def command(assignment: str, own: bool, students: Path) -> None:
    """Generate with nbgrader; with `--variants` also write one notebook per learner."""
    try:
        module = syllabus().module(assignment)
    except ManifestError as error:
        raise click.ClickException(str(error)) from error
    if own and not entries(module.id):
        message = gettext("{module} has no numbers to vary: there is no given.toml beside its lesson.")
        raise click.ClickException(message.format(module=module.id))
    people = roster.read(students) if own else {}
    for language in LANGUAGES:
        _release(module, language)
        click.echo(module.exercise(language).relative_to(ROOT))
    if own:
        variants.remember(module)
        for student in people.values():
            write_variant(student, module)
        folder = ROOT / variants.FOLDER
        message = ngettext(
            "{count} notebook, one per learner: {folder}/<id>/{module}/exercise.ipynb",
            "{count} notebooks, one per learner: {folder}/<id>/{module}/exercise.ipynb",
            len(people),
        )
        click.echo(message.format(count=len(people), folder=folder.relative_to(ROOT), module=module.id))
        message = gettext(
            "The secret is in {file}. Keep a copy of it in a safe place; without it nobody can be graded."
        )
        click.echo(message.format(file=variants.FILE))


def write_variant(student: roster.Student, module: Module, folder: Path = ROOT) -> Path:
    """Write the notebook of one learner and return its path."""
    own = variants.token_of(student.id, module, folder)
    released = json.loads(module.exercise(student.edition).read_text(encoding="utf-8"))
    personal = variants.personal_notebook(released, module, own, entries(module.id))
    path = folder / variants.FOLDER / student.id / module.id / "exercise.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.write(path, json.dumps(personal, ensure_ascii=False, indent=1) + "\n")
    return path


def _release(module: Module, language: str) -> None:
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", module.id, "--force", "--create"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"COURSE_LANG": language}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise click.ClickException(gettext("nbgrader cannot make the exercise: {error}").format(error=last))
