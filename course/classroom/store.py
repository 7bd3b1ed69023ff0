"""What a room keeps, in one SQLite file: its code and secrets, where the class is, and every answer.

A person is a random token, and nothing else: no name, no address, no time. With its write-ahead log the file is whole
whenever the process ends, however it ends.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "room.db"
# without letters and digits that look alike on a wall
LETTERS = "ACDEFHJKLMNPQRTUVWXY3479"
CODE_LENGTH = 5
SCHEMA = """
CREATE TABLE IF NOT EXISTS room (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    person TEXT NOT NULL, step TEXT NOT NULL, round INTEGER NOT NULL, number INTEGER NOT NULL,
    value TEXT NOT NULL, late INTEGER NOT NULL, arrival INTEGER NOT NULL,
    PRIMARY KEY (person, step, round, number)
) WITHOUT ROWID;
"""
# changes of mind on one question; more is a machine
MOST_CHANGES = 30


class StoreError(ValueError):
    """A file that holds no room, or a folder that cannot be written to; the message says which."""


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept: whose, to which step and round, the phone's own number of it, and whether it came late.

    `arrival` counts the answers of a room as they come.
    """

    person: str
    step: str
    round: int
    number: int
    value: str
    late: bool
    arrival: int = 0


class Store:
    """The file of one room, made where it is not there yet. `module` is the number of the module that is asked."""

    def __init__(self, folder: Path, module: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE
        # only who started the class may read it
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self._base = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(SCHEMA)
            self._grow()
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise StoreError(str(error)) from error
        first = {
            "module": module,
            "code": "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
            "teacher": secrets.token_urlsafe(24),
            "secret": secrets.token_hex(32),
        }
        self._base.executemany("INSERT OR IGNORE INTO room VALUES (?, ?)", first.items())

    def _grow(self) -> None:
        """Give a file of an earlier edition the columns that it lacks."""
        columns = {row[1] for row in self._base.execute("PRAGMA table_info(answers)")}
        if "arrival" not in columns:
            self._base.execute("ALTER TABLE answers ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0")

    def fact(self, key: str) -> str | None:
        """Return what is known of the room under a key, such as its code; None where nothing is."""
        row = self._base.execute("SELECT value FROM room WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def note(self, key: str, value: str) -> None:
        """Keep a fact of the room."""
        self._base.execute("INSERT OR REPLACE INTO room VALUES (?, ?)", (key, value))

    def state(self) -> dict[str, Any] | None:
        """Return where the class is, as it was last kept."""
        found = self.fact("state")
        return json.loads(found) if found else None

    def keep_state(self, state: dict[str, Any]) -> None:
        """Keep where the class is."""
        self.note("state", json.dumps(state))

    def keep(self, answer: Kept) -> bool:
        """Keep an answer; return False for one that has come before, or that changes its mind too often."""
        key = (answer.person, answer.step, answer.round)
        fresh = self._base.execute(
            "INSERT OR IGNORE INTO answers SELECT ?, ?, ?, ?, ?, ?, ? WHERE ? > "
            "(SELECT count(*) FROM answers WHERE person = ? AND step = ? AND round = ?)",
            (*key, answer.number, answer.value, answer.late, answer.arrival, MOST_CHANGES, *key),
        )
        return fresh.rowcount == 1

    def has(self, person: str, step: str, round_: int, number: int) -> bool:
        """Tell whether this very answer has come."""
        where = "SELECT 1 FROM answers WHERE person = ? AND step = ? AND round = ? AND number = ?"
        return self._base.execute(where, (person, step, round_, number)).fetchone() is not None

    def answers(self) -> Iterator[Kept]:
        """Return every answer that came, person by person."""
        rows = self._base.execute("SELECT * FROM answers ORDER BY person, step, round, number")
        for person, step, round_, number, value, late, arrival in rows:
            yield Kept(person, step, round_, number, value, bool(late), arrival)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def delete(self) -> None:
        """Delete the file, and what SQLite keeps beside it."""
        self._base.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
