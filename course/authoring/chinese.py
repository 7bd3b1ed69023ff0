"""Mending Chinese punctuation and spacing in prose, and nothing else.

Code, formulae, links, HTML tags and placeholders are taken out first and put back afterwards, so that no rule can
touch them. Lines without a 汉字 stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from course.i18n import gettext as _

SLOT, FIELD = "\ue000", "\ue001"
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
WIDE = r"[\u3400-\u4dbf\u4e00-\u9fff”’」』》）】]"
MARKUP = r"[*_]{0,3}"
FULL = dict(zip(",:;!?", "，：；！？", strict=True))
MOST_ROUNDS = 8

_FENCED = r"(?ms:^[ \t]*(?P<fence>```+|~~~+).*?(?:^[ \t]*(?P=fence)[ \t]*$|\Z))"
_KEPT = re.compile(
    "|".join(
        (
            _FENCED,
            r"(?s:<(?P<tag>script|style|pre|code)\b.*?</(?P=tag)>|<!--.*?-->)",
            r"(?P<ticks>`+)(?!`)(?s:.+?)(?<!`)(?P=ticks)(?!`)",
            r"(?s:\$\$.+?\$\$)",
            r"(?<![\\$])\$(?!\s)(?:\\.|[^$\\\n])+?(?<!\s)\$(?!\d)",
            r"</?[A-Za-z][^<>]*>",
            r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)",
            r"(?m:^[ \t]*\[[^\]\n]+\]:[ \t]*\S+)",
            r"!?\[(?=[^\[\]\n]*\]\()",
            r"[ \t]*\|[ \t]*",
            r"(?<=[A-Za-z0-9.]) (?=[“‘])|(?<=[”’]) (?=[A-Za-z0-9])",
            r"[a-z]+://[^\s\u3000-\u9fff\uff00-\uffef<>）)]+",
            r"(?P<field>\{[A-Za-z_]*(?:![rsa])?(?::[^{}\s]*)?\})",
            r"\\.",
        )
    )
)


class ToolMissingError(RuntimeError):
    """Raised where autocorrect-py is not installed; the message says how to have it."""


def _autocorrect() -> Callable[[str], str]:
    try:
        import autocorrect_py
    except ImportError as error:
        raise ToolMissingError(
            _(
                "autocorrect-py, which reads Chinese punctuation, is missing. "
                "Begin the command with the authors' tools: uv run --project .ci course …"
            )
        ) from error
    correct: Callable[[str], str] = autocorrect_py.format
    return correct


def mend(text: str) -> str:
    """Return `text` with its Chinese punctuation and spacing put right; mending twice changes nothing more.

    >>> mend("读者问,为什么(说真的)?用`f(1,2)`算")
    '读者问，为什么（说真的）？用`f(1,2)`算'
    """
    if SLOT in text or FIELD in text:
        return text
    return _mended(text, _autocorrect())


@lru_cache(maxsize=8192)
def _mended(text: str, correct: Callable[[str], str]) -> str:
    """Most texts are asked about again and again: those of the house whenever one file of it has changed."""
    for _round in range(MOST_ROUNDS):
        mended = _once(text, correct)
        if mended == text:
            return text
        text = mended
    return text


def _once(text: str, correct: Callable[[str], str]) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return FIELD if match["field"] else SLOT

    prose = "\n".join(_line(line, correct) for line in _KEPT.sub(keep, text).split("\n"))
    parts = re.split(f"[{SLOT}{FIELD}]", prose)
    if len(parts) != len(kept) + 1:
        return text
    return "".join(part + piece for part, piece in zip(parts, [*kept, ""], strict=True))


def _line(line: str, correct: Callable[[str], str]) -> str:
    if not re.search(HAN, line):
        return line
    body = line.strip(" \t")
    start = line.index(body)
    for step in (_parentheses, _punctuation, _quotes, correct, _spaces):
        body = step(body)
    return line[:start] + body + line[start + len(line.strip(" \t")) :]


def _parentheses(line: str) -> str:
    """Make parentheses full-width where they hold or touch a 汉字, but not the brackets of a call such as v(10)."""

    def widen(match: re.Match[str]) -> str:
        before, inner = line[: match.start()].rstrip(" ")[-1:], match["inner"]
        after = line[match.end() :].lstrip(" ")[:1]
        called = re.match(r"[A-Za-z0-9_]", line[: match.start()][-1:]) and not re.search(HAN, inner)
        year = re.fullmatch(r"(?:19|20)\d\d[a-z]?", inner)
        if not re.search(HAN, before + inner + after) or (called and not year):
            return match[0]
        return f"（{inner}）"

    line = re.sub(r"\((?P<inner>[^()]*)\)", widen, line)
    return re.sub(r"(?<=\S) *（ *", "（", re.sub(r" *） *(?=\S)", "）", line))


def _punctuation(line: str) -> str:
    def full(match: re.Match[str]) -> str:
        return match["before"] + "".join(FULL[mark] for mark in match["mark"])

    line = re.sub(rf"(?P<before>{WIDE}{MARKUP}) ?(?P<mark>[,:;]|[!?]+)(?![,:;!?]) *", full, line)
    line = re.sub(rf"(?P<before>[^\s,:;!?]{MARKUP})(?P<mark>[,:;!?]) ?(?={MARKUP}[“‘「《（]?{HAN})", full, line)
    line = re.sub(rf"(?P<before>{FIELD}{MARKUP})(?P<mark>[,:;!?]) (?={FIELD})", full, line)
    line = re.sub(rf"({HAN})\.{{3,}}", r"\1……", line)
    line = re.sub(rf"{FIELD}\.$", f"{FIELD}。", line)
    line = re.sub(rf"({WIDE}{MARKUP})\.(?=$|[”’）]|{MARKUP}(?:\s|$)| *{HAN})(?: +(?={HAN}))?", r"\1。", line)
    return re.sub(r"(?<=\S) *([，。；：！？、]) *", r"\1", line)


def _quotes(line: str) -> str:
    if line.count('"') % 2:
        return line
    return re.sub(r'"([^"]*)"', lambda match: f"“{match[1]}”" if re.search(HAN, match[1]) else match[0], line)


def _spaces(line: str) -> str:
    line = re.sub(rf"({HAN})(?=[α-ωΑ-Ω])", r"\1 ", line)
    return re.sub(rf"([α-ωΑ-Ω])(?={HAN})", r"\1 ", line)
