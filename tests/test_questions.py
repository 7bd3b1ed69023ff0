from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import NumberItem, OptionItem, Questions, QuestionsError, questions, read

OBJECTIVES = ("gap", "loss")
FOLDER = "m00-sample"


def both(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text} 中文"}


def prediction() -> dict[str, Any]:
    return {
        "key": "parcel",
        "question": both("How many stars?"),
        "unit": both("stars"),
        "low": 1.0,
        "high": 5,
        "step": 0.1,
        "start": 3.0,
        "digits": 1,
        "answer": 4.3,
        "reveal": both("Little more."),
        "source": both("Olist"),
    }


def choice() -> dict[str, Any]:
    return {
        "key": "same-day",
        "objective": "gap",
        "kind": "choice",
        "question": both("Who is happier?"),
        "option": [
            {"text": both("A"), "right": True, "feedback": both("Yes.")},
            {"text": both("B"), "feedback": both("A sensible thought.")},
        ],
    }


def number() -> dict[str, Any]:
    return {
        "key": "offset",
        "objective": "loss",
        "kind": "number",
        "section": "data",
        "question": both("How much?"),
        "answer": 25.1,
        "tolerance": 0.1,
        "unit": both("points"),
        "hit": both("Yes."),
        "miss": both("Use the equation."),
        "trap": [
            {"value": 10, "tolerance": 0.05, "feedback": both("The bare loss.")},
            {"value": 22.5, "tolerance": 0.1, "feedback": both("Nearly.")},
        ],
    }


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else repr(value)


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(**tables: Any) -> Path:
        path = tmp_path / FOLDER / "questions.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{name} = {toml(value)}\n" for name, value in tables.items()), encoding="utf-8")
        return path

    return write_file


def wrong(path: Path) -> str:
    with pytest.raises(QuestionsError) as caught:
        read(path, OBJECTIVES)
    return str(caught.value)


def test_reads_every_kind(write: Write) -> None:
    several = {**choice(), "key": "all-that-apply", "kind": "several"}
    several["option"][1]["right"] = True
    asked = read(write(prediction=[prediction()], item=[choice(), several, number()]), OBJECTIVES)
    assert asked.prediction("parcel").question == {"en": "How many stars?", "zh": "How many stars? 中文"}
    assert (asked.prediction("parcel").high, asked.prediction("parcel").digits) == (5.0, 1)
    one, many, numeric = asked.items
    assert isinstance(one, OptionItem)
    assert isinstance(many, OptionItem)
    assert isinstance(numeric, NumberItem)
    assert [option.right for option in one.options] == [True, False]
    assert [option.right for option in many.options] == [True, True]
    assert (one.section, numeric.section) == ("theory", "data")
    assert [trap.value for trap in numeric.traps] == [10.0, 22.5]


def test_an_empty_file_asks_nothing(write: Write) -> None:
    assert read(write(), OBJECTIVES) == Questions(predictions=(), items=())


PREDICTION_FAULTS = [
    ("question", {"en": "Only English"}, "prediction parcel: question needs both languages"),
    ("question", {"en": "a", "zh": "b", "fr": "c"}, "question needs both languages and nothing else"),
    ("question", {"en": "a", "zh": "  "}, "question needs both languages"),
    ("question", "one text", "question needs both languages"),
    ("unit", None, 'prediction parcel: unit is missing; add unit = { en = "…", zh = "…" }'),
    ("low", "one", "low must be a number; write it as low = 1.5"),
    ("low", True, "low must be a number"),
    ("high", float("inf"), "high must be a number"),
    ("answer", None, "answer is missing; add answer = 1.5"),
    ("low", 7, "low must be smaller than high"),
    ("step", 0, "step must be above 0"),
    ("step", 9, "step must be above 0 and at most high − low"),
    ("start", 0.5, "start must lie between low and high"),
    ("answer", 5.5, "answer must lie between low and high"),
    ("start", 3.05, "start must be a whole number of steps above low"),
    ("high", 5.05, "high must be a whole number of steps above low"),
    ("digits", 1.5, "digits must be a whole number from 0 to 6"),
    ("digits", 0, "digits is too small to show a step"),
    ("start", 4.3, "start gives the answer away"),
    ("stray", 1, "nothing here is called stray; correct the spelling or delete it"),
    ("key", "Two parcels", "prediction 1: key cannot be 'Two parcels'; use small letters"),
    ("key", None, 'prediction 1: key is missing; add key = "two-parcels"'),
]


@pytest.mark.parametrize(("field", "value", "message"), PREDICTION_FAULTS)
def test_a_broken_prediction_is_named(
    write: Write, speak: Callable[[str], None], field: str, value: Any, message: str
) -> None:
    speak("en")
    broken = prediction()
    broken.pop(field, None)
    if value is not None:
        broken[field] = value
    said = wrong(write(prediction=[broken]))
    assert said.startswith(f"lessons/{FOLDER}/questions.toml: ")
    assert message in said


def change(item: dict[str, Any], where: str, value: Any) -> dict[str, Any]:
    """Return a copy with the field at a path such as `option.1.text` set, or taken away where `value` is None."""
    changed = copy.deepcopy(item)
    *way, last = where.split(".")
    at: Any = changed
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at.pop(last, None)
    if value is not None:
        at[last] = value
    return changed


