"""What a process does that was just forked from the warm one: become a kernel that cannot be told from a fresh one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from importlib import import_module
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

        np.random.seed()


def end_with(lifeline: int) -> None:
    """End this process at once when the one that asked for it has gone."""

    def watch() -> None:
        while os.read(lifeline, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def take_over(request: dict[str, Any], kept: list[int]) -> None:
    """Take the request's surroundings: signals, environment, randomness; keep those descriptors and no other."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    keep_only(kept)
    os.environ.clear()
    os.environ.update(request["env"])
    # Python reads the variable when it starts, and this one has long started
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    time.tzset()
    reseed()


def become_kernel(request: dict[str, Any], descriptors: list[int], lifeline: int) -> NoReturn:
    """Run IPython's kernel until it is shut down; a byte into the first descriptor says that it listens."""
    told, *standard = descriptors[:4]
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
    if "call" in request:
        call(request, told, descriptors[4:])
    if "fence" in request:
        from course.kernel.graded import graded_app

        app = graded_app(request, told, lifeline, *descriptors[4:])
    else:
        app = plain_app(request, told, lifeline)
    app.initialize(request["argv"])
    catch_up()
    os.write(told, LISTENS)
    os.close(told)
    app.start()
    sys.exit(0)


def call(request: dict[str, Any], told: int, descriptors: list[int]) -> NoReturn:
    """Be no kernel, but call the function that the request names, with the descriptors that came with it."""
    home, _, function = request["call"].partition(":")
    os.setsid()
    take_over(request, [told, *descriptors])
    os.write(told, LISTENS)
    os.close(told)
    getattr(import_module(home), function)(*descriptors)
    os._exit(0)


def catch_up() -> None:
    """Do what ipywidgets does when it is imported in a kernel: the warm process was none when it imported it."""
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].register_comm_target()


def plain_app(request: dict[str, Any], told: int, lifeline: int) -> Any:
    """Return the application of a learner's kernel, which differs in nothing from one that was started afresh."""
    import ipykernel_launcher

    from course.kernel.orderly import OrderlyApp

    independent = request["independent"]
    os.setsid()
    take_over(request, [told] if independent else [told, lifeline])
    os.chdir(request["cwd"])
    sys.argv = [str(ipykernel_launcher.__file__), *request["argv"]]
    if not independent:
        end_with(lifeline)
    # 1 stands for a parent that is looked after elsewhere
    return OrderlyApp.instance(parent_handle=0 if independent else 1)
