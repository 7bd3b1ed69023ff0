"""Functions that do not answer for a while: those of a package that a learner is asked to write anew.

It is the function itself that refuses, so an import under another name, a wrapper or `importlib` finds it shut too, and so
does a module that was reloaded. A copy of its source is the learner's own text and is not found.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from operator import is_
from pkgutil import walk_packages
from types import FunctionType, ModuleType

BORROWED = "this function is shut while an answer is asked"


def _refuse(*_inputs: object, **_named: object) -> None:
    # it runs with another module's names: only what is built in is there, and only a constant can be said
    raise PermissionError("this function is shut while an answer is asked")


@contextmanager
def shut(package: str, uses: Iterable[str] = ()) -> Iterator[None]:
    """Shut every function of a package's modules, but for those of the modules `uses` and of what these build on."""
    still_open = _with_foundations(set(uses), package)
    before = [
        (function, function.__code__)
        for name, functions in (_functions(package) if package else ())
        if name not in still_open
        for function in functions
    ]
    try:
        for function, _code in before:
            # a function that closes over something takes no code that does not
            with suppress(ValueError):
                function.__code__ = _refuse.__code__
        yield
    finally:
        for function, code in before:
            function.__code__ = code


def is_borrowed(error: BaseException) -> bool:
    """Tell whether an error comes of a function that was shut."""
    return isinstance(error, PermissionError) and error.args == (BORROWED,)


@cache
def first(package: str) -> tuple[tuple[str, frozenset[FunctionType]], ...]:
    """Return every module of a package by name, with the functions it defines. What was not imported yet is."""
    root = import_module(package)
    names = [package, *(found.name for found in walk_packages(root.__path__, f"{package}."))]
    return tuple((name, frozenset(_defined(import_module(name)))) for name in names)


def _functions(package: str) -> Iterator[tuple[str, frozenset[FunctionType]]]:
    """Return the functions of every module as they were first, and as they are since a module was reloaded."""
    for name, functions in first(package):
        yield name, functions | _current(sys.modules.get(name) or import_module(name))


# What each module's names stood for when they were last looked at, and the functions among it
_looked_at: dict[str, tuple[tuple[object, ...], frozenset[FunctionType]]] = {}


def _current(module: ModuleType) -> frozenset[FunctionType]:
    """Return the functions that a module defines; each answer asks for them, and hardly ever has anything changed."""
    values = tuple(vars(module).values())
    before, functions = _looked_at.get(module.__name__, ((), frozenset()))
    if len(values) != len(before) or not all(map(is_, values, before)):
        functions = frozenset(_defined(module))
        _looked_at[module.__name__] = values, functions
    return functions


def _defined(module: ModuleType) -> Iterator[FunctionType]:
    for value in vars(module).values():
        function = inspect.unwrap(value) if callable(value) else None
        if isinstance(function, FunctionType) and function.__module__ == module.__name__:
            yield function


def _with_foundations(names: set[str], package: str) -> set[str]:
    """Return modules, and the modules of the package whose functions or names they use."""
    reached, ahead = set(), list(names)
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        for value in vars(import_module(name)).values():
            other = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
            if isinstance(other, str) and other in sys.modules and other.startswith(f"{package}."):
                ahead.append(other)
    return reached
