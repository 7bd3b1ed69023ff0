"""Run with: panel serve panel_app.py."""

import panel as pn

from tests.benchmarks.peers.dashboard import parameters, picture

pn.extension("vega")
sliders = {
    name: pn.widgets.FloatSlider(name=name, start=low, end=high, value=start, step=step)
    for name, (low, high, start, step) in parameters().items()
}
chart, metrics = picture({name: slider.value for name, slider in sliders.items()})
view = pn.pane.Vega(chart.to_dict(validate=False))
table = pn.pane.Markdown()


def _show(**values: float) -> None:
    chart, metrics = picture(values)
    view.object = chart.to_dict(validate=False)
    table.object = "\n".join(f"- {name}: {value:.2f}" for name, value in metrics.items())


pn.bind(_show, watch=True, **sliders)
_show(**{name: slider.value for name, slider in sliders.items()})
pn.Column("# The expectation gap", *sliders.values(), view, table).servable()
