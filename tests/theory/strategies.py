"""Numbers the theory is tried with: of the size the course uses, none so small that it vanishes in rounding."""

from __future__ import annotations

from hypothesis import strategies as st

points = st.floats(-100, 100).map(lambda number: round(number, 3))
sizes = st.floats(0, 100).map(lambda number: round(number, 3))
alphas = st.floats(0.05, 1)
lambdas = st.floats(0.1, 10)
