"""An IPython extension, loaded as a kernel starts: until the notebook's first box has run, a NameError says to run it.

`course.begin` puts its own explanations in this one's place. The provisioner `course-warm` names the extension to the
kernels of the course's notebooks, forked and plain ones; `course/server/manners.py` says so.
"""

from __future__ import annotations

import os
import re
from types import TracebackType
from typing import Any

from course.i18n import LANGUAGES, N_, match_language, translator

# Where Jupyter tells a kernel which notebook it serves
SESSION = "JPY_SESSION_NAME"
OF_THE_COURSE = re.compile(r"(?:lesson\.(?P<lesson>\w+)|(?P<edition>\w+)/[\w-]+/exercise)\.ipynb$")
NAMES = ("course", "_")
WORDS = N_(
    "The course is not open yet, so Python does not know {name}. Run the first grey box of this notebook: click into it "
    "and press Shift + Enter. Then run the boxes below it, one after the other."
)


def sentence(name: str, notebook: str) -> str:
    """Return what to say about an unknown `name`: in the language of the notebook at that path, else in both.

    Empty where neither the name nor the notebook is the course's.
    """
    path = OF_THE_COURSE.search(notebook.replace(os.sep, "/"))
    if path is None and name not in NAMES:
        return ""
    language = match_language(path["lesson"] or path["edition"]) if path else None
    spoken = (language,) if language else LANGUAGES
    return "\n".join(translator(one)(WORDS).format(name=name) for one in spoken)


def load_ipython_extension(shell: Any) -> None:
    """Explain a NameError, until `course.begin` is called."""

    def explain(
        shell: Any, kind: type[NameError], error: NameError, trace: TracebackType, tb_offset: int | None = None
    ) -> list[str]:
        words = sentence(str(error.name or ""), os.environ.get(SESSION, ""))
        lines = [words] if words else shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
        shell._showtraceback(kind, NameError(words) if words else error, lines)
        return list(lines)

    shell.set_custom_exc((NameError,), explain)
