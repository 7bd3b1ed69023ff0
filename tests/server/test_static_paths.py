"""JupyterLab and Jupyter Notebook have files of the same names; each gets its own, whoever came first."""

from __future__ import annotations

from pathlib import Path

import notebook
import pytest
from jupyter_server.base.handlers import FileFindHandler
from jupyterlab.commands import get_app_dir

from tests.browser.tools import Served
from tests.server.http import fetch

FILES = {"lab": Path(get_app_dir()) / "static", "notebook": Path(notebook.__file__).parent / "static"}
SHARED = sorted(
    {path.name for path in FILES["lab"].glob("*.woff*")} & {path.name for path in FILES["notebook"].iterdir()}
)


@pytest.mark.parametrize(("first", "names"), [("lab", SHARED[::2]), ("notebook", SHARED[1::2])])
def test_fonts_of_one_name_reach_both_front_ends(server: Served, first: str, names: list[str]) -> None:
    assert len(names) >= 5
    for name in names:
        for front_end in (first, *(FILES.keys() - {first})):
            answer = fetch(server.port, f"/static/{front_end}/{name}")
            assert (answer.status, answer.body) == (200, (FILES[front_end] / name).read_bytes()), f"{front_end}: {name}"


def test_a_file_outside_is_not_served(server: Served) -> None:
    for path in ("../package.json", "..%2Fpackage.json", "%2Fetc%2Fpasswd", "none.woff2"):
        assert fetch(server.port, f"/static/lab/{path}").status in (403, 404), path


def test_the_search_path_decides_what_is_served(tmp_path: Path) -> None:
    from course.server.static_paths import separate_search_paths

    separate_search_paths()
    for root in ("one", "two"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "font.woff2").write_text(root)
    located = [FileFindHandler.get_absolute_path((str(tmp_path / root),), "font.woff2") for root in ("one", "two")]
    assert [Path(path).read_text() for path in located] == ["one", "two"]
    assert FileFindHandler.get_absolute_path((str(tmp_path / "three"),), "font.woff2") == ""
