"""Values on their way between two processes that do not trust each other: by value, of known kinds, and bounded.

`encode` reads by the methods of Python's own types, never by those of a class that claims to be like one. `decode` takes
whatever arrives for what it may be, a hostile text, and gives plain data or raises `ValueError`.

>>> decode(encode({"gap": [1, 2.5], "pair": (True, None)}))
{'gap': [1, 2.5], 'pair': (True, None)}
"""

from __future__ import annotations

import builtins
import datetime
import decimal
import fractions
import json
import numbers
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

# A copy: functions below keep it, whatever a notebook does to the built-in names later
globals()["__builtins__"] = dict(vars(builtins))

# Bounds of one value: parts, characters of all texts and names, levels, entries of a dictionary or set
MOST_PARTS = 400_000
MOST_CHARACTERS = 2_000_000
DEEPEST = 12
MOST_ENTRIES = 10_000
# Of the text that stands for a value, and of what is shown of one that is no plain data
MOST_BYTES = 16_000_000
LONGEST_SIGHT = 200
LONGEST_NUMBER = 1_000
LARGEST_SHAPE = 4
# Kinds of columns that are sent as numbers; all others part by part
NUMBERS = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")
TEXTS = ("object", "str", "string")
# pandas' own, in which a number may be missing
NULLABLE = ("Int64", "Float64", "boolean")


class Foreign:
    """What is no plain data: its kind and how it shows itself, nothing that could act."""

    def __init__(self, kind: str, sight: str) -> None:
        self.kind = kind
        self.sight = sight

    def __repr__(self) -> str:
        return self.sight


class Function(Foreign):
    """What can be called, over there."""


class _TooMuchError(Exception):
    """Raised where a value exceeds the bounds."""


class _Budget:
    def __init__(self) -> None:
        self.parts = MOST_PARTS
        self.characters = MOST_CHARACTERS

    def count(self, parts: int = 1, characters: int = 0) -> None:
        self.parts -= parts
        self.characters -= characters
        if self.parts < 0 or self.characters < 0:
            raise _TooMuchError


def encode(value: object) -> str:
    """Return a text of ASCII that stands for `value`; for one beyond the bounds, a text that says so."""
    try:
        return _text(_node(value, _Budget(), 0))
    except _TooMuchError:
        return _text({"foreign": [_name(value), f"{_name(value)}: …"]})


def decode(text: str) -> Any:
    """Return the value that `text` stands for. Raises `ValueError` for anything that `encode` would not write."""
    if len(text) > MOST_BYTES:
        raise ValueError("too long")
    try:
        return _value(json.loads(text), _Budget(), 0)
    except (_TooMuchError, RecursionError, TypeError, KeyError, IndexError, OverflowError, ArithmeticError) as error:
        raise ValueError(repr(error)) from error


def _text(node: Any) -> str:
    return json.dumps(node, separators=(",", ":"))


def _name(value: object) -> str:
    return str.__str__(type.__dict__["__name__"].__get__(type(value)))[:LONGEST_SIGHT]


def sight(value: object) -> str:
    """Return how a value shows itself, cut; it may be anybody's, so it may also fail."""
    try:
        shown = value if isinstance(value, str) else repr(value)
        return str.__str__(shown)[:LONGEST_SIGHT]
    except Exception:
        return _name(value)


# ---------------------------------------------------------------- there


def _node(value: Any, budget: _Budget, depth: int) -> Any:
    """Return what JSON can hold of a value."""
    if depth > DEEPEST:
        raise _TooMuchError
    kind = type(value)
    budget.count()
    if value is None or kind is bool:
        return value
    for base, make in _ENCODERS:
        if issubclass(kind, base):
            return make(value, budget, depth)
    for name, make in _BY_NAME:
        if _comes_from(kind, name):
            return make(value, budget, depth)
    if value is ...:
        return {"ellipsis": 0}
    if callable(value):
        return {"function": [_name(value), sight(value)]}
    if issubclass(kind, numbers.Real):
        with suppress(Exception):
            return float.__float__(float(value))
    if hasattr(kind, "__iter__") and not _comes_from(kind, "pandas") and not _comes_from(kind, "numpy"):
        return _iterated(value, budget, depth)
    return {"foreign": [_name(value), sight(value)]}


