"""Finding links and images in markdown and the HTML within it."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?ms)^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\2(?!`)")
_TARGET = r"\(\s*<?(?P<target>[^()\s<>]*(?:\([^()]*\)[^()\s<>]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
_LINK = re.compile(rf"(?<!!)\[(?:[^\[\]]|!?\[[^\]]*\](?:\([^)]*\))?)*\]{_TARGET}")
_IMAGE = re.compile(rf"!\[[^\]]*\]{_TARGET}")
_REFERENCE = re.compile(r"(?m)^[ \t]*\[[^\]\n]+\]:[ \t]*<?(?P<target>[^\s<>]+)")
_AUTOLINK = re.compile(r"<(?P<target>https?://[^\s<>]+)>")
_HTML_LINK = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"'](?P<target>[^\"']*)", re.IGNORECASE)
_HTML_IMAGE = re.compile(
    r"<(?:img|video|audio|source|iframe)\b[^>]*?\bsrc\s*=\s*[\"'](?P<target>[^\"']*)", re.IGNORECASE
)


def without_code(text: str) -> str:
    """Return a markdown text without fenced and inline code."""
    return _CODE.sub("", text)


def links(text: str) -> list[str]:
    """Return the targets of a markdown text's links, in order of kind."""
    return _targets(text, _LINK, _REFERENCE, _AUTOLINK, _HTML_LINK)


def images(text: str) -> list[str]:
    """Return the addresses of a markdown text's images and embedded media."""
    return _targets(text, _IMAGE, _HTML_IMAGE)


def _targets(text: str, *patterns: re.Pattern[str]) -> list[str]:
    prose = without_code(text)
    return [match["target"] for pattern in patterns for match in pattern.finditer(prose)]
