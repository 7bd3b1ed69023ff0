"""Questions in blocks: a matrix of 问卷星 or Google Forms, item codes such as e1 … e23, pairs such as 4-1, 4-2."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course.i18n import N_
from course.i18n.message import Message
from course.survey import clues
from course.survey.messages import quote
from course.survey.plan import EXPECTATION, IGNORE, IMPORTANCE, PERCEPTION, Choice, Question, Use
from course.survey.values import plain

FEWEST, MOST_ASKED, SERVQUAL = 2, 6, 22
# “第2题(餐厅整洁)”, “Rate us [Speed]”, “2、您的期望(餐厅整洁)”, “2、您的期望—餐厅整洁”
_MATRICES = (
    re.compile(r"(第\s*\d+\s*题)\s*[(（](.+)[)）]$"),
    re.compile(r"(.+?)\s*\[(.+)\]$"),
    re.compile(r"(\d+\s*[、.．]\s*[^(（]+?)\s*[(（](.+)[)）]$"),
    re.compile(r"(\d+\s*[、.．]\s*.+?)\s*(?:—+|–|--|:|：)\s*(.+)$"),
)
_PAIR = re.compile(r"(\d{1,3})\s*[-_.]\s*([12])(?=\D|$)")
# “13a. No built-in …”
_LETTERED = re.compile(r"([A-Za-z]?\d{1,3})([a-zA-Z])[.):\s]")
_CODE = re.compile(r"(.*[A-Za-z_.\-])(\d{1,3})$")
# mean of the columns, as far as their answers are numbers
Mean = Callable[[Sequence[str]], float | None]


@dataclass(frozen=True)
class Block:
    """Columns that were asked in one go. `items` are the same in blocks that were asked twice; `role` where it says so."""

    stem: str
    items: tuple[str, ...]
    columns: tuple[str, ...]
    role: str | None

    @property
    def pattern(self) -> str:
        """How its columns are called: the first and the last of them."""
        first, last = quote(self.columns[0]), quote(self.columns[-1])
        return f"{first} … {last}"


def parse(header: str) -> tuple[str, str] | None:
    """Return stem and item of a header, None for one that is in no block by its name.

    >>> parse("第2题(餐厅整洁)"), parse("Rate us [Speed]"), parse("e12"), parse("4-2. polite")
    (('第2题', '餐厅整洁'), ('Rate us', 'Speed'), ('e', '12'), ('-2', '4'))
    """
    given = plain(header)
    if pair := _PAIR.match(given):
        return f"-{pair[2]}", pair[1]
    for form in _MATRICES:
        if found := form.match(given):
            return found[1].strip(), found[2].strip()
    if lettered := _LETTERED.match(given):
        return lettered[1], lettered[2].lower()
    code = _CODE.match(re.split(r"[\s:：、]", given, maxsplit=1)[0].rstrip("."))
    return (code[1], str(int(code[2]))) if code else None


def blocks(columns: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks among these columns, in the order of the file."""
    parsed = {name: parse(name) for name in columns}
    stems: dict[str, list[tuple[str, str]]] = {}
    for name, place in parsed.items():
        if place:
            stems.setdefault(place[0], []).append((place[1], name))
    found = []
    for stem, members in stems.items():
        if len(members) < FEWEST:
            continue
        names = tuple(name for _item, name in members)
        texts = [plain(name) for name in names]
        if any(map(clues.OUTRIGHT_E.search, texts)) and any(map(clues.OUTRIGHT_P.search, texts)):
            # v1, v2 … of a statistics program: their labels say which is which
            continue
        found.append(Block(stem, tuple(item for item, _name in members), names, _role(stem, names)))
    return tuple(found)


def _role(stem: str, names: Sequence[str]) -> str | None:
    texts = [plain(name) for name in names]
    marks = [(clues.EXPECTATION, EXPECTATION), (clues.PERCEPTION, PERCEPTION), (clues.IMPORTANCE, IMPORTANCE)]
    fitting = [role for mark, role in marks if all(mark.search(text) for text in texts) or mark.search(stem + "1")]
    return fitting[0] if len(fitting) == 1 else None


def dimension_of(block: Block, place: int) -> str | None:
    """Return the dimension that an item's words give away."""
    return clues.dimension_of(plain(block.items[place])) or clues.dimension_of(plain(block.columns[place]))


