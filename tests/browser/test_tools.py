"""The tests' own eyes: what they leave out must not hide anything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.tools import axe_violations

pytestmark = pytest.mark.browser

PAGE = """<html lang="en"><title>A table</title><style>{style}</style><main><h1>Rows</h1><table>
<thead><tr><th scope="col">a</th></tr></thead>{rows}</table><input aria-label="name"></main></html>"""


def rows(last: str) -> str:
    return "<tr><td>7</td></tr>" + "<tr><td>77</td></tr>" * 50 + f"<tr>{last}</tr>"


@pytest.mark.parametrize(
    ("style", "last", "found"),
    [
        ("", "<td>12</td>", None),
        (".odd { color: #ccc }", '<td class="odd">12</td>', "odd"),
        ("", '<td style="color: #ccc">12</td>', "#ccc"),
        ("tr:last-child td { color: #ccc }", "<td>12</td>", "<td>12</td>"),
        ("tr:last-child { background: #333 }", "<td>12</td>", "<td>12</td>"),
        # axe says nothing of what is hidden, or is a single character
        ("td { color: #ccc }", "<td>7</td>", "<td>77</td>"),
        ("td { color: #ccc } tr:not(:nth-child(9)) { visibility: hidden }", "<td>12</td>", "<td>77</td>"),
        ("td { color: #ccc } tr:not(:nth-child(9)) { display: none }", "<td>12</td>", "<td>77</td>"),
    ],
)
def test_one_pale_text_among_many_is_seen(page_with_log: Any, style: str, last: str, found: str | None) -> None:
    page, _log = page_with_log()
    page.set_content(PAGE.format(style=style, rows=rows(last)))
    violations = axe_violations(page)
    assert page.locator("[data-axe-alike]").count() == 0
    assert [one.split(" ")[0] for one in violations] == (["color-contrast"] if found else [])
    assert not found or (found in violations[0] and violations[0].count("<td") <= 2)


def test_rules_other_than_contrast_look_at_everything(page_with_log: Any) -> None:
    page, _log = page_with_log()
    page.set_content(PAGE.format(style="", rows=rows('<td aria-odd="1">77</td>') + rows("<td>77</td>")))
    assert [one.split(" ")[0] for one in axe_violations(page)] == ["aria-valid-attr"]
