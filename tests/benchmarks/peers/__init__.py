"""The m01 dashboard as Streamlit, Panel and marimo would have it: the same model, sliders, charts and figures."""
