"""What the teacher reads beside each question of a class."""

from __future__ import annotations

from course.classroom.notes import step_notes
from course.classroom.steps import steps
from course.i18n import LANGUAGES
from course.manifest import syllabus


def test_every_question_of_every_module_has_a_note() -> None:
    for module in syllabus().ready:
        asked = steps(module)
        for language in LANGUAGES:
            for step, text in zip(asked, step_notes(asked, module.id, language), strict=True):
                assert text.strip(), (module.id, step.key, language)


def test_what_fits_a_question_stands_beside_it() -> None:
    heads = {
        "prediction": "Ninety minutes",
        "quiz": "What the class misunderstands, and how it shows",
        "case": "The case decision",
        "bet": "What the class misunderstands, and how it shows",
    }
    asked = {step.key.partition(":")[0]: step for step in steps(syllabus().module("m10"))}
    for kind, head in heads.items():
        assert f">{head}</h2>" in "".join(step_notes([asked[kind]], "m10", "en")), kind
