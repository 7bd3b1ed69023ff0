"""Say what was found in plain words, with the caution that it deserves."""

from __future__ import annotations

from dataclasses import dataclass

from course.survey.analysis import Findings
from course.survey.messages import Message


@dataclass(frozen=True)
class Sentence:
    """One finding. `topic`: "gap", "alpha", "recommend", "importance", "chart", "data"; `caution` where it holds back."""

    topic: str
    message: Message
    caution: bool = False


def sentences(findings: Findings) -> tuple[Sentence, ...]:
    """Return the findings as sentences, the most useful first."""
    raise NotImplementedError
