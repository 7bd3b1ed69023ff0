"""A bare page that shows one widget through our real interface script, with a stand-in for the kernel's model."""

from __future__ import annotations

import json
from typing import Any

from course.ui.assets import asset_name, assets

ADDRESS = "http://localhost/widget"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>One widget</title><link rel="icon" href="data:,"></head>
<body style="margin: 8px; background: {ground}">
<main><h1>A lesson</h1><h2>4 The theory¶</h2><div id="widget"></div></main>
<script type="module">
const {{ render }} = await import("/{script}");
const traits = {traits};
const listeners = {{}};
globalThis.saved = [];
globalThis.kernelDead = false;
globalThis.model = {{
  get: (name) => traits[name],
  set: (name, value) => {{ traits[name] = value; }},
  save_changes: () => {{
    if (globalThis.kernelDead) throw new Error("The kernel is dead");
    globalThis.saved.push({{ ...traits }});
  }},
  on: (name, f) => {{ (listeners[name] ??= []).push(f); }},
  off: (name, f) => {{ listeners[name] = (listeners[name] ?? []).filter((each) => each !== f); }},
  send: () => {{}},
}};
globalThis.speak = (content) => {{
  traits.content = content;
  for (const f of listeners["change:content"] ?? []) f();
}};
globalThis.cleanUp = render({{ model: globalThis.model, el: document.getElementById("widget") }});
globalThis.ready = true;
</script></body></html>"""


def show(page: Any, part: str, content: dict[str, Any], dark: bool = False, **traits: Any) -> None:
    """Open the page with one widget in it; later calls and reloads on the same page find the same browser memory."""
    everything = json.dumps({"part": part, "content": content, **traits}).replace("<", "\\u003c")
    html = PAGE.format(script=asset_name("ui"), traits=everything, ground="#111" if dark else "#fff")
    page.unroute_all()
    page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    asset = assets()[asset_name("ui")]
    page.route(f"**/{asset_name('ui')}", lambda route: route.fulfill(body=asset.body, content_type=asset.content_type))
    page.goto(ADDRESS)
    page.wait_for_function("globalThis.ready")


def tab_to(page: Any, selector: str, most: int = 40) -> None:
    """Press Tab until the focus is on an element that matches."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
