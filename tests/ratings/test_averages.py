"""What a class's ratings come to; and the cases on which the page's reader (`gaps.test.js`) is tried against this one."""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course.folder import MARK
from course.i18n import use_language
from course.paths import ROOT
from course.ratings.averages import means, of_file, of_rows
from course.ratings.file import ClassFileError, named, read, written
from course.ratings.items import ITEMS
from course.server.class_gaps import told
from course.theory.service_quality import gaps
from course.ui.gaps.tool import GapsTool, hotel
from tests.ratings.test_file import DAMAGED, ROWS, WHOLE

# written anew by: python -m tests.ratings.test_averages
FILE = ROOT / "tests" / "ui" / "js" / "gaps.json"
LOW = [[1, None, 7, 2, 3, 7, 5, 7, 2, None], *([1, None, 6, 2, 3, 7, 5, 7, 2, 4] for _ in range(6))]
SERVICES = {"the canteen": ROWS, "图书馆的“自习室”，\n二楼": LOW, 'a "quoted", name': ROWS, "": LOW}
NAMES = ["  the canteen\n", "=1+1", "\x00食堂\u202e", "x" * 99, "@", "a\u00a0b", "- - a"]


def cases() -> dict[str, Any]:
    """Return files with what they come to, names as they may be shown, and damaged files with what is said of them."""
    good = []
    for service, rows in SERVICES.items():
        text = written(rows, service)
        found = of_file(text.encode(), "en")
        good.append({"text": text, "plain": found.plain(), "code": found.code()})
    bad = {}
    for name, (raw, _said) in DAMAGED.items():
        with pytest.raises(ClassFileError) as error:
            read(raw, "en")
        bad[name] = {"raw": base64.b64encode(raw[:600]).decode(), "size": len(raw), "said": str(error.value)}
    form = json.loads(json.dumps(GapsTool.describe("en")["form"]))
    return {"form": form, "good": good, "names": {one: named(one) for one in NAMES}, "damaged": bad}


def test_the_page_is_tried_on_what_we_say() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == cases()


def test_means_are_of_those_who_gave_both() -> None:
    table = np.array([[math.nan if one is None else one for one in row] for row in LOW])
    found = of_rows("x", LOW)
    right = gaps(table[:, 5:], table[:, :5])
    for place, name in enumerate(ITEMS):
        mean = found.means[name]
        assert (mean is None) == bool(np.isnan(right[place]))
        assert mean is None or math.isclose(mean.gap, right[place])
    assert means(["E_reliability_1", "P_reliability_1"], [(6, 4), (7, None)])["reliability"] == means(
        ["P_reliability_1", "E_reliability_1"], [(4, 6)]
    ).get("reliability")


def test_the_invented_hotel_falls_short_most_on_reliability() -> None:
    shown = hotel()
    assert shown.people == 300
    assert min((mean.gap, name) for name, mean in shown.means.items() if mean)[1] == "reliability"


def test_a_server_tells_means_or_what_is_wrong_or_nothing(tmp_path: Path) -> None:
    (tmp_path / MARK).write_text("{}", encoding="utf-8")
    assert told(tmp_path, "en") == {}
    (tmp_path / "class.csv").write_text(WHOLE, encoding="utf-8")
    assert told(tmp_path, "en") == of_rows("the canteen", [read(WHOLE.encode(), "en")[1][i] for i in range(6)]).plain()
    assert set(told(tmp_path, "en")) == {"service", "people", "means"}, "no row leaves the server"
    (tmp_path / "class.csv").write_text(WHOLE[:-20], encoding="utf-8")
    assert list(told(tmp_path, "zh")) == ["problem"]


if __name__ == "__main__":
    use_language("en")
    FILE.write_text(json.dumps(cases(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
