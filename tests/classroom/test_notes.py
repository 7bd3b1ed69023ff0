"""What the teacher reads beside each question of a class."""

from __future__ import annotations

from course.classroom.notes import step_note
from course.classroom.steps import steps
from course.i18n import LANGUAGES
from course.manifest import syllabus


def test_every_question_of_every_module_has_a_note() -> None:
    for module in syllabus().ready:
        for step in steps(module):
            for language in LANGUAGES:
                assert step_note(step, module.id, language).strip(), (module.id, step.key, language)
