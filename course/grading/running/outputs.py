"""What a cell printed and showed, up to what is kept of it."""

from __future__ import annotations

from typing import Any

# Output kept in the graded notebook, bytes and messages of one cell
KEPT_BYTES = 200_000
KEPT_MESSAGES = 500
# Messages that a cell may send before its kernel is stopped
MOST_MESSAGES = 20_000

# What stands in place of one picture that is too large to be kept
PICTURE = "[…]"


class Outputs:
    """The outputs of one cell, up to what is kept."""

    def __init__(self, kept: list[dict[str, Any]]) -> None:
        self.kept = kept
        self.failed = False
        self.was_cut = False
        self.bytes = 0
        self.messages = 0
        self.clear_next = False

    def take(self, message: dict[str, Any]) -> bool:
        """Keep what a message shows. False where there have been far too many."""
        kind, content = message["msg_type"], message["content"]
        self.messages += 1
        if kind == "clear_output":
            if content.get("wait"):
                self.clear_next = True
            else:
                self.clear()
        elif kind == "stream":
            self.stream(str(content.get("name")), str(content.get("text")))
        elif kind == "error":
            lines = [str(line)[:2000] for line in content.get("traceback", [])][:60]
            self.error(str(content.get("ename"))[:200], str(content.get("evalue"))[:4000], lines)
        elif kind in ("display_data", "execute_result"):
            self.show(kind, content)
        return self.messages < MOST_MESSAGES

    def clear(self) -> None:
        """Forget the outputs, but for errors: a notebook cannot clear those away from the grader."""
        self.kept[:] = [output for output in self.kept if output["output_type"] == "error"]

    def room(self, size: int) -> bool:
        """Count `size` bytes, and tell whether they are still kept."""
        if self.clear_next:
            self.clear_next = False
            self.clear()
        self.bytes += size
        fits = self.bytes <= KEPT_BYTES and len(self.kept) < KEPT_MESSAGES
        self.was_cut = self.was_cut or not fits
        return fits

    def stream(self, name: str, text: str) -> None:
        """Keep printed text; what goes on in the same stream joins what is there, as in a notebook."""
        before = self.bytes
        if not self.room(len(text)):
            text = text[: max(0, KEPT_BYTES - before)]
        if not text:
            return
        last = self.kept[-1] if self.kept else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif len(self.kept) < KEPT_MESSAGES:
            self.kept.append({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, content: dict[str, Any]) -> None:
        """Keep what was displayed."""
        data = content.get("data", {})
        if sum(len(str(part)) for part in data.values()) > KEPT_BYTES:
            # one big picture is no flood
            self.say(PICTURE)
            return
        if not self.room(sum(len(str(part)) for part in data.values())):
            return
        shown = {"output_type": kind, "data": data, "metadata": content.get("metadata", {})}
        self.kept.append(
            shown | ({"execution_count": content.get("execution_count")} if kind == "execute_result" else {})
        )

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Keep an error."""
        self.failed = True
        self.kept.append({"output_type": "error", "ename": name, "evalue": value, "traceback": lines})

    def say(self, text: str) -> None:
        """Add a line of the grader's own."""
        self.kept.append({"output_type": "stream", "name": "stdout", "text": f"\n{text}\n"})
