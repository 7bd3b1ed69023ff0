"""Inside the learner's kernel: has anything been changed that a test relies on?

`install` takes a picture of the interpreter before the learner's code runs: the functions and classes of everything that
compiles, runs and judges a test. `prove` compares, and signs what it finds with a key that only the grader knows. A
learner who takes this module apart can still forge its signature; what such a learner cannot do is get there by accident.
Standard library only, and nothing here is called by a test.
"""

from __future__ import annotations

import builtins
import hashlib
import json
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from itertools import compress
from operator import attrgetter, is_, is_not
from typing import Any

WATCHED = (
    "builtins", "math", "numbers", "io", "contextlib", "functools", "operator", "warnings", "types", "inspect", "ast",
    "abc", "codeop", "json", "linecache", "traceback", "string", "re", "numpy", "pandas", "pandas.core.frame",
    "pandas.core.series", "pandas.core.indexing", "pandas.core.generic", "IPython.core.interactiveshell",
    "IPython.core.displayhook", "IPython.core.displaypub", "IPython.core.events", "IPython.core.error",
    "IPython.core.compilerop", "IPython.core.inputtransformer2", "IPython.core.async_helpers", "ipykernel.ipkernel",
    "ipykernel.kernelbase", "ipykernel.zmqshell", "ipykernel.displayhook", "ipykernel.iostream", "ipykernel.compiler",
    "jupyter_client.session",
)  # fmt: skip
OURS = "course"
# A learner's own functions and classes say that they are from here; a library may hook into the shell for good reason
NOTEBOOK = ("__main__", "builtins", "")
SYSTEM = (
    "settrace",
    "setprofile",
    "gettrace",
    "getprofile",
    "exit",
    "_getframe",
    "exc_info",
    "meta_path",
    "path_hooks",
)
CALLABLE = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
    types.MethodType, type, staticmethod, classmethod, property,
)  # fmt: skip

# IPython itself exchanges these for every cell
EXCHANGED = ("builtins.exit", "builtins.quit", "builtins.input")
# Python's Py_TPFLAGS_HEAPTYPE and Py_TPFLAGS_IMMUTABLETYPE
HEAP_TYPE, IMMUTABLE_TYPE = 1 << 9, 1 << 8
STATE = tuple(map(attrgetter, ("__code__", "__defaults__", "__kwdefaults__")))

_pictures: dict[str, Picture] = {}
_prepared: dict[str, Watch] = {}


class Shelf:
    """The members of one module or class that are watched, as they were. Comparing is done in C: it is done often."""

    def __init__(self, place: str, members: Mapping[str, Any], names: Iterable[str]) -> None:
        self.place = place
        self.members = members
        self.size = len(members)
        self.names = tuple(names)
        self.values = tuple(members[name] for name in self.names)

    def is_same(self) -> bool:
        """Tell whether every member is still the very same object."""
        return all(map(is_, map(self.members.get, self.names), self.values))

    def changes(self) -> Iterator[str]:
        """Yield the members that are not."""
        for name, value in zip(self.names, self.values, strict=True):
            if self.members.get(name) is not value:
                yield f"{self.place}.{name}"


class Watch:
    """One module with its classes and functions, as they were."""

    def __init__(self, name: str, module: types.ModuleType) -> None:
        self.name = name
        self.module = module
        self.shelves: list[Shelf] = []
        self.functions: list[types.FunctionType] = []
        self._look(name, vars(module), everything=name.startswith(OURS))
        self.states = [tuple(map(part, self.functions)) for part in STATE]

    def _look(self, place: str, members: Mapping[str, Any], *, everything: bool) -> None:
        """Remember the members of a module or class; of our own, constants too."""
        names = [name for name in members if _counts(name, members[name], everything)]
        shelf = Shelf(place, members, [name for name in names if f"{place}.{name}" not in EXCHANGED])
        self.shelves.append(shelf)
        for name, value in zip(shelf.names, shelf.values, strict=True):
            inner = getattr(value, "__func__", value)
            inner = getattr(inner, "__wrapped__", inner) if not isinstance(inner, type) else inner
            if isinstance(inner, types.FunctionType):
                self.functions.append(inner)
            if isinstance(value, type) and value.__module__ == place and _can_change(value):
                self._look(f"{place}.{name}", vars(value), everything=everything)

    def is_current(self, module: types.ModuleType) -> bool:
        """Tell whether this is `module` as it is now, with nothing added either."""
        grown = any(len(shelf.members) != shelf.size for shelf in self.shelves)
        return self.module is module and not grown and not any(self.changes())

    def changes(self) -> Iterator[str]:
        """Yield what is not as it was."""
        for shelf in self.shelves:
            if not shelf.is_same():
                yield from shelf.changes()
        for part, states in zip(STATE, self.states, strict=True):
            if not all(map(is_, map(part, self.functions), states)):
                changed = map(is_not, map(part, self.functions), states)
                yield from (f"{self.name}.{function.__name__}" for function in compress(self.functions, changed))
        if sys.modules.get(self.name) is not self.module:
            yield f"sys.modules[{self.name!r}]"


