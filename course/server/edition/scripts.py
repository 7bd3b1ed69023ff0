"""Scripts as an edition of files holds them: no modules, for a browser takes none from a folder."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib

from course.ui.assets import assets

_EXPORT = re.compile(r"^export const (?:\{ (?P<names>[\w$, ]+) \}|(?P<name>[\w$]+)) =", re.MULTILINE)


def plain(name: str, module: str) -> str:
    """Return an ES module without imports, whose exports are constants, as a script that hands them to the page as `name`.

    >>> print(plain("a.js", "export const one = 1;\\n"), end="")
    (() => {
    "use strict";
    const one = 1;
    <BLANKLINE>
    __course.arrive("a.js", { one });
    })();
    """
    exported: list[str] = []

    def constant(found: re.Match[str]) -> str:
        names = found["names"] or found["name"]
        exported.extend(names.split(", "))
        return f"const {{ {names} }} =" if found["names"] else f"const {names} ="

    body = _EXPORT.sub(constant, module)
    if re.search(r"^(?:export|import)\b", body, re.MULTILINE):
        raise ValueError(f"{name} exports in a form that is not read here")
    return (
        f'(() => {{\n"use strict";\n{body}\n__course.arrive({json.dumps(name)}, {{ {", ".join(exported)} }});\n}})();\n'
    )


def scripts() -> dict[str, bytes]:
    """Return what the interface consists of, by file name."""
    return {name: plain(name, asset.body.decode()).encode() for name, asset in assets().items() if _wanted(name)}


def _wanted(name: str) -> bool:
    # these talk to a kernel
    return not name.startswith(("live-", "private-", "survey-"))


def named(stem: str, body: bytes) -> tuple[str, bytes]:
    """Return a script's name, which holds its hash, and the script."""
    return f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.js", body


def packed(stem: str, frame: bytes) -> tuple[str, bytes]:
    """Return the name and the text of a script that hands a frame to the page, compressed."""
    name, _frame = named(stem, frame)
    text = base64.b64encode(zlib.compress(frame, 9)).decode()
    return name, f'__course.arrive("{name}", "{text}");\n'.encode()
