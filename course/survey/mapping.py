"""Guess what each column holds from headers and values, and ask where a guess could turn the result around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from course.i18n import N_
from course.survey import clues, codings, nothing, words
from course.survey.blocks import Block
from course.survey.blocks import ask as block_ask
from course.survey.blocks import blocks as blocks_of
from course.survey.blocks import uses as block_uses
from course.survey.durations import seconds
from course.survey.messages import Message, SurveyProblem, quote
from course.survey.plan import (
    BESIDE,
    DATE,
    DURATION,
    EXPECTATION,
    IGNORE,
    IMPORTANCE,
    OF_DIMENSION,
    PERCEPTION,
    RECOMMEND,
    ROLES,
    SATISFACTION,
    WEIGHT,
    Choice,
    Plan,
    Question,
    Use,
)
from course.survey.reading import RawSurvey
from course.survey.scales import ask_mixed, ask_reversed, column_of, guess_scale
from course.survey.values import YEAR_LAST, Column, day, is_missing, plain

__all__ = [
    "DATE",
    "EXPECTATION",
    "IGNORE",
    "IMPORTANCE",
    "OF_DIMENSION",
    "PERCEPTION",
    "RECOMMEND",
    "ROLES",
    "SATISFACTION",
    "Choice",
    "Plan",
    "Question",
    "Use",
    "answered",
    "guess",
    "with_scale",
    "with_uses",
]

MOSTLY, HALF = 0.8, 0.5
LARGEST_RATING = 11
WIDEST = 1_000
FEWEST_LEFT, MOST_NAMED, MANY_EQUAL = 3, 40, 20
READING = ("encoding", "sheet", "shape")
"""Keys of questions about the file itself: their answers go to `read_survey`."""


def guess(raw: RawSurvey) -> Plan:
    """Return a plan for a survey from its headers and values, with the questions it leaves open."""
    columns = [Column.of(raw.cells, name) for name in raw.cells.columns]
    uses: dict[str, Use] = {}
    taken: set[str] = set()
    numbered = _all_numbered(raw.cells.columns)
    for column in columns:
        use = numbered.get(column.name) or _use(column)
        if use.role not in OF_DIMENSION and use.role in taken:
            use = Use(IGNORE)
        taken.add(use.role)
        uses[column.name] = use
    plan = Plan(uses, 1, 7)
    structure = _structure(raw, uses)
    suggested = {question.key: question.suggested for question in structure}
    return _worked_out(raw, replace(plan, uses=uses | _structured(raw, uses, suggested), structure=structure))


def with_uses(raw: RawSurvey, plan: Plan, uses: dict[str, Use]) -> Plan:
    """Return the plan with other uses of some columns; scale and questions are worked out anew, given answers are kept."""
    return _worked_out(raw, replace(plan, uses={name: uses.get(name, use) for name, use in plan.uses.items()}))


def answered(raw: RawSurvey, plan: Plan, key: str, value: str) -> Plan:
    """Return the plan with a question answered, and all that follows from the answer worked out.

    Raises `KeyError` for an unknown question, `ValueError` for what is no answer to it.
    """
    plan = plan.answer(key, value)
    if any(question.key == key for question in plan.structure):
        answers = {question.key: plan.answers.get(question.key, question.suggested) for question in plan.structure}
        first = {column: _use(Column.of(raw.cells, column)) for column in plan.uses}
        changed = _structured(raw, first, answers)
        uses = {name: changed.get(name, use) for name, use in plan.uses.items()}
        if key.startswith("one:"):
            role = key.removeprefix("one:")
            uses = {
                name: Use(role) if name == value else Use(IGNORE) if use.role == role else use
                for name, use in uses.items()
            }
        plan = replace(plan, uses=uses)
    return _worked_out(raw, plan)


def with_scale(raw: RawSurvey, plan: Plan, low: int, high: int) -> Plan:
    """Return the plan with another scale. Raises `SurveyProblem` for a scale that is none."""
    if not 0 <= low < high <= WIDEST:
        raise SurveyProblem(
            Message(
                N_(
                    "A scale from {low} to {high} has no width. Give the lowest and the highest number that could be "
                    "ticked, such as 1 and 7."
                ),
                low=low,
                high=high,
            )
        )
    return _asked(raw, replace(plan, low=low, high=high, scaled=True))


def _all_numbered(names: Iterable[str]) -> dict[str, Use]:
    """Return the uses of columns P1 … P22 and E1 … E22 where all of a set are there: SERVQUAL in its own order."""
    found = {name: match for name in names if (match := clues.NUMBERED.fullmatch(plain(str(name))))}
    uses: dict[str, Use] = {}
    for mark, role in (("e", EXPECTATION), ("p", PERCEPTION)):
        places = {int(match[2]): name for name, match in found.items() if match[1].lower() == mark}
        if set(places) == set(range(1, 23)):
            uses |= {name: Use(role, clues.numbered_dimension(place)) for place, name in places.items()}
    return uses


def _use(column: Column) -> Use:
    header = plain(column.name)
    dimension = clues.dimension_of(header)
    if clues.IMPORTANCE.search(header) and dimension:
        return Use(IMPORTANCE, dimension)
    if clues.DATE.search(header) and _holds_days(column):
        return Use(DATE)
    if clues.WEIGHT.fullmatch(header) and _holds_weights(column):
        return Use(WEIGHT)
    if clues.DURATION.search(header):
        return Use(DURATION if _holds_seconds(column) else IGNORE)
    coded = bool(dimension and clues.CODE.match(header))
    worded = words.is_worded(column) and (bool(dimension) or words.is_known(column))
    if not coded and not worded and not _holds_ratings(column):
        return Use(IGNORE)
    if clues.PERSONAL.search(header) and not clues.SATISFACTION.search(header) and not dimension:
        return Use(IGNORE)
    if clues.RECOMMEND.search(header):
        return Use(RECOMMEND)
    if not coded and list(column.tally) in ([0.0], [1.0]) and sum(column.tally.values()) >= MANY_EQUAL:
        # “finished: 1” in every row
        return Use(IGNORE)
    if dimension:
        expected = clues.EXPECTATION.search(header) and not clues.PERCEPTION.match(header)
        return Use(EXPECTATION if expected else PERCEPTION, dimension)
    hoped, seen = clues.OUTRIGHT_E.search(header), clues.OUTRIGHT_P.search(header)
    if bool(hoped) != bool(seen) and not clues.IMPORTANCE.search(header):
        return Use(EXPECTATION if hoped else PERCEPTION)
    if clues.SATISFACTION.search(header) and not clues.IDENTITY.search(header):
        return Use(SATISFACTION)
    return Use(IGNORE)


def _holds_ratings(column: Column) -> bool:
    answers = sum(count for value, count in column.tally.items() if value >= 0 and value not in nothing.CODES)
    unreadable = int(column.counts[column.unreadable].sum())
    fitting = sum(count for value, count in column.tally.items() if 0 <= value <= LARGEST_RATING)
    return answers > unreadable and fitting >= MOSTLY * answers


def _holds_days(column: Column) -> bool:
    given = [place for place in range(len(column.texts)) if column.counts[place]][:200]
    read = [day(column.texts[place]) or day(column.texts[place], day_first=False) for place in given]
    days = sum(each is not None and not np.isnat(each) for each in read)
    return days > 0 and days >= HALF * sum(each is None or not np.isnat(each) for each in read)


def _holds_weights(column: Column) -> bool:
    tally = column.tally
    return bool(tally) and not column.unreadable and min(tally) >= 0 and max(tally) > 0 and len(tally) > 1


def _holds_seconds(column: Column) -> bool:
    given = [text for text, count in zip(column.texts, column.counts, strict=True) if count and not is_missing(text)]
    return bool(given) and all(seconds(text) is not None for text in given[:200])


def _structure(raw: RawSurvey, uses: dict[str, Use]) -> tuple[Question, ...]:
    """Return the questions what blocks and unexplained columns hold, which one of two columns counts, and on weights."""
    blocks = _blocks(raw, uses)
    questions = list(block_ask(blocks, lambda names: _mean(raw, names)))
    questions += _ask_unmarked(raw, uses, blocks)
    for role in (RECOMMEND, SATISFACTION):
        in_blocks = {name for block in blocks for name in block.columns}
        names = [name for name in uses if _use(Column.of(raw.cells, name)).role == role and name not in in_blocks]
        if len(names) > 1:
            questions.append(_ask_one(raw, role, names))
    return tuple(questions)


def _candidates(raw: RawSurvey, uses: dict[str, Use]) -> list[str]:
    """Return the columns with ratings, in numbers or in words, that may stand in a block."""
    found = []
    for name, use in uses.items():
        column = Column.of(raw.cells, name)
        rated = (
            _holds_ratings(column) or (words.is_worded(column) and words.is_known(column)) or _holds_few_words(column)
        )
        personal = (
            clues.PERSONAL.search(plain(name))
            or (clues.IDENTITY.search(plain(name)) and _all_differ(raw, name))
            or clues.DATE.search(plain(name))
        )
        steady = len(column.tally) == 1 and sum(column.tally.values()) >= MANY_EQUAL
        if use.role in (EXPECTATION, PERCEPTION, SATISFACTION) or (
            use.role == IGNORE and rated and not personal and not steady
        ):
            found.append(name)
    return found


def _holds_few_words(column: Column) -> bool:
    """Say whether a column of words is answered alike often enough to be a rating."""
    return words.is_worded(column) and len(column.texts) <= 0.5 * max(int(column.counts.sum()), 1)


def _blocks(raw: RawSurvey, uses: dict[str, Use]) -> tuple[Block, ...]:
    return blocks_of([name for name in _candidates(raw, uses) if raw.cells[name].nunique() > 0])


def _structured(raw: RawSurvey, uses: dict[str, Use], answers: dict[str, str]) -> dict[str, Use]:
    """Return the uses of columns in blocks, and of those without a mark, by the answers."""
    blocks = _blocks(raw, uses)
    asked = any(key == "blocks" or key.startswith("block:") or key == "servqual" for key in answers)
    given = block_uses(blocks, answers) if asked or blocks else {}
    # what says by itself what it is stays so, where no question is about its block
    for block in blocks:
        if block.role is None and f"block:{block.stem}" not in answers and "blocks" not in answers:
            given = {name: use for name, use in given.items() if name not in block.columns}
    given = {name: _kept(uses[name], use) for name, use in given.items()}
    if "unmarked" in answers:
        for name in _unmarked(uses, blocks):
            given[name] = Use(answers["unmarked"], uses[name].dimension)
    if "rest" in answers:
        for name in _rest(raw, uses, blocks):
            given[name] = Use(answers["rest"])
    return {name: Use(IGNORE) if use.role == IGNORE else use for name, use in given.items()}


def _kept(use: Use, given: Use) -> Use:
    return Use(given.role, given.dimension or use.dimension) if given.role != IGNORE else given


def _unmarked(uses: dict[str, Use], blocks: tuple[Block, ...]) -> list[str]:
    """Return columns of a dimension that say neither expectation nor perception, though others do."""
    in_blocks = {name for block in blocks for name in block.columns}
    rated = [name for name, use in uses.items() if use.role in (EXPECTATION, PERCEPTION)]
    marked = [name for name in rated if _is_marked(name)]
    without = [name for name in rated if name not in marked and name not in in_blocks]
    return without if marked else []


def _is_marked(name: str) -> bool:
    header = plain(name)
    return bool(clues.EXPECTATION.search(header) or clues.PERCEPTION.search(header))


def _rest(raw: RawSurvey, uses: dict[str, Use], blocks: tuple[Block, ...]) -> list[str]:
    in_blocks = {name for block in blocks for name in block.columns}
    return [
        name
        for name in _candidates(raw, uses)
        if uses[name].role == IGNORE
        and name not in in_blocks
        and (_holds_ratings(column := Column.of(raw.cells, name)) or words.is_known(column))
    ]


def _ask_unmarked(raw: RawSurvey, uses: dict[str, Use], blocks: tuple[Block, ...]) -> list[Question]:
    questions = []
    for key, names, text, suggested in (
        (
            "unmarked",
            _unmarked(uses, blocks),
            N_("{columns}: other headers say expectation or perception, these do not. What do they hold?"),
            PERCEPTION,
        ),
        (
            "rest",
            _rest(raw, uses, blocks),
            N_("{columns}: these hold ratings, but their headers do not say what they measure. What do they hold?"),
            IGNORE,
        ),
    ):
        if not names or (key == "rest" and len(names) < FEWEST_LEFT):
            continue
        mean = _mean(raw, names)
        effect = None if mean is None else Message(N_("Its mean would be {mean:.2f}."), mean=mean)
        shown = [*map(quote, names[:4]), *(["…"] if len(names) > 4 else [])]
        choices = (
            Choice(PERCEPTION, Message(N_("Perception: how it was")), effect),
            Choice(EXPECTATION, Message(N_("Expectation: how it should be")), effect),
            Choice(IGNORE, Message(N_("Something else: not used"))),
        )
        questions.append(Question(key, tuple(names), Message(text, columns=shown), choices, suggested))
    return questions


def _ask_one(raw: RawSurvey, role: str, names: list[str]) -> Question:
    text = {
        RECOMMEND: N_("Several columns ask for a recommendation. Which one counts?"),
        SATISFACTION: N_("Several columns ask for satisfaction. Which one is the overall satisfaction?"),
    }[role]
    choices = []
    for name in names:
        mean = _mean(raw, [name])
        effect = None if mean is None else Message(N_("Its mean would be {mean:.2f}."), mean=mean)
        choices.append(Choice(name, Message("{name}", name=quote(name)), effect))
    return Question(f"one:{role}", tuple(names), Message(text), tuple(choices), names[0])


def _mean(raw: RawSurvey, names: Sequence[str]) -> float | None:
    """Return the mean of the columns' means, words of known scales and codes for no answer taken as such."""
    coding: dict[str, dict[str, float]] = {}
    for scale in words.scales(raw.cells, names):
        if len(scale.families) == 1:
            coding |= words.codes(raw.cells, scale, None)
    columns = [Column.of(raw.cells, name, coding.get(name)) for name in names]
    codes, _notes_of = nothing.certain(columns)
    means = []
    for column in columns:
        tally = Column.of(raw.cells, column.name, {**coding.get(column.name, {}), **codes.get(column.name, {})}).tally
        if tally:
            means.append(sum(value * count for value, count in tally.items()) / sum(tally.values()))
    return float(np.mean(means)) if means else None


