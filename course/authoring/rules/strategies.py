"""A strategy that a class decides in a room names what the simulation and its words have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course.i18n import gettext as _
from course.manifest import Module
from course.questions import QuestionsError, read

if TYPE_CHECKING:
    from pathlib import Path

    from course.simulations import Run, Simulation
    from course.simulations.words import Words


def decided(
    path: Path, module: Module, model: type[Simulation[Any]], words: Words, run: Run[Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield place, problem and cure of each name in a `[[strategy]]` of the questions file that leads nowhere.

    A file that cannot be read is another rule's.
    """
    try:
        strategies = read(path, [one.id for one in module.objectives]).strategies if path.is_file() else ()
    except QuestionsError:
        return
    metrics = [metric.key for metric in words.metrics if metric.key in run.metrics]
    known = {
        "levers": list(model.parameters()),
        "across": metrics,
        "up": metrics,
        "beside": [preset.key for preset in words.presets],
    }
    for strategy in strategies:
        for field, names in known.items():
            value = getattr(strategy, field)
            for name in [value] if isinstance(value, str) else value:
                if name not in names:
                    problem = _("Its “{field}” names {name!r}, which the simulation does not have.")
                    yield (
                        f"strategy {strategy.key}",
                        problem.format(field=field, name=name),
                        _("Choose one of: {known}.").format(known=", ".join(names)),
                    )
