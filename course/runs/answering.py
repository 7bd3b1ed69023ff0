"""The worker's side: a question's fields made into a simulation, and what the page is to be told of it, as frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from traitlets import TraitError

from course.i18n import LANGUAGES, gettext, use_language
from course.manifest import Module, syllabus
from course.runs.frames import frame
from course.simulations import Run, Simulation, simulation_class
from course.simulations.why import reasons, steps
from course.ui.app.content import app_content
from course.ui.assets import asset_name
from course.ui.protocol import protocol
from course.ui.simulator.answers import REPEATS, asked, decoded, people, repeats, result, studied
from course.ui.simulator.describe import describe
from course.ui.simulator.link_code import qr
from course.ui.simulator.scorecard import debriefed, strategies

PROTOCOL = protocol("simulator")
TELL_EVERY = 5
BEFORE = "before."
RECORDED = "recorded"
Fields = Mapping[str, str]
Model = type[Simulation[Any]]


def answers(module_id: str, kind: str, language: str, fields: Fields) -> Iterator[bytes]:
    """Yield the frames that answer a question, the one that holds the answer last.

    `TraitError`, in `language`, for fields that a simulation cannot take.
    """
    use_language(language)
    module = syllabus().module(module_id)
    yield from KINDS[kind](module, simulation_class(module), language, fields)


def _frame(kind: str, message: dict[str, Any], buffers: list[bytes] | None = None) -> bytes:
    # the page gives every question a number of its own, which its address does not hold
    numbered = {"number": 0, **message} if "number" in PROTOCOL.kernel[kind] else message
    return frame({"kind": kind, **PROTOCOL.checked(kind, numbered)}, buffers)


def _set(model: Model, fields: Fields) -> Simulation[Any]:
    """Return the simulation that an address describes: `seed`, `play`, and its sliders and journeys by name."""
    values = {name: _number(text) for name, text in fields.items() if name not in ("seed", "play")}
    return asked(model, values, _number(fields.get("seed", "1")), _decisions(model, fields.get("play")))


def _number(text: str) -> float | str:
    """Return a text as the number it is, so that a message shows it as the learner set it; other texts stay texts."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _decisions(model: Model, text: str | None) -> object:
    """Read `60,3;55,4`: a row for each period that is over, with the manager's levers in the calendar's order."""
    if text is None:
        return None
    time = model.calendar
    rows = [row.split(",") for row in text.split(";")] if text else []
    if time is None or any(len(row) != len(time.levers) for row in rows):
        return "unreadable"
    return [dict(zip(time.levers, map(_number, row), strict=True)) for row in rows]


def _run(module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    yield _result(module, _set(model, fields), language)


def _open(module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    if {*fields} == {"code"}:
        simulation = decoded(module, fields["code"])
    elif {*fields} == {"preset"}:
        simulation = model.from_preset(fields["preset"])
    else:
        raise TraitError(gettext("The page sent settings that this simulation does not have. Reload the page."))
    yield _result(module, simulation, language)


def _result(module: Module, simulation: Simulation[Any], language: str) -> bytes:
    told, buffers = result(module, simulation, language)
    return _frame("result", told, buffers)


def _people(_module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    yield _frame("people", {"people": people(_set(model, fields), language)})


def _strategies(module: Module, _model: Model, _language: str, fields: Fields) -> Iterator[bytes]:
    """Run the kept strategies again: a run code for each letter."""
    yield _frame("strategies", *strategies(module.number, dict(fields)))


def _debrief(_module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    yield _frame("debrief", debriefed(_set(model, fields), language))


def _qr(_module: Module, _model: Model, _language: str, fields: Fields) -> Iterator[bytes]:
    yield _frame("qr", qr(fields.get("text")))


def _why(_module: Module, model: Model, _language: str, fields: Fields) -> Iterator[bytes]:
    """Compare a run with the one before: `before.<name>` is how `<name>` was set."""
    before = {name.removeprefix(BEFORE): text for name, text in fields.items() if name.startswith(BEFORE)}
    after = {name: text for name, text in fields.items() if not name.startswith(BEFORE)}
    found = reasons(dict(steps(_set(model, before), _set(model, after))))
    yield _frame("why", {name: getattr(found, name) for name in ("before", "after", "alone", "together")})


def _study(_module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    simulation = _set(model, fields)
    runs: list[Run[Any]] = []
    for run in repeats(simulation):
        runs.append(run)
        if len(runs) % TELL_EVERY == 0 and len(runs) < REPEATS:
            yield _frame("study", {"done": len(runs), "all": REPEATS})
    told, buffers = studied(simulation, runs, language)
    yield _frame("study", told, buffers)


def _app(module: Module, model: Model, language: str, _fields: Fields) -> Iterator[bytes]:
    """Describe the dashboard, and run what it opens with."""
    yield _content(app_content(module, language), module, model.from_preset(model.words().presets[0].key), language)


def _simulator(module: Module, model: Model, language: str, fields: Fields) -> Iterator[bytes]:
    """Describe the simulator as a lesson shows it, opened in `preset`, and run that."""
    preset = fields.get("preset", "")
    first = model.preset(preset or model.words().presets[0].key).key
    content = {**describe(model, module, language, slot=preset), "preset": first}
    yield _content(content, module, model.from_preset(first), language)


def _recorded(module: Module, model: Model, _language: str, fields: Fields) -> Iterator[bytes]:
    """Run once, and tell it in every language: for pages that have nobody to ask (`recording`)."""
    simulation = _set(model, fields)
    run = simulation.run()
    told: dict[str, Any] = {}
    said: dict[str, dict[str, Any]] = {}
    buffers: list[bytes] = []
    for language in LANGUAGES:
        use_language(language)
        told, buffers = result(module, simulation, language, run)
        said[language] = {name: told.pop(name) for name in ("tell", "titles")}
        if model.words().people:
            said[language]["people"] = people(simulation, language)
    del told["milliseconds"]
    yield frame({**told, "said": said}, buffers)


def _content(content: dict[str, Any], module: Module, simulation: Simulation[Any], language: str) -> bytes:
    start, buffers = result(module, simulation, language)
    message = {"kind": "content", "content": content, "vega": asset_name("vega"), "start": {"kind": "result", **start}}
    return frame(message, buffers)


KINDS: dict[str, Callable[[Module, Model, str, Fields], Iterator[bytes]]] = {
    "run": _run,
    "open": _open,
    "people": _people,
    "strategies": _strategies,
    "debrief": _debrief,
    "why": _why,
    "qr": _qr,
    "study": _study,
    "app": _app,
    "simulator": _simulator,
    # asked by the course itself alone: no address names it
    RECORDED: _recorded,
}