def _worked_out(raw: RawSurvey, plan: Plan) -> Plan:
    coding, questions, notes = _coding(raw, plan)
    plan = replace(plan, coding=coding, wording=questions, coding_notes=notes)
    rated = [column_of(raw, plan, name) for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    if not plan.scaled:
        low, high = guess_scale(rated, plan.answers.get("zero"))
        steps = [len(scale.families[_place(plan, scale)].steps) for scale in _scales(raw, plan) if scale.families]
        if steps and high < max(steps) and all(set(scale.columns) for scale in _scales(raw, plan)):
            low, high = 1, max(steps)
        plan = replace(plan, low=low, high=high)
    return _asked(raw, plan)


def _place(plan: Plan, scale: words.Scale) -> int:
    chosen = plan.answers.get(scale.key, "0")
    return int(chosen) if chosen.isdigit() and int(chosen) < len(scale.families) else 0


def _scales(raw: RawSurvey, plan: Plan) -> tuple[words.Scale, ...]:
    names = [name for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    return words.scales(raw.cells, names)


def _coding(
    raw: RawSurvey, plan: Plan
) -> tuple[dict[str, dict[str, float]], tuple[Question, ...], tuple[Message, ...]]:
    """Return the numbers of words and codes by column, the questions about them, and what is to be said."""
    coding: dict[str, dict[str, float]] = {}
    questions: list[Question] = []
    notes: list[Message] = []
    rated = [name for name, use in plan.uses.items() if use.role not in BESIDE]
    for role_names in (
        [n for n in rated if plan.uses[n].role in (EXPECTATION, PERCEPTION)],
        *([n] for n in rated if plan.uses[n].role not in (EXPECTATION, PERCEPTION)),
    ):
        for scale in words.scales(raw.cells, role_names):
            question = words.ask(raw.cells, scale)
            given = plan.answers.get(scale.key)
            if question and (given is None or not question.takes(given)):
                given = question.suggested
            codes = words.codes(raw.cells, scale, given)
            coding |= codes
            if question:
                questions.append(question)
            notes.append(words.note(scale, {text: value for each in codes.values() for text, value in each.items()}))
    columns = [Column.of(raw.cells, name, coding.get(name)) for name in rated if plan.uses[name].role != IMPORTANCE]
    codes, said = nothing.certain(columns)
    notes += said
    for name, texts in codes.items():
        coding[name] = {**coding.get(name, {}), **texts}
    asked = [
        Column.of(raw.cells, name, coding.get(name))
        for role in (EXPECTATION, PERCEPTION)
        for name in plan.columns(role)
    ]
    for question in nothing.ask(asked):
        questions.append(question)
        if plan.answers.get(question.key, question.suggested) == "missing":
            code = 0.0 if question.key == "zero" else nothing.top(asked)
            for name, texts in nothing.coded(asked, code).items():
                coding[name] = {**coding.get(name, {}), **texts}
    return coding, tuple(questions), tuple(notes)


def _asked(raw: RawSurvey, plan: Plan) -> Plan:
    """Return the plan with its questions and notes; answers to questions that are still asked are kept."""
    questions: list[Question] = [*raw.questions, *plan.structure, *plan.wording]
    for name in plan.columns(RECOMMEND)[:1]:
        if question := codings.ask(name, column_of(raw, plan, name).tally):
            questions.append(question)
    if question := ask_mixed(raw, plan):
        questions.append(question)
    for name in plan.columns(DATE)[:1]:
        if question := _ask_day_first(Column.of(raw.cells, name)):
            questions.append(question)
    for name in plan.columns(WEIGHT)[:1]:
        questions.append(_ask_weight(name))
    questions += ask_reversed(raw, plan)
    by_key = {question.key: question for question in questions}
    answers = {
        key: value
        for key, value in {**plan.answers, **raw.choices}.items()
        if key in by_key and by_key[key].takes(value)
    }
    return replace(plan, questions=tuple(questions), answers=answers, notes=(*plan.coding_notes, *_notes(raw, plan)))


def _ask_weight(name: str) -> Question:
    text = N_(
        "“{column}” seems to say how much each row counts. Shall the means and the net promoter score be weighted by it?"
    )
    yes, no = Message(N_("Yes, weight the rows")), Message(N_("No, each row counts once"))
    return Question("weight", (name,), Message(text, column=quote(name)), (Choice("yes", yes), Choice("no", no)), "yes")


def _ask_day_first(column: Column) -> Question | None:
    found = [
        match
        for place, text in enumerate(column.texts)
        if column.counts[place] and (match := YEAR_LAST.match(plain(text)))
    ]
    if not found:
        return None
    suggested = "day" if found[0][2] == "." else "month"
    # 31/1 can only be one thing
    first, second = max(int(match[1]) for match in found), max(int(match[3]) for match in found)
    if first > 12 or second > 12:
        return None
    return Question(
        "dates",
        (column.name,),
        Message(
            N_("“{column}”: is {example} written with the day first or with the month first?"),
            column=column.name,
            example=found[0][0],
        ),
        (Choice("day", Message(N_("Day first"))), Choice("month", Message(N_("Month first")))),
        suggested,
    )


def _notes(raw: RawSurvey, plan: Plan) -> tuple[Message, ...]:
    """Return notes on what was taken without a word of the file, and on columns with ratings that are not used."""
    notes = []
    rated = [name for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    if rated and not plan.structure and not any(map(_is_marked, rated)):
        notes.append(Message(N_("No header says expectation or perception; all ratings count as perceptions.")))
    if _all_numbered(raw.cells.columns):
        text = N_(
            "P1 to P22 (E1 to E22) were taken in SERVQUAL's own order: tangibles 1 to 4, reliability 5 to 9 and so on."
        )
        notes.append(Message(text))
    unused = [
        name
        for name in plan.columns(IGNORE)
        if _holds_ratings(Column.of(raw.cells, name))
        and not (clues.IDENTITY.search(plain(name)) and _all_differ(raw, name))
    ]
    if unused:
        more = [Message(N_("others: {count}"), count=len(unused) - MOST_NAMED)] if len(unused) > MOST_NAMED else []
        text = N_("Not used, because the header does not say what they measure: {columns}.")
        notes.append(Message(text, columns=[*map(quote, unused[:MOST_NAMED]), *more]))
    return tuple(notes)


def _all_differ(raw: RawSurvey, name: str) -> bool:
    return bool(raw.cells[name].nunique() == len(raw.cells))