def ask(found: Sequence[Block], mean: Mean) -> tuple[Question, ...]:
    """Return the questions what the blocks hold; none where each says so itself."""
    pair = _pair(found)
    questions = []
    if pair:
        questions.append(_ask_pair(*pair, mean))
    rest = [block for block in found if not pair or block not in pair]
    for block in rest[:MOST_ASKED]:
        if block.role is None:
            questions.append(_ask_one(block, mean))
    unnamed = [
        block
        for block in found
        if len(block.items) == SERVQUAL and not any(dimension_of(block, place) for place in range(SERVQUAL))
    ]
    if unnamed and unnamed[0].role != IMPORTANCE:
        text = N_(
            "{pattern}: 22 questions. Are they those of SERVQUAL, in its own order (tangibles 1 to 4, reliability 5 to 9 …)?"
        )
        yes, no = Message(N_("Yes, by dimension")), Message(N_("No, each question by itself"))
        questions.append(
            Question(
                "servqual",
                tuple(name for block in unnamed for name in block.columns),
                Message(text, pattern=unnamed[0].pattern),
                (Choice("yes", yes), Choice("no", no)),
                "yes",
            )
        )
    return tuple(questions)


def _pair(found: Sequence[Block]) -> tuple[Block, Block] | None:
    """Return two blocks with the same items of which at least one does not say what it holds."""
    for at, first in enumerate(found):
        for second in found[at + 1 :]:
            if set(first.items) == set(second.items) and None in (first.role, second.role):
                return first, second
    return None


def _ask_pair(first: Block, second: Block, mean: Mean) -> Question:
    one, two = mean(first.columns), mean(second.columns)
    text = N_("Two blocks with the same {size} questions: {first}, and {second}. What do they hold?")

    def gap(expected: float | None, perceived: float | None) -> Message | None:
        if expected is None or perceived is None:
            return None
        shown = N_("Expectation {expected:.2f}, perception {perceived:.2f}: gap {gap:+.2f}.")
        return Message(shown, expected=expected, perceived=perceived, gap=perceived - expected)

    turned = first.role == PERCEPTION or second.role == EXPECTATION
    return Question(
        "blocks",
        (*first.columns, *second.columns),
        Message(text, size=len(first.items), first=first.pattern, second=second.pattern),
        (
            Choice("first", Message(N_("The first block is expectation, the second perception")), gap(one, two)),
            Choice("second", Message(N_("The first block is perception, the second expectation")), gap(two, one)),
            Choice(
                "both",
                Message(N_("Both are perceptions")),
                _level([value for value in (one, two) if value is not None]),
            ),
            Choice("neither", Message(N_("Neither is a rating of the service"))),
        ),
        "second" if turned else "first",
    )


def _level(values: Sequence[float]) -> Message | None:
    return Message(N_("Perception {level:.2f}."), level=sum(values) / len(values)) if values else None


def _ask_one(block: Block, mean: Mean) -> Question:
    text = N_("{pattern}: a block of {size} questions. What does it hold?")
    average = mean(block.columns)
    effect = None if average is None else Message(N_("Its mean would be {mean:.2f}."), mean=average)
    return Question(
        f"block:{block.stem}",
        block.columns,
        Message(text, pattern=block.pattern, size=len(block.columns)),
        (
            Choice(PERCEPTION, Message(N_("Perception: how it was")), effect),
            Choice(EXPECTATION, Message(N_("Expectation: how it should be")), effect),
            Choice(IGNORE, Message(N_("Something else: not used"))),
        ),
        # boxes that were ticked or not are no ratings
        IGNORE
        if any(clues.PERSONAL.search(plain(name)) for name in block.columns) or (average is not None and average <= 1)
        else PERCEPTION,
    )


def uses(found: Sequence[Block], answers: dict[str, str]) -> dict[str, Use]:
    """Return the uses of the blocks' columns by the answers to `ask`; a block that was not asked has its own role."""
    roles = {block.stem: answers.get(f"block:{block.stem}", block.role) for block in found}
    if (pair := _pair(found)) and "blocks" in answers:
        both = {
            "first": (EXPECTATION, PERCEPTION),
            "second": (PERCEPTION, EXPECTATION),
            "both": (PERCEPTION, PERCEPTION),
            "neither": (IGNORE, IGNORE),
        }[answers["blocks"]]
        roles |= {block.stem: role for block, role in zip(pair, both, strict=True)}
    given: dict[str, Use] = {}
    for block in found:
        role = roles[block.stem] or IGNORE
        for place, name in enumerate(block.columns):
            dimension = dimension_of(block, place)
            if answers.get("servqual") == "yes" and len(block.items) == SERVQUAL and dimension is None:
                dimension = clues.numbered_dimension(place + 1)
            given[name] = Use(role, dimension if role != IGNORE else None)
    return given
