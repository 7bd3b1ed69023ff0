"""What `[[writing]]` of a questions file says: a question to answer in words, and how a thoughtful person answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from course.entries import Entry
from course.i18n import Text
from course.i18n import gettext as _


@dataclass(frozen=True)
class Writing:
    """A question to answer in words; `answer`, where there is one, is shown after the learner has written."""

    key: str
    prompt: Text
    answer: Text | None


def read_writing(entry: Entry, taken: Collection[str]) -> Writing:
    """Read one `[[writing]]` of a questions file."""
    writing = Writing(
        key=entry.key(_("writing {key}"), taken), prompt=entry.text("prompt"), answer=entry.optional_text("answer")
    )
    entry.close()
    return writing
