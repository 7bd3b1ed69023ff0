"""A simulation that can be played has what playing needs: words, sentences that can be filled, situations to begin in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course.i18n import gettext as _

if TYPE_CHECKING:
    from course.simulations import Run, Simulation
    from course.simulations.words import Words


def played(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield place, problem and cure of what is missing between the calendar of a simulation and its words."""
    time, play = model.calendar, words.play
    if (time is None) != (play is None):
        problem = _("It has no words.") if time else _("The simulation has nothing of this name.")
        yield "play", problem, _("A simulation with a calendar has words under [play], and no other.")
    for preset in words.presets:
        if preset.play and time is None:
            yield (
                f"preset {preset.key}",
                _("It is to be played, and the simulation has no calendar."),
                _("Take play out."),
            )
        if preset.play and preset.key in {bet.preset for bet in words.bets}:
            problem = _("It is to be played, and a bet asks how it ends.")
            yield f"preset {preset.key}", problem, _("Put the bet on another preset.")
    if time is None or play is None:
        return
    unknown = [name for name in time.levers if name not in model.parameters()]
    lost = [name for name in time.known if name not in run.frames or time.column not in run.frames[name]]
    for name in [*unknown, *lost]:
        problem = _("The calendar names {name!r}, which is no slider, and no frame with its column.").format(name=name)
        yield "play", problem, _("Correct the name in the simulation.")
    if unknown or lost:
        return
    said = {"before": time.news(run.frames, 0), "after": time.news(run.frames, 1), "over": model().speakable(run)}
    for name, known in said.items():
        for text in getattr(play, name).values():
            try:
                text.format(**known)
            except (ValueError, KeyError, IndexError) as error:
                problem = _("A placeholder cannot be filled: {error}").format(error=error)
                yield f"play, {name}", problem, _("Choose one of: {known}.").format(known=", ".join(known))
