"""Browsers that come again: what was fetched and compiled stays, what a page kept is gone.

JupyterLab is ten megabytes of scripts. A new context of Chromium's compiles them anew, for a third of the price of a page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.browser.tools import Log

# How long a page may need for what must come, ms: what is waited for is a state, and a busy machine takes its time
PATIENCE = 180_000


@dataclass
class Visitor:
    """A context of Chromium's: who looks at pages with certain options, and the log of the present visit."""

    kind: str
    context: Any
    log: Log = field(default_factory=Log)
    been: set[str] = field(default_factory=set)

    def come(self) -> Any:
        """Return a blank page; nobody is known to have been here before."""
        self.log = Log()
        self.log.watch(self.context)
        page = self.context.new_page()
        if self.been:
            self.context.clear_cookies()
            line = self.context.new_cdp_session(page)
            for origin in sorted(self.been):
                line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            line.detach()
        return page

    def go(self) -> None:
        """Close all pages and undo what a test may have done to the context."""
        for page in self.context.pages:
            page.close()
        self.log.leave(self.context)
        self.context.unroute_all()
        self.context.set_offline(False)
        parts = map(urlsplit, self.log.requests)
        self.been |= {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme in ("http", "https")}


class Visitors:
    """All of a browser, by what they look with."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.idle: dict[str, list[Visitor]] = defaultdict(list)

    def come(self, options: dict[str, Any]) -> tuple[Visitor, Any, Log]:
        """Return one with these options, a blank page and its log."""
        given = {"viewport": {"width": 1200, "height": 900}, "locale": "en-GB", **options}
        kind = json.dumps(given, sort_keys=True)
        visitor = self.idle[kind].pop() if self.idle[kind] else Visitor(kind, self._context(given))
        return visitor, visitor.come(), visitor.log

    def go(self, visitor: Visitor) -> None:
        """Let a visitor go, to come again as another."""
        visitor.go()
        self.idle[visitor.kind].append(visitor)

    def _context(self, options: dict[str, Any]) -> Any:
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context
