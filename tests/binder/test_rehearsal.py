"""A rehearsal of Binder: the image is built in a folder, a session started in it, and a learner comes to it with Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psutil
import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from tests.binder.conftest import Image, Session, packages, start
from tests.binder.test_pins import BINDER, read_pins
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline, assert_quiet

pytestmark = pytest.mark.slow

MODULE = next(module for module in syllabus().simulated)
LESSON = f"lessons/{MODULE.id}/lesson.zh.ipynb"
TROUBLE = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
OFFLINE_BUTTONS = ["downloadVisible", "saveToBrowser", "loadFromBrowser"]
# Everything that a package needs, and what that needs in turn
CLOSURE = """
import json
from importlib.metadata import distribution
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
found, waiting = {}, [Requirement("exceeding-expectations[formats]")]
seen = set()
while waiting:
    asked = waiting.pop()
    name, extras = canonicalize_name(asked.name), {"", *asked.extras}
    if (name, *sorted(extras)) in seen:
        continue
    seen.add((name, *sorted(extras)))
    package = distribution(name)
    found[name] = package.version
    for required in map(Requirement, package.requires or []):
        if required.marker is None or any(required.marker.evaluate({"extra": extra}) for extra in extras):
            waiting.append(required)
print(json.dumps(found))
"""
INSTALLED = """
import json
from importlib.metadata import distributions
from packaging.utils import canonicalize_name
print(json.dumps({canonicalize_name(package.name): package.version for package in distributions()}))
"""
COMPILED = """
import json
from importlib.util import cache_from_source, find_spec
from pathlib import Path
names = ["course", "course.manifest", "course.server", "course.simulations"]
print(json.dumps({name: str(Path(cache_from_source(find_spec(name).origin)).exists()) for name in names}))
"""


# JupyterLab speaks the language of the notebook: its word for a kernel at rest, its menu, and the menu's item
IN_LAB = {"en": ("Idle", "Run", "Run All Cells"), "zh": ("空闲", "运行", "运行所有单元格")}


def open_in_lab(session: Session, page: Any, path: str) -> None:
    # A new workspace; else JupyterLab brings back the tabs of the test before
    page.goto(session.url(f"lab/tree/{path}?reset"))
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=180_000)


def run_all(page: Any, language: str) -> None:
    idle, menu, item = IN_LAB[language]
    page.get_by_text(f"| {idle}").wait_for(timeout=180_000)
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def look_at_simulator(place: Any) -> None:
    """Return when the simulator there has drawn its picture; it does so once the learner has guessed, or would not."""
    simulator = place.locator(".course-simulator")
    simulator.scroll_into_view_if_needed()
    # what comes into a lesson above it moves a button away between a pointer's going down and up
    simulator.locator(".course-bet-place button").last.evaluate("(button) => button.click()")
    simulator.locator(".course-views canvas").first.wait_for()


def test_the_environment_is_what_is_pinned_and_nothing_else(image: Image) -> None:
    pins = read_pins(BINDER / "requirements.txt")
    needed, installed = packages(image, CLOSURE), packages(image, INSTALLED)
    needed.pop("exceeding-expectations")
    installed.pop("exceeding-expectations")
    assert needed == pins
    # The environment's own pip comes with it, here and on Binder
    assert set(installed) - set(pins) <= {"pip", "setuptools", "wheel"}


def test_the_course_is_compiled(image: Image) -> None:
    assert set(packages(image, COMPILED).values()) == {"True"}


def test_the_catalogue_is_built_and_its_tools_are_gone(image: Image) -> None:
    assert (image.home / "course" / "i18n" / "zh" / "LC_MESSAGES" / "course.mo").stat().st_size > 100_000
    assert not {"hatchling", "vl-convert-python"} & set(packages(image, INSTALLED))


def test_the_image_holds_no_solution(image: Image) -> None:
    assert not [name for name in ("solutions", "tests", ".git", ".ci") if (image.home / name).exists()]
    notebooks = [*image.home.glob("exercises/**/*.ipynb"), *image.home.glob("lessons/**/*.ipynb")]
    assert [path for path in notebooks if path.name == "exercise.ipynb"]
    assert not [path for path in notebooks if "SOLUTION" in path.read_text(encoding="utf-8")]


def test_a_learner_has_validate_and_no_instructor_tool(session: Session) -> None:
    assert session.status("formgrader") == 404
    assert session.status("formgraders") == 404
    assert session.status("courses") == 404
    assert session.status("nbgrader_version?version=0") == 200


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_runs_in_jupyterlab(session: Session, page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log()
    open_in_lab(session, page, f"lessons/{MODULE.id}/lesson.{language}.ipynb")
    run_all(page, language)
    # a lesson shows several, and on a busy machine the second may be there before the first
    look_at_simulator(page.locator(".jp-CodeCell").filter(has_text="course.simulator()"))
    assert not page.locator(TROUBLE).count()
    for button in OFFLINE_BUTTONS:
        assert page.locator(f"[data-jp-item-name={button}]").is_visible(), f"{button} is not in the toolbar"
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_runs_in_voila(session: Session, page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log(viewport={"width": 390, "height": 844})
    page.goto(session.url(f"voila/render/lessons/{MODULE.id}/app.ipynb?lang={language}"))
    look_at_simulator(page)
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.browser
def test_home_opens_below_the_prefix(session: Session, page_with_log: PageWithLog) -> None:
    page, log = page_with_log(locale="zh-CN")
    page.goto(session.url("course"))
    link = page.locator(f"a[href*='lessons/{MODULE.id}/lesson.zh.ipynb']").get_attribute("href")
    assert link is not None
    assert link.startswith("/user/")
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.browser
def test_an_untouched_exercise_validates_as_not_done(session: Session, page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    open_in_lab(session, page, f"exercises/zh/{MODULE.id}/exercise.ipynb")
    page.get_by_role("toolbar").get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for(timeout=180_000)
    assert "通过了 0 个" in dialog.inner_text()
    assert_offline(log)


def test_numeric_libraries_keep_to_one_thread(session: Session) -> None:
    (server,) = psutil.Process(session.process.pid).children()
    caps = {name: value for name, value in server.environ().items() if name.endswith("_NUM_THREADS")}
    assert caps == {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@pytest.mark.browser
def test_work_can_be_saved_when_the_session_has_died(image: Image, page_with_log: PageWithLog, tmp_path: Path) -> None:
    with start(image, tmp_path) as session:
        page, _ = page_with_log()
        open_in_lab(session, page, LESSON)
        cell = page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first
        cell.click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\n# typed just before the session died")
        session.end()
        # JupyterLab says so in dialogs, sooner or later, one behind another; a learner closes each
        close = page.locator(".jp-Dialog-footer button").last
        page.add_locator_handler(close, lambda: close.click(), no_wait_after=True)
        with page.expect_download() as waiting:
            page.locator("[data-jp-item-name=downloadVisible]").click()
        saved = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
        assert any("typed just before the session died" in "".join(cell["source"]) for cell in saved["cells"])
