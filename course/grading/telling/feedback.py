"""Feedback pages in the learner's language: what was asked, what happened, a hint. Never a hidden test, nor its values.

What the page shows comes from two places. Task texts, hints and points are the instructor's own. Of the graded notebook
it shows the learner's answers, and a test's sentence only where that sentence is one the course itself has written;
figures that stand in a hidden test are left out of it. Output of cells is not shown: code that ran beside a hidden
test could have put anything there.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines
from traitlets import default

from course.given import entries, personal
from course.grading.assignment.messages import (
    common_sentences,
    mentions,
    sentences,
    split,
    understand,
    visible_calls,
)
from course.grading.assignment.status import Status
from course.grading.assignment.taskbook import Task, tasks
from course.grading.assignment.variants import claimed
from course.i18n import DEFAULT, HTML_LANG, LANGUAGES, N_, ngettext, translator
from course.i18n.message import Message
from course.manifest import ManifestError, Module, syllabus
from course.markup import markdown
from course.paths import PACKAGE

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_ANSWER = 20_000

NOT_SHOWN = N_("With the numbers of the task your answer may be right; with others, which the test keeps, it is not.")
STOPPED = N_("The test stopped with an error ({kind}). Run your notebook from the top and look at this task again.")
OWN_ERROR = N_("Your own cell stopped with an error. Python says: {kind}: {error}.")
OWN_ERROR_KIND = N_("Your own cell stopped with an error ({kind}). Run it again to see where.")
NOT_RUN = N_("This test was not reached: the notebook stopped before it.")
NOISE = N_("Something was printed as a warning or an error while the test ran, so it gave no points.")

NOTICES = {
    Status.LATE: N_("Handed in after the deadline."),
    Status.NOT_ATTEMPTED: N_("Nothing was written in this notebook, so there was nothing to grade."),
    Status.MISSING: N_("No notebook of yours was found."),
    Status.UNREADABLE: N_(
        "Your file could not be read as a notebook. Hand in the file exercise.ipynb as the course saves it."
    ),
    Status.REPAIRED: N_("Something in your notebook had been moved or deleted. It was put back before grading."),
    Status.CRASHED: N_("Python ended while your notebook ran. What was passed before that counts."),
    Status.TIMED_OUT: N_(
        "Your notebook ran longer than it may, a loop without an end perhaps. What was passed before counts."
    ),
    Status.TOO_LARGE: N_(
        "Your notebook is larger than it may be. Delete what it has printed, save it, and hand it in again."
    ),
}


@dataclass(frozen=True)
class Mark:
    """The points of one graded cell: None while nobody has marked it. `comment` is the instructor's, or nothing."""

    points: float | None
    out_of: float
    comment: str = ""


def feedback_html(
    notebook: NotebookNode | None,
    marks: Mapping[str, Mark],
    *,
    module: Module | None = None,
    language: str = "",
    status: Status = Status.GRADED,
    note: str = "",
    penalty: float = 0.0,
) -> str:
    """Return the feedback page for one graded (executed) notebook, as one HTML file that needs no other.

    `marks` holds the points by grade id; `notebook` is None where there is none that can be read. Module and language are
    the notebook's own (`metadata.course`) unless given. `status` is the submission's (`late`, `crashed`, …); `note` says
    more about it, in the learner's language; `penalty` is taken off the total.
    """
    notebook = rejoin_lines(notebook) if notebook else None
    about = _about(notebook)
    module = module or _module(about.get("module"))
    language = language or str(about.get("language"))
    language = language if language in LANGUAGES else DEFAULT
    known = tasks(module, language) if module else ()
    cells = cells_by_grade_id(notebook)
    own = partial(_personal, module, claimed(notebook or {}))
    rows = [_row(task, cells, marks, language, own) for task in known]
    total = sum(mark.points or 0 for mark in marks.values()) - penalty
    _ = translator(language)
    return _page().render(
        _=_,
        ngettext=partial(ngettext, language=language),
        html_lang=HTML_LANG[language],
        styles=_styles(),
        course=syllabus().title[language],
        title=module.title[language] if module else _("Feedback"),
        rows=rows,
        total=total,
        out_of=sum(mark.out_of for mark in marks.values()),
        penalty=penalty,
        waiting=any(mark.points is None for mark in marks.values()),
        notices=[text for text in (_(NOTICES[status]) if status in NOTICES else "", note) if text],
        number=lambda points: f"{points:.2f}".rstrip("0").rstrip("."),
    )


class FeedbackExporter(Exporter):
    """The same page for nbgrader's own `generate_feedback`; its preprocessor GetGrades brings the points."""

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **options)
        marks = {}
        for cell in nb.cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings.get("grade") and "grade_id" in settings:
                score = settings.get("score")
                comment = settings.get("comment") or ""
                marks[settings.grade_id] = Mark(score, float(settings.get("points", 0)), comment)
            elif settings.get("solution") and settings.get("comment"):
                marks[settings.grade_id] = Mark(0, 0, settings.comment)
        penalty = resources.get("nbgrader", {}).get("late_penalty", 0)
        module = _module(resources.get("nbgrader", {}).get("assignment"))
        return feedback_html(nb, marks, module=module, penalty=penalty), resources


