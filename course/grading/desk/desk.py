"""Marking written answers: what a page shows, and what it may ask for. Every mark stands in the gradebook at once.

Whoever writes names the answer's `version` and the rubric's `revision` as seen; where either has changed meanwhile, in
another tab, at another desk or in formgrader, nothing is written. SQLite's own lock on the gradebook is the desk's as well,
so that several servers over one folder wait for each other.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.grading.assignment.status import note
from course.grading.book.gradebook import FILE, PATIENCE, explained
from course.grading.desk.answers import Question, Reader, Row, questions, rows, together
from course.grading.desk.pages import untold
from course.grading.desk.rubric import LONGEST_COMMENT, AskError, DeskError, clean, read_items, reckon, told
from course.grading.desk.state import Mark, Sheet, Was, load, save
from course.i18n import HTML_LANG, N_
from course.markup import markdown

# Answers that one request may mark, and earlier comments that a page offers
MOST_MARKS, MOST_COMMENTS = 5_000, 9


class StaleError(DeskError):
    """Raised where what was seen is no longer so; nothing has been written."""


@dataclass
class Work:
    """One question with the gradebook locked: rows there, and the desk's own sheet."""

    book: sqlite3.Connection
    assignment: str
    sheet: Sheet
    rows: dict[str, Row]
    # the language of a learner's edition
    edition: Callable[[str], str]


