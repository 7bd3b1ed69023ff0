"""What the page's scorecard asks for: the kept strategies, run again, and what the run on the screen owes to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from traitlets import TraitError

from course.amounts import Amount
from course.charts.views import split_views
from course.i18n import N_, Text, translator
from course.simulations import Simulation
from course.simulations.codes import decode_run
from course.simulations.progress import progress
from course.simulations.scorecard import LETTERS, STRATEGIES, STRATEGY, Debrief
from course.simulations.words import DebriefWords
from course.ui.numbers import real_minus
from course.ui.simulator.columns import pack

# what rounds to nothing is not worth a sentence
SMALL = 0.5
LIST, BREAK = N_(", "), N_("; ")


def described(model: type[Simulation[Any]], language: str) -> dict[str, Any] | None:
    """Return what the page needs to lay out a scorecard, None where a simulation has none."""
    card = model.scorecard
    if card is None:
        return None
    view = model.view(STRATEGIES, card.picture, language)
    return {"metrics": [*card.metrics], "letters": [*LETTERS], "view": split_views({"vconcat": [view]})[0]}


def strategies(number: str, kept: object) -> tuple[dict[str, Any], list[bytes]]:
    """Return what each of `kept`, run codes by letter, comes to: its metrics and challenges; and as a table its way there.

    A code of another module, or one that cannot be read, is left out.
    """
    runs, ways = [], []
    for letter, code in (kept if isinstance(kept, dict) else {}).items():
        try:
            module, simulation = decode_run(code)
        except TraitError:
            continue
        if module != number or letter not in LETTERS or simulation.scorecard is None:
            continue
        run = simulation.run()
        reached = [all(conditions) for conditions in progress(simulation, run)]
        runs.append({"letter": letter, "metrics": run.metrics, "goals": reached})
        ways.append(run.frames[simulation.scorecard.path].assign(**{STRATEGY: letter}))
    tables, buffers = pack({STRATEGIES: pd.concat(ways, ignore_index=True)} if ways else {})
    return {"runs": runs, "tables": tables}, buffers


def debriefed(simulation: Simulation[Any], language: str) -> dict[str, Any]:
    """Return what the parts of a run did, in words of `language`: a row for each part, and sentences."""
    words = simulation.words().debrief
    # of a run whose end nobody knows yet, nothing is told
    if words is None or simulation.unfinished is not None:
        return {"rows": [], "text": []}
    found = simulation.debrief()
    rows = [{"name": words.parts[name][language], "amounts": [*amounts]} for name, amounts in found.parts.items()]
    return {"rows": rows, "text": [real_minus(text) for text in _told(found, words, language)]}


def _told(found: Debrief, words: DebriefWords, language: str) -> Iterator[str]:
    """Yield the sentences about the longest horizon."""

    def said(text: Text, part: str = "", **numbers: float) -> str:
        named = {"part": words.parts[part][language]} if part else {}
        return text[language].format(**named, **{name: Amount(number) for name, number in numbers.items()})

    last = {name: amounts[-1] for name, amounts in found.parts.items()}
    before, after = found.before[-1], found.after[-1]
    yield said(words.compared, before=before, after=after, difference=after - before)
    best, worst = max(last, key=last.__getitem__), min(last, key=last.__getitem__)
    if last[best] > SMALL:
        yield said(words.best, best, amount=last[best])
    if last[worst] < -SMALL:
        yield said(words.worst, worst, amount=last[worst])
    luck = sum(amount for name, amount in last.items() if name in words.luck)
    yield said(words.shared, decisions=after - before - luck, luck=luck)
    listed = translator(language)(LIST)
    periods = [
        words.each[language].format(period=period, names=listed.join(words.events[name][language] for name in names))
        for period, names in enumerate(found.happened, start=1)
        if names
    ]
    if periods:
        yield words.brought[language].format(events=translator(language)(BREAK).join(periods))
