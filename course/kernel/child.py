"""What a process does that was just forked from the warm one: become a kernel that cannot be told from a fresh one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any, NoReturn

LISTENS = b"+"


def keep_only(descriptors: list[int]) -> None:
    """Close every descriptor that was inherited, but these and the three standard ones."""
    low = 3
    for kept in sorted(descriptors):
        os.closerange(low, kept)
        low = kept + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def reseed() -> None:
    """Give every generator of random numbers that was copied a state of its own. Python's own reseeds itself."""
    if "numpy.random" in sys.modules:
        import numpy as np

        np.random.seed()  # noqa: NPY002 - the global generator is the one that was copied


def end_with(lifeline: int) -> None:
    """End this process at once when the one that asked for it has gone."""

    def watch() -> None:
        while os.read(lifeline, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def take_over(request: dict[str, Any], standard: list[int], kept: list[int]) -> None:
    """Take the request's surroundings: a session of its own, streams, folder, environment, signals, randomness."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
    keep_only(kept)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    reseed()


def become_kernel(request: dict[str, Any], told: int, standard: list[int], lifeline: int) -> NoReturn:
    """Run IPython's kernel until it is shut down; a byte into `told` says that it listens."""
    independent = request["independent"]
    take_over(request, standard, [told] if independent else [told, lifeline])
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [str(ipykernel_launcher.__file__), *request["argv"]]
    if not independent:
        end_with(lifeline)
    # 1 stands for a parent that is looked after elsewhere
    app = IPKernelApp.instance(parent_handle=0 if independent else 1)
    app.initialize(request["argv"])
    os.write(told, LISTENS)
    os.close(told)
    app.start()
    sys.exit(0)
