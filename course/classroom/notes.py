"""What the teacher reads beside the board: what is behind each question, and the module's teaching note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from course.classroom.simulated import BET, CHALLENGE, STRATEGY
from course.classroom.step import Step
from course.classroom.steps import CASE, PREDICTION, QUIZ
from course.i18n import N_, translator
from course.manifest import syllabus
from course.markup import markdown

ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
# a section stands in the note and beside its question: on one page, no heading has an id
NAMED = re.compile(r'(?<=<h\d) id="[^"]*"')
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
HEADING = re.compile(r"^## ", re.MULTILINE)
# which sections of a note, counted from 1, fit where a question is asked; a question elsewhere goes without
PLAN, SLIPS, DECISION = 2, 3, 5
FITTING = {
    PREDICTION: (PLAN,),
    BET: (SLIPS,),
    CHALLENGE: (SLIPS,),
    STRATEGY: (DECISION,),
    CASE: (DECISION,),
    QUIZ: (SLIPS,),
}
ANSWERED = N_("{label}: {answer}")
WRONG = N_("Who says {answer}:")


def note(module: str, language: str) -> str:
    """Return the teacher's note of a module as HTML: the course's own words, without links that lead nowhere here."""
    return _html(_text(module, language))


def step_notes(steps: Iterable[Step], module: str, language: str) -> list[str]:
    """Return what the teacher reads beside each question, as HTML.

    That is the answer and what is told with it, what each other answer comes from, and the sections of the note that fit.
    """
    sections = HEADING.split(_text(module, language))
    fitting = {
        part: _html("\n\n".join(f"## {sections[place]}" for place in places if place < len(sections)))
        for part, places in FITTING.items()
    }
    return [_html("\n\n".join(_behind(step, language))) + fitting.get(step.part, "") for step in steps]


def _behind(step: Step, language: str) -> Iterator[str]:
    say = translator(language)
    if step.answer is not None:
        number = f"{step.answer:.{step.digits}f} {step.unit[language].rpartition('|')[2]}".replace("-", "−")
        yield f"**{say(ANSWERED).format(label=step.answered[language], answer=number)}**"
    for place, choice in enumerate(step.choices):
        mark = f" ({step.answered[language]})" if choice.right else ""
        yield f"**{chr(ord('A') + place)}{mark}** {choice.feedback[language]}"
    yield from (step.reveal[language], step.source[language])
    for slip in step.slips:
        yield f"**{say(WRONG).format(answer=f'{slip.value:g}'.replace('-', '−'))}** {slip.feedback[language]}"


def _text(module: str, language: str) -> str:
    path = syllabus().module(module).folder / f"teaching.{language}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _html(text: str) -> str:
    return NAMED.sub("", ANCHOR.sub("", str(markdown(LINK.sub(r"\1", text)))))
