"""A browser that comes again is a stranger: what one test leaves in it, the next does not find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.tools import assert_offline, files_of
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

# what this page's address keeps, or what becomes of keeping it in every way that a page has
KEPT = """async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    bases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    online: navigator.onLine,
})"""
KEEP = """async () => {
    document.cookie = "who=anna; max-age=9999; path=/";
    localStorage.setItem("who", "anna");
    sessionStorage.setItem("who", "anna");
    await new Promise((resolve) => (indexedDB.open("who").onsuccess = resolve));
    await (await caches.open("who")).put("/who", new Response("anna"));
    addEventListener("pagehide", () => localStorage.setItem("left", "anna"));
    await navigator.serviceWorker.register("worker.js");
}"""


def test_one_who_comes_again_is_a_stranger(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Page</title>", encoding="utf-8")
    (tmp_path / "worker.js").write_text("self.addEventListener('fetch', () => {})", encoding="utf-8")
    with files_of(tmp_path) as host:
        go_and_come(Visitors(browser), f"http://127.0.0.1:{host.server_port}/index.html")


def go_and_come(visitors: Visitors, address: str) -> None:
    def come() -> tuple[Any, Any, Any]:
        visitor, page, log = visitors.come({"locale": "en-GB"})
        page.goto(address)
        return visitor, page, log

    first, page, log = come()
    stranger = page.evaluate(KEPT)
    page.evaluate(KEEP)
    known = page.evaluate(KEPT)
    assert [name for name in stranger if known[name] == stranger[name]] == ["online"], "all but the network was kept"
    asked = len(log.requests)
    page.context.set_offline(True)
    visitors.go(first)

    again, page, other = come()
    assert again is first
    assert page.evaluate(KEPT) == stranger
    assert page.evaluate("caches.match('/who')") is None
    assert_offline(other)
    assert len(log.requests) == asked, "a log is of one visit"
    beside, _, _ = visitors.come({"locale": "en-GB"})
    assert beside is not again, "two at a time are two"
    for visitor in (again, beside):
        visitors.go(visitor)
        visitor.context.close()
