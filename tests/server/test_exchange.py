"""The door *Practise* where an exchange holds the assignment: the copy that is handed in, in the reader's language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from traitlets.config import Config

from course.manifest import syllabus
from course.server import exchange as exchanges
from course.server.exchange import Exchange, exchange, practised_from
from course.server.home import links, render_home

M01 = syllabus().module("m01")


def released(folder: Path, course: str, language: str) -> None:
    place = folder / "exchange" / course / "outbound" / M01.id
    place.mkdir(parents=True)
    shutil.copy(M01.exercise(language), place)


@pytest.fixture
def place(tmp_path: Path) -> Exchange:
    """Both editions, as two courses of nbgrader's."""
    released(tmp_path, "ee", "en")
    released(tmp_path, "ee-zh", "zh")
    home = tmp_path / "home"
    home.mkdir()
    config = Config({"Exchange": {"path_includes_course": True}})
    return Exchange(config, tmp_path / "exchange", home)


def test_practise_leads_to_what_was_released_and_to_no_other_copy(place: Exchange) -> None:
    doors = links(M01, "zh", "/user/lilei/", place=place)
    assert doors["practise"] == f"/user/lilei/course/practise/{M01.id}?lang=zh"
    assert doors["read"] == links(M01, "zh", "/user/lilei/")["read"]
    m02 = syllabus().module("m02")
    assert links(m02, "zh", "/", place=place) == links(m02, "zh", "/")
    page = render_home("zh", "/", place=place)
    assert f"/course/practise/{M01.id}?lang=zh&amp;room=notebooks" in page


@pytest.mark.parametrize(("language", "course"), [("en", "ee"), ("zh", "ee-zh")])
def test_the_readers_language_is_fetched(place: Exchange, language: str, course: str) -> None:
    copy = place.copy(M01, language)
    assert copy is not None
    assert (copy.course_id, copy.fetched) == (course, False)
    copy.notebook.parent.mkdir(parents=True)
    shutil.copy(copy.present, copy.notebook)
    # who has begun goes on with it, whatever language the page is read in
    for asked in ("en", "zh"):
        again = place.copy(M01, asked)
        assert again is not None
        assert (again.course_id, again.fetched) == (course, True)


def test_a_course_that_is_named_is_the_only_one(place: Exchange) -> None:
    place.config.CourseDirectory.course_id = "ee"
    copy = place.copy(M01, "zh")
    assert copy is not None
    assert copy.course_id == "ee"
    place.config.CourseDirectory.course_id = "another"
    assert practised_from(place, "/", M01, "zh", narrow=False) == {}


def test_without_nbgraders_configuration_there_is_no_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "jupyter_config_path", lambda: [str(tmp_path)])
    exchanges._settings.cache_clear()
    assert exchange() is None
    exchanges._settings.cache_clear()
