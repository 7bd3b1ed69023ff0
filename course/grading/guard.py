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
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
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

_pictures: dict[str, Picture] = {}


class Picture:
    """What stood where when the kernel started."""

    def __init__(self, key: str) -> None:
        self._digest = hashlib.blake2b(key=key.encode())
        self.entries: list[tuple[str, str, Any, Any]] = []
        self.codes: list[tuple[str, Any, Any, Any, Any]] = []
        self.modules: list[tuple[str, Any]] = []
        for name, module in sorted(sys.modules.items()):
            if module is not None and (name in WATCHED or name == OURS or name.startswith(OURS + ".")):
                self.modules.append((name, module))
                self.watch(name, vars(module), everything=name.startswith(OURS))
        self.entries += [("sys", name, vars(sys), getattr(sys, name)) for name in SYSTEM]
        self.shell = sys.modules["IPython.core.getipython"].get_ipython()
        self.parts = _parts(self.shell)
        self.own = {name: frozenset(vars(part)) for name, part in self.parts.items() if hasattr(part, "__dict__")}
        self.lists = {name: list(found) for name, found in _lists(self.shell).items()}
        self.tracing = _tracing()

    def watch(self, place: str, members: Any, *, everything: bool) -> None:
        """Remember the members of a module or class; of our own, constants too."""
        for name, value in list(members.items()):
            ours = everything and not name.startswith("_")
            if not (isinstance(value, CALLABLE) or callable(value) or ours):
                continue
            self.entries.append((place, name, members, value))
            inner = getattr(value, "__func__", value)
            inner = getattr(inner, "__wrapped__", inner) if not isinstance(inner, type) else inner
            if isinstance(inner, types.FunctionType):
                self.codes.append((f"{place}.{name}", inner, inner.__code__, inner.__defaults__, inner.__kwdefaults__))
            if isinstance(value, type) and value.__module__ == place:
                self.watch(f"{place}.{name}", vars(value), everything=everything)

    def changes(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield what is not as it was."""
        for place, name, members, value in self.entries:
            if members.get(name, None) is not value:
                yield f"{place}.{name}"
        for name, function, code, defaults, keywords in self.codes:
            if (function.__code__, function.__defaults__, function.__kwdefaults__) != (code, defaults, keywords):
                yield name
        for name, module in self.modules:
            if sys.modules.get(name) is not module:
                yield f"sys.modules[{name!r}]"
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
