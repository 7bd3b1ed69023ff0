"""A search path of its own for each place that static files are served from.

jupyter_server keeps one table of the files it has located for all search paths together, by file name alone. JupyterLab
and Jupyter Notebook have fonts of the same name; once both were open, the second got 403 for its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.utils import filefind


@cache
def _located(roots: tuple[str, ...], path: str) -> str:
    return os.path.abspath(filefind(path, roots))


def _absolute_path(_handler: type[FileFindHandler], roots: str | Sequence[str], path: str) -> str:
    """Locate `path` below the first of `roots` that has it; an empty string where none has."""
    try:
        return _located((roots,) if isinstance(roots, str) else tuple(roots), path)
    except OSError:
        return ""


def separate_search_paths() -> None:
    """Let this process's server look for a static file where it was asked for, whatever was served before."""
    FileFindHandler.get_absolute_path = classmethod(_absolute_path)  # type: ignore[method-assign, assignment]
