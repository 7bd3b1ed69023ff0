"""class.csv: what was rated comes back, single people are told nothing of, and a damaged file says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.folder import MARK
from course.i18n import LANGUAGES, use_language
from course.manifest import syllabus
from course.paths import ROOT, SOLUTIONS
from course.ratings.file import COLUMNS, LARGEST_FILE, ClassFileError, found, named, place, read, written
from course.ratings.items import EXPECTED, FEWEST_PEOPLE, MODULES, PERCEIVED, column
from course.ratings.lesson import class_gaps, class_survey
from course.survey import guess, read_survey
from course.theory.service_quality import DIMENSIONS

ROWS = [[7, 6, 6, 5, 5, 5, 6, None, 5, 6], *([6, 6, 5, 5, 4, 4, 5, 5, 5, 5] for _ in range(FEWEST_PEOPLE))]
# a person's ten answers, 0 for none, as the digits of a number
people = st.lists(st.integers(0, 8 ** len(COLUMNS) - 1), min_size=FEWEST_PEOPLE, max_size=30)


@given(people, st.text(max_size=80))
def test_what_a_class_said_comes_back_in_no_order_of_theirs(numbers: list[int], service: str) -> None:
    rows = [[number >> 3 * place & 7 or None for place in range(len(COLUMNS))] for number in numbers]
    text = written(rows, service)
    name, back = read(text.encode(), "en")
    assert sorted(map(repr, back)) == sorted(map(repr, rows))
    assert name == named(service)
    assert written([*reversed(rows)], service) == text, "the file does not tell in which order they answered"


@pytest.mark.parametrize(
    ("service", "kept"),
    [("  the canteen\n", "the canteen"), ("=1+1", "1+1"), ("\x00食堂\u202e", "食堂"), ("x" * 99, "x" * 60), ("@", "")],
)
def test_the_name_of_a_service_is_one_line_and_no_formula(service: str, kept: str) -> None:
    assert named(service) == kept


def test_too_few_people_are_told_nothing_of() -> None:
    with pytest.raises(ValueError, match="too few"):
        written(ROWS[: FEWEST_PEOPLE - 1], "the canteen")


def line(text: str, number: int, new: str) -> bytes:
    lines = text.splitlines()
    lines[number] = new
    return "\n".join(lines).encode()


WHOLE = written(ROWS, "the canteen")
DAMAGED = {
    "cut in a row": (WHOLE[:-20].encode(), "fields instead of"),
    "too few rows": ("\n".join(WHOLE.splitlines()[:3]).encode(), "2 rows"),
    "another head": (line(WHOLE, 0, "a,b,c"), "no column service"),
    "an answer that is none": (line(WHOLE, 2, "2,x,6,6,5,5,8,4,5,5,5,5"), "row 3, column E_tangibles_1, stands “8”"),
    "a foreign digit": (line(WHOLE, 2, "2,x,٣,6,5,5,5,4,5,5,5,5"), "stands “٣”"),
    "another encoding": ("食堂".encode("gb18030"), "UTF-8"),
    "nothing": (b"", "no column"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "UTF-8"),
    "too large": (b"x" * (LARGEST_FILE + 1), "larger"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file_is_named_with_place_and_cure(what: str) -> None:
    raw, said = DAMAGED[what]
    with pytest.raises(ClassFileError, match=said) as told:
        read(raw, "en")
    assert "class.csv" in str(told.value)
    assert "delete it" in str(told.value)
    with pytest.raises(ClassFileError, match="请从课堂的大屏幕重新保存一份"):
        read(raw, "zh")


@given(st.binary(max_size=400))
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    with pytest.raises(ClassFileError):
        read(raw, "en")


def test_the_file_belongs_into_the_folder_of_the_copies_or_of_the_course(tmp_path: Path) -> None:
    (tmp_path / MARK).write_text("{}", encoding="utf-8")
    lesson = tmp_path / "lessons" / "m03"
    lesson.mkdir(parents=True)
    assert place(lesson) == tmp_path / "class.csv"
    assert place(tmp_path.parent) == ROOT / "class.csv"
    assert found(lesson) is None


def test_a_lesson_shows_the_class_or_says_that_the_hotel_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_language("en")
    (tmp_path / MARK).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    hotel = class_survey()
    assert "invented hotel stands in. Guests: 300." in capsys.readouterr().out
    assert hotel.filter(like="E_reliability").shape[1] == 5
    (tmp_path / "class.csv").write_text(WHOLE, encoding="utf-8")
    table = repr(class_gaps())
    assert "Your class rated: the canteen. People: 6." in capsys.readouterr().out
    assert len(table.splitlines()) == 1 + len(DIMENSIONS)
    assert "Reliability\t6.17\t4.17\t-2.0" in table.replace("\N{MINUS SIGN}", "-")


def test_the_survey_tool_finds_both_answers_of_every_dimension() -> None:
    plan = guess(read_survey(WHOLE.encode(), "class.csv"))
    read_as = {name: (use.role, use.dimension) for name, use in plan.uses.items()}
    assert [read_as.pop(name)[0] for name in ("customer", "service")] == ["ignore", "ignore"]
    roles = {EXPECTED: "expectation", PERCEIVED: "perception"}
    assert read_as == {column(part, name): (roles[part], name) for part in roles for name in DIMENSIONS}


@pytest.mark.parametrize("number", MODULES)
def test_no_grade_depends_on_whose_file_lies_where_it_is_given(number: str) -> None:
    for language in LANGUAGES:
        path = SOLUTIONS / language / syllabus().module(number).id / "exercise.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        asking = [
            cell for cell in cells if "class_gaps" in (source := "".join(cell["source"])) or "class_survey" in source
        ]
        assert [cell["id"] for cell in asking] == ["class-gaps"]
        assert asking[0]["metadata"] == {}, "neither a task nor a test"
