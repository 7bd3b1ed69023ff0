"""The manifest describes every module in both languages, and a broken one is named."""

from __future__ import annotations

import re

import pytest

from course.manifest import MANIFEST, ManifestError, read, syllabus

MODULES = syllabus().modules
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")


def texts(module):
    return [module.title, module.summary, *(objective.text for objective in module.objectives)]


def test_the_modules_stand_in_order_behind_one_on_python():
    numbers = [module.number for module in MODULES]
    assert numbers[0] == "m00"
    assert numbers == sorted(set(numbers))
    assert syllabus().graded
    parts = [module.part for module in MODULES]
    # a part may wait for its first module
    assert list(dict.fromkeys(parts)) == [part.id for part in syllabus().parts if part.id in parts]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_entry_is_complete(module):
    assert re.fullmatch(r"m\d\d(-[a-z]+)+", module.id)
    assert 60 <= module.minutes <= 90 or module.number == "m00"
    assert module.points == (0 if module.number == "m00" else 30)
    assert module.simulated == module.graded == (module.number != "m00")
    ids = [objective.id for objective in module.objectives]
    assert 3 <= len(ids) <= 4
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in (*ids, *module.id.split("-")[1:]))
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name) for name in module.datasets)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_texts_are_in_both_languages(module):
    for text in texts(module):
        assert not HAN.search(text["en"])
        assert HAN.search(text["zh"])
        assert not HALF_WIDTH.search(text["zh"]), text["zh"]
        assert "!" not in text["en"] + text["zh"]
        assert "！" not in text["zh"]
    assert module.summary["en"].endswith("?")
    assert module.summary["zh"].endswith("？")
    assert len(module.summary["en"]) <= 160


@pytest.mark.parametrize("asked", ["m01", "m01-expectation-gap"])
def test_a_module_is_found_by_number_and_by_id(asked):
    assert syllabus().module(asked).id == "m01-expectation-gap"


def test_an_unknown_module_is_told_which_there_are(speak):
    speak("en")
    with pytest.raises(ManifestError, match=r"There is no module 'm77' in the course\. Choose one of: m00-"):
        syllabus().module("m77")
    speak("zh")
    with pytest.raises(ManifestError, match=r"课程里没有 'm77' 这个模块。请从这些当中选一个：m00-"):
        syllabus().module("m77")


def test_paths_follow_from_the_id():
    module = syllabus().module("m01")
    assert module.lesson("zh").parts[-3:] == ("lessons", "m01-expectation-gap", "lesson.zh.ipynb")
    assert module.app.parts[-2:] == ("m01-expectation-gap", "app.ipynb")
    assert module.exercise("en").parts[-4:] == ("exercises", "en", "m01-expectation-gap", "exercise.ipynb")
    assert module.solution("en").parts[-4:] == ("solutions", "en", "m01-expectation-gap", "exercise.ipynb")
    assert module.slug == "m01_expectation_gap"


FAULTS = [
    ("no status", 'status = "ready"\n', "", r"module m00-python: status is missing"),
    ("one language", ', zh = "期望与落差" }', " }", r"module m01-expectation-gap: title needs both languages"),
    (
        "an objective without Chinese",
        'zh = "用感知与期望的落差解释顾客满意，并会计算"\n',
        "",
        r"objective 1 \(gap\): both languages are needed",
    ),
    ("not TOML", "[course]", "[course", r"cannot be read .*git checkout"),
]


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_broken_entry_is_named(tmp_path, old, new, message):
    text = MANIFEST.read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / MANIFEST.name
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ManifestError, match=message):
        read(copy)


def test_a_missing_manifest_is_named(tmp_path, speak):
    speak("en")
    with pytest.raises(ManifestError, match=r"syllabus\.toml is missing.*git checkout course/syllabus\.toml"):
        read(tmp_path / "syllabus.toml")
    speak("zh")
    with pytest.raises(ManifestError, match=r"syllabus\.toml.*git checkout course/syllabus\.toml"):
        read(tmp_path / "syllabus.toml")
