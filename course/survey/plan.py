"""How a survey is to be read: what each column holds, the scale, and the questions that only its owner can answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from course.survey.messages import Message

EXPECTATION, PERCEPTION, IMPORTANCE = "expectation", "perception", "importance"
RECOMMEND, SATISFACTION, DATE, IGNORE = "recommend", "satisfaction", "date", "ignore"
ROLES = (EXPECTATION, PERCEPTION, IMPORTANCE, RECOMMEND, SATISFACTION, DATE, IGNORE)
OF_DIMENSION = (EXPECTATION, PERCEPTION, IMPORTANCE)


@dataclass(frozen=True)
class Use:
    """What a column is used for: a role of `ROLES`, and for those in `OF_DIMENSION` one of the five dimensions."""

    role: str
    dimension: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer to a question: its value, its label, and, where that can be said, what it would lead to."""

    value: str
    label: Message
    effect: Message | None = None


@dataclass(frozen=True)
class Question:
    """Something that only the owner of the survey knows. `columns` are those it is about."""

    key: str
    columns: tuple[str, ...]
    text: Message
    choices: tuple[Choice, ...]
    suggested: str


@dataclass(frozen=True)
class Plan:
    """How a survey will be read. Immutable; the `with_…` methods and `answer` return another plan.

    `uses`: by column name. `low`, `high`: ends of the scale of expectation and perception. `questions`: what to ask, in
    this order. `answers`: by question key, as chosen so far; a question without one counts as its `suggested` choice.
    `drop_straight`: leave out customers who ticked the same answer throughout; a switch, not a question.
    """

    uses: dict[str, Use]
    low: int
    high: int
    questions: tuple[Question, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    drop_straight: bool = False
    notes: tuple[Message, ...] = ()

    def answer(self, key: str, value: str) -> Plan:
        """Return the plan with a question answered.

        Raises `KeyError` for an unknown question, `ValueError` for what is no choice of it.
        """
        question = next((each for each in self.questions if each.key == key), None)
        if question is None:
            raise KeyError(key)
        if value not in {choice.value for choice in question.choices}:
            raise ValueError(f"{value!r} is no answer to {key!r}")
        return replace(self, answers={**self.answers, key: value})

    def chosen(self, key: str) -> str | None:
        """Return the answer to a question, its suggested one where none was given, None where it is not asked."""
        for question in self.questions:
            if question.key == key:
                return self.answers.get(key, question.suggested)
        return None

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(question for question in self.questions if question.key not in self.answers)

    def columns(self, role: str, dimension: str | None = None) -> tuple[str, ...]:
        """Return the columns with this role (and dimension), in the order of the file."""
        return tuple(
            name
            for name, use in self.uses.items()
            if use.role == role and (dimension is None or use.dimension == dimension)
        )
