"""Run with: panel serve panel_app.py."""

import panel as pn

from tests.benchmarks.peers.dashboard import figures, filled, parameters, run

pn.extension("vega")
sliders = {
    name: pn.widgets.FloatSlider(name=name, start=low, end=high, value=start, step=step)
    for name, (low, high, start, step) in parameters().items()
}
result = run({name: slider.value for name, slider in sliders.items()})
# rows in their places: Panel never changes rows that a specification has by name (pane/vega.py, _get_sources)
view = pn.pane.Vega(filled(result))
table = pn.pane.Markdown(figures(result))


def _show(**values: float) -> None:
    result = run(values)
    view.object = filled(result)
    table.object = figures(result)


pn.bind(_show, watch=True, **sliders)
pn.Column("# The expectation gap", *sliders.values(), view, table).servable()
