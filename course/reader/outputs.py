"""What a cell gave when it was run, as plain data: printed text, a table, an element of the page, an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
# So much of a text is shown
LONGEST = 20_000
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_TABLE = ("table", "thead", "tbody", "tr", "th", "td", "p", "strong", "em", "code")
_ABOUT_CELLS = {name: ["scope", "colspan", "rowspan"] for name in ("th", "td")}


@dataclass(frozen=True)
class Output:
    """One output: its kind (`printed`, `table`, `error` or the name of a part), and its text, safe HTML or content."""

    kind: str
    body: Any


def plain(outputs: Iterable[Mapping[str, Any]], widgets: Mapping[str, Mapping[str, Any]]) -> list[Output]:
    """Return the outputs of an executed cell; `widgets` are the states of its notebook's widgets by their id."""
    found: list[Output] = []
    for output in outputs:
        one = _plain(output, widgets)
        if one and one.kind == "printed" and found and found[-1].kind == "printed":
            found[-1] = Output("printed", (found[-1].body + one.body)[:LONGEST])
        elif one:
            found.append(one)
    return found


def _plain(output: Mapping[str, Any], widgets: Mapping[str, Mapping[str, Any]]) -> Output | None:
    kind = output["output_type"]
    if kind == "stream":
        # what goes to stderr is for whoever wrote the code
        return Output("printed", output["text"][:LONGEST]) if output["name"] == "stdout" else None
    if kind == "error":
        return Output("error", _COLOUR.sub("", "\n".join(output["traceback"]))[:LONGEST])
    data = output["data"]
    state = widgets.get(data.get(VIEW, {}).get("model_id", ""))
    if state is not None:
        return Output(str(state["part"]), state["content"])
    if len(data.get("text/html", "")) in range(1, LONGEST * 10):
        return Output("table", safe(data["text/html"]))
    return Output("printed", data.get("text/plain", "")[:LONGEST])


def safe(html: str) -> str:
    """Return an output's HTML with nothing left in it but tables and marked-up text.

    >>> safe("<style>b {}</style><table onclick='x'><tr><td>1</td></tr></table><script>2</script>")
    '<table><tbody><tr><td>1</td></tr></tbody></table>2'
    """
    import bleach

    return str(bleach.clean(_STYLE.sub("", html), tags=_TABLE, attributes=_ABOUT_CELLS, strip=True))
