"""The files that a page needs from us: the interface (`ui-….js`), the Vega runtime (`vega-….js`); on a dashboard's own
page, where there is no JupyterLab, the line to the kernel (`live-….js`); and, where a module has a tool besides its
simulator, that tool's own script (`survey-….js`).

Each reaches a page once, however many widgets it shows, and only when it is wanted: over HTTP from
`{base_url}course/static/<name>`, where the content hash in the name lets browsers keep it for good, or over the widget's comm
where no server of ours is there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
RUNTIME = HERE / "static" / "vega.js"
MODULES = (
    "dom",
    "page",
    "chart",
    "simulator_controls",
    "simulator_talk",
    "simulator_memory",
    "simulator_tables",
    "simulator_bet",
    "simulator_figures",
    "simulator_study",
    "simulator",
    "prediction",
    "quiz",
    "tabs",
    "tool",
    "app",
    "dashboard",
    "parts",
)
LIVE = ("live_wire", "live_kernel", "live_page")
# scripts by stem; what they import from the modules above, they find in the page (`kit`)
TOOL_SCRIPTS = {"survey": ("survey_talk", "survey_upload", "survey_mapping", "survey_results", "survey")}
_IMPORT = re.compile(r'^import ([^;]*?) from "\./(\w+)\.js";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file to serve: its bytes (UTF-8 text) and its content type."""

    body: bytes
    content_type: str = "text/javascript; charset=utf-8"


def _read(module: str) -> str:
    return (HERE / f"{module}.js").read_text(encoding="utf-8")


def _styles(paths: Iterable[Path]) -> str:
    return json.dumps("\n".join(path.read_text(encoding="utf-8") for path in sorted(paths)))


def _joined(modules: tuple[str, ...], head: str = "") -> str:
    """Join ES modules, in dependency order, into one. Their top-level names share one scope and must differ."""
    parts = [head]
    for name in modules[:-1]:
        parts.append(re.sub(r"^export ", "", _IMPORT.sub("", _read(name)), flags=re.MULTILINE))
    parts.append(_IMPORT.sub("", _read(modules[-1])))
    source = "".join(parts)
    names = _DECLARED.findall(source)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"course/ui/*.js declare the same name twice: {', '.join(twice)}; rename one of each")
    return source


def _borrowed(modules: Iterable[str]) -> list[str]:
    """Return the names that a tool's modules import from the interface."""
    found = (_IMPORT.findall(_read(module)) for module in modules)
    names = {
        name.strip() for pairs in found for names, home in pairs if home in MODULES for name in names[1:-1].split(",")
    }
    return sorted(names - {""})


def _interface() -> str:
    own = {path for stem in TOOL_SCRIPTS for path in HERE.glob(f"{stem}*.css")}
    kit = sorted({name for modules in TOOL_SCRIPTS.values() for name in _borrowed(modules)})
    head = f"const STYLES = {_styles(set(HERE.glob('*.css')) - own)};\n"
    return f"{_joined(MODULES, head)}(globalThis.__course ??= {{ modules: new Map() }}).kit = {{ {', '.join(kit)} }};\n"


def _tool(stem: str) -> str:
    modules = TOOL_SCRIPTS[stem]
    kit = f"const {{ {', '.join(_borrowed(modules))} }} = globalThis.__course.kit;\n"
    return _joined(modules, f"{kit}const TOOL_STYLES = {_styles(HERE.glob(f'{stem}*.css'))};\n")


def _runtime() -> str:
    try:
        return RUNTIME.read_text(encoding="utf-8")
    except OSError as error:
        raise FileNotFoundError(
            "course/ui/static/vega.js is missing, so no chart can be drawn. "
            "Build it with: uv sync --reinstall-package course"
        ) from error


@cache
def _named() -> dict[str, tuple[str, Asset]]:
    texts = {
        "ui": _interface(),
        "live": _joined(LIVE),
        "vega": _runtime(),
        **{stem: _tool(stem) for stem in TOOL_SCRIPTS},
    }
    found = {}
    for stem, text in texts.items():
        body = text.encode()
        found[stem] = (f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.js", Asset(body))
    return found


def asset_name(stem: str) -> str:
    """Return the file name, hash and all, of `ui`, `live`, `vega` or a tool's script."""
    return _named()[stem][0]


def assets() -> dict[str, Asset]:
    """Return every asset by file name. Read once per process."""
    return dict(_named().values())
