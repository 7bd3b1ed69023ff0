"""A survey that was read, and the plan to read its columns by, as the page shows them and sends them back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from course.i18n import translator
from course.survey import Plan, RawSurvey, Use
from course.survey.carelessness import CHECKS
from course.survey.mapping import READING, answered, with_scale, with_uses
from course.survey.names import DIMENSION_NAMES
from course.survey.plan import OF_DIMENSION, ROLES
from course.theory.service_quality import DIMENSIONS
from course.ui.numbers import real_minus
from course.ui.survey.words import NO_DIMENSION, ROLE_NAMES

SAMPLES = 3
SAMPLE_ROWS = 200
LONGEST_SAMPLE = 24


def describe_survey(raw: RawSurvey, plan: Plan, language: str) -> dict[str, Any]:
    """Return what was read, with some answers of every column, and the plan. JSON-ready."""
    _ = translator(language)
    return {
        **describe_columns(raw, language),
        "roles": [{"key": role, "label": _(ROLE_NAMES[role]), "dimension": role in OF_DIMENSION} for role in ROLES],
        "dimensions": [
            *({"key": dimension, "label": _(DIMENSION_NAMES[dimension])} for dimension in DIMENSIONS),
            {"key": "", "label": _(NO_DIMENSION)},
        ],
        **describe_plan(plan, language),
    }


def describe_columns(raw: RawSurvey, language: str) -> dict[str, Any]:
    """Return what was read, with some answers of every column. JSON-ready."""
    return {
        "name": raw.name,
        "rows": len(raw.cells),
        "notes": [note.say(language) for note in raw.notes],
        "columns": [{"name": str(name), "samples": _samples(raw, str(name))} for name in raw.cells.columns],
    }


def describe_plan(plan: Plan, language: str) -> dict[str, Any]:
    """Return the plan: uses in the order of the columns, scale, questions and answers. JSON-ready."""
    _ = translator(language)
    return {
        **describe_questions(plan, language),
        "low": plan.low,
        "high": plan.high,
        "checks": [{"key": key, "label": _(label), "on": key in plan.leave_out} for key, label in CHECKS.items()],
    }


def describe_questions(plan: Plan, language: str) -> dict[str, Any]:
    """Return what a plan of any tool has: uses in the order of the columns, notes, questions, settings. JSON-ready."""
    return {
        "uses": [[use.role, use.dimension] for use in plan.uses.values()],
        "plan_notes": [note.say(language) for note in plan.notes],
        "questions": [
            {
                "key": question.key,
                "text": question.text.say(language),
                "columns": question.columns,
                "suggested": question.suggested,
                "items": question.items,
                "answer": plan.answers.get(question.key),
                "choices": [
                    {
                        "value": choice.value,
                        "label": choice.label.say(language),
                        "effect": real_minus(choice.effect.say(language)) if choice.effect else "",
                    }
                    for choice in question.choices
                ],
            }
            for question in plan.questions
        ],
        "settings": [
            {
                "key": setting.key,
                "label": setting.label.say(language),
                "value": setting.value,
                "low": setting.low,
                "high": setting.high,
                "choices": [
                    {"value": float(each.value), "label": each.label.say(language)} for each in setting.choices
                ],
            }
            for setting in plan.settings
        ],
    }


def replan(raw: RawSurvey, plan: Plan, message: dict[str, Any]) -> Plan:
    """Return the plan with what the page changed: `uses` in the order of the columns, `scale`, `leave_out`, `answers`.

    Nonsense is left out. Raises `SurveyProblem` for a scale that is none.
    """
    given = message.get("uses")
    if isinstance(given, list) and len(given) == len(plan.uses):
        uses = {name: _use(each) or plan.uses[name] for name, each in zip(plan.uses, given, strict=True)}
        if uses != plan.uses:
            plan = with_uses(raw, plan, uses)
    scale = message.get("scale")
    if isinstance(scale, list) and len(scale) == 2 and all(isinstance(end, int) for end in scale):
        low, high = scale
        if (low, high) != (plan.low, plan.high):
            plan = with_scale(raw, plan, low, high)
    left = message.get("leave_out")
    if isinstance(left, list):
        plan = replace(plan, leave_out=frozenset(key for key in left if isinstance(key, str) and key in CHECKS))
    answers = message.get("answers")
    for key, value in answers.items() if isinstance(answers, dict) else ():
        if plan.answers.get(key) == value or not isinstance(value, str):
            continue
        # a question that is no longer asked
        with suppress(KeyError, ValueError):
            plan = answered(raw, plan, key, value)
    return plan


def reading_choices(raw: RawSurvey, plan: Plan) -> dict[str, str] | None:
    """Return the answers about the file itself, where the survey has to be read anew by them, otherwise None."""
    chosen = {key: value for key, value in plan.answers.items() if key in READING}
    held = {question.key: raw.choices.get(question.key, question.suggested) for question in raw.questions}
    return {**raw.choices, **chosen} if any(held.get(key) != value for key, value in chosen.items()) else None


def _use(given: object) -> Use | None:
    if not isinstance(given, list) or len(given) != 2:
        return None
    role, dimension = given
    if role not in ROLES:
        return None
    if role not in OF_DIMENSION:
        return Use(role)
    return Use(role, dimension if dimension in DIMENSIONS else None)


def _samples(raw: RawSurvey, name: str) -> list[str]:
    head = raw.cells[name].iloc[:SAMPLE_ROWS].astype(str)
    found = [" ".join(text.split()) for text in head[head != ""].unique()[:SAMPLES]]
    return [text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1]}…" for text in found]