def _comes_from(kind: type, library: str) -> bool:
    """Tell whether a class is one of a library's own, by the library's module and not by what the class says."""
    module, _, name = library.partition(":")
    loaded = sys.modules.get(module)
    base = getattr(loaded, name, None) if name else None
    if name:
        return isinstance(base, type) and issubclass(kind, base)
    return loaded is not None and kind.__module__.partition(".")[0] == module


def _integer(value: int, budget: _Budget, _depth: int) -> Any:
    size = int.bit_length(value)
    if size > LONGEST_NUMBER * 3:
        raise _TooMuchError
    budget.count(0, size // 3)
    return int.__add__(value, 0)


def _word(value: str, budget: _Budget, _depth: int) -> str:
    budget.count(0, str.__len__(value))
    return str.__str__(value) if type(value) is str else str.__getitem__(value, slice(None))


def _sequence(tag: str, base: Any) -> Callable[[Any, _Budget, int], Any]:
    def make(value: Any, budget: _Budget, depth: int) -> Any:
        if base in (set, frozenset) and base.__len__(value) > MOST_ENTRIES:
            raise _TooMuchError
        budget.count(base.__len__(value))
        parts = [_node(part, budget, depth + 1) for part in base.__iter__(value)]
        return parts if tag == "list" else {tag: parts}

    return make


def _mapping(value: dict[Any, Any], budget: _Budget, depth: int) -> Any:
    if dict.__len__(value) > MOST_ENTRIES:
        raise _TooMuchError
    pairs = dict.items(value)
    return {"dict": [[_node(key, budget, depth + 1), _node(part, budget, depth + 1)] for key, part in pairs]}


def _iterated(value: Iterable[Any], budget: _Budget, depth: int) -> Any:
    """Return the parts of a generator, of a range, of anything that can be gone through."""
    parts = []
    try:
        for part in value:
            parts.append(_node(part, budget, depth + 1))
    except _TooMuchError:
        raise
    except Exception:
        return {"foreign": [_name(value), sight(value)]}
    return {"parts": [_name(value), sight(value), parts]}


def _complex(value: complex, _budget: _Budget, _depth: int) -> Any:
    return {"complex": [complex.__add__(value, 0j).real, complex.__add__(value, 0j).imag]}


def _decimal(value: decimal.Decimal, budget: _Budget, _depth: int) -> Any:
    text = decimal.Decimal.__str__(value)
    budget.count(0, len(text))
    if len(text) > LONGEST_NUMBER:
        raise _TooMuchError
    return {"decimal": text}


def _fraction(value: fractions.Fraction, budget: _Budget, depth: int) -> Any:
    parts = (value.numerator, value.denominator)
    return {"fraction": [_integer(int(part), budget, depth) for part in parts]}


def _moment(value: Any, _budget: _Budget, _depth: int) -> Any:
    return {"time": [_name(value), sight(value)]}


def _scalar(value: Any, budget: _Budget, depth: int) -> Any:
    """Return a number, text or moment of numpy's."""
    if value.dtype.kind in "OV":
        return {"foreign": [_name(value), sight(value)]}
    if value.dtype.kind in "mM":
        return _moment(value, budget, depth)
    return _node(value.item(), budget, depth + 1)


def _array(value: Any, budget: _Budget, depth: int) -> Any:
    numpy = sys.modules["numpy"]
    value = numpy.asarray(value)
    if value.ndim == 0:
        return _scalar(value[()], budget, depth) if value.dtype.kind != "O" else _node(value[()], budget, depth + 1)
    if value.ndim > LARGEST_SHAPE:
        return {"foreign": ["array", sight(value)]}
    return {"array": [list(value.shape), _column(value.ravel(), budget, depth)]}


def _column(value: Any, budget: _Budget, depth: int) -> Any:
    """Return the kind and the parts of a column, of numpy's or of pandas'."""
    kind = str(value.dtype)
    budget.count(len(value))
    if kind in NUMBERS:
        return [kind, sys.modules["numpy"].asarray(value).tolist()]
    if kind in NULLABLE:
        missing = value.isna()
        return [kind, [None if gone else part for part, gone in zip(value.tolist(), missing, strict=True)]]
    known = kind if kind in TEXTS else "object"
    return [known, [_node(part, budget, depth + 1) for part in value.tolist()]]


def _labels(index: Any, budget: _Budget, depth: int) -> Any:
    names = [_node(name, budget, depth + 1) for name in index.names]
    parts = [index.get_level_values(level) for level in range(index.nlevels)]
    return [names, [_column(part, budget, depth) for part in parts]]


def _index(value: Any, budget: _Budget, depth: int) -> Any:
    return {"index": _labels(value, budget, depth)}


def _series(value: Any, budget: _Budget, depth: int) -> Any:
    name = _node(value.name, budget, depth + 1)
    return {"series": [name, _labels(value.index, budget, depth), _column(value, budget, depth)]}


def _frame(value: Any, budget: _Budget, depth: int) -> Any:
    columns = [_column(value.iloc[:, number], budget, depth) for number in range(value.shape[1])]
    return {"frame": [_labels(value.index, budget, depth), _labels(value.columns, budget, depth), columns]}


def _foreign(value: Foreign, _budget: _Budget, _depth: int) -> Any:
    return {"foreign": [value.kind, value.sight]}


_ENCODERS: tuple[tuple[type, Callable[[Any, _Budget, int], Any]], ...] = (
    (int, _integer),
    (float, lambda value, _budget, _depth: float.__add__(value, 0.0)),
    (str, _word),
    (list, _sequence("list", list)),
    (tuple, _sequence("tuple", tuple)),
    (set, _sequence("set", set)),
    (frozenset, _sequence("frozenset", frozenset)),
    (dict, _mapping),
    (complex, _complex),
    (decimal.Decimal, _decimal),
    (fractions.Fraction, _fraction),
    (datetime.date, _moment),
    (datetime.timedelta, _moment),
    (Foreign, _foreign),
)
_BY_NAME: tuple[tuple[str, Callable[[Any, _Budget, int], Any]], ...] = (
    ("numpy:generic", _scalar),
    ("numpy:ndarray", _array),
    ("pandas:Series", _series),
    ("pandas:DataFrame", _frame),
    ("pandas:Index", _index),
)

# ---------------------------------------------------------------- and back


def _value(node: Any, budget: _Budget, depth: int) -> Any:
    """Return the value for a node, which may be anything that JSON can hold."""
    if depth > 2 * DEEPEST:
        raise _TooMuchError
    budget.count(1, len(node) if isinstance(node, str) else 0)
    if isinstance(node, str):
        # half a pair of a surrogate can stand in JSON, but in no file and in no message
        return node.encode("utf-8", "replace").decode("utf-8")
    if node is None or isinstance(node, bool | int | float):
        return node
    if isinstance(node, list):
        return [_value(part, budget, depth + 1) for part in node]
    (tag, held), *more = node.items()
    if more:
        raise ValueError("a value has one kind")
    return _DECODERS[tag](held, budget, depth + 1)


def _parts(held: Any, budget: _Budget, depth: int) -> list[Any]:
    if not isinstance(held, list):
        raise TypeError(type(held))
    return [_value(part, budget, depth) for part in held]


def _entries(held: Any, budget: _Budget, depth: int) -> list[Any]:
    if len(held) > MOST_ENTRIES:
        raise _TooMuchError
    return _parts(held, budget, depth)


def _pair(held: Any, kind: type) -> tuple[Any, Any]:
    first, second = held
    if type(first) is not kind or type(second) is not kind:
        raise TypeError(kind)
    return first, second


def _shown(held: Any, made: type[Foreign] = Foreign) -> Foreign:
    kind, text = _pair(held, str)
    return made(*(part[:LONGEST_SIGHT].encode("utf-8", "replace").decode() for part in (kind, text)))


def _gone_through(held: Any, budget: _Budget, depth: int) -> Any:
    kind, shown, parts = held
    return Parts(_shown([kind, shown]), _parts(parts, budget, depth))


class Parts(Foreign):
    """The parts of something that can be gone through, a generator or the like."""

    def __init__(self, whole: Foreign, parts: list[Any]) -> None:
        super().__init__(whole.kind, whole.sight)
        self.parts = parts

    def __iter__(self) -> Any:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)


