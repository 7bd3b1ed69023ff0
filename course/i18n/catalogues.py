"""The Chinese catalogues compiled into the one file that the standard library's gettext reads.

The package's build compiles them. In a clone, where authors write, whoever first needs them compiles them anew after a
change; a wheel carries the compiled file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from course import whole

FOLDER = Path(__file__).parent


def sources(language: str) -> list[Path]:
    """Return the catalogues that are written by hand."""
    return sorted((FOLDER / language).glob("*.po"))


def target(language: str) -> Path:
    """Return where the compiled catalogue belongs, as gettext's own tools lay it."""
    return FOLDER / language / "LC_MESSAGES" / "course.mo"


def is_current(language: str) -> bool:
    """Tell whether the compiled catalogue is there, and no source was changed, added or taken away since."""
    written = sources(language)
    try:
        made = target(language).stat().st_mtime_ns
        return not written or made >= max(path.stat().st_mtime_ns for path in (FOLDER / language, *written))
    except FileNotFoundError:
        return False


def compile_catalogues(language: str) -> bytes:
    """Return all catalogues of `language` as one compiled file; fuzzy and empty entries are left out."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for path in sources(language):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and any(message.string or ()) and not message.fuzzy:
                    whole.add(message.id, message.string)
    compiled_file = BytesIO()
    write_mo(compiled_file, whole)
    return compiled_file.getvalue()


def write_catalogues(language: str) -> bytes:
    """Compile the catalogues and write the file, whole or not at all; return what belongs in it."""
    content = compile_catalogues(language)
    path = target(language)
    path.parent.mkdir(exist_ok=True)
    whole.write(path, content, mode=0o644)
    return content


@contextmanager
def compiled(language: str) -> Iterator[BinaryIO]:
    """Open the compiled catalogue of `language`; compile it first where it is missing or older than a source."""
    if is_current(language):
        with target(language).open("rb") as stream:
            yield stream
        return
    try:
        content = write_catalogues(language)
    except OSError:
        # a folder that is not ours to write: good for this process alone
        content = compile_catalogues(language)
    yield BytesIO(content)
