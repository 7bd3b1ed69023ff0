"""What a notebook calls: begin, simulator, predict, guess, quiz, dialogue, app, survey_tool, read_run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.given import use_variant
from course.i18n import Translate, gettext, translator, use_language
from course.manifest import Module, syllabus

if TYPE_CHECKING:
    from course.questions import Questions
    from course.simulations import Simulation
    from course.ui.app import App
    from course.ui.dialogue import CallWidget
    from course.ui.prediction.widget import Prediction
    from course.ui.quiz.widget import Quiz
    from course.ui.simulator import Simulator
    from course.ui.tools import ToolWidget
    from course.ui.writing.widget import WritingField


class NotBegunError(RuntimeError):
    """Raised where a notebook's first cell has not been run; the message says so."""

    def __init__(self) -> None:
        super().__init__(gettext("Run the first code cell of this notebook first: it calls course.begin(…)."))


@dataclass
class _Session:
    module: Module
    language: str
    predictions: dict[str, Prediction]


_session: _Session | None = None


def _begun() -> _Session:
    if _session is None:
        raise NotBegunError
    return _session


def begin(module_id: str, language: str, variant: str = "") -> Translate:
    """Open a notebook of the course: set module and language, draw charts offline; return the translator `_`.

    `variant` stands in assignments that give each learner their own numbers.
    Raises `UnknownLanguageError` and `ManifestError`, which name the cure.
    """
    global _session
    use_language(language)
    use_variant(variant)
    module = syllabus().module(module_id)
    from course.ui.chart import use_in_notebook
    from course.ui.problems import speak_plainly
    from course.ui.ticks import say_passed

    say_passed(module, language)
    speak_plainly(NotBegunError)
    use_in_notebook()
    title = gettext("✓ “{title}” is open. Now run the boxes below, one after the other.")
    print(title.format(title=module.title[language]))
    _session = _Session(module=module, language=language, predictions={})
    return translator(language)


def asked() -> tuple[Questions, str]:
    """Return what the open module asks and says, and the language. `NotBegunError`, `QuestionsError`."""
    from course.questions import questions

    session = _begun()
    return questions(session.module), session.language


def simulator(preset: str = "") -> Simulator:
    """Show this module's simulator, in the situation `preset`."""
    from course.ui.simulator import Simulator

    session = _begun()
    return Simulator(session.module, session.language, preset=preset)


def predict(key: str) -> Prediction:
    """Show the question `key` of this module's questions.toml and keep the learner's guess."""
    from course.ui.prediction.widget import Prediction

    session = _begun()
    prediction = asked()[0].prediction(key)
    session.predictions[key] = Prediction(prediction, session.module.id, session.language)
    return session.predictions[key]


def guess(key: str) -> float | None:
    """Return the guess locked in under `key`, or None while there is none."""
    shown = _begun().predictions.get(key)
    return None if shown is None else shown.guess


def write(key: str) -> WritingField:
    """Show the field for the writing `key` of this module's questions.toml; its text stays in browser and notebook."""
    from course.ui.writing.widget import WritingField

    session = _begun()
    return WritingField(asked()[0].writing(key), session.module.id, session.language)


def written(key: str) -> WritingField:
    """Show again what the learner wrote under `key`, where it is compared."""
    from course.ui.writing.widget import WritingField

    session = _begun()
    return WritingField(asked()[0].writing(key), session.module.id, session.language, again=True)


def quiz() -> Quiz:
    """Show this module's quiz."""
    from course.ui.quiz.widget import Quiz

    session = _begun()
    return Quiz(asked()[0].items, session.module.id, session.language)


def dialogue(key: str) -> CallWidget:
    """Show the call `key` of this module's dialogue.toml, to take part in. `DialogueError` where there is none."""
    from course.ui.dialogue import CallWidget

    return CallWidget(_begun().module, key, _begun().language)


def app(module_id: str) -> App:
    """Show the dashboard of a module. Its language follows the page: the query string, else the browser."""
    from course.ui.app import App

    return App(syllabus().module(module_id))


def survey_tool() -> ToolWidget:
    """Show the tool that analyses a survey of the learner's own, in the language in use."""
    from course.ui.tools import ToolWidget

    return ToolWidget("survey")


def read_run(code: Any) -> Simulation[Any]:
    """Return the simulation that a run code describes. `TraitError`, in the learner's language, if it describes none."""
    from course.simulations.codes import decode_run

    return decode_run(code)[1]
