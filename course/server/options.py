"""What the commands that start a server have in common: their options, and the surroundings they need."""

from __future__ import annotations

import atexit
import errno
import ipaddress
import logging
import os
import re
import shutil
import socket
import sys
import tempfile
import warnings
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from course.i18n import UnknownLanguageError, check_language, gettext

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
HIGHEST = 65535
TRIES = 20


def read_port(_context: click.Context, _option: click.Parameter, asked: str | None) -> int | None:
    """Return the port asked for, None where none was; refuse what is no port."""
    if asked is None:
        return None
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= HIGHEST:
        message = gettext("A port is a whole number from 1 to {highest}, and {asked!r} is not. Try --port 8888")
        raise click.ClickException(message.format(highest=HIGHEST, asked=asked))
    return int(asked)


def read_visitors(_context: click.Context, _option: click.Parameter, asked: str) -> int:
    """Return how many visitors may come at once; refuse what is no such number."""
    if not asked.isascii() or not asked.isdigit() or int(asked) < 1:
        message = gettext("The number of visitors is a whole number from 1, and {asked!r} is not. Try --visitors 100")
        raise click.ClickException(message.format(asked=asked))
    return int(asked)


def read_base_url(_context: click.Context, _option: click.Parameter, asked: str) -> str:
    """Return the path below which everything is served, with a slash at both ends; refuse what is no such path."""
    path = f"/{asked.strip('/')}/" if asked.strip("/") else "/"
    if not re.fullmatch(r"/(?:[\w.~-]+/)*", path, re.ASCII) or ".." in path:
        message = gettext(
            "A base address is a path of letters, digits, -, _ and ., and {asked!r} is not. Try --base-url /course/"
        )
        raise click.ClickException(message.format(asked=asked))
    return path


def read_language(_context: click.Context, _option: click.Parameter, asked: str | None) -> str | None:
    """Return the language asked for, None where none was; refuse one that the course does not have."""
    if asked is None:
        return None
    try:
        return check_language(asked)
    except UnknownLanguageError as error:
        raise click.ClickException(str(error)) from error


def _claim(ip: str, port: int) -> int:
    """Bind a socket for a moment and return its port; `OSError` where it cannot be had."""
    family, kind, protocol, _, address = socket.getaddrinfo(ip, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        return int(probe.getsockname()[1])


def _refuse(ip: str, port: int, error: OSError) -> click.ClickException:
    if error.errno == errno.EADDRINUSE:
        message = gettext(
            "Port {port} is in use by another program. Choose another one with --port, "
            "or leave --port out and a free one is found."
        )
    elif error.errno == errno.EACCES:
        message = gettext("Port {port} may not be used by you. Choose one above 1023 with --port.")
    else:
        message = gettext("This machine has no address {ip!r}. Use 127.0.0.1 (only here) or 0.0.0.0 (all).")
    return click.ClickException(message.format(port=port, ip=ip))


def choose_port(asked: int | None, default: int, ip: str) -> int:
    """Return the port asked for if it is free, else refuse; where none was asked for, a free one, and say so."""
    try:
        return _claim(ip, asked or default)
    except OSError as error:
        if asked or error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise _refuse(ip, asked or default, error) from error
    for port in [*range(default + 1, default + TRIES), 0]:
        try:
            found = _claim(ip, port)
        except OSError:
            continue
        message = gettext("Port {taken} is in use by another program, so the course takes {found}.")
        click.echo(message.format(taken=default, found=found))
        return found
    raise click.ClickException(gettext("No free port was found. Choose one with --port."))


def has_browser() -> bool:
    """Tell whether a window can be opened here. A text browser does not count: it would take over the terminal."""
    windowless = sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & set(os.environ)
    if windowless:
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def is_loopback(ip: str) -> bool:
    """Tell whether an address can be reached from this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    with suppress(ValueError):
        return ipaddress.ip_address(ip).is_loopback
    return ip == "localhost"


def can_write(folder: Path) -> bool:
    """Tell whether files can be made in a folder, or in the nearest one above it that is there."""
    there = next((place for place in [folder, *folder.parents] if place.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _has_a_home() -> bool:
    try:
        return Path.home().is_dir()
    except RuntimeError:
        # a container with a random user id
        return False


def lent_folder() -> Path:
    """Make a temporary folder that goes when the course ends; refuse where not even one of those can be made."""
    try:
        lent = Path(tempfile.mkdtemp(prefix="course-"))
    except OSError as error:
        message = gettext(
            "No folder can be written to, not even for temporary files. Let the course have one: "
            "TMPDIR=/a/folder in front of the command; in a container, --tmpfs /tmp"
        )
        raise click.ClickException(message) from error
    atexit.register(shutil.rmtree, lent, ignore_errors=True)
    return lent


def lend_folders() -> None:
    """Let Jupyter and IPython keep their files in a temporary folder where theirs cannot be written to.

    Without that every kernel would fail: who runs a service, or a container under a random user id, has no home.
    """
    from jupyter_core import paths

    homeless = not _has_a_home()
    if homeless:
        os.environ["HOME"] = str(lent_folder())
    wanted = {
        "JUPYTER_RUNTIME_DIR": paths.jupyter_runtime_dir,
        "JUPYTER_DATA_DIR": paths.jupyter_data_dir,
        "JUPYTER_CONFIG_DIR": paths.jupyter_config_dir,
        "IPYTHONDIR": lambda: os.environ.get("IPYTHONDIR") or str(Path.home() / ".ipython"),
    }
    places = {name: Path(found()) for name, found in wanted.items()}
    if all(map(can_write, places.values())) and not homeless:
        return
    lent = Path.home() if homeless else lent_folder()
    for name, place in places.items():
        if not can_write(place):
            os.environ[name] = str(lent / name.lower())
    click.echo(gettext("Your home folder cannot be written to; settings of JupyterLab are kept until the course ends."))


def prepare_surroundings() -> None:
    """Set what the server and its kernels read from the environment, before anything of Jupyter is imported."""
    lend_folders()
    for name in THREADS:
        os.environ.setdefault(name, "1")
    # The course's own settings stand in its environment; they win over what a user once set for another project
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    # debugpy's start-up warning says nothing to a learner
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")


def of_a_closed_page(record: logging.LogRecord) -> bool:
    """Tell whether a record is about a message that came too late for its page: no news, the reader has closed it."""
    from tornado.iostream import StreamClosedError
    from tornado.websocket import WebSocketClosedError

    error = record.exc_info[1] if record.exc_info else None
    return isinstance(error, WebSocketClosedError | StreamClosedError)


def of_a_dead_kernel(record: logging.LogRecord) -> bool:
    """Tell whether a record is the traceback of a kernel's end, which has been told in one line before."""
    from nbclient.exceptions import DeadKernelError

    return isinstance(record.exc_info[1] if record.exc_info else None, DeadKernelError)


def hush_libraries() -> None:
    """Keep off the learner's screen what libraries tell each other: deprecations, and a line per refused address."""
    import voila  # noqa: F401 - it switches deprecation notes on when it is imported

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in ("asyncio", "tornado.application"):
        logging.getLogger(name).addFilter(lambda record: not of_a_closed_page(record))


def kernel_encryption() -> str:
    """Return the policy for what server and kernels tell each other: encrypted where this machine's ZeroMQ can."""
    import zmq

    return "auto" if zmq.has("curve") else "disabled"
