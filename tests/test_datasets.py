"""The data package is valid, `load` gives typed tables, and each kind of damage is named in the learner's language."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import course
from course import datasets
from course.datasets import DESCRIPTION, DatasetError, load
from course.manifest import syllabus
from course.paths import DATASETS

OLIST = "olist_delay_by_day"
CSV = f"{OLIST}.csv"
LANGUAGE_PAIRS = [("title", "title_zh"), ("description", "description_zh")]


def package() -> dict:
    return json.loads((DATASETS / DESCRIPTION).read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of datasets/ to damage, which `load` reads instead of the real one."""
    copy = tmp_path / "datasets"
    shutil.copytree(DATASETS, copy)
    monkeypatch.setattr(datasets, "DATASETS", copy)
    return copy


def test_frictionless_accepts_the_package():
    from frictionless import Package

    report = Package(str(DATASETS / DESCRIPTION)).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(package()["resources"])


def test_every_file_is_described_and_every_description_has_its_file():
    assert {resource["path"] for resource in package()["resources"]} == {path.name for path in DATASETS.glob("*.csv")}
    assert all(resource["name"] == Path(resource["path"]).stem for resource in package()["resources"])


@pytest.mark.parametrize("resource", package()["resources"], ids=lambda resource: resource["name"])
def test_description_is_bilingual_and_says_source_licence_and_bytes(resource):
    raw = (DATASETS / resource["path"]).read_bytes()
    assert resource["bytes"] == len(raw)
    assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert resource["sources"]
    assert resource["licenses"]
    for described in [package(), resource, *resource["schema"]["fields"]]:
        for english, chinese in LANGUAGE_PAIRS:
            assert described[english].strip()
            assert any("\u4e00" <= character <= "\u9fff" for character in described[chinese])
    for field in resource["schema"]["fields"]:
        if field["type"] in ("number", "integer"):
            assert "Unit:" in field["description"]
            assert "单位：" in field["description_zh"]


@pytest.mark.parametrize("edition", ["README.md", "README.zh.md"])
def test_data_dictionary_names_every_dataset_and_column(edition):
    text = (DATASETS / edition).read_text(encoding="utf-8")
    for resource in package()["resources"]:
        assert resource["path"] in text
        for field in resource["schema"]["fields"]:
            assert f"`{field['name']}`" in text


@pytest.mark.parametrize("module", syllabus().ready, ids=lambda module: module.id)
def test_every_dataset_of_a_ready_module_loads(module):
    for name in module.datasets:
        assert len(load(name))


def test_load_gives_typed_columns_and_a_missing_mean():
    table = course.load(OLIST)
    assert list(map(str, table.dtypes)) == ["string", "float64", "int64", "float64", "float64", "string"]
    assert table.shape == (12, 6)
    assert table["orders"].sum() == 98_673
    last = table.iloc[-1]
    assert last["days_late"] == "not delivered"
    assert math.isnan(last["mean_day"])
    assert table["mean_day"].notna().sum() == 11


def test_whole_numbers_with_gaps_stay_whole(folder):
    rewrite(folder, CSV, lambda text: text.replace("not delivered,,2843,", "not delivered,,,"))
    assert str(load(OLIST)["orders"].dtype) == "Int64"


def test_each_load_is_a_fresh_copy():
    first = load(OLIST)
    first.loc[0, "orders"] = 0
    first["mean_review_stars"] = 5.0
    assert load(OLIST).loc[0, "orders"] == 56_910
    assert load(OLIST)["mean_review_stars"].nunique() > 1


def rewrite(folder: Path, file: str, change) -> None:
    """Change a file's text and, as its author would, size and hash in the description."""
    path = folder / file
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    resource = next(row for row in description["resources"] if row["path"] == file)
    resource["bytes"] = path.stat().st_size
    resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / DESCRIPTION).write_text(json.dumps(description), encoding="utf-8")


def replaced(old: bytes, new: bytes):
    def damage(path: Path) -> None:
        raw = path.read_bytes()
        assert raw.count(old) == 1
        path.write_bytes(raw.replace(old, new))

    return damage


