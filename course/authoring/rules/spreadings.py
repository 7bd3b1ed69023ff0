"""A simulation whose story is seen to spread has words for it, and frames of people, ties and tellings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course.i18n import gettext as _

if TYPE_CHECKING:
    from course.simulations import Run, Simulation
    from course.simulations.words import Words

COLUMNS = {
    "people": {"person", "x", "y"},
    "ties": {"first", "second"},
    "tellings": {"day", "teller", "person", "story", "tells"},
}


def spread(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield place, problem and cure of what is missing between the network of a simulation and its words."""
    network, said = model.spreading, words.spreading
    if (network is None) != (said is None):
        problem = _("It has no words.") if network else _("The simulation has nothing of this name.")
        yield "spreading", problem, _("A simulation with a network has words under [spreading], and no other.")
    if network is None or said is None:
        return
    for key, columns in COLUMNS.items():
        name = getattr(network, key)
        if name not in run.frames or not columns <= set(run.frames[name]):
            problem = _("The network names {name!r}, which is no frame with the columns {columns}.")
            columns_text = ", ".join(sorted(columns))
            yield "spreading", problem.format(name=name, columns=columns_text), _("Correct the name in the simulation.")
            return
    for story in {*run.frames[network.tellings]["story"]} - {"", *said.stories}:
        yield (
            f"story {story}",
            _("It has no words."),
            _("Write them under [{kind}.{name}].").format(kind="story", name=story),
        )
