"""Run with: streamlit run streamlit_app.py."""

import streamlit as st

from tests.benchmarks.peers.dashboard import figures, parameters, rows, run, specification

st.title("The expectation gap")
values = {
    name: st.slider(name, low, high, start, step, key=name) for name, (low, high, start, step) in parameters().items()
}
result = run(values)
# data by name: Streamlit then keeps the chart and changes its rows
st.vega_lite_chart({**specification(), "datasets": rows(result)})
st.markdown(figures(result))
