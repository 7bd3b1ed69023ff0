"""`course static` in seconds instead of half an hour: `python -m tests.browser.sparse_edition FOLDER`.

Recorded are the starts of situations, also of those that are played, and what reaches challenges; no slider, and no lesson
is run. Every quiz, every bet and every preset is there as in the whole edition.
"""

from __future__ import annotations

from functools import partial

from course.manifest import Module
from course.reader.record import Record
from course.reader.running import Outputs
from course.runs import recording
from course.server.edition import command


async def nothing(_module: Module, _language: str) -> Outputs:
    """What a lesson gives that nobody runs."""
    return {}


def main() -> None:
    """Write the edition."""
    recording.MOST_STEPS = recording.MOST_PERIODS = 0
    command.Record = partial(Record, run=nothing)
    command.jupyter_runtime_dir = lambda: "/dev/null"  # nothing is kept, and nothing that was kept is taken
    command.command()


if __name__ == "__main__":
    main()
