"""The queue of `course.theory.queueing` once more, written for SimPy: what ours is compared with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import simpy


def simulate_with_simpy(
    arrival: np.ndarray, service: np.ndarray, servers: int, patience: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return how long each customer of one replication waited, and whether they were served."""
    environment = simpy.Environment()
    desk = simpy.Resource(environment, capacity=servers)
    waited, served = np.zeros(len(arrival)), np.zeros(len(arrival), dtype=bool)

    def customer(number: int, length: float, patient: float) -> Iterator[simpy.Event]:
        came = environment.now
        with desk.request() as turn:
            yield turn | environment.timeout(patient)
            waited[number] = environment.now - came
            if turn.triggered:
                served[number] = True
                yield environment.timeout(length)

    def street() -> Iterator[simpy.Event]:
        for number, (at, length, patient) in enumerate(
            zip(arrival.tolist(), service.tolist(), patience.tolist(), strict=True)
        ):
            yield environment.timeout(at - environment.now)
            environment.process(customer(number, length, patient))

    environment.process(street())
    environment.run()
    return waited, served
