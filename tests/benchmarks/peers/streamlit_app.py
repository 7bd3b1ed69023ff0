"""Run with: streamlit run streamlit_app.py."""

import streamlit as st

from tests.benchmarks.peers.dashboard import parameters, picture

st.title("The expectation gap")
values = {
    name: st.slider(name, low, high, start, step, key=name) for name, (low, high, start, step) in parameters().items()
}
chart, metrics = picture(values)
st.vega_lite_chart(chart.to_dict(validate=False))
st.table({name: f"{value:.2f}" for name, value in metrics.items()})
