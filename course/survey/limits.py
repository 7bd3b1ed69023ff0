"""How much of a file we take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes as uploaded and unpacked (shared texts of a workbook apart), rows, columns, characters in a cell."""

    bytes: int = 25_000_000
    unpacked: int = 400_000_000
    shared: int = 60_000_000
    rows: int = 200_000
    columns: int = 300
    cell: int = 5_000


LIMITS = Limits()
