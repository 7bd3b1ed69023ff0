"""What an instructor reads about an assignment as tables: tasks, frequent wrong answers, conspicuous pairs."""

from __future__ import annotations

from course.grading.assignment.taskbook import tasks
from course.grading.telling.overview import Overview
from course.i18n import translator


def tables(found: Overview, language: str) -> dict[str, list[tuple[object, ...]]]:
    """Return what the dashboard shows as tables by file name: heads first, figures as text."""
    _ = translator(language)
    titles = {task.id: task.title for task in tasks(found.module, language)}
    heads = (_("Task"), _("Answered by"), _("Difficulty"), _("Discrimination"), _("Upper − lower 27%"))
    figures = ("difficulty", "discrimination", "upper_lower")
    rows = [
        (titles.get(task, task), int(row["answers"]), *(_two(float(row[name])) for name in figures))
        for task, row in zip(map(str, found.items.index), found.items.to_dict("records"), strict=True)
    ]
    wrong = [
        (titles[task], count, said.say(language)) for task, outcomes in found.wrong.items() for said, count in outcomes
    ]
    pairs = [(pair.one, pair.other, pair.shared, f"{pair.share:.0%}") for pair in found.pairs]
    return {
        "tasks": [heads, *rows],
        "wrong-answers": [(_("Task"), _("How many"), _("What the test said")), *wrong],
        "similar-pairs": [
            (_("One"), _("The other"), _("Unusual pieces shared"), _("Share of the shorter one")),
            *pairs,
        ],
    }


def _two(figure: float) -> str:
    return "–" if figure != figure else f"{figure:.2f}".replace("-", "−")
