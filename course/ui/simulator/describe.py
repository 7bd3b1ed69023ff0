"""A simulation in words and numbers, in one language, as the page needs it to draw the controls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from course.charts.views import split_views
from course.i18n import HTML_LANG, N_, NAMES, Text, translator
from course.manifest import Module
from course.markup import mathml
from course.simulations import Simulation, Slider
from course.simulations.base import LARGEST_SEED, SEED_HELP
from course.simulations.equations import mathml_with_places, spoken
from course.simulations.touchpoints import Journey
from course.ui.journey.words import journey_words
from course.ui.network import described_network
from course.ui.simulator.answers import REPEATS
from course.ui.simulator.scorecard import described as described_scorecard

WORDS = {
    "situations": N_("Situations"),
    "settings": N_("Settings"),
    "headline": N_("What happens"),
    "more_levers": N_("{group}: {count} more"),
    "levers_moved": N_("{count} moved"),
    "changed": N_("Changed from “{preset}”: {changes}. The story above tells of the start."),
    "list": N_("; "),
    "reset": N_("Reset {label}"),
    "reset_all": N_("Reset all"),
    "undo": N_("Undo"),
    "redo": N_("Redo"),
    "seed": N_("Seed"),
    "redraw": N_("Draw again"),
    "figures": N_("Figures"),
    "figure": N_("Figure"),
    "now": N_("Now"),
    "pinned": N_("Pinned"),
    "difference": N_("Difference"),
    "pin": N_("Pin this run to compare"),
    "unpin": N_("Remove the pinned run"),
    "at_start": N_("Before your changes"),
    "percentage_points": N_("percentage points"),
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
    "with_numbers": N_("With the numbers of this run"),
    "source": N_("Source"),
    "people": N_("Twenty people of this run"),
    "guest_reads": N_("No. {number}: {text}"),
    "why": N_("Why it moved: each change alone, from the start"),
    "why_together": N_("Together, beyond each alone"),
    "why_rounding": N_("By rounding"),
    "why_nothing": N_("Nothing is changed from the start, so nothing has moved."),
    "study": N_("Repeat with {count} other draws"),
    "study_cancel": N_("Cancel"),
    "study_progress": N_("Draws done"),
    "study_cancelled": N_("Cancelled. Draws until then: {done}."),
    "luck_dots": N_("Draws: {count}, one dot for {each}. Nine in ten lie between {low} and {high}."),
    "luck_bands": N_("Bands: nine draws in ten."),
    "study_result": N_("Average of {count} draws, ± its 95% interval"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "play_again": N_("From the start"),
    "play_replay": N_("Watch again"),
    "play_end": N_("Stop playing"),
    "play_place": N_("{over} of {all}"),
    "play_rests": N_(
        "While you play, you see what a manager knows by then. Codes, links and challenges wait until it is over; "
        "repeats are about runs whose settings stay as they are."
    ),
    "play_stays": N_("Stays as it was at the start while you play."),
    "play_over": N_("It is over. Play from the start to decide otherwise."),
    "play_why": N_("A played run has many settings, so no single change is to thank or to blame."),
    "scorecard": N_("Scorecard"),
    "scorecard_goals": N_("Challenges reached"),
    "scorecard_best": N_("the best"),
    "scorecard_one": N_("{name} is best at every horizon."),
    "scorecard_none": N_("None is best at every horizon: first say how far you look."),
    "keep": N_("Keep this run as {name}"),
    "keep_full": N_("Four are kept: remove one first"),
    "of_strategy": N_("{what}: {name}"),
    "strategy_show": N_("Show"),
    "strategy_drop": N_("Remove"),
    "strategy_played": N_("{preset}, played"),
    "strategy_changed": N_("{preset}, changed"),
    "debrief": N_("Debrief: what made the difference"),
    "debrief_how": N_(
        "What each part added, averaged over all orders in which the parts may come in (Shapley). "
        "The amounts of a column add up to the whole difference."
    ),
    "goals": N_("Challenges"),
    "goal_met": N_("Reached"),
    "goal_open": N_("Not yet"),
    "goal_done": N_("Challenge reached: {label}"),
    "goal_next": N_("Challenge {number}, {met} of {all} conditions met: {label}"),
    "goal_all": N_("All challenges reached."),
    "bet": N_("First your guess"),
    "bet_value": N_("My guess"),
    "bet_lock": N_("Lock in my guess"),
    "bet_skip": N_("Show me without a guess"),
    "bet_result": N_("You guessed {guess}. It is {answer}."),
    "bet_line_result": N_("On average, your line is off by {gap}."),
    "bet_answer": N_("What comes of it"),
    "bet_open": N_("no guess yet"),
    "bet_move_first": N_("Press the line where you guess, or move along it with the arrow keys; then lock in."),
    "bet_level_here": N_("How high will it be?"),
    "bet_draw_here": N_("Draw your line here"),
    "bet_draw": N_(
        "Draw with the mouse or a finger. By keyboard: ← and → choose a point, ↑ and ↓ move it, Delete takes it away."
    ),
    "bet_draw_first": N_("Draw at least two points, then lock in; what lies between them is joined."),
    "bet_not_drawn": N_("not drawn yet"),
    "bet_clear": N_("Clear the line"),
    "starting": N_("Starting the simulation …"),
    "busy": N_("Still computing …"),
    "silent": N_(
        "The simulation does not answer. Your settings are kept in this browser. "
        "In a notebook: run this one cell again (Shift+Enter). If it still does not answer: menu Kernel, "
        "Restart Kernel and Run All Cells. On an app page: reload the page."
    ),
    "dead": N_(
        "The kernel behind this simulation has stopped, or was started again and has forgotten it. "
        "The last picture stays, and your settings are kept in this browser. "
        "In a notebook: menu Run, Run All Cells; if no cell runs: menu Kernel, Restart Kernel and Run All Cells. "
        "On an app page: reload the page."
    ),
    "lost": N_(
        "The connection to the simulation is broken; it is being restored. "
        "The last picture stays, and your settings are kept in this browser."
    ),
    "nearest": N_(
        "Nobody recorded these settings. This is the nearest recorded run: {changes}. "
        "For any settings, start the course on a computer with the command “course”."
    ),
    "nearest_play": N_("the same period, with the levers left as they were at the start"),
    "no_record": N_(
        "These pages hold recorded runs, and none that answers this. Start the course on a computer with the command "
        "“course”, and ask there."
    ),
    "recorded_study": N_(
        "To repeat this run with 200 other draws, start the course on a computer with the command “course”: "
        "these pages hold recorded runs only."
    ),
    "recorded_scorecard": N_(
        "To compare strategies of your own side by side, start the course on a computer with the command “course”: "
        "these pages hold recorded runs only."
    ),
    "recorded_why": N_("What each change does alone was not recorded for these settings."),
    "reload": N_("Reload the page"),
    "other_tab": N_(
        "This simulation is also open in another tab, with other settings. Nothing is lost: each tab goes on."
    ),
    "take_other": N_("Use the other tab's settings"),
    "keep_mine": N_("Keep mine"),
    "not_kept": N_("This browser does not let us keep your settings. Use “Copy link” to save them."),
    "no_chart": N_("The charts could not be loaded; the figures and tables still work. Reload the page to try again."),
}


def _play(model: type[Simulation[Any]], language: str) -> dict[str, Any] | None:
    words, time = model.words().play, model.calendar
    if words is None or time is None:
        return None
    said = {"offer": words.offer[language], "next": words.next[language]}
    return {**said, "periods": time.periods, "levers": [*time.levers], "known": [*time.known]}


def describe(model: type[Simulation[Any]], module: Module, language: str, *, slot: str = "") -> dict[str, Any]:
    """Return everything the page needs to draw `model` in `language`. JSON-ready.

    `slot` tells several simulators of one module apart, for the browser's memory.
    """
    _, words = translator(language), model.words()

    def said(text: Text | None) -> str:
        return text[language] if text else ""

    return {
        "module": module.number,
        "slot": f"{module.number}{f'.{slot}' if slot else ''}",
        "language": language,
        "html_lang": HTML_LANG[language],
        "language_names": NAMES,
        "words": {key: _(text) for key, text in WORDS.items()},
        "title": said(words.title),
        "note": said(words.note),
        "app": f"explore/{module.id}",
        "parameters": [
            {
                "name": name,
                "label": said(words.parameters[name].label),
                "unit": said(words.parameters[name].unit),
                "help": said(words.parameters[name].help),
                "group": said(words.parameters[name].group),
                "open": words.parameters[name].open,
                "start": trait.default_value,
                **limits,
            }
            for name, trait, limits in _settings(model, language)
        ],
        "largest_seed": LARGEST_SEED,
        "study_repeats": REPEATS,
        "seed_help": _(SEED_HELP),
        "metrics": [
            {
                "key": metric.key,
                "label": said(metric.label),
                "unit": said(metric.unit),
                "digits": metric.digits,
                "percent": metric.percent,
                "equation": mathml(spoken(metric.equation, model.words().formula, language)) if metric.equation else "",
                "filled": mathml_with_places(metric.equation, metric.symbols) if metric.symbols else "",
                "counted": said(metric.counted),
                "source": said(metric.source),
                "help": said(metric.help),
                "better": metric.better,
                "never": {"from": metric.never, "word": _("never")} if metric.never is not None else None,
            }
            for metric in words.metrics
        ],
        "people": {kind: said(person.label) for kind, person in words.people.items()},
        "idle": {key: said(reason) for key, reason in words.idle.items()},
        "presets": [
            {
                "key": preset.key,
                "label": said(preset.label),
                "story": said(preset.story),
                "values": preset.values,
                "play": preset.play,
            }
            for preset in words.presets
        ],
        "goals": [
            {
                "key": goal.key,
                "label": said(goal.label),
                "insight": said(goal.insight),
                "conditions": [
                    {"name": model.label(key, language), "key": key, "sign": sign, "bound": bound}
                    for key, sign, bound in goal.conditions
                ],
            }
            for goal in words.goals
        ],
        "bets": [
            {
                "key": bet.key,
                "preset": bet.preset,
                "metric": bet.metric,
                "question": said(bet.question),
                "terms": [{"name": said(term.name), "meaning": said(term.meaning)} for term in bet.terms],
                "low": bet.low,
                "high": bet.high,
                "step": bet.step,
                "reveal": said(bet.reveal),
                "path": {**asdict(bet.path), "x": said(bet.path.x), "y": said(bet.path.y)} if bet.path else None,
            }
            for bet in words.bets
        ],
        "play": _play(model, language),
        "scorecard": described_scorecard(model, language),
        "network": described_network(model, language),
        "columns": {name: said(label) for name, label in words.columns.items()},
        "texts": _texts(model, language),
        "tables": {name: said(label) for name, label in words.tables.items()},
        "views": split_views({"vconcat": model.views(language)}),
    }


def _settings(model: type[Simulation[Any]], language: str) -> Iterator[tuple[str, Slider | Journey, dict[str, Any]]]:
    """Yield what can be set: name, trait, and what the page needs to know of its values."""
    for name, journey in model.journeys().items():
        yield name, journey, {"journey": journey_words(model.words().touchpoints, language)}
    for name, slider in model.parameters().items():
        yield name, slider, {"low": slider.low, "high": slider.high, "step": slider.step}


def _texts(model: type[Simulation[Any]], language: str) -> dict[str, dict[str, str]]:
    """Return what the texts of each table are called: the names in the pictures that draw it."""
    captions = model.words().pictures
    texts: dict[str, dict[str, str]] = {}
    for key, picture in model.draw().items():
        for layer in picture.layers:
            named = {name: text[language] for name, text in captions[key].names.items()}
            texts.setdefault(layer.frame, {}).update(named)
    return texts
