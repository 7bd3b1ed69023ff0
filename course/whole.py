"""Files that are the old or the new one at any moment, whoever reads them and wherever the writing is cut short."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(path: Path, mode: int | None = None) -> Iterator[Path]:
    """Give a spare file beside `path` to write to; what is in it at the end takes the place of `path`.

    Where anything goes wrong, an `OSError` among it, `path` stays as it was and the spare file goes. With a `mode` the file
    has these permissions, and is read by nobody else meanwhile; else those of any new file.
    """
    # not the name and something more: it may be as long as a name can be
    spare = path.with_name(f".{os.getpid()}.{secrets.token_hex(4)}.new")
    os.close(os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode | 0o200))
    try:
        yield spare
        if mode is not None:
            # the user's mask may have taken some; and one that is to be read only was to be written first
            spare.chmod(mode)
        spare.replace(path)
    finally:
        spare.unlink(missing_ok=True)


def write(path: Path, content: str | bytes, mode: int | None = None) -> None:
    """Write a file whole or not at all, as `replaced` does. Text is UTF-8, its ends of lines as they are on every system."""
    with replaced(path, mode) as spare:
        spare.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