def _to_decimal(held: Any) -> decimal.Decimal:
    if not isinstance(held, str) or len(held) > LONGEST_NUMBER:
        raise TypeError(type(held))
    return decimal.Decimal(held)


def _to_column(held: Any, budget: _Budget, depth: int) -> tuple[str, list[Any]]:
    kind, parts = held
    if kind in NUMBERS or kind in NULLABLE:
        allowed = (bool, int, float, type(None)) if kind in NULLABLE else (bool, int, float)
        if not isinstance(parts, list) or not all(type(part) in allowed for part in parts):
            raise TypeError(kind)
        budget.count(len(parts))
        return kind, parts
    if kind not in TEXTS:
        raise ValueError(kind)
    return kind, _parts(parts, budget, depth)


def _to_array(held: Any, budget: _Budget, depth: int) -> Any:
    import numpy as np

    shape, (kind, parts) = held[0], _to_column(held[1], budget, depth)
    if len(shape) > LARGEST_SHAPE or not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError(shape)
    flat = np.empty(len(parts), dtype=kind if kind in NUMBERS else object)
    flat[:] = parts
    return flat.reshape(shape)


def _to_labels(held: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    names, levels = held
    names = _parts(names, budget, depth)
    columns = [_to_series(level, budget, depth) for level in levels]
    if len(columns) == 1:
        return pd.Index(columns[0], name=names[0])
    return pd.MultiIndex.from_arrays(columns, names=names)


def _to_series(held: Any, budget: _Budget, depth: int, **labels: Any) -> Any:
    import pandas as pd

    kind, parts = _to_column(held, budget, depth)
    return pd.Series(parts, dtype=kind, **labels)


def _to_frame(held: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    index, names, columns = held
    index = _to_labels(index, budget, depth)
    made = [_to_series(column, budget, depth, index=index) for column in columns]
    frame = pd.concat(made, axis=1) if made else pd.DataFrame(index=index)
    frame.columns = _to_labels(names, budget, depth)
    return frame


_DECODERS: dict[str, Callable[[Any, _Budget, int], Any]] = {
    "tuple": lambda held, budget, depth: tuple(_parts(held, budget, depth)),
    "set": lambda held, budget, depth: set(_entries(held, budget, depth)),
    "frozenset": lambda held, budget, depth: frozenset(_entries(held, budget, depth)),
    "dict": lambda held, budget, depth: dict(tuple(pair) for pair in _entries(held, budget, depth)),
    "parts": _gone_through,
    "ellipsis": lambda _held, _budget, _depth: ...,
    "complex": lambda held, _budget, _depth: complex(*_pair(held, float)),
    "decimal": lambda held, _budget, _depth: _to_decimal(held),
    "fraction": lambda held, _budget, _depth: fractions.Fraction(*_pair(held, int)),
    "time": lambda held, _budget, _depth: _shown(held),
    "array": _to_array,
    "index": lambda held, budget, depth: _to_labels(held, budget, depth),
    "series": lambda held, budget, depth: _to_series(
        held[2], budget, depth, index=_to_labels(held[1], budget, depth), name=_value(held[0], budget, depth)
    ),
    "frame": _to_frame,
    "function": lambda held, _budget, _depth: _shown(held, Function),
    "foreign": lambda held, _budget, _depth: _shown(held),
}
