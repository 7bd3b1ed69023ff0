"""One short page in every front end that a learner may have: a prediction, a simulator and a quiz, each of which answers.

The server is somebody else's, and knows nothing of the course: what the widgets need comes through the kernel. How they
work where the course is installed is seen by test_lesson in JupyterLab, and by test_run_all_at_once in Notebook, too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.manifest import syllabus
from course.questions import questions
from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import a_lever_changes_the_sentence
from tests.browser.simulator_page import guess as place_bet
from tests.browser.test_questions_in_jupyterlab import run_all
from tests.browser.test_quiz import answer, card
from tests.browser.tools import assert_offline
from tests.server.jupyters import jupyter

pytestmark = pytest.mark.browser

MODULE = syllabus().module("m01")
ASKED, ITEM = questions(MODULE).predictions[0], questions(MODULE).items[0]
CELLS = [
    f'import course\n_ = course.begin("{MODULE.id}", language="en")',
    f'course.predict("{ASKED.key}")',
    "course.simulator()",
    "course.quiz()",
]
NBCLASSIC = ("nbclassic==1.3.3", "ipython-genutils==0.2.0")
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def nbclassic() -> Path:
    """Return where the notebook of old is installed, beside the environment; the first time, uv fetches it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "course-tests"
    room = cache / NBCLASSIC[0].replace("==", "-")
    if not room.exists():
        fresh = room.with_name(f"{room.name}.{os.getpid()}")
        options = ("--quiet", "--no-deps", "--python", sys.executable, "--target", str(fresh))
        subprocess.run(["uv", "pip", "install", *options, *NBCLASSIC], check=True, timeout=600)
        try:
            fresh.rename(room)
        except OSError:
            # another worker was sooner
            shutil.rmtree(fresh)
    return room


def write_page(place: Path, cells: list[str], **metadata: Any) -> None:
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": KERNEL, **metadata}
    )
    nbformat.write(book, place)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with every front end and without ours, in a folder with two pages."""
    root, home = tmp_path_factory.mktemp("elsewhere"), tmp_path_factory.mktemp("home")
    write_page(root / "page.ipynb", CELLS)
    shutil.copy(MODULE.app, root / "app.ipynb")
    lab = home / "config" / "labconfig"
    lab.mkdir(parents=True)
    (lab / "page_config.json").write_text(json.dumps({"disabledExtensions": {"course-run-when-ready": True}}))
    extensions = "--ServerApp.jpserver_extensions={'course.server': False, 'nbclassic': True}"
    with jupyter(root, home, extensions, PYTHONPATH=str(nbclassic()), JUPYTER_CONFIG_DIR=str(home / "config")) as port:
        yield f"http://127.0.0.1:{port}/"


def run_in_notebook(page: Any) -> None:
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached")
    page.get_by_role("menuitem", name=re.compile("^Run$")).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()


def run_in_nbclassic(page: Any) -> None:
    page.wait_for_function("globalThis.Jupyter?.notebook?.kernel?.info_reply?.status === 'ok'")
    page.evaluate("Jupyter.notebook.execute_all_cells()")


def runs_by_itself(_page: Any) -> None:
    """Voila runs a page as it opens it."""


FRONT_ENDS: dict[str, tuple[str, Callable[[Any], None]]] = {
    "JupyterLab": ("lab/tree/page.ipynb?reset", run_all),
    "Notebook": ("notebooks/page.ipynb", run_in_notebook),
    "nbclassic": ("nbclassic/notebooks/page.ipynb", run_in_nbclassic),
    "Voila": ("voila/render/page.ipynb", runs_by_itself),
}


def try_simulator(page: Any) -> None:
    """Lock the bet in and move a lever: the sentence follows."""
    place_bet(page, page.locator(".course-bet").first)
    page.wait_for_selector("[data-ready] canvas")
    a_lever_changes_the_sentence(page)


def try_questions(page: Any) -> None:
    """Lock a prediction in, which tells the answer, and solve an item of the quiz."""
    page.locator(".prediction-guess").get_by_role("slider").press("End")
    page.locator(".prediction-foot button.main").press("Enter")
    page.locator(".prediction-verdict").wait_for()
    answer(page, ITEM)
    assert card(page, ITEM).get_attribute("data-state") == "right"


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_a_page_answers_where_the_server_knows_nothing_of_the_course(
    elsewhere: str, page_with_log: PageWithLog, name: str
) -> None:
    address, run = FRONT_ENDS[name]
    page, log = page_with_log()
    page.goto(elsewhere + address)
    run(page)
    try_questions(page)
    try_simulator(page)
    # Voila's own template fetches an icon font
    if name != "Voila":
        assert_offline(log)


def test_a_dashboard_answers_in_a_voila_that_knows_nothing_of_the_course(
    elsewhere: str, page_with_log: PageWithLog
) -> None:
    page, log = page_with_log()
    page.goto(f"{elsewhere}voila/render/app.ipynb")
    page.locator(".course-bet").first.wait_for()
    try_simulator(page)
    assert_offline(log)
