"""What a page needs to show a place to write, or what was written. No widget."""

from __future__ import annotations

from typing import Any

from course.i18n import HTML_LANG, N_, translator
from course.writings import Writing

LONGEST = 4000
WORDS = {
    "yours": N_("You wrote:"),
    "nothing": N_("You have not written anything here yet."),
    "kept": N_("Kept in this browser and with the notebook."),
    "notKept": N_("This browser does not let the course keep your text: copy it before you close the page."),
    "compare": N_("How a thoughtful person answered"),
    "writeFirst": N_("Write a sentence first; then compare."),
    "left": N_("Characters left: {count}"),
}


def writing_content(asked: Writing, module_id: str, language: str, *, again: bool = False) -> dict[str, Any]:
    """Return what the page needs for the field, or, `again`, for the text as it stands."""
    _ = translator(language)
    return {
        "html_lang": HTML_LANG[language],
        "language": language,
        "words": {name: _(text) for name, text in WORDS.items()},
        "module": module_id,
        "key": asked.key,
        "prompt": asked.prompt[language],
        "answer": asked.answer[language] if asked.answer else "",
        "longest": LONGEST,
        "again": again,
    }
