"""What the run service answers is what a kernel answers, and nobody finds out anything by asking oddly."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from traitlets import TraitError

from course.i18n import use_language
from course.manifest import Module, syllabus
from course.runs import answering
from course.runs.answering import answers
from course.runs.frames import frame, read_frame
from course.simulations import simulation_class
from course.simulations.codes import encode_run
from course.ui.simulator import Conversation
from course.ui.simulator import answers as shared

MODULES = syllabus().simulated
RESERVED = {"seed", "play", "v", "lang"}


@pytest.fixture(autouse=True)
def english() -> Any:
    yield
    use_language("en")


def last(module: Module, kind: str, language: str = "en", **fields: str) -> tuple[dict[str, Any], list[bytes]]:
    return read_frame([*answers(module.id, kind, language, fields)][-1])


def texts(module: Module) -> dict[str, str]:
    """Return the settings of the first situation as an address has them."""
    model = simulation_class(module)
    settings = model.from_preset(model.words().presets[0].key).settings()
    return {name: value if isinstance(value, str) else f"{value:g}" for name, value in settings.items()}


def test_a_frame_comes_out_as_it_went_in() -> None:
    message, buffers = {"kind": "result", "tell": "客人"}, [b"", b"12345678", b"x"]
    assert read_frame(frame(message, buffers)) == (message, buffers)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.number)
def test_no_slider_has_the_name_of_an_address_field(module: Module) -> None:
    names = {*simulation_class(module).parameters(), *simulation_class(module).journeys()}
    assert not names & RESERVED
    assert not any(name.startswith(answering.BEFORE) for name in names)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.number)
def test_the_service_answers_as_the_kernel_does(module: Module, language: str) -> None:
    sent: list[tuple[dict[str, Any], list[bytes]]] = []
    widget: Any = SimpleNamespace(
        content={"language": language}, send=lambda message, buffers=None: sent.append((message, buffers))
    )
    asked = simulation_class(module).from_preset(simulation_class(module).words().presets[0].key).settings()
    Conversation(widget, module).handle({"kind": "run", "number": 0, "values": asked, "seed": 7})
    kernel, buffers = sent[-1]
    served, columns = last(module, "run", language, seed="7", **texts(module))
    for message in (kernel, served):
        del message["milliseconds"]
    assert served == kernel
    assert columns == buffers


def test_a_played_run_is_asked_by_its_decisions() -> None:
    module = next(module for module in MODULES if simulation_class(module).calendar)
    model = simulation_class(module)
    assert model.calendar is not None
    row = [str(model.parameters()[name].low) for name in model.calendar.levers]
    played, _ = last(module, "run", play=";".join([",".join(row)] * 2), **texts(module))
    assert (played["period"], played["metrics"], played["code"]) == (2, {}, "")
    begun, _ = last(module, "run", play="", **texts(module))
    assert begun["period"] == 0


def test_why_and_people() -> None:
    module = MODULES[1]
    name = next(iter(simulation_class(module).parameters()))
    slider = simulation_class(module).parameters()[name]
    why, _ = last(module, "why", **{name: str(slider.high), f"before.{name}": str(slider.low)})
    assert set(why["alone"]) == {name}
    people, _ = last(module, "people")
    assert len(people["people"]) == 20


def test_a_teachers_link_is_drawn_as_a_code_that_holds_the_longest_one() -> None:
    for link in ("https://here/course/explore/m01#task=1x", "https://here/course/explore/m01#task=" + "x" * 1_800):
        drawn, _ = last(MODULES[0], "qr", text=link)
        assert drawn["text"] == link, "the page tells by it whether it is still about the same link"
        assert drawn["svg"].startswith("<?xml")
        assert "viewBox" in drawn["svg"], "it fills the place it is given"


def test_many_draws_come_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    for home in (answering, shared):
        monkeypatch.setattr(home, "REPEATS", 12)
    pieces = [read_frame(piece)[0] for piece in answers(MODULES[1].id, "study", "en", {})]
    assert [piece["done"] for piece in pieces] == [5, 10, 12]
    assert np.array(list(pieces[-1]["draws"].values())).shape[1] == 12


def test_a_dashboard_comes_with_the_run_it_opens_with() -> None:
    module = MODULES[1]
    message, buffers = last(module, "app", "zh")
    assert message["content"]["language"] == "zh"
    run, columns = last(module, "open", "zh", preset=message["content"]["simulator"]["preset"])
    assert message["start"]["tell"] == run["tell"]
    assert buffers == columns
    lesson, _ = last(module, "simulator", preset=simulation_class(module).words().presets[1].key)
    assert lesson["content"]["slot"].startswith(f"{module.number}.")


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("run", {"promise": "300"}, "300 is out of range. Give a number from 30 to 100."),
        ("run", {"promise": "much"}, "'much' is not a number"),
        ("run", {"promise": "nan"}, "is not a number"),
        ("run", {"promise": "9" * 400}, "is not a number"),
        ("run", {"seed": "-1"}, "out of range"),
        ("run", {"seed": "1.5"}, "1.5 is not a whole number. Give one from 0 to 999999."),
        ("run", {"nothing": "1"}, "does not have"),
        ("run", {"play": "1,2,3"}, "decisions"),
        ("open", {"preset": "no-such"}, "no situation called"),
        ("open", {"code": "cut"}, "cannot be read"),
        ("open", {}, "does not have"),
        ("why", {"before.nothing": "1"}, "does not have"),
        ("simulator", {"preset": "no-such"}, "no situation called"),
        ("qr", {}, "no link of the course"),
        ("qr", {"text": "javascript:alert(1)"}, "no link of the course"),
        ("qr", {"text": "https://" + "x" * 2_500}, "no link of the course"),
    ],
)
def test_bad_values_are_refused_in_words(kind: str, fields: dict[str, str], said: str) -> None:
    with pytest.raises(TraitError, match=said):
        [*answers("m02-promises", kind, "en", fields)]
    with pytest.raises(TraitError, match=r"[一-鿿]"):
        [*answers("m02-promises", kind, "zh", fields)]


def test_a_code_of_another_module_is_refused() -> None:
    other = simulation_class(MODULES[0])
    with pytest.raises(TraitError, match="belongs to module m01"):
        [*answers("m02-promises", "open", "en", {"code": encode_run("m01", other())})]
