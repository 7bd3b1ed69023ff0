"""What every notebook of the course imports, imported once: the warm process that kernels are forked from calls `warm`.

It stands above everything that it names, and nobody imports it: `pyproject.toml` gives its name to the fork server, as the
entry point of the group `course.kernel.warmup`.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from course.i18n import LANGUAGES, translator
from course.manifest import syllabus
from course.simulations.registry import simulation_class

MODULES = (
    "numpy.random",
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "altair",
    "ipywidgets",
    "anywidget",
    "course.notebook",
    "course.answers",
    "course.grading.running.examiner",
    "course.datasets",
    "course.charts.theme",
    "course.questions",
    "course.lesson",
    "course.ui.app",
    "course.ui.chart",
    "course.ui.problems",
    "course.ui.prediction.widget",
    "course.ui.quiz.widget",
    "course.ui.simulator",
    "course.ui.writing.widget",
)


def warm() -> None:
    """Import everything; what an author has broken is left to the kernel that asks for it, which says so."""
    for name in MODULES:
        with suppress(ImportError):
            import_module(name)
    for language in LANGUAGES:
        translator(language)
    for module in syllabus().simulated:
        with suppress(ImportError, LookupError, ValueError):
            simulation_class(module).words()
