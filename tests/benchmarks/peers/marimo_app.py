"""Run with: marimo run marimo_app.py."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from tests.benchmarks.peers.dashboard import parameters, picture

    sliders = mo.ui.dictionary(
        {
            name: mo.ui.slider(low, high, step, start, label=name)
            for name, (low, high, start, step) in parameters().items()
        }
    )
    mo.vstack([mo.md("# The expectation gap"), *sliders.values()])
    return mo, picture, sliders


@app.cell
def _(mo, picture, sliders):
    chart, metrics = picture(sliders.value)
    mo.vstack([chart, mo.md("\n".join(f"- {name}: {value:.2f}" for name, value in metrics.items()))])


if __name__ == "__main__":
    app.run()
