"""Scripts joined into one: scopes of their own, folders, and a loud end for any form that is not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.ui import assets
from course.ui.bundle import BundleError, joined, ordered

TALK = (
    'import { fill } from "../page/dom.js";\nconst SILENT = 1;\nexport function talk() {\n  return fill(SILENT);\n}\n'
)
DOM = "const SILENT = 2;\nexport const fill = (by) => by + SILENT;\nexport async function later() {}\nexport class Box {}\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path, "page/dom.js", DOM)
    write(tmp_path, "simulator/talk.js", TALK)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_each_comes_once_and_after_what_it_imports(tree: Path) -> None:
    write(tree, "page/parts.js", 'import { talk } from "../simulator/talk.js";\nimport { fill } from "./dom.js";\n')
    assert list(ordered(tree, "page/parts.js")) == ["page/dom.js", "simulator/talk.js", "page/parts.js"]


def test_one_name_may_stand_in_two_files(tree: Path) -> None:
    expected = """const page$dom = (() => {
const SILENT = 2;
const fill = (by) => by + SILENT;
async function later() {}
class Box {}
return { fill, later, Box };
})();
const simulator$talk = (() => {
const { fill } = page$dom;
const SILENT = 1;
function talk() {
  return fill(SILENT);
}
return { talk };
})();
export const { talk } = simulator$talk;
"""
    assert joined(tree, "simulator/talk.js") == expected


def test_what_the_page_has_is_left_out(tree: Path) -> None:
    source = joined(tree, "simulator/talk.js", present=frozenset({"page/dom.js"}))
    assert "const page$dom" not in source
    assert "const { fill } = page$dom;" in source


@pytest.mark.parametrize(
    ("script", "line", "form"),
    [
        ('import talk from "./talk.js";', 1, "import talk"),
        ('import * as talk from "./talk.js";', 1, "import *"),
        ('import "./talk.js";', 1, 'import "./talk.js"'),
        ('import { talk } from "talk";', 1, "import { talk }"),
        ("import { talk } from './talk.js';", 1, "import { talk }"),
        ('import { talk } from "./talk.js"', 1, "import { talk }"),
        ('import { talk, // the one\n } from "./talk.js";', 1, "import { talk"),
        ("const a = 1;\nexport default a;", 2, "export default"),
        ("const a = 1;\n\nexport { a };", 3, "export { a }"),
        ("export let a = 1;", 1, "export let"),
        ("export const { a } = { a: 1 };", 1, "export const {"),
        ('export * from "./talk.js";', 1, "export *"),
        ('  import { talk } from "./talk.js";', 1, "import { talk }"),
    ],
)
def test_a_form_that_is_not_read_is_an_error_with_its_place(tree: Path, script: str, line: int, form: str) -> None:
    write(tree, "simulator/odd.js", f"{script}\n")
    with pytest.raises(BundleError) as raised:
        joined(tree, "simulator/odd.js")
    assert f"simulator/odd.js, line {line}: “{form}" in str(raised.value)


def test_an_import_called_as_a_function_is_no_static_one(tree: Path) -> None:
    write(tree, "page/load.js", "export const load = () =>\n  import(globalThis.address);\n")
    assert "import(globalThis.address)" in joined(tree, "page/load.js")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (
            'import { gone } from "./talk.js";\n',
            "simulator/odd.js imports gone, which simulator/talk.js does not export",
        ),
        ('import { gone } from "./gone.js";\n', "simulator/gone.js is not there"),
        ('import { gone } from "../../../etc/gone.js";\n', "gone.js is not there"),
        ('import { talk of } from "./talk.js";\n', "“talk of” is no import"),
    ],
)
def test_an_import_that_leads_nowhere_is_an_error(tree: Path, script: str, message: str) -> None:
    write(tree, "simulator/odd.js", script)
    with pytest.raises(BundleError, match=message):
        joined(tree, "simulator/odd.js")


def test_a_circle_is_an_error(tree: Path) -> None:
    write(tree, "page/dom.js", f'import {{ talk }} from "../simulator/talk.js";\n{DOM}')
    with pytest.raises(BundleError, match=r"circle: page/dom\.js -> simulator/talk\.js -> page/dom\.js"):
        ordered(tree, "page/dom.js")


def test_every_script_of_the_course_is_on_its_way_to_some_page() -> None:
    entries = (assets.ENTRY, assets.LIVE, assets.PRIVATE, assets.READER, assets.HOME, *assets.TOOL_SCRIPTS.values())
    sent = {path for entry in entries for path in ordered(assets.HERE, entry)} | {"page/loader.js"}
    there = {path.relative_to(assets.HERE).as_posix() for path in assets.HERE.glob("*/*.js")} - {"static/vega.js"}
    assert there == sent


def test_comments_stay_behind_and_texts_over_several_lines_do_not_occur(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text(
        '// Says so.\nexport const address = "https://x"; // kept\n  // gone\n', encoding="utf-8"
    )
    whole = joined(tmp_path, "one.js")
    assert "Says so" not in whole
    assert "gone" not in whole
    assert '"https://x"; // kept' in whole
    # in a text over several lines, a line might begin like a comment
    roots = [assets.ENTRY, assets.LIVE, assets.PRIVATE, assets.READER, assets.HOME, *assets.TOOL_SCRIPTS.values()]
    for path in {path for root in roots for path in ordered(assets.HERE, root)}:
        for line in (assets.HERE / path).read_text(encoding="utf-8").splitlines():
            text = re.sub(r"/[^/ ]*`[^/]*/", "", line)  # in an expression that is searched for, one stands alone
            assert text.count("`") % 2 == 0 or text.lstrip().startswith("//"), f"{path}: {line}"