class Picture:
    """What stood where when the kernel started."""

    def __init__(self, key: str) -> None:
        self._digest = hashlib.blake2b(key=key.encode())
        self.watches = [_watch(name, module) for name, module in _watched()]
        self.system = Shelf("sys", vars(sys), SYSTEM)
        self.shell = sys.modules["IPython.core.getipython"].get_ipython()
        self.parts = _parts(self.shell)
        self.own = {name: frozenset(vars(part)) for name, part in self.parts.items() if hasattr(part, "__dict__")}
        self.lists = {name: list(found) for name, found in _lists(self.shell).items()}
        self.tracing = _tracing()

    def changes(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield what is not as it was."""
        yield from self.system.changes()
        for watch in self.watches:
            yield from watch.changes()
        yield from self._of_shell(names)

    def _of_shell(self, names: tuple[str, ...]) -> Iterator[str]:
        for name, part in _parts(self.shell).items():
            if part is not self.parts[name]:
                yield name
        for name, known in self.own.items():
            part = self.parts[name]
            for added in vars(part).keys() - known:
                if callable(vars(part)[added]) and hasattr(type(part), added):
                    yield f"{name}.{added}"
        for name, found in _lists(self.shell).items():
            known_items = {id(item) for item in self.lists.get(name, [])}
            kept = {id(item) for item in found}
            added_items = [item for item in found if id(item) not in known_items and not _trusted(item)]
            if added_items or known_items - kept:
                yield name
        if _tracing() != self.tracing:
            yield "sys.settrace"
        namespace = self.shell.user_ns
        for name in names:
            if name in namespace and callable(namespace[name]) and namespace[name] is not vars(builtins).get(name):
                yield f"{name} (in the notebook)"

    def prove(self, nonce: str, names: tuple[str, ...]) -> str:
        """Return what was changed, signed together with `nonce`."""
        found = json.dumps(sorted(set(self.changes(names)))[:20])
        digest = self._digest.copy()
        digest.update(f"{nonce}{found}".encode())
        return f"{digest.hexdigest()} {found}"


def _can_change(kind: type) -> bool:
    """Tell whether a class's members can be set. Those of the built-in ones can, by those who know Python's insides."""
    made_in_python = bool(kind.__flags__ & HEAP_TYPE) and not kind.__flags__ & IMMUTABLE_TYPE
    return made_in_python or kind.__module__ == "builtins"


def _counts(name: str, value: Any, everything: bool) -> bool:
    return isinstance(value, CALLABLE) or callable(value) or (everything and not name.startswith("_"))


def _watched() -> list[tuple[str, types.ModuleType]]:
    ours = f"{OURS}."
    return [
        (name, module)
        for name, module in sorted(sys.modules.items())
        if module is not None and (name in WATCHED or name == OURS or name.startswith(ours))
    ]


def _watch(name: str, module: types.ModuleType) -> Watch:
    known = _prepared.get(name)
    return known if known is not None and known.is_current(module) else Watch(name, module)


def prepare() -> None:
    """Look at the modules that are there already: in the warm process, so that no kernel forked from it need do so."""
    _prepared.update((name, Watch(name, module)) for name, module in _watched())


def _trusted(item: Any) -> bool:
    owner = getattr(item, "__self__", None)
    made_by = item if isinstance(item, types.FunctionType | type) else type(item if owner is None else owner)
    return getattr(made_by, "__module__", "") not in NOTEBOOK


def _parts(shell: Any) -> dict[str, Any]:
    return {
        "shell": shell,
        "kernel": shell.kernel,
        "session": shell.kernel.session,
        "display hook": shell.displayhook,
        "display publisher": shell.display_pub,
        "events": shell.events,
        "compiler": shell.compile,
        "input transformers": shell.input_transformer_manager,
        "sys.stdout": sys.stdout,
    }


def _lists(shell: Any) -> dict[str, list[Any]]:
    manager = shell.input_transformer_manager
    lists = {
        "AST transformers": shell.ast_transformers,
        "input transformers": [
            *shell.input_transformers_post, *manager.cleanup_transforms, *manager.line_transforms,
            *manager.token_transformers,
        ],
        "import hooks": [*sys.meta_path, *sys.path_hooks],
    }  # fmt: skip
    return lists | {f"callbacks of {name}": found for name, found in shell.events.callbacks.items()}


def _tracing() -> tuple[Any, ...]:
    monitoring = getattr(sys, "monitoring", None)
    tools = tuple(monitoring.get_tool(number) for number in range(6)) if monitoring else ()
    return (sys.gettrace(), sys.getprofile(), *tools)


def install(key: str, *modules: str) -> str:
    """Take the picture, of `modules` too. The folder of the submission goes to the end of the search path.

    No file of a learner's then shadows a module.
    """
    here = [place for place in sys.path if place in ("", ".")]
    sys.path[:] = [place for place in sys.path if place not in ("", ".")] + here
    for name in ("course.answers", *modules):
        # of "from x import y" it is not certain that y is a module
        with suppress(ImportError):
            import_module(name)
    picture = _pictures.setdefault("kernel", Picture(key))
    # quit() would end the kernel a tenth of a second later, in the midst of what comes next
    picture.shell.unobserve_all("exit_now")
    return "watching"


def prove(nonce: str, *names: str) -> str:
    """Return the picture's findings; see `Picture.prove`."""
    return _pictures["kernel"].prove(nonce, names)
