"""Run with: marimo run marimo_app.py."""

import marimo

app = marimo.App()


@app.cell
def _():
    import json

    import marimo as mo

    from tests.benchmarks.peers.dashboard import figures, filled, parameters, run

    class Chart:
        """A specification as marimo takes it from Altair, without Altair's half a tenth of a second."""

        def __init__(self, specification):
            self.specification = specification

        def _mime_(self):
            return "application/vnd.vegalite.v6+json", json.dumps(self.specification)

    def charted(result):
        return Chart(filled(result))

    sliders = mo.ui.dictionary(
        {
            name: mo.ui.slider(low, high, step, start, label=name)
            for name, (low, high, start, step) in parameters().items()
        }
    )
    mo.vstack([mo.md("# The expectation gap"), *sliders.values()])
    return charted, figures, mo, run, sliders


@app.cell
def _(charted, figures, mo, run, sliders):
    result = run(sliders.value)
    mo.vstack([charted(result), mo.md(figures(result))])


if __name__ == "__main__":
    app.run()
