"""Scripts as one: each file becomes a function that returns what it exports, so its own names stay its own.

    import { fill } from "../page/dom.js";              const simulator$talk = (() => {
    export function talk() {…}                          const { fill } = page$dom;
                                              becomes   function talk() {…}
                                                        return { talk };
                                                        })();

Lines that are nothing but a comment stay behind: they are a fifth of what would travel.

Read are `import { name, name as other } from "./….js";` and `export` before a function, a class or a `const`.
Any other form is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(r'^import \{([\w\s,]*)\} from "(\.{1,2}/[\w/.]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const)\*? (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*(?:import\b(?![ \t]*[(.])|export\b).*$", re.MULTILINE)


class BundleError(ValueError):
    """A script cannot be joined with the others; the message names the file, the line and the cure."""


@dataclass(frozen=True)
class Script:
    """One file, read: its path under the root, its text without imports and `export`, and the names it takes and gives."""

    path: str
    body: str
    imports: dict[str, tuple[tuple[str, str], ...]]
    exports: tuple[str, ...]

    @property
    def name(self) -> str:
        """The variable that holds its exports."""
        return variable(self.path)

    def wrapped(self) -> str:
        """Return the file as one statement."""
        heads = [
            f"const {{ {', '.join(name if name == own else f'{name}: {own}' for name, own in pairs)} }} = {variable(home)};"
            for home, pairs in self.imports.items()
        ]
        head = "\n".join([*heads, ""])
        body = _COMMENT.sub("", self.body)
        return f"const {self.name} = (() => {{\n{head}{body}return {{ {', '.join(self.exports)} }};\n}})();\n"


def variable(path: str) -> str:
    """Return the name of the variable that holds the exports of the file `path`.

    >>> variable("simulator/talk.js")
    'simulator$talk'
    """
    return path.removesuffix(".js").replace("/", "$")


def read_script(root: Path, path: str) -> Script:
    """Return the script at `path` under `root`. `BundleError` where it is not there or has a form that is not read."""
    try:
        source = (root / path).read_text(encoding="utf-8")
    except OSError as error:
        raise BundleError(f"{root.name}/{path} is not there; mend the import that asks for it") from error
    imports: dict[str, tuple[tuple[str, str], ...]] = {}
    for names, target in _IMPORT.findall(source):
        home = _resolved(path, target)
        imports[home] = (
            *imports.get(home, ()),
            *(_pair(root, path, name) for name in names.split(",") if name.strip()),
        )
    body = _IMPORT.sub("", source)
    exports = tuple(match[1] for match in _EXPORT.finditer(body))
    body = _EXPORT.sub("", body)
    if other := _OTHER.search(body):
        line = next(number for number, text in enumerate(source.splitlines(), 1) if text == other[0])
        raise BundleError(
            f"{root.name}/{path}, line {line}: “{other[0].strip()}” is a form that course/ui/bundle.py does not read; "
            f'write import {{ name }} from "./file.js"; or put export before a function, a class or a const'
        )
    return Script(path, body.lstrip("\n"), imports, exports)


def _pair(root: Path, path: str, text: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*(\w+)(?:\s+as\s+(\w+))?\s*", text)
    if match is None:
        raise BundleError(f"{root.name}/{path}: “{text.strip()}” is no import; write a name, or name as other")
    return match[1], match[2] or match[1]


def _resolved(path: str, target: str) -> str:
    parts: list[str] = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            if not parts:
                return target  # above the root: read_script says that nothing is there
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def ordered(root: Path, entry: str) -> dict[str, Script]:
    """Return the scripts that `entry` needs, by path, each after those it imports. `BundleError` where that cannot be."""
    scripts: dict[str, Script] = {}

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise BundleError(
                f"scripts import each other in a circle: {' -> '.join([*above, path])}; take one import out"
            )
        if path in scripts:
            return
        script = read_script(root, path)
        for home, pairs in script.imports.items():
            visit(home, (*above, path))
            if missing := [name for name, _own in pairs if name not in scripts[home].exports]:
                raise BundleError(f"{root.name}/{path} imports {', '.join(missing)}, which {home} does not export")
        scripts[path] = script

    visit(entry, ())
    return scripts


def joined(root: Path, entry: str, *, present: frozenset[str] = frozenset()) -> str:
    """Return `entry` and all it needs, but what is `present` in the page, as one ES module with the exports of `entry`."""
    scripts = ordered(root, entry)
    parts = [script.wrapped() for path, script in scripts.items() if path not in present]
    last = scripts[entry]
    return "".join([*parts, f"export const {{ {', '.join(last.exports)} }} = {last.name};\n" if last.exports else ""])
