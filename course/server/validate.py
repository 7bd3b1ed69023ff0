"""What *Validate* answers: a table of tasks in the notebook's language, instead of nbgrader's test cells in English.

nbgrader's button shows whatever stands under `failed` as HTML, after an English sentence of its own; the answer's style
hides that sentence. The notebook is run as nbgrader runs it, in a thread, so that the server goes on answering.
"""

from __future__ import annotations

import ast
import asyncio
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, Execute
from nbgrader.server_extensions.validate_assignment.handlers import ValidateAssignmentHandler
from nbgrader.validator import Validator
from tornado import web

from course.i18n import DEFAULT, Translate, match_language, translator

STYLE = """
#validation-message > div:nth-child(-n + 2) { display: none }
#validation-message > div pre { white-space: normal !important; font: inherit !important }
.course-validate td, .course-validate th { padding: 4px 8px; text-align: start; vertical-align: top }
.course-validate { font-family: var(--jp-ui-font-family) }
.course-validate table { border-collapse: collapse }
.course-validate tbody tr { border-top: 1px solid var(--jp-border-color2) }
.course-validate .points { white-space: nowrap }
.jp-Dialog:has(.course-validate) .jp-Dialog-header { font-size: 0 }
.jp-Dialog:has(.course-validate) .jp-Dialog-header::after { content: TITLE; font-size: 20px }
"""
LONGEST = 600


class NotOursError(ValueError):
    """Another course's notebook: nbgrader's own answer is the right one."""


@dataclass(frozen=True)
class Row:
    """One thing that gives points: its task's title, points of so many, passed, and a sentence.

    Without points it is not tested here: a person reads it, or, where a sentence says so, only its hidden tests ask.
    """

    title: str
    score: float | None
    most: float
    passed: bool
    sentence: str


def rows(notebook: Any) -> list[Row]:
    """Return a row for every graded cell of an executed notebook."""
    found: list[Row] = []
    title = ""
    for cell in notebook.cells:
        heading = re.search(r"^##\s+(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if heading and not utils.is_solution(cell):
            title = re.sub(r"\s*[（(][^（()）]*[)）]\s*$", "", heading[1])
        if not utils.is_grade(cell):
            continue
        score, most = utils.determine_grade(cell)
        if cell.cell_type == "markdown" or utils.is_solution(cell):
            found.append(Row(title, None, most, False, ""))
            continue
        if not utils.has_failed(cell) and not _asks(cell.source):
            found.append(Row(title, None, most, False, _said(cell)))
            continue
        passed = not utils.has_failed(cell) and score == most
        found.append(Row(title, score, most, passed, _said(cell)))
    return found


def _asks(source: str) -> bool:
    """Return whether a test cell asks for an answer as it is released: its hidden tests may be all that asked."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return True
    doors = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Name) and node.value.func.id == "Answers"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    used = {node.value.id for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)}
    return not doors or bool(doors & used)


def _said(cell: Any) -> str:
    """Return the last thing a test cell said: the message of its error, else what it printed."""
    printed = ""
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            ours = output.ename == "AnswerError"
            return str(output.evalue if ours else f"{output.ename}: {output.evalue}")[:LONGEST]
        if output.output_type == "stream" and output.name == "stdout":
            # a busy kernel sends what a cell prints in several pieces
            printed += output.text
    return re.sub(r"\n✓[^\n]*\s*$", "", printed).strip()[:LONGEST]


def page(found: list[Row], changed: list[str], language: str) -> str:
    """Return the HTML that the dialog shows; every text of the notebook is escaped."""
    _ = translator(language)
    style = STYLE.replace("TITLE", json.dumps(_("What Validate found"), ensure_ascii=False))
    return f'<style>{style}</style><div class="course-validate">{_warning(changed, _)}{_table(found, language)}</div>'


def _warning(changed: list[str], _: Translate) -> str:
    if not changed:
        return ""
    words = _("These cells are locked and have been changed: {names}. Take a fresh copy of the assignment for them.")
    return f"<p><strong>{escape(words.format(names=', '.join(changed)))}</strong></p>"


def _table(found: list[Row], language: str) -> str:
    _ = translator(language)
    tests = [row for row in found if row.score is not None]
    graded = any(row.most for row in found)
    heads = [_("Task"), "", *([_("Points")] if graded else []), _("What the test says")]
    body = "".join(_row(row, graded, _) for row in found)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    passed = sum(row.passed for row in tests)
    lines = [_("{passed} of {total} tests pass.").format(passed=passed, total=len(tests))]
    if graded:
        lines.append(
            _("When your work is graded, the tests run again with other numbers: a ✓ is a good sign, not yet the mark.")
        )
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"{words}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: Row, graded: bool, _: Translate) -> str:
    if row.score is None:
        mark, points, words = "–", f"– / {row.most:g}", row.sentence or _("A person reads this.")
    else:
        mark = "✓" if row.passed else "✗"
        points, words = f"{row.score:g} / {row.most:g}", row.sentence or _("The cell ended with an error.")
    label = {"✓": _("passed"), "✗": _("not yet"), "–": _("not tested")}[mark]
    cells = [
        f"<td>{escape(row.title)}</td>",
        f'<td><span aria-label="{escape(label)}">{mark}</span></td>',
        *([f'<td class="points">{points}</td>'] if graded else []),
        f"<td>{escape(words)}</td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def validate(path: Path, config: Any) -> dict[str, Any]:
    """Run the notebook at `path` and return what nbgrader's button shows."""
    notebook = nbformat.read(path, as_version=4)
    if "course" not in notebook.metadata:
        raise NotOursError(path.name)
    validator = Validator(config=config)
    resources: dict[str, Any] = {"metadata": {"path": str(path.parent)}}
    for step in (CheckCellMetadata, ClearOutput, Execute):
        notebook, resources = step(parent=validator).preprocess(notebook, resources)
    changed = [str(cell.metadata.nbgrader.grade_id) for cell in validator._get_changed_cells(notebook)]
    language = match_language(str(notebook.metadata.get("course", {}).get("language", ""))) or DEFAULT
    return {"failed": [{"source": "", "error": page(rows(notebook), changed, language), "raw_error": ""}]}


class ValidateHandler(ValidateAssignmentHandler):
    """nbgrader's handler for its button, answering with the table. The rest is left to nbgrader's own.

    That is what cannot be run, and another course's notebooks.
    """

    def _config(self) -> Any:
        """Return nbgrader's configuration; its kernel talks with the server as encrypted as any other."""
        config = self.load_config()
        config.KernelManager.merge(self.settings["config"].get("KernelManager", {}))
        return config

    @web.authenticated
    async def post(self) -> None:
        """Run the notebook and send the table."""
        asked = str(self.get_argument("path", "") or (self.get_json_body() or {}).get("path", ""))
        root = Path(self.root_dir).resolve()
        target = (root / asked).resolve()
        if not target.is_relative_to(root):
            raise web.HTTPError(403)
        loop = asyncio.get_running_loop()
        try:
            value = await loop.run_in_executor(None, validate, target, self._config())
        except Exception:
            answer = await loop.run_in_executor(None, self.validate_notebook, asked)
        else:
            answer = {"success": True, "value": value}
        await self.finish(json.dumps(answer))
