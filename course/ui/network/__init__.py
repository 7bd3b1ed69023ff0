"""A network on a page, on which a story is seen to spread day by day."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from course.i18n import N_, Text, translator
from course.simulations import Simulation
from course.simulations.spreading import SENTENCES

WORDS = {
    "play": N_("Play"),
    "pause": N_("Pause"),
    "back": N_("Day back"),
    "step": N_("Day on"),
    "replay": N_("Replay"),
    "to_start": N_("To the start"),
    "speed": N_("Speed"),
    "slow": N_("slow"),
    "usual": N_("medium"),
    "fast": N_("fast"),
    "day_of": N_("Day {day} of {all}"),
    "open": N_("Tap somebody, or use the arrow keys, to read who told whom."),
    "keys": N_("Arrow keys go from person to person; Escape closes."),
}


def described_network(model: type[Simulation[Any]], language: str) -> dict[str, Any] | None:
    """Return the frames, measures and words of a simulation's network, as the page draws it; None where it has none."""
    frames, words = model.spreading, model.words().spreading
    if frames is None or words is None:
        return None

    def said(text: Text | None) -> str:
        return text[language] if text else ""

    place = asdict(frames)
    return {
        "frames": {name: place.pop(name) for name in ("people", "ties", "tellings")},
        **place,
        "words": {
            **{key: translator(language)(text) for key, text in WORDS.items()},
            **{name: said(getattr(words, name)) for name in SENTENCES},
            "stories": {
                key: {"quiet": said(one.quiet), "telling": said(one.telling)} for key, one in words.stories.items()
            },
        },
    }