def unlink(path: Path) -> None:
    path.unlink()


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut(length: int):
    return lambda path: path.write_bytes(path.read_bytes()[:length])


FAULTS = [
    ("missing", CSV, unlink, "it is missing.", "文件不见了。"),
    ("folder", CSV, folder_in_its_place, "the system does not let it be read", "系统不允许读取它"),
    ("empty", CSV, cut(0), "it is empty.", "文件是空的。"),
    (
        "cut in the header",
        CSV,
        cut(30),
        "its columns are days_late, mean_day, orders, mean, not",
        "它的列是 days_late, mean_day, orders, mean，",
    ),
    ("cut in a row", CSV, cut(143), "line 3 holds 2 values where 6 belong.", "第 3 行有 2 个值，应有 6 个。"),
    ("cut after a row", CSV, cut(661), "it has 661 bytes where 721 belong", "它有 661 个字节，应有 721 个"),
    ("other columns", CSV, replaced(b"orders", b"parcels"), "its columns are", "它的列是"),
    (
        "text for a number",
        CSV,
        replaced(b"4.1574", b"four"),
        "line 4, column mean_review_stars: 'four' is not a number.",
        "第 4 行 mean_review_stars 列的 'four' 不是数字。",
    ),
    (
        "half an order",
        CSV,
        replaced(b"2990", b"2990.5"),
        "line 5, column orders: '2990.5' is not a whole number.",
        "第 5 行 orders 列的 '2990.5' 不是整数。",
    ),
    ("endless orders", CSV, replaced(b"2990", b"inf"), "'inf' is not a whole number.", "'inf' 不是整数。"),
    (
        "another encoding",
        CSV,
        lambda path: path.write_text("延误\n", encoding="gb18030"),
        "it is not CSV in UTF-8",
        "它不是 UTF-8 编码的 CSV",
    ),
    (
        "saved by a spreadsheet",
        CSV,
        lambda path: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes()),
        "it has 724 bytes",
        "它有 724 个字节",
    ),
    (
        "one digit changed",
        CSV,
        replaced(b",4.141,", b",4.941,"),
        "its contents are not those of the course",
        "内容与课程原有的不一致",
    ),
    ("no description", DESCRIPTION, unlink, "it is missing.", "文件不见了。"),
    (
        "description not JSON",
        DESCRIPTION,
        cut(200),
        "it does not describe the datasets",
        "里面已经没有完整的数据说明了",
    ),
    (
        "description of something else",
        DESCRIPTION,
        lambda path: path.write_text("[1]"),
        "it does not describe the datasets",
        "里面已经没有完整的数据说明了",
    ),
    (
        "description without hash",
        DESCRIPTION,
        replaced(b'"hash": "sha256:a729', b'"mash": "sha256:a729'),
        "it does not describe the datasets",
        "里面已经没有完整的数据说明了",
    ),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("file", "damage", "english", "chinese"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_damage_is_named_with_its_cure(folder, speak, language, file, damage, english, chinese):
    load(OLIST)
    damage(folder / file)
    speak(language)
    with pytest.raises(DatasetError) as caught:
        load(OLIST)
    message = str(caught.value)
    assert f"datasets/{file}" in message
    assert {"en": english, "zh": chinese}[language] in message
    assert f"git checkout datasets/{file}" in message
    assert "\n" not in message


@pytest.mark.parametrize("asked", ["olist", "../datasets/olist_delay_by_day", "", None, 3, ["olist"]])
def test_an_unknown_name_is_told_which_there_are(speak, asked):
    speak("en")
    with pytest.raises(DatasetError, match=r"There is no dataset called .*Choose one of: .*olist_delay_by_day"):
        load(asked)
    speak("zh")
    with pytest.raises(DatasetError, match=r"没有名为 .* 的数据集。请从这些当中选一个：.*olist_delay_by_day"):
        load(asked)


def test_importing_the_loader_does_not_import_pandas():
    code = "import sys, course.datasets; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
