"""The template to download and fill in, which reads back without a question."""

from __future__ import annotations


def template(kind: str, language: str | None = None) -> bytes:
    """Return the template as the bytes of a file; `kind` is "csv" or "xlsx". Raises `ValueError` for another kind."""
    raise NotImplementedError
