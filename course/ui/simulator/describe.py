"""A simulation in words and numbers, in one language, as the page needs it to draw the controls."""

from __future__ import annotations

from functools import cache
from typing import Any

from course.charts.views import split_views
from course.i18n import HTML_LANG, N_, NAMES, translator
from course.manifest import Module
from course.simulations import Simulation
from course.simulations.base import LARGEST_SEED
from course.ui.simulator.study import REPEATS

WORDS = {
    "situations": N_("Situations"),
    "settings": N_("Settings"),
    "reset": N_("Reset {label}"),
    "reset_all": N_("Reset all"),
    "undo": N_("Undo"),
    "redo": N_("Redo"),
    "seed": N_("Seed"),
    "redraw": N_("Draw other guests"),
    "figures": N_("Figures"),
    "figure": N_("Figure"),
    "now": N_("Now"),
    "pinned": N_("Pinned"),
    "difference": N_("Difference"),
    "pin": N_("Pin this run to compare"),
    "unpin": N_("Remove the pinned run"),
    "pinned_chart": N_("The pinned run"),
    "table": N_("Show the data as tables"),
    "csv": N_("Download CSV: {name}"),
    "table_of": N_("Table: {name}"),
    "more_rows": N_("The first {shown} of {all} rows; the download has them all."),
    "share": N_("Copy link"),
    "code": N_("Copy run code"),
    "copied": N_("Copied."),
    "copy_by_hand": N_("Select and copy this:"),
    "equation": N_("Equation and source"),
    "equation_of": N_("Equation and source: {label}"),
    "source": N_("Source"),
    "study": N_("Repeat with {count} other draws"),
    "study_cancel": N_("Cancel"),
    "study_progress": N_("Draws done"),
    "study_cancelled": N_("Cancelled. Draws until then: {done}."),
    "study_result": N_("Average of {count} draws, ± its 95 % interval"),
    "goals": N_("Challenges"),
    "goal_met": N_("Reached"),
    "goal_open": N_("Not yet"),
    "goal_done": N_("Challenge reached: {label}"),
    "bet": N_("First your guess"),
    "bet_value": N_("My guess"),
    "bet_lock": N_("Lock in my guess"),
    "bet_skip": N_("Show me without a guess"),
    "bet_result": N_("You guessed {guess}. It is {answer}."),
    "starting": N_("Starting the simulation …"),
    "busy": N_("Still computing …"),
    "silent": N_(
        "The simulation does not answer. Your settings are kept in this browser. "
        "In a notebook: menu Kernel, Restart Kernel, then run the cells again. On an app page: reload the page."
    ),
    "dead": N_(
        "The kernel behind this simulation has stopped. "
        "The last picture stays, and your settings are kept in this browser. "
        "In a notebook: menu Kernel, Restart Kernel, then run the cells again. On an app page: reload the page."
    ),
    "lost": N_(
        "The connection to the simulation is broken; it is being restored. "
        "The last picture stays, and your settings are kept in this browser."
    ),
    "reload": N_("Reload the page"),
    "other_tab": N_(
        "This simulation is also open in another tab, with other settings. Nothing is lost: each tab goes on."
    ),
    "take_other": N_("Use the other tab's settings"),
    "keep_mine": N_("Keep mine"),
    "not_kept": N_("This browser does not let us keep your settings. Use “Copy link” to save them."),
    "no_chart": N_("The charts could not be loaded; the figures and tables still work. Reload the page to try again."),
}


@cache
def mathml(equation: str) -> str:
    """Return a LaTeX equation as MathML, which browsers draw without any library."""
    from latex2mathml.converter import convert

    return str(convert(equation)) if equation else ""


def describe(model: type[Simulation], module: Module, language: str, *, slot: str = "") -> dict[str, Any]:
    """Return everything the page needs to draw `model` in `language`. JSON-ready.

    `slot` tells several simulators of one module apart, for the browser's memory.
    """
    _ = translator(language)
    parameters = model.parameters()
    names = {name: _(trait.label) for name, trait in parameters.items()} | {m.key: _(m.label) for m in model.metrics}
    return {
        "module": module.number,
        "slot": f"{module.number}{f'.{slot}' if slot else ''}",
        "language": language,
        "html_lang": HTML_LANG[language],
        "language_names": NAMES,
        "words": {key: _(text) for key, text in WORDS.items()},
        "title": _(model.title),
        "note": _(model.note),
        "app": f"voila/render/lessons/{module.id}/app.ipynb",
        "parameters": [
            {
                "name": name,
                "label": _(trait.label),
                "unit": _(trait.unit),
                "help": _(trait.help_text),
                "group": _(trait.group),
                "low": trait.low,
                "high": trait.high,
                "step": trait.step,
                "start": trait.default_value,
            }
            for name, trait in parameters.items()
        ],
        "largest_seed": LARGEST_SEED,
        "study_repeats": REPEATS,
        "seed_help": _(model.seed.help_text),
        "metrics": [
            {
                "key": metric.key,
                "label": _(metric.label),
                "unit": _(metric.unit),
                "digits": metric.digits,
                "percent": metric.percent,
                "equation": mathml(metric.equation),
                "source": _(metric.source),
                "help": _(metric.help),
                "better": metric.better,
            }
            for metric in model.metrics
        ],
        "presets": [
            {"key": preset.key, "label": _(preset.label), "story": _(preset.story), "values": preset.values}
            for preset in model.presets
        ],
        "goals": [
            {
                "key": goal.key,
                "label": _(goal.label),
                "insight": _(goal.insight),
                "conditions": [
                    {"name": names[key], "key": key, "sign": sign, "bound": bound}
                    for key, sign, bound in goal.conditions
                ],
            }
            for goal in model.goals
        ],
        "bets": [
            {
                "key": bet.key,
                "preset": bet.preset,
                "metric": bet.metric,
                "question": _(bet.question),
                "low": bet.low,
                "high": bet.high,
                "step": bet.step,
                "reveal": _(bet.reveal),
            }
            for bet in model.bets
        ],
        "columns": {name: _(label) for name, label in model.columns.items()},
        "tables": {name: _(label) for name, label in model.tables.items()},
        "views": split_views(model().chart(_).to_dict(validate=False)),
    }
