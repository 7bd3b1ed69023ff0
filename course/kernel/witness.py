"""In the learner's kernel: what a name stands for and what a function gives, said in plain values.

Whoever asks trusts nothing said here; a notebook that changes this module changes only what it says of itself.
"""

from __future__ import annotations

import builtins
import io
import json
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import nullcontext, redirect_stderr
from dataclasses import dataclass
from typing import Any

from course.kernel.shut import is_borrowed, shut
from course.kernel.values import decode, encode, sight

# As in `values`: what a notebook does to the built-in names later is none of our business
globals()["__builtins__"] = dict(vars(builtins))

_moments: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Reply:
    """An answer: a value, or why there is none.

    `kind` is "value", "absent" (no such name), "no function" (what has the name cannot be called), "borrowed" (a function
    that was shut answered for it) or "error", with the kind and the text of what was raised.
    """

    kind: str
    value: Any = None
    error: tuple[str, str] = ("", "")


def is_empty(value: object) -> bool:
    """Tell whether nothing was written there yet."""
    return value is None or value is ... or (isinstance(value, str) and not str.strip(value))


def ask(namespace: Mapping[str, Any], name: str, inputs: tuple[Any, ...] | None, **keywords: Any) -> Reply:
    """Return what stands under `name`; with `inputs`, what the function of that name gives for them."""
    value = namespace.get(name)
    if is_empty(value):
        return Reply("absent")
    if inputs is None:
        return Reply("value", value)
    if not callable(value):
        return Reply("no function")
    return call(value, inputs, keywords)


def call(function: Callable[..., Any], inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Reply:
    """Call a learner's function, whatever it does."""
    try:
        # nbgrader gives a test cell no points as soon as anything reaches stderr, and a warning would
        with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            return Reply("value", function(*inputs, **keywords))
    except Exception as error:
        return Reply("borrowed") if is_borrowed(error) else Reply("error", error=_complaint(error))


def _complaint(error: BaseException) -> tuple[str, str]:
    try:
        return type(error).__name__, sight(str(error))
    except Exception:
        return type(error).__name__, ""


class Statement:
    """A text as a result of a cell, which no setting of the notebook draws differently."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.text}


def swear_in() -> str:
    """Make a notebook's kernel ready to be graded."""
    # No file of a learner's shadows a module
    here = [place for place in sys.path if place in ("", ".")]
    sys.path[:] = [place for place in sys.path if place not in ("", ".")] + here
    # quit() would end the kernel a tenth of a second later, in the midst of what comes next
    sys.modules["IPython.core.getipython"].get_ipython().unobserve_all("exit_now")
    return "ready"


def testify(question: str) -> Statement:
    """Answer a question of the examiner's, a text of JSON, by a text of JSON.

    `name` and, for a call, `inputs` and `keywords` as values, with `shut`, the package whose functions do not answer
    meanwhile, and `uses`, its modules that do; `each`: the inputs are those of several calls, and so are the answers;
    `moment`: a mark for the notebook as it is now, or as it was when the mark was set.
    """
    asked = json.loads(question)
    namespace = sys.modules["IPython.core.getipython"].get_ipython().user_ns
    moment = _moments.setdefault(asked["moment"], dict(namespace)) if asked["moment"] else namespace
    if "name" not in asked:
        return Statement("{}")
    now = dict(namespace)
    if asked["back"]:
        _become(namespace, moment)
    try:
        inputs: Any = None if asked["inputs"] is None else decode(asked["inputs"])
        keywords = decode(asked["keywords"])
        with nullcontext() if inputs is None else shut(asked["shut"], asked["uses"]):
            calls = inputs if asked["each"] else [inputs]
            said = [_said(namespace, asked["name"], each, keywords) for each in calls]
    except BaseException as error:
        said = [_no_answer(error)]
    finally:
        if asked["back"]:
            _become(namespace, now)
    return Statement(json.dumps({"each": said} if asked["each"] else said[0]))


def _said(
    namespace: Mapping[str, Any], name: str, inputs: tuple[Any, ...] | None, keywords: dict[str, Any]
) -> dict[str, Any]:
    try:
        reply = ask(namespace, name, inputs, **keywords)
        # what comes back may work itself out only when it is looked at
        return {"kind": reply.kind, "value": encode(reply.value), "error": list(reply.error)}
    except KeyboardInterrupt:
        # the time for all of the calls is over
        raise
    except BaseException as error:
        return _no_answer(error)


def _no_answer(error: BaseException) -> dict[str, Any]:
    kind = "borrowed" if is_borrowed(error) else "error"
    return {"kind": kind, "value": "null", "error": list(_complaint(error))}


def _become(namespace: dict[str, Any], other: dict[str, Any]) -> None:
    """Let a notebook's names stand for what they stood for at another moment."""
    namespace.clear()
    namespace.update(other)
