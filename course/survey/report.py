"""The report to download: one self-contained page, and tables as CSV that no spreadsheet will run."""

from __future__ import annotations

from course.survey.analysis import Findings


def report(findings: Findings, language: str | None = None) -> str:
    """Return the report as one HTML page that asks nothing of the network."""
    raise NotImplementedError


def tables(findings: Findings, language: str | None = None) -> dict[str, bytes]:
    """Return the tables as CSV files by file name: UTF-8 with a byte order mark, no cell of which a spreadsheet can run."""
    raise NotImplementedError


def tables_zip(findings: Findings, language: str | None = None) -> bytes:
    """Return all tables in one ZIP archive."""
    raise NotImplementedError
