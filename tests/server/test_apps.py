"""What `course apps` serves to strangers, and what it does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course.manifest import syllabus
from course.paths import ROOT
from course.server.public import CHECK_SECONDS, IDLE_SECONDS, CourseApps, settings
from course.ui.assets import asset_name
from tests.browser.tools import Served
from tests.server.http import Answer, fetch
from tests.waiting import until

APP = "/voila/render/" + syllabus().simulated[0].app.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/solutions/en/m01-expectation-gap/exercise.ipynb",
        "/voila/render/lessons/m01-expectation-gap/lesson.en.ipynb",
        "/voila/render/lessons/m00-python/app.ipynb",
        f"{APP}/",
        f"{APP}.bak",
        "/voila/render/lessons/../solutions/en/m01-expectation-gap/exercise.ipynb",
        "/voila/render/%2e%2e/%2e%2e/etc/passwd",
        "/voila",
        "/voila/tree",
        "/voila/tree/lessons",
        "/voila/files/datasets/olist_delay_by_day.csv",
        "/voila/files/README.md",
        "/voila/api/contents",
        "/voila/api/contents/lessons",
        "/api/contents",
        "/api/contents/solutions",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/terminals",
        "/files/README.md",
        "/lab",
        "/tree",
        "/login",
        "/voila/templates/secret",
        "/voila/templates/course/static/..%2fconf.json",
        "/voila/templates/course/static/../conf.json",
        "/voila/labextensions/../../../../etc/passwd",
        "/voila/labextensions/%2e%2e/%2e%2e/etc/jupyter/voila.json",
        "/pyproject.toml",
        "/../pyproject.toml",
    ],
)
def test_nothing_but_the_dashboards_is_there(apps_server: Served, path: str) -> None:
    answer = fetch(apps_server.port, path)
    assert answer.status == 404
    assert "Traceback" not in answer.text


def test_what_is_not_there_is_said_in_both_languages(apps_server: Served) -> None:
    text = fetch(apps_server.port, "/nowhere").text
    assert "这里没有页面" in text
    assert "There is no page here" in text
    assert 'href="/course/"' in text


def test_no_path_leads_out_of_the_static_folders(apps_server: Served) -> None:
    assert fetch(apps_server.port, "/voila/static/..%2f..%2fconf.json").status in (403, 404)
    assert fetch(apps_server.port, "/voila/static/voila.js").status == 200


@pytest.mark.parametrize("path", ["/", "/course/"])
def test_the_public_home_shows_dashboards_alone(apps_server: Served, path: str) -> None:
    answer = fetch(apps_server.port, f"{path}?lang=en")
    assert answer.status == 200
    assert f"/course/explore/{syllabus().simulated[0].id}" in answer.text
    assert "lab/tree" not in answer.text


def test_the_number_of_a_module_leads_to_its_dashboard(apps_server: Served) -> None:
    module = syllabus().simulated[0]
    answer = fetch(apps_server.port, f"/course/explore/{module.number}?lang=zh")
    assert answer.status == 302
    assert answer.headers["Location"] == f"/course/explore/{module.id}?lang=zh"


def test_template_and_theme_cannot_be_chosen_from_outside(apps_server: Served) -> None:
    text = fetch(apps_server.port, f"{APP}?template=lab&theme=dark&voila-theme=dark").text
    assert "Opening this page" in text
    assert '<body class="voila">' in text


def test_no_configuration_file_makes_it_unsafe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    config = {"VoilaConfiguration": {"allow_template_override": "YES", "show_tracebacks": True, "template": "lab"}}
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "voila.json").write_text(json.dumps(config), encoding="utf-8")
    served = Served("apps", tmp_path)
    served.wait()
    try:
        assert "Opening this page" in fetch(served.port, f"{APP}?template=lab").text
    finally:
        served.stop()


def test_the_page_loads_only_what_a_dashboard_needs(apps_server: Served) -> None:
    text = fetch(apps_server.port, APP).text
    loaded = re.findall(r"(?:src|href)=[\"']([^\"']+)[\"']", text.split("<body")[0])
    ours = {f"/course/static/{asset_name(stem)}" for stem in ("live", "ui", "vega")}
    assert {address for address in loaded if not address.startswith("data:")} == ours
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)


def test_it_travels_compressed(apps_server: Served) -> None:
    answer = fetch(apps_server.port, "/voila/static/voila.js", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"


def _kernel(answer: Answer) -> str:
    found = re.search(r'"kernelId": "([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def _close(port: int, answer: Answer) -> None:
    """Do what a page does when it is closed."""
    cookies = [value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") or []]
    token = next(value.removeprefix("_xsrf=") for value in cookies if value.startswith("_xsrf="))
    closed = fetch(
        port,
        f"/voila/api/shutdown/{_kernel(answer)}",
        "POST",
        f"_xsrf={token}",
        Cookie="; ".join(cookies),
        Content_Type="application/x-www-form-urlencoded",
    )
    assert closed.status == 204


def test_closing_the_page_ends_its_kernel(apps_server: Served) -> None:
    answer = fetch(apps_server.port, APP)
    kernel = _kernel(answer)
    assert fetch(apps_server.port, f"/api/kernels/{kernel}").status == 200
    stranger = fetch(apps_server.port, f"/voila/api/shutdown/{kernel}", "POST", "")
    assert stranger.status == 403
    _close(apps_server.port, answer)
    until(lambda: fetch(apps_server.port, f"/api/kernels/{kernel}").status == 404, "the kernel outlives its page")


@pytest.mark.parametrize("action", ["restart", "interrupt"])
def test_kernels_cannot_be_driven_from_outside(apps_server: Served, action: str) -> None:
    path = f"/api/kernels/00000000-0000-0000-0000-000000000000/{action}"
    assert fetch(apps_server.port, path, "POST", "").status == 404


def test_the_settings_are_the_hardened_ones() -> None:
    config = settings(8866, "127.0.0.1", 100)
    voila = config.VoilaConfiguration
    assert (voila.allow_template_override, voila.allow_theme_override, voila.show_tracebacks) == ("NO", "NO", False)
    assert voila.file_allowlist == []
    assert config.MappingKernelManager.cull_idle_timeout == IDLE_SECONDS > CHECK_SECONDS > 0


def _ticket(answer: Answer) -> str:
    cookies = answer.headers.get_all("Set-Cookie") or []
    return next(value.split(";")[0] for value in cookies if value.startswith("course-queue="))


class Listening:
    """What a server listens with, and how it was told to."""

    def __call__(self, app: object, find: object, xheaders: bool) -> Listening:
        self.believes = xheaders
        return self

    def listen(self, port: int, ip: str) -> None:
        """Listen to nobody."""

    def start(self) -> None:
        """End at once."""


@pytest.mark.parametrize(
    ("ip", "behind_proxy", "believed"),
    [("0.0.0.0", False, False), ("0.0.0.0", True, True), ("127.0.0.1", False, True)],
)
def test_only_a_proxy_is_believed_about_who_asks(
    ip: str, behind_proxy: bool, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, listening = CourseApps(config=settings(8866, ip, 100, behind_proxy=behind_proxy)), Listening()
    monkeypatch.setattr("course.server.public.ReadyServer", listening)
    server.app, server.ioloop, server.stop = listening, listening, lambda: None
    server.listen()
    assert listening.believes is believed


def test_when_all_places_are_taken_visitors_come_in_in_the_order_of_arrival(tmp_path: Path) -> None:
    served = Served("apps", tmp_path, "--visitors", "1")
    served.wait()
    try:
        inside = fetch(served.port, APP)
        assert inside.status == 200
        first = fetch(served.port, APP)
        second = fetch(served.port, APP)
        assert (first.status, second.status, first.headers["Retry-After"]) == (503, 503, "5")
        assert "轮到你之前还有 0 人" in first.text
        assert "1 before you" in second.text
        _close(served.port, inside)
        assert fetch(served.port, APP, Cookie=_ticket(second)).status == 503, "the first comes first"
        assert fetch(served.port, APP, Cookie=_ticket(first)).status == 200
    finally:
        served.stop()
