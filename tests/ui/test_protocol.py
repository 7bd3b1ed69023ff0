"""The kernel's side of the tables of messages; the page's side is tested in js/wire.test.js."""

from __future__ import annotations

import pytest

from course.ui.protocol import HERE, ProtocolError, protocol


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in HERE.glob("*/protocol.js")))
def test_every_table_is_read(folder: str) -> None:
    table = protocol(folder)
    assert table.page
    assert all(isinstance(field, str) for fields in [*table.page.values(), *table.kernel.values()] for field in fields)


@pytest.mark.parametrize("kind", ["rum", "", None, 1, ["run"], {}])
def test_nonsense_from_the_page_is_no_kind_of_message(kind: object) -> None:
    assert not protocol("simulator").knows(kind)
    assert protocol("simulator").knows("run")


def test_a_message_of_the_table_passes() -> None:
    problem = {"number": 1, "message": "too high"}
    assert protocol("simulator").checked("problem", problem) == problem
    protocol("simulator").checked("study", {"done": 1, "all": 2})


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("problems", {"number": 1, "message": ""}),
        ("run", {"number": 1, "values": {}, "seed": 1}),
        ("problem", {"number": 1}),
        ("problem", {"number": 1, "message": "", "massage": ""}),
    ],
)
def test_a_slip_is_an_error(kind: str, message: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        protocol("simulator").checked(kind, message)
