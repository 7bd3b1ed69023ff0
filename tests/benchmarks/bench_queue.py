"""Customers per second through one queue with patience: ours and SimPy's, on the same draws, in one run."""

from __future__ import annotations

import time

import numpy as np

from course.theory.queueing import simulate
from tests.benchmarks.simpy_queue import simulate_with_simpy

CUSTOMERS, SIMPY_REPLICATIONS = 300, 20


def _draw(replications: int, servers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(1)
    shape = (replications, CUSTOMERS)
    arrival = np.cumsum(generator.exponential(1 / (1.05 * servers), shape), axis=1)
    return arrival, generator.exponential(1.0, shape), generator.exponential(1.0, shape)


def main() -> list[dict[str, str]]:
    """Measure by number of servers and replications; SimPy runs the first replications of the same draws."""
    rows = []
    for servers in (1, 10, 30):
        for replications in (40, 200, 1000):
            arrival, service, patience = _draw(replications, servers)
            laps = []
            for _ in range(5):
                begun = time.perf_counter()
                outcome = simulate(arrival, service, servers, patience=patience)
                laps.append(time.perf_counter() - begun)
            ours = arrival.size / min(laps)
            begun = time.perf_counter()
            waits = [
                simulate_with_simpy(arrival[row], service[row], servers, patience[row])[0]
                for row in range(SIMPY_REPLICATIONS)
            ]
            theirs = SIMPY_REPLICATIONS * CUSTOMERS / (time.perf_counter() - begun)
            rows.append(
                {
                    "servers": f"{servers}",
                    "replications": f"{replications:,}",
                    "ours, customers/s": f"{ours:,.0f}",
                    "SimPy, customers/s": f"{theirs:,.0f}",
                    "ratio": f"{ours / theirs:.0f}",
                    "bar": "≥ 20",
                    "same waits": "yes" if np.allclose(waits, outcome.wait[:SIMPY_REPLICATIONS]) else "no",
                }
            )
    return rows
