"""In a notebook, an error of ours is one paragraph in the learner's language, not a traceback."""

from __future__ import annotations

from typing import Any

from traitlets import TraitError

from course.datasets import DatasetError
from course.i18n import UnknownLanguageError
from course.manifest import ManifestError
from course.questions import QuestionsError

OURS: tuple[type[Exception], ...] = (TraitError, DatasetError, UnknownLanguageError, ManifestError, QuestionsError)


def speak_plainly(*further: type[Exception]) -> None:
    """Show our own errors as their message alone, wherever IPython runs; a learner's own errors stay whole."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return

    def show(
        shell: Any, _kind: type[BaseException], error: BaseException, _trace: Any, tb_offset: Any = None
    ) -> list[str]:
        lines = [str(error)]
        shell._showtraceback(type(error), error, lines)
        return lines

    shell.set_custom_exc((*OURS, *further), show)
