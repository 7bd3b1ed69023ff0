"""The simulator: any `Simulation`, drawn once, then moved by sending new columns into the same picture."""

from __future__ import annotations

from functools import partial
from typing import Any

from traitlets import TraitError

from course.manifest import Module
from course.simulations import Simulation, simulation_class
from course.simulations.codes import encode_run
from course.ui.base import CourseWidget
from course.ui.protocol import protocol
from course.ui.simulator.answers import asked, decoded, people, result
from course.ui.simulator.describe import describe
from course.ui.simulator.link_code import qr
from course.ui.simulator.scorecard import debriefed, strategies
from course.ui.simulator.study import Study
from course.ui.simulator.why import Why

PROTOCOL = protocol("simulator")
# what is asked beside the run, and ends no study
ASIDES = ("foresee", "why", "people", "strategies", "debrief", "qr")


class Conversation:
    """Answers the page's messages about one simulation: run these values, read this code, speak this language."""

    def __init__(self, widget: CourseWidget, module: Module, *, preset: str = "") -> None:
        self.widget, self.module = widget, module
        self.model: type[Simulation[Any]] = simulation_class(module)
        self.simulation = self.model.from_preset(preset) if preset else self.model()
        self.language: str = widget.content["language"]
        self._study: Study | None = None
        self._why: Why | None = None

    def handle(self, message: dict[str, Any]) -> None:
        """Answer one message; whatever the page sent, the answer is a result or a problem in words.

        `run` sets values and runs them; `set` only sets them, for the page knows the result; `foresee` only runs them.
        """
        kind = message.get("kind")
        if not PROTOCOL.knows(kind):
            return
        if self._study and kind not in ASIDES:
            self._study.cancel()
            self._study = None
        if kind == "study":
            self._study = Study(self.simulation, self.language, partial(self._tell, "study"))
        if self._why and (kind == "why" or kind not in ASIDES):
            self._why.cancel()
            self._why = None
        if kind in ("study", "study_cancel"):
            return
        try:
            # a new object, so that a bad value in the middle leaves the old settings whole
            if kind == "why":
                return self._explain(message)
            if kind in ("people", "strategies", "debrief", "qr"):
                return self._beside(str(kind), message)
            wanted = self._opened(message) if kind == "open" else self._asked(message)
        except TraitError as error:
            self._send("problem", number=message.get("number"), message=str(error))
            return
        # what is played is not handed in: a notebook's own code stays that of what was set before
        if kind != "foresee" and wanted.decisions is None:
            self.simulation = wanted
        if kind != "set":
            self._answer(message, wanted)

    def speak(self, language: str) -> None:
        """Speak `language` from the next answer on."""
        self.language = language

    def _send(self, kind: str, buffers: list[bytes] | None = None, **message: Any) -> None:
        self.widget.send({"kind": kind, **PROTOCOL.checked(kind, message)}, buffers=buffers)

    def _explain(self, message: dict[str, Any]) -> None:
        before = self._asked({"values": message.get("before"), "seed": message.get("before_seed", 1)})
        number = message.get("number")
        self._why = Why(before, self._asked(message), lambda found: self._send("why", number=number, **found))

    def _beside(self, kind: str, message: dict[str, Any]) -> None:
        number = message.get("number")
        if kind == "strategies":
            kept, buffers = strategies(self.module.number, message.get("kept"))
            return self._send(kind, buffers, **kept)
        if kind == "qr":
            return self._send(kind, None, **qr(message.get("text")))
        wanted = self._asked(message)
        if kind == "debrief":
            return self._send(kind, number=number, **debriefed(wanted, self.language))
        self._send(kind, number=number, people=people(wanted, self.language))

    def _tell(self, kind: str, message: dict[str, Any], buffers: list[bytes]) -> None:
        self._send(kind, buffers, **message)

    def _asked(self, message: dict[str, Any]) -> Simulation[Any]:
        return asked(self.model, message.get("values"), message.get("seed", 1), message.get("decisions"))

    def _opened(self, message: dict[str, Any]) -> Simulation[Any]:
        if message.get("code"):
            return decoded(self.module, message["code"])
        return self.model.from_preset(str(message["preset"])) if message.get("preset") else self.simulation

    def _answer(self, message: dict[str, Any], simulation: Simulation[Any]) -> None:
        fields, buffers = result(self.module, simulation, self.language)
        self._send("result", buffers, number=message.get("number"), **fields)


class Simulator(CourseWidget):
    """The simulator of one module, opened in the situation `preset`; `TraitError` if there is none of that name."""

    def __init__(self, module: Module, language: str, *, preset: str = "") -> None:
        model = simulation_class(module)
        content = describe(model, module, language, slot=preset)
        content["preset"] = preset or model.words().presets[0].key
        super().__init__(part="simulator", content=content)
        self._conversation = Conversation(self, module, preset=preset)

    def handle(self, message: dict[str, Any]) -> None:
        """Pass the page's messages on."""
        self._conversation.handle(message)

    @property
    def simulation(self) -> Simulation[Any]:
        """The simulation as it is set now."""
        return self._conversation.simulation

    def export(self) -> str:
        """Return the run code of the simulation as it is set now, for the assignment."""
        return encode_run(self._conversation.module.number, self.simulation)
