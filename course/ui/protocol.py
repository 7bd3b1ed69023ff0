"""The tables of messages between a page and its kernel: one for each element, in its `protocol.js`, read by both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class ProtocolError(ValueError):
    """A message has a kind or a field that its table does not have, or lacks one that it should have: a slip of ours."""


@dataclass(frozen=True)
class Protocol:
    """One table: kinds of message with their fields (with ? where one may be left out), from the page and from the kernel."""

    page: Mapping[str, list[str]]
    kernel: Mapping[str, list[str]]

    def knows(self, kind: object) -> bool:
        """Tell whether the page may send a message of this kind; what else arrives is nonsense or another protocol's."""
        return isinstance(kind, str) and kind in self.page

    def checked(self, kind: str, message: dict[str, Any]) -> dict[str, Any]:
        """Return `message`, the kernel's, with the fields of its `kind`. `ProtocolError` if it has others."""
        if kind not in self.kernel:
            raise ProtocolError(f"no message of the kernel is called “{kind}”")
        names = {field.removesuffix("?") for field in self.kernel[kind]}
        required = {field for field in self.kernel[kind] if not field.endswith("?")}
        if set(message) - names or required - set(message):
            extra, missing = sorted(set(message) - names), sorted(required - set(message))
            raise ProtocolError(f"message “{kind}” has {extra} too many and lacks {missing}")
        return message


def protocol(element: str) -> Protocol:
    """Return the table of an element, by the name of its folder in `course/ui/`."""
    source = (HERE / element / "protocol.js").read_text(encoding="utf-8")
    table = json.loads(source[source.index("= {") + 2 : source.rindex(";")])
    return Protocol(table["page"], table["kernel"])