def what_happened(task: Task, cells: Mapping[str, NotebookNode]) -> Message | None:
    """Return what a task's tests said in the graded notebook, without what a hidden test keeps; None where all is well."""
    for grade_id, source in task.tests.items():
        cell = cells.get(grade_id)
        if cell is None or not (cell.get("outputs") or cell.get("execution_count")):
            return _own_error(task, cells) or Message(NOT_RUN)
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors:
            return _own_error(task, cells) or _of_test(task, source, errors[-1])
        if any(output.output_type == "stream" and output.name == "stderr" for output in cell.outputs):
            return Message(NOISE)
    return None


def _of_test(task: Task, source: str, error: NotebookNode) -> Message:
    text = str(error.get("evalue", ""))
    visible, hidden = split(source)
    said = understand(text, (*sentences(visible), *common_sentences()))
    if said is None:
        # A hidden test's sentences hold no figures; one that does is not shown
        plain = understand(text, [one for one in sentences(hidden) if "{" not in one])
        if plain:
            return plain
        kind = str(error.get("ename", ""))
        return Message(STOPPED, kind=kind) if _is_exception(kind) and kind != "AssertionError" else Message(NOT_SHOWN)
    figures = {name: _discreet(value, source) if name == "what" else value for name, value in said.values.items()}
    said = Message(said.text, **figures)
    return Message(NOT_SHOWN) if _tells(task, said) else said


def _own_error(task: Task, cells: Mapping[str, NotebookNode]) -> Message | None:
    """Return what Python said about the answer cell itself."""
    outputs = cells[task.id].get("outputs", []) if task.id in cells else []
    for output in outputs:
        if output.output_type == "error":
            kind = str(output.get("ename", ""))
            kind = kind if _is_exception(kind) else "Exception"
            said = Message(OWN_ERROR, kind=kind, error=" ".join(str(output.get("evalue", "")).split())[:200])
            return Message(OWN_ERROR_KIND, kind=kind) if _tells(task, said) else said
    return None


def _tells(task: Task, said: Message) -> bool:
    """Tell whether a sentence holds something that only the hidden test knows."""
    figures = "\n".join(said.values.values())
    return any(mentions(figures, secret) or (len(secret) > 3 and secret in figures) for secret in task.secrets)


def _discreet(call: str, source: str) -> str:
    """Return `felt_value(…)` for a call with inputs that the visible test does not use."""
    name = call.split("(", 1)[0]
    return call if call in (name, *visible_calls(source)) else f"{name}(…)"


def _is_exception(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _personal(module: Module | None, token: str, task: str, text: str) -> str:
    """Return a task's text with the numbers of the learner with `token`."""
    found = entries(module.id) if module and token else ()
    return personal(text, [entry for entry in found if task in entry.cells], token)


def _row(
    task: Task,
    cells: Mapping[str, NotebookNode],
    marks: Mapping[str, Mark],
    language: str,
    own_numbers: Callable[[str, str], str],
) -> dict[str, Any]:
    """Return what the page shows of one task."""
    _ = translator(language)
    own = [marks[name] for name in task.graded if name in marks]
    points = sum(mark.points or 0 for mark in own)
    out_of = sum(mark.out_of for mark in own)
    waiting = any(mark.points is None for mark in own)
    answer = str(cells[task.id].source) if task.id in cells else ""
    untouched = answer.strip() in ("", task.starter.strip())
    said = None if task.written or points >= out_of > 0 else what_happened(task, cells)
    comments = [mark.comment for name in (task.id, *task.graded) if (mark := marks.get(name)) and mark.comment]
    if waiting:
        verdict, kind = _("Your teacher reads this one."), "waiting"
    elif untouched and not points:
        verdict, kind = _("Not attempted."), "none"
    elif points >= out_of > 0:
        verdict, kind = _("All points."), "all"
    else:
        verdict, kind = (_("Part of the points."), "some") if points else (_("Not right yet."), "none")
    return {
        "id": task.id,
        "title": task.title,
        "points": points,
        "out_of": out_of,
        "waiting": waiting,
        "verdict": verdict,
        "kind": kind,
        "asked": markdown(own_numbers(task.id, task.text)),
        "hint": markdown(own_numbers(task.id, task.hint)) if task.hint and kind != "all" else "",
        "said": said.say(language) if said else "",
        "answer": "" if untouched else answer[:LONGEST_ANSWER],
        "comments": list(dict.fromkeys(comments)),
    }


def _about(notebook: NotebookNode | None) -> Mapping[str, Any]:
    about = notebook.metadata.get("course") if notebook else None
    return about if isinstance(about, Mapping) else {}


def _module(module_id: object) -> Module | None:
    try:
        return syllabus().module(str(module_id))
    except ManifestError:
        return None


def cells_by_grade_id(notebook: NotebookNode | None) -> dict[str, NotebookNode]:
    """Return the cells that nbgrader knows, by their name in the gradebook."""
    cells = notebook.cells if notebook else []
    found = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in cells if "nbgrader" in cell.metadata}
    return {str(name): cell for name, cell in found.items() if name}


@cache
def _page() -> Any:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("feedback.html.j2")


@cache
def _styles() -> Markup:
    files = (PACKAGE / "ui" / "page" / "theme.css", TEMPLATES / "feedback.css")
    return Markup("\n".join(path.read_text(encoding="utf-8") for path in files))
