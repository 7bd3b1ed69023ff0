"""The instructor's dashboard: what a class's points tell, on the instructor's own machine and nowhere else."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

from course.charts.theme import use_theme
from course.charts.views import split_views
from course.grading import DESK_VARIABLE, FOLDER_VARIABLE, FORMGRADER_VARIABLE
from course.grading.assignment.status import STATUSES, Status
from course.grading.book.results import GRADEBOOK, statuses
from course.grading.desk.answers import questions
from course.grading.telling.overview import Overview, overview
from course.grading.telling.tables import tables
from course.i18n import HTML_LANG, LANGUAGES, N_, NAMES, current_language, translator, use_language
from course.manifest import Module, syllabus
from course.paths import ROOT
from course.ui.app import WORDS as PAGE_WORDS
from course.ui.base import CourseWidget
from course.ui.chart import WORDS as CHART_WORDS

BINS = 10
MOST_ROWS = 100
WORDS = {
    "assignment": N_("Assignment"),
    "again": N_("Read again"),
    "reading": N_("Reading …"),
    "formgrader": N_("Open formgrader"),
    "desk": N_("Mark written answers"),
    **PAGE_WORDS,
    **CHART_WORDS,
}
TITLE = N_("How the class did")
LEAD = N_("Points, tasks, frequent mistakes and hand-ins that are much alike. Only your own server shows this page.")
PARTS = (
    (
        "tasks",
        N_("Tasks"),
        N_(
            "Difficulty is the mean share of the points: 1 is easy, 0 is hard. Discrimination is the correlation with the "
            "points of all other tasks; below 0.2, look at the task. The last column compares the best 27% of the class "
            "with the weakest 27%. Both need ten learners."
        ),
        N_("No task has been marked yet."),
    ),
    (
        "wrong-answers",
        N_("Frequent wrong answers"),
        N_("What the tests said most often. Nobody is named."),
        N_("No test has found anything wrong."),
    ),
    (
        "similar-pairs",
        N_("Much alike"),
        N_(
            "Pairs that share at least twelve runs of words or code that hardly anybody else wrote, and at least 60% of "
            "what the shorter one has of them. Exercise and model solution do not count. A reason to look at both, and "
            "no proof: people who learn together write alike."
        ),
        N_("No pair stands out."),
    ),
)


class Dashboard(CourseWidget):
    """The page. It reads `root`, by default the course folder, and writes nothing."""

    def __init__(self, root: Path | None = None) -> None:
        use_theme()
        self._root = root or Path(os.environ.get(FOLDER_VARIABLE) or ROOT)
        self._known: dict[str, Overview] = {}
        self._turn = 0
        graded = {path.parent.name for path in (self._root / "autograded").glob("*/*/exercise.ipynb")}
        ready = syllabus().graded
        self._module = next((module for module in ready if module.id in graded), ready[0])
        super().__init__(part="dashboard", content=self._content(current_language()))

    def handle(self, message: dict[str, Any]) -> None:
        """Change the language, show another assignment, or read everything again."""
        asked = message.get("language")
        if message.get("kind") == "language" and asked in LANGUAGES:
            use_language(str(asked))
        elif message.get("kind") == "assignment":
            wanted = [module for module in syllabus().graded if module.id == message.get("id")]
            self._module = wanted[0] if wanted else self._module
        elif message.get("kind") == "again":
            self._known = {}
        else:
            return
        # an equal content would not reach the page, which waits for it
        self._turn += 1
        self.content = self._content(current_language())

    def _content(self, language: str) -> dict[str, Any]:
        _ = translator(language)
        found = self._known.get(self._module.id) or overview(self._root, self._module)
        self._known[self._module.id] = found
        shown = (
            _filled(found, self._root, language) if len(found.results.scores) else {"empty": self._nothing(language)}
        )
        return {
            "language": language,
            "html_lang": HTML_LANG[language],
            "language_names": NAMES,
            "course": syllabus().title[language],
            "number": _("For instructors"),
            "title": _(TITLE),
            "lead": _(LEAD),
            "words": {key: _(text) for key, text in WORDS.items()},
            "assignments": [{"id": one.id, "title": _name(one, language)} for one in syllabus().graded],
            "chosen": self._module.id,
            "turn": self._turn,
            "formgrader": bool(os.environ.get(FORMGRADER_VARIABLE)),
            "desk": self._question(),
            **shown,
        }

    def _question(self) -> str:
        """Return the first question of the assignment that a person reads; none where there is no marking desk."""
        own = (one.id for one in questions() if one.module.id == self._module.id)
        return next(own, "") if os.environ.get(DESK_VARIABLE) else ""

    def _nothing(self, language: str) -> list[str]:
        _ = translator(language)
        if not (self._root / GRADEBOOK).is_file():
            return [
                _("There is no gradebook in {folder} yet.").format(folder=self._root),
                _("Put hand-ins into submitted/<id>/{module}/exercise.ipynb and run: course grade {module}").format(
                    module=self._module.id
                ),
            ]
        message = _("Nobody has been graded in {module} yet. Run: course grade {module}")
        return [message.format(module=self._module.id)]


def _name(module: Module, language: str) -> str:
    return f"{module.number} · {module.title[language]}"


def _filled(found: Overview, root: Path, language: str) -> dict[str, Any]:
    """Return everything below the choice of the assignment."""
    _ = translator(language)
    totals, out_of = found.results.totals, float(found.results.out_of.sum())
    figures = [
        (_("Graded"), str(len(totals))),
        (_("Mean"), f"{totals.mean():.1f} / {out_of:g}"),
        (_("Median"), f"{totals.median():.1f}"),
        (_("Waiting to be read"), str(int(found.results.waiting.sum()))),
    ]
    ended = Counter(statuses(root, found.module).values())
    figures += [(_(STATUSES[name]), str(ended[name])) for name in STATUSES if ended[name] and name != Status.GRADED]
    contents = tables(found, language)
    message = _("{name}: the first {shown} of {all} are shown; course report writes them all.")
    notices = [
        message.format(name=_(title), shown=MOST_ROWS, all=len(contents[name]) - 1)
        for name, title, _note, _none in PARTS
        if len(contents[name]) - 1 > MOST_ROWS
    ]
    chart = _histogram(totals.tolist(), out_of, language)
    return {
        "figures": figures,
        "notices": notices,
        "views": split_views(chart),
        "chart_label": _("How many learners have how many points"),
        "tables": [
            {
                "title": _(title),
                "note": _(note),
                "none": _(none),
                "heads": contents[name][0],
                "rows": [[str(cell) for cell in row] for row in contents[name][1 : MOST_ROWS + 1]],
            }
            for name, title, note, none in PARTS
        ],
    }


def _histogram(totals: list[float], out_of: float, language: str) -> dict[str, Any]:
    import altair as alt
    import pandas as pd

    _ = translator(language)
    wide = out_of / BINS
    counts = Counter(min(int(points / wide), BINS - 1) for points in totals)
    rows = pd.DataFrame(
        {"low": number * wide, "high": (number + 1) * wide, "learners": counts[number]} for number in range(BINS)
    )
    chart = (
        alt.Chart(rows, title=_("How many learners have how many points"), height=200)
        .mark_bar(color="var(--chart-above)")
        .encode(
            x=alt.X("low:Q", title=_("points"), bin="binned", scale=alt.Scale(domain=[0, out_of])),
            x2="high:Q",
            y=alt.Y("learners:Q", title=_("learners"), axis=alt.Axis(tickMinStep=1)),
        )
    )
    found: dict[str, Any] = chart.to_dict()
    return found
