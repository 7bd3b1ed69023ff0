"""Run with: panel serve panel_bokeh_app.py. The same charts as Bokeh's, whose data Panel can change in place."""

import panel as pn
from bokeh.models import ColumnDataSource, NumeralTickFormatter
from bokeh.plotting import figure

from course.simulations.m01_expectation_gap import Group
from course.simulations.run import Run
from tests.benchmarks.peers.dashboard import colours, figures, parameters, run

pn.extension()


def _columns(run: Run) -> dict[str, dict[str, list]]:
    frames = dict(run.frames)
    guests = frames["guests"]
    top = guests.groupby("gap_from")["share"].cumsum()
    paint = {str(name): colours()[f"chart-{name}"] for name in Group}
    frames["guests"] = guests.assign(top=top, bottom=top - guests["share"], colour=guests["group"].map(paint))
    frames["money"] = frames["money"].assign(colour=frames["money"]["group"].map(paint))
    return {name: frame.to_dict("list") for name, frame in frames.items()}


sliders = {
    name: pn.widgets.FloatSlider(name=name, start=low, end=high, value=start, step=step)
    for name, (low, high, start, step) in parameters().items()
}
result = run({name: slider.value for name, slider in sliders.items()})
sources = {name: ColumnDataSource(columns) for name, columns in _columns(result).items()}
plain = {"width": 400, "toolbar_location": None, "tools": ""}
guests = figure(height=230, x_range=(-60, 60), title="How big each guest's gap is", **plain)
guests.quad("gap_from", "gap_to", "top", "bottom", source=sources["guests"], color="colour", legend_field="group")
guests.vspan(0, line_dash="dashed")
guests.yaxis.formatter = NumeralTickFormatter(format="0%")
feeling = figure(height=180, x_range=(-60, 60), title="How such a gap feels", **plain)
feeling.line("gap", "felt", source=sources["feeling"], line_width=3)
money = figure(height=110, y_range=(-1, 1), title="What the money went into", **plain)
money.hbar(0, height=1, left="from", right="to", source=sources["money"], color="colour")
curve = figure(height=210, title="What money buys (the dot is you)", **plain)
curve.line("cost", "satisfaction", source=sources["curve"], line_width=3)
curve.scatter("cost", "satisfaction", source=sources["now"], size=12, color=colours()["chart-below"])
table = pn.pane.Markdown(figures(result))


def _show(**values: float) -> None:
    result = run(values)
    for name, columns in _columns(result).items():
        sources[name].data = columns
    table.object = figures(result)


pn.bind(_show, watch=True, **sliders)
pn.Column("# The expectation gap", *sliders.values(), guests, feeling, money, curve, table).servable()