ITEM_FAULTS = [
    (choice, "objective", "patience", "item same-day: objective cannot be 'patience'; choose one of: gap, loss"),
    (choice, "kind", "essay", "kind cannot be 'essay'; choose one of: choice, several, number"),
    (choice, "section", "moral", "section cannot be 'moral'; choose one of: theory, simulation"),
    (choice, "question", None, "item same-day: question is missing"),
    (choice, "option", None, "at least two options are needed"),
    (choice, "option", "A or B", "option must be tables; begin each with [[option]]"),
    (choice, "option.0.right", None, "0 options are right, but a choice has exactly one"),
    (choice, "option.1.right", True, "2 options are right, but a choice has exactly one"),
    (choice, "option.1.right", "yes", "item same-day, option 2: right must be true or false"),
    (choice, "option.1.feedback", None, "item same-day, option 2: feedback is missing"),
    (choice, "option.1.rigth", True, "item same-day, option 2: nothing here is called rigth"),
    (choice, "option.1.text", {"en": "A", "zh": "别的"}, "two options have the same text (en)"),
    (choice, "option.1.text", {"en": "C", "zh": "A 中文"}, "two options have the same text (zh)"),
    (choice, "answer", 1.0, "nothing here is called answer"),
    (number, "answer", None, "item offset: answer is missing"),
    (number, "tolerance", 0, "tolerance must be above 0"),
    (number, "unit", None, "item offset: unit is missing"),
    (number, "hit", None, "item offset: hit is missing"),
    (number, "miss", "no", "miss needs both languages"),
    (number, "trap.0.value", "ten", "item offset, trap 1: value must be a number"),
    (number, "trap.1.tolerance", -1, "item offset, trap 2: tolerance must be above 0"),
    (number, "trap.1.feedback", None, "item offset, trap 2: feedback is missing"),
    (number, "trap.1.value", 25.0, "trap 2 overlaps with the answer"),
    (number, "trap.1.value", 10.1, "trap 2 overlaps with the answer or with a trap above it"),
    (number, "option", [{"text": both("A"), "feedback": both("B")}], "nothing here is called option"),
]


@pytest.mark.parametrize(("item", "where", "value", "message"), ITEM_FAULTS)
def test_a_broken_item_is_named(
    write: Write,
    speak: Callable[[str], None],
    item: Callable[[], dict[str, Any]],
    where: str,
    value: Any,
    message: str,
) -> None:
    speak("en")
    said = wrong(write(item=[change(item(), where, value)]))
    assert said.startswith(f"lessons/{FOLDER}/questions.toml: item ")
    assert message in said


def test_no_option_right_in_several(write: Write, speak: Callable[[str], None]) -> None:
    speak("en")
    none = change({**choice(), "kind": "several"}, "option.0.right", None)
    assert "no option is right; mark the right ones with right = true" in wrong(write(item=[none]))


def test_keys_are_used_once(write: Write, speak: Callable[[str], None]) -> None:
    speak("en")
    assert "prediction parcel: this key is used twice" in wrong(write(prediction=[prediction(), prediction()]))
    assert "item offset: this key is used twice" in wrong(write(item=[number(), number()]))


def test_a_stray_table_is_named(write: Write, speak: Callable[[str], None]) -> None:
    speak("en")
    assert "top of the file: nothing here is called itme" in wrong(write(itme=[choice()]))
    assert "top of the file: item must be tables" in wrong(write(item="none"))


@pytest.mark.parametrize("damage", [b'[[item]\nkey = "a"', b'question = "\xff\xfe"'])
def test_a_damaged_file_is_named(write: Write, speak: Callable[[str], None], damage: bytes) -> None:
    speak("en")
    path = write()
    path.write_bytes(damage)
    said = wrong(path)
    assert said.startswith(f"lessons/{FOLDER}/questions.toml cannot be read")
    assert f"git checkout lessons/{FOLDER}/questions.toml" in said


def test_a_missing_file_is_named(tmp_path: Path, speak: Callable[[str], None]) -> None:
    speak("en")
    said = wrong(tmp_path / FOLDER / "questions.toml")
    assert (
        said
        == f"lessons/{FOLDER}/questions.toml is missing; restore it with: git checkout lessons/{FOLDER}/questions.toml"
    )


def test_an_unknown_prediction_names_the_known_ones(write: Write, speak: Callable[[str], None]) -> None:
    speak("en")
    with pytest.raises(
        QuestionsError, match=re.escape("no prediction 'parsel' in this module. Choose one of: parcel.")
    ):
        read(write(prediction=[prediction()]), OBJECTIVES).prediction("parsel")


FAULTS = [
    *(("prediction", change(prediction(), field, value)) for field, value, _ in PREDICTION_FAULTS),
    *(("item", change(item(), where, value)) for item, where, value, _ in ITEM_FAULTS),
]


@pytest.mark.parametrize(("table", "broken"), FAULTS)
def test_every_message_speaks_chinese(
    write: Write, speak: Callable[[str], None], table: str, broken: dict[str, Any]
) -> None:
    speak("zh")
    file, place, problem = wrong(write(**{table: [broken]})).split("：", 2)
    assert file == f"lessons/{FOLDER}/questions.toml"
    for said in (place, problem):
        assert re.search("[\u4e00-\u9fff]", said)
        assert not re.search("[a-z]+ [a-z]+ [a-z]+", said)


@pytest.mark.parametrize(
    "module", [module for module in syllabus().ready if module.folder.exists()], ids=lambda m: m.number
)
def test_the_course_s_own_files_are_right(module: Any) -> None:
    asked = questions(module)
    assert asked.predictions
    assert 4 <= len(asked.items) <= 6
    assert {item.objective for item in asked.items} == {objective.id for objective in module.objectives}
    assert all(set(item.question) == set(LANGUAGES) for item in asked.items)
