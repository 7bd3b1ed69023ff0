"""What the warm process does once for all that is forked from it."""

from course.kernel import forkserver

asked = []


def ask(*arguments: str) -> None:
    """Note what was asked for; not everything can be had."""
    asked.append(arguments)
    if "nothing" in arguments:
        raise LookupError


def test_what_all_forks_need_is_made_once_and_what_cannot_be_is_left_to_them():
    asked.clear()
    kept: list[list[str]] = []
    home = f"{__name__}:{ask.__name__}"
    forkserver.keep([[home, "nothing"], [home, "one"]], kept)
    forkserver.keep([[home, "one"], [home, "two"], ["no.such.module:ask"]], kept)
    forkserver.keep([[home, "nothing"]], kept)
    assert asked == [("nothing",), ("one",), ("two",)]
