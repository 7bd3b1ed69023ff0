"""What a check says when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault: the file (relative to the repo), the place in it (cell id, entry, line), the problem and its cure."""

    file: str
    place: str
    problem: str
    cure: str

    def __str__(self) -> str:
        where = f"{self.file} · {self.place}" if self.place else self.file
        return f"{where}\n  {self.problem}\n  → {self.cure}"
