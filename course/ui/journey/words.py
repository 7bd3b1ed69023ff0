"""What the page needs to draw the editor of a journey, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.i18n import LANGUAGES, N_, Text, translator
from course.simulations.touchpoints import FEELING, LONGEST, MOST, RELIABILITY

WORDS = {
    "hint": N_(
        "Open a touchpoint to set it. ⠿ moves it: drag, or with the focus on it press ↑ and ↓ (anywhere: Alt with ↑, ↓)."
    ),
    "figures": N_("{reliability} · {feeling}"),
    "touchpoint": N_("{name}: touchpoint {number} of {count}, goes right {reliability}, feels {feeling} of 10"),
    "grip": N_("Move {name}, now {number} of {count}"),
    "earlier": N_("Earlier"),
    "later": N_("Later"),
    "remove": N_("Take out"),
    "name": N_("Its name"),
    "reliability": N_("Goes right"),
    "reliability_is": N_("{value} of 100 guests"),
    "feeling": N_("How it feels when it does"),
    "feeling_is": N_("{value} of 10"),
    "add": N_("Add a touchpoint"),
    "put_back": N_("Put “{name}” back"),
    "fresh": N_("Touchpoint {number}"),
    "count": N_("Touchpoints: {count} of at most {most}."),
    "full": N_("Touchpoints: {count}. There can be no more."),
    "least": N_("One touchpoint: a journey has at least that."),
    "moved": N_("{name}, now {number} of {count}"),
    "added": N_("{name} added, {number} of {count}"),
    "removed": N_("{name} taken out; {count} of at most {most} left. The next button puts it back."),
    "change_added": N_("{count} added"),
    "change_removed": N_("{count} taken out"),
    "change_changed": N_("{count} changed"),
    "change_reordered": N_("in another order"),
    "walk": N_("A guest walks through"),
    "walk_next": N_("Next touchpoint"),
    "walk_again": N_("Once more"),
    "walk_play": N_("Let the guest walk"),
    "walk_pause": N_("Pause"),
    "walk_other": N_("Another guest"),
    "walk_waits": N_("Guest {guest} of {all} is at the door."),
    "walk_right": N_("Guest {guest}, {number} of {count}: {name} goes right. It feels {felt} of 10."),
    "walk_wrong": N_("Guest {guest}, {number} of {count}: {name} goes wrong. It feels {felt} of 10."),
    "walk_end": N_("The end. Mishaps: {mishaps}. Peak and end: {remembered}, mean: {mean}."),
    "png": N_("Picture (PNG)"),
    "svg": N_("Picture (SVG)"),
    "csv": N_("Touchpoints (CSV)"),
    "bring": N_("Bring a CSV back"),
    "bring_large": N_("This file is too large for a journey. Choose the CSV that you downloaded here."),
    "bring_count": N_("The file holds no touchpoint, or more than {most}. It needs a head and a line for each."),
    "bring_name": N_("Line {line}: the name is missing. The second column holds it."),
    "bring_reliability": N_(
        "Line {line}: the third column must be a number from {low} to {high}: of 100 guests, how many it goes right for."
    ),
    "bring_feeling": N_("Line {line}: the fourth column must be a number from {low} to {high}: how it feels."),
    "file": N_("journey"),
    "picture_of": N_("{title} (touchpoints: {count})"),
    "as_meant": N_("if all goes right"),
    "as_met": N_("as guests meet it, on average"),
}
HEADS = (N_("No."), N_("Touchpoint"), N_("Goes right (of 100)"), N_("Feels (0 to 10)"))
START = {"reliability": 95.0, "feeling": 5.0}
# the metrics that the picture draws across the curve: both are in the unit of feeling
LEVELS = ("remembered", "mean")


def journey_words(touchpoints: Mapping[str, Text], language: str) -> dict[str, Any]:
    """Return limits, words and names of touchpoints by key, in `language`. JSON-ready."""
    _ = translator(language)
    ranges = {"reliability": RELIABILITY, "feeling": FEELING}
    return {
        "most": MOST,
        "longest": LONGEST,
        **{
            name: {"low": low, "high": high, "step": step, "start": START[name]}
            for name, (low, high, step) in ranges.items()
        },
        "names": {key: name[language] for key, name in touchpoints.items()},
        "words": {key: _(text) for key, text in WORDS.items()},
        "heads": [" ".join(translator(each)(head) for each in LANGUAGES) for head in HEADS],
        "levels": LEVELS,
    }
