"""An edition of all modules, walked through in both languages: every quiz, prediction, bet, situation and challenge.

Each module is read from a folder in one language and from a host of files in the other, the next one the other way round.
The page does by itself what a reader would (edition_walk.js); here it is compared with the questions and with runs made now.
COURSE_EDITION names an edition to walk through; without it a sparse one is written.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from course.amounts import counted, percent
from course.i18n import translator
from course.manifest import Module, syllabus
from course.questions import questions
from course.simulations import Run, Simulation, simulation_class
from course.simulations.words import Metric
from course.ui.simulator.answers import result
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Log, assert_quiet, files_of

pytestmark = pytest.mark.browser

Started = Simulation[Any]
WALK = Path(__file__).with_name("edition_walk.js").read_text(encoding="utf-8")
READY = syllabus().ready
WAYS = [("en", "zh"), ("zh", "en")]
# small pictures are drawn in less time
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition."""
    if named := os.environ.get("COURSE_EDITION"):
        return Path(named)
    folder = tmp_path_factory.mktemp("sparse") / "site"
    command = [sys.executable, "-m", "tests.browser.sparse_edition", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[ThreadingHTTPServer]:
    """A host of its files."""
    with files_of(site) as server:
        yield server


def stressed(text: str) -> str:
    """Return a text as the page shows it."""
    return re.sub(r"[*`]", "", text)


def asked(page: Any, address: str, what: str, *given: Any) -> Any:
    """Open a page and let it do something."""
    page.goto(address)
    return page.evaluate(f"(given) => walk.{what}(...given)", given)


# --- questions
def judge_quiz(found: list[dict[str, Any]]) -> None:
    for item in found:
        assert item["told"], item["key"]
        for told in item["told"]:
            assert told["state"] == told["wanted"], (item["key"], told)
            for feedback in told["expected"]:
                assert stressed(feedback) in stressed(told["said"]), (item["key"], told)
    assert found[-1]["summary"]
    assert found[-1]["progress"] == len(found)


def judge_questions(module: Module, found: dict[str, Any]) -> None:
    of_module = questions(module)
    assert [one["key"] for one in found["prediction"]] == [one.key for one in of_module.predictions]
    for one in found["prediction"]:
        assert not one["before"]
        assert one["verdict"]
        assert stressed(one["reveal"]) == stressed(one["expected"])
    [quiz] = found["quiz"]
    assert [item["key"] for item in quiz] == [item.key for item in of_module.items]
    judge_quiz(quiz)
    assert {one["key"] for one in found["writing"]} == {one.key for one in of_module.writings}
    assert all(one["said"] for one in found["writing"])


# --- runs
def shown(metric: Metric, number: float, language: str) -> str:
    """Return a figure as the page writes it."""
    if metric.never is not None and number >= metric.never:
        return translator(language)("never")
    if metric.percent:
        return percent(number)
    return counted(number, metric.digits, metric.unit[language] if metric.unit else "")


@cache
def run_of(live: Started) -> Run[Any]:
    """Return the run of a simulation, made once for both languages."""
    return live.run()


@cache
def start(number: str, key: str) -> Started:
    """Return a situation as the page opens it; the first where none is named."""
    model = simulation_class(syllabus().module(number))
    preset = next(one for one in model.words().presets if key in ("", one.key))
    live = model.from_preset(preset.key)
    return live.play([]) if preset.play else live


@cache
def reached(number: str, at: int) -> Started:
    """Return what reaches a challenge."""
    model = simulation_class(syllabus().module(number))
    return model(**model.words().goals[at].reached_by)


def judge_run(module: Module, live: Started, found: dict[str, Any], language: str) -> None:
    """What the page shows is what the simulation gives now."""
    told, _columns = result(module, live, language, run_of(live))
    assert (found["nearest"], found["notices"]) == ("", [])
    assert found["tell"] == told["tell"]
    if found["painted"] is not None:
        assert found["painted"] > 0
        assert found["title"]
        assert found["spoken"] == f"{found['title']} — {told['tell']}"
    if told["period"] is None:
        figures = {one.key: shown(one, told["metrics"][one.key], language) for one in live.words().metrics}
        assert found["figures"] == figures


def judge_dashboard(module: Module, found: dict[str, Any], language: str) -> None:
    model = simulation_class(module)
    words = model.words()
    assert [one["preset"] for one in found["situations"]] == [preset.key for preset in words.presets]
    bets = {bet.preset: bet for bet in words.bets}
    for preset, one in zip(words.presets, found["situations"], strict=True):
        assert one["pressed"] == [preset.key]
        assert one["story"] == preset.story[language]
        judge_run(module, start(module.number, preset.key), one, language)
        assert (one["bet"] is not None) == (preset.key in bets)
        if bet := bets.get(preset.key):
            assert (one["bet"]["path"], one["bet"]["hidden"], one["bet"]["veiled"]) == (
                bet.path is not None,
                True,
                False,
            )
            assert bet.reveal[language] in one["bet"]["said"]
    for before, one in pairwise(found["situations"]):
        assert one["tell"] != before["tell"]
        assert one["picture"] is None or one["picture"] != before["picture"]
    assert [one["key"] for one in found["goals"]] == [f"goal:{goal.key}" for goal in words.goals]
    for at in range(len(words.goals)):
        judge_run(module, reached(module.number, at), found["goals"][at], language)
        assert found["goals"][at]["reached"][at]
    assert found["between"]["nearest"]


def beyond(module: Module) -> dict[str, float]:
    """Return two settings that nobody recorded together."""
    ends = {name: slider.high for name, slider in simulation_class(module).parameters().items()}
    return dict([*ends.items()][:3])


def walk_through(page: Any, log: Log, root: str, module: Module, language: str) -> None:
    """Read the lesson and play with the dashboard."""
    found = asked(page, f"{root}/{language}/read/{module.id}.html", "lesson")
    judge_questions(module, found)
    if module.simulated:
        assert found["simulator"]
        for one in found["simulator"]:
            judge_run(module, start(module.number, one["preset"]), one, language)
        address = f"{root}/{language}/explore/{module.id}.html"
        judge_dashboard(module, asked(page, address, "dashboard", module.id, module.number, beyond(module)), language)
    assert_quiet(log)
    assert all(url.startswith((f"{root}/", "data:", "blob:")) for url in log.requests), log.requests
    log.requests.clear()


@pytest.mark.parametrize(("at", "module"), [*enumerate(READY)], ids=[module.number for module in READY])
def test_every_quiz_bet_and_situation(
    site: Path, host: ThreadingHTTPServer, page_with_log: PageWithLog, at: int, module: Module
) -> None:
    page, log = page_with_log(viewport=PHONE)
    page.add_init_script(WALK)
    roots = (site.as_uri(), f"http://127.0.0.1:{host.server_port}")
    for root, language in zip(roots, WAYS[at % 2], strict=True):
        walk_through(page, log, root, module, language)


def missing_and_unused(site: Path) -> tuple[set[str], set[str]]:
    """Return the files that pages or other files name and that are not there, and those that nothing names."""
    named = re.compile(r"[\w-]+-[0-9a-f]{16}\.js")
    there = {path.name for path in (site / "files").iterdir()}
    texts = (path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js"))
    found = {name for text in texts for name in named.findall(text)}
    return found - there, there - found


def test_every_file_that_is_named_is_there_and_no_other(site: Path) -> None:
    """Of a situation's own pack a walk needs only one: each is looked for here."""
    assert missing_and_unused(site) == (set(), set())


def test_the_self_test(site: Path, host: ThreadingHTTPServer, page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    page.add_init_script(WALK)
    for root, language in zip((site.as_uri(), f"http://127.0.0.1:{host.server_port}"), WAYS[0], strict=True):
        judge_quiz(asked(page, f"{root}/{language}/self-test.html", "selfTest"))
    assert_quiet(log)
