"""The two files that a page needs from us: the interface (`ui-….js`) and the Vega runtime (`vega-….js`).

Each reaches a page once, however many widgets it shows: over HTTP from `{base_url}course/static/<name>`, where the content
hash in the name lets browsers keep it for good, or over the widget's comm where no server of ours is there.
"""

from __future__ import annotations

import hashlib
import json
import re
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
    "app",
    "dashboard",
    "parts",
)
_IMPORT = re.compile(r'^import [^;]*? from "\./\w+\.js";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file to serve: its bytes (UTF-8 text) and its content type."""

    body: bytes
    content_type: str = "text/javascript; charset=utf-8"


def _joined() -> str:
    """Join our ES modules, in dependency order, into one. Their top-level names share one scope and must differ."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.css")))
    parts = [f"const STYLES = {json.dumps(styles)};\n"]
    for name in MODULES[:-1]:
        text = _IMPORT.sub("", (HERE / f"{name}.js").read_text(encoding="utf-8"))
        parts.append(re.sub(r"^export ", "", text, flags=re.MULTILINE))
    parts.append(_IMPORT.sub("", (HERE / f"{MODULES[-1]}.js").read_text(encoding="utf-8")))
    source = "".join(parts)
    names = _DECLARED.findall(source)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"course/ui/*.js declare the same name twice: {', '.join(twice)}; rename one of each")
    return source


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
    found = {}
    for stem, text in (("ui", _joined()), ("vega", _runtime())):
        body = text.encode()
        found[stem] = (f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.js", Asset(body))
    return found


def asset_name(stem: str) -> str:
    """Return the file name, hash and all, of `ui` or `vega`."""
    return _named()[stem][0]


def assets() -> dict[str, Asset]:
    """Return every asset by file name. Read once per process."""
    return dict(_named().values())