class Desk:
    """The desk of one course folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._reader = Reader(root)

    def find(self, name: str) -> Question:
        """Return a question by name, the first that has answers where the name is empty. Raises `AskError`."""
        known = {question.id: question for question in questions()}
        if not name:
            counted = self.counts()
            name = max(known, key=lambda one: (counted[one][0], counted[one][1]))
        if name not in known:
            raise AskError(note(N_("There is no question {name}. Choose one from the list."), name=name))
        return known[name]

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return for each question how many answers wait, and how many there are. Raises `GradebookError`."""
        path = self.root / FILE
        if not path.is_file():
            return {question.id: (0, 0) for question in questions()}
        with explained(path), closing(self._connect()) as book:
            found = {question.id: list(rows(book, question).values()) for question in questions()}
        return {name: (sum(map(_is_open, those)), len(those)) for name, those in found.items()}

    def show(self, question: Question, language: str) -> dict[str, Any]:
        """Return all that a page shows of a question. Raises `GradebookError` and `StateError`."""
        with self._at_work(question, to_write=False) as work:
            order = self._order(work.rows, question)
            answers = []
            for number, group in enumerate(order):
                for place, (key, written) in enumerate(group):
                    own = {"text": written.text, "language": HTML_LANG[written.language]}
                    alike = {"group": number, "place": place + 1, "size": len(group)}
                    answers.append({**_shown(work, key), **own, **alike})
            common = self._common(work)
        task = question.wording(language)
        return {
            "question": question.id,
            "title": task.title,
            "asked": str(markdown(task.text)),
            "model": task.solution,
            "out_of": max((row.out_of for row in work.rows.values()), default=0.0),
            "answers": answers,
            **common,
        }

    def mark(self, question: Question, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Give answers their items, or a comment, or both: `marks` (key and version of each), `items`, `comment`, `revision`.

        What is left out stays as it is at the desk. Raises `StaleError`, `AskError`, `GradebookError` and `StateError`.
        """
        wanted = _versions(asked)
        comment = clean(asked["comment"], LONGEST_COMMENT) if "comment" in asked else None
        with self._at_work(question) as work:
            self._check(work, wanted, asked)
            items = _chosen(asked, work.sheet)
            before = {key: _was(work, key) for key in wanted}
            for key in wanted:
                old = _own_mark(work, key)
                kept = old.items if old else None
                said = comment if comment is not None else _comment(work, key)
                self._give(work, key, items if items is not None else kept, said)
            work.sheet.push(before, comment_only=items is None)
            return {"answers": [_shown(work, key) for key in wanted], **self._common(work)}

    def reword(self, question: Question, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Change the rubric, and with it the points of every answer that was marked with it.

        Points that were changed elsewhere stay. Raises `StaleError`, `AskError`, `GradebookError` and `StateError`.
        """
        with self._at_work(question) as work:
            self._check(work, {}, asked)
            rubric = read_items(asked.get("rubric"), work.sheet.free)
            work.sheet.push({}, work.sheet.rubric)
            return self._with_rubric(work, rubric)

    def undo(self, question: Question, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Take the last step back: `top` is its number as the page knows it. What was changed elsewhere since, stays.

        Raises `StaleError`, `AskError`, `GradebookError` and `StateError`.
        """
        with self._at_work(question) as work:
            sheet = work.sheet
            if not sheet.undo:
                raise AskError(note(N_("There is nothing to undo.")))
            if asked.get("top") != sheet.undo[-1].number:
                raise StaleError(note(STALE))
            step = sheet.undo.pop()
            if step.rubric is not None:
                return {**self._with_rubric(work, step.rubric), "at": None, "kept": 0}
            back = [key for key in step.before if key in work.rows and (_own_mark(work, key) is not None)]
            for key in back:
                self._restore(work, key, step.before[key])
            shown = [_shown(work, key) for key in step.before if key in work.rows]
            at = next(iter(step.before))
            return {"answers": shown, "at": at, "kept": len(step.before) - len(back), **self._common(work)}

    @contextmanager
    def _at_work(self, question: Question, *, to_write: bool = True) -> Iterator[Work]:
        """Lock the gradebook, and write file and gradebook at the end, or neither."""
        path = self.root / FILE

        def edition(student: str) -> str:
            return self._reader.read(student, question).language

        if not path.is_file():
            if to_write:
                raise AskError(note(N_("There is no gradebook in {folder} yet."), folder=self.root))
            with closing(sqlite3.connect(":memory:")) as nothing:
                yield Work(nothing, question.module.id, load(self.root).get(question.id, Sheet()), {}, edition)
            return
        with explained(path), closing(self._connect()) as book:
            book.execute("BEGIN IMMEDIATE" if to_write else "BEGIN")
            try:
                sheets = load(self.root)
                sheet = sheets.setdefault(question.id, Sheet())
                yield Work(book, question.module.id, sheet, rows(book, question), edition)
                if to_write:
                    save(self.root, sheets)
                book.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    book.execute("ROLLBACK")
                raise

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.root / FILE, timeout=PATIENCE, isolation_level=None)

    def _check(self, work: Work, wanted: Mapping[str, str], asked: Mapping[str, Any]) -> None:
        """Refuse what was asked on the ground of something that is no longer so."""
        fresh = asked.get("revision") == work.sheet.revision
        if not fresh or any(key not in work.rows or _version(work, key) != seen for key, seen in wanted.items()):
            raise StaleError(note(STALE))

    def _order(self, found: dict[str, Row], question: Question) -> list[list[tuple[str, Any]]]:
        keys = list(found)
        texts = [self._reader.read(found[key].student, question) for key in keys]
        return [[(keys[place], texts[place]) for place in group] for group in together([one.text for one in texts])]

    def _common(self, work: Work) -> dict[str, Any]:
        """Return what belongs to the question as a whole."""
        said = Counter(mark.comment for mark in work.sheet.marks.values() if mark.comment)
        return {
            "rubric": [item.to_json() for item in work.sheet.rubric],
            "revision": work.sheet.revision,
            "top": work.sheet.undo[-1].number if work.sheet.undo else 0,
            "comments": [text for text, _count in said.most_common(MOST_COMMENTS)],
        }

    def _with_rubric(self, work: Work, rubric: Any) -> dict[str, Any]:
        own = [key for key in work.rows if _own_mark(work, key) is not None]
        work.sheet.rubric = rubric
        work.sheet.revision += 1
        work.sheet.free = max([work.sheet.free, *(item.id + 1 for item in rubric)])
        for key in own:
            mark = work.sheet.marks[key]
            self._give(work, key, mark.items, mark.comment, looked=False)
        return {"answers": [_shown(work, key) for key in work.rows], **self._common(work)}

    def _give(self, work: Work, key: str, items: tuple[int, ...] | None, comment: str, *, looked: bool = True) -> None:
        """Write an answer's points and comment down. `looked`: a person has just read it."""
        row = work.rows[key]
        if comment and row.cell is None:
            why = N_(
                "The gradebook has no place for a comment on this answer. Grade it with: course grade {assignment}"
            )
            raise AskError(note(why, assignment=work.assignment))
        mark = _mark(work, key, items, comment, row.points)
        waiting = row.waiting if items is None or not looked else False
        if (mark.points, waiting, mark.said) != (row.points, row.waiting, row.comment):
            _write(work, row, mark.points, waiting, mark.said)
        work.sheet.marks[key] = mark

    def _restore(self, work: Work, key: str, was: Was) -> None:
        """Let an answer be as it was; items that it had then count as the rubric has them now."""
        if was.mark is None:
            work.sheet.marks.pop(key, None)
            _write(work, work.rows[key], was.points, was.waiting, was.said)
            return
        mark = _mark(work, key, was.mark.items, was.mark.comment, was.points)
        _write(work, work.rows[key], mark.points, was.waiting, mark.said)
        work.sheet.marks[key] = mark


STALE = N_(
    "Nothing was written: this was changed meanwhile in another window, at another desk or in formgrader. "
    "What you see now is how it stands. Mark it again if you like."
)


def _is_open(row: Row) -> bool:
    return row.points is None or row.waiting


def _own_mark(work: Work, key: str) -> Mark | None:
    """Return an answer's mark if the gradebook still says what the desk wrote there."""
    mark, row = work.sheet.marks.get(key), work.rows[key]
    if mark is None or mark.points != row.points or mark.said != row.comment:
        return None
    return mark


def _mark(work: Work, key: str, items: tuple[int, ...] | None, comment: str, points: float | None) -> Mark:
    """Return a mark as the gradebook is told it; `points` are those of an answer without items."""
    row, rubric = work.rows[key], work.sheet.rubric
    points = points if items is None else reckon(rubric, items, row.out_of)
    said = told(rubric, items, comment, work.edition(row.student)) if row.cell is not None else ""
    return Mark(items, comment, points, said)


def _comment(work: Work, key: str) -> str:
    """Return the comment of an answer without the lines of its items, where the desk wrote those."""
    mark, row = work.sheet.marks.get(key), work.rows[key]
    return mark.comment if mark and mark.said == row.comment else row.comment


def _shown(work: Work, key: str) -> dict[str, Any]:
    """Return an answer's mark as a page shows it."""
    row, mark = work.rows[key], _own_mark(work, key)
    elsewhere = mark is None and (row.points is not None or bool(row.comment))
    return {
        "key": key,
        "items": list(mark.items or ()) if mark else [],
        "comment": _comment(work, key),
        "points": row.points,
        "open": _is_open(row),
        "again": row.waiting and row.points is not None,
        "elsewhere": elsewhere,
        "version": _version(work, key),
    }


def _version(work: Work, key: str) -> str:
    row, mark = work.rows[key], work.sheet.marks.get(key)
    held = [row.points, row.waiting, row.comment, None if mark is None else [mark.items, mark.comment]]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


def _was(work: Work, key: str) -> Was:
    row = work.rows[key]
    return Was(_own_mark(work, key), row.points, row.waiting, row.comment)


def _versions(asked: Mapping[str, Any]) -> dict[str, str]:
    marks = asked.get("marks")
    if not isinstance(marks, list) or not 1 <= len(marks) <= MOST_MARKS:
        raise AskError(note(N_("Between 1 and {most} answers can be marked at once."), most=MOST_MARKS))
    return {
        str(one["key"]): str(one["version"]) for one in marks if isinstance(one, dict) and {"key", "version"} <= {*one}
    }


def _chosen(asked: Mapping[str, Any], sheet: Sheet) -> tuple[int, ...] | None:
    """Return the items asked for, None where nothing is to change about them. Raises `AskError`."""
    if "items" not in asked:
        return None
    known = {item.id for item in sheet.rubric}
    items = asked["items"]
    if not isinstance(items, list) or not all(isinstance(one, int) and one in known for one in items):
        raise AskError(note(N_("The rubric has no such item.")))
    return tuple(sorted(set(items)))


def _write(work: Work, row: Row, points: float | None, waiting: bool, said: str) -> None:
    """Write into nbgrader's tables, and note that the feedback page is an old one."""
    book, place = work.book, row.comment_row
    book.execute(
        "UPDATE grade SET manual_score = ?, needs_manual_grade = ? WHERE id = ?", (points, int(waiting), row.grade)
    )
    if place is not None:
        book.execute("UPDATE comment SET manual_comment = ? WHERE id = ?", (said or None, place))
    elif said:
        place = uuid.uuid4().hex
        new = (place, row.key, row.cell, said)
        book.execute("INSERT INTO comment (id, notebook_id, cell_id, manual_comment) VALUES (?, ?, ?, ?)", new)
    untold(book, work.assignment, row.student)
    work.rows[row.key] = replace(row, points=points, waiting=waiting, comment=said, comment_row=place)
