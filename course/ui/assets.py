"""The files that a page needs from us: the interface (`ui-….js`), the Vega runtime (`vega-….js`); on a dashboard's own
page, where there is no JupyterLab, the line to the kernel (`live-….js`); on one without a kernel, the line to one that a
private tool asks for (`private-….js`); on a lesson's page, what draws its elements there (`reader-….js`); and, where a
module has a tool besides its simulator, that tool's own script (`survey-….js`).

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

from course.ui.bundle import joined, ordered, variable

HERE = Path(__file__).parent
RUNTIME = HERE / "static" / "vega.js"
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
ENTRY, LIVE, PRIVATE = "page/parts.js", "live/page.js", "live/private.js"
# a lesson as a page
READER = "reader/reader.js"
# stands within the home page itself
HOME = "progress/home.js"
# a tool's script by key; what it shares with the interface, it finds in the page (`kit`)
TOOL_SCRIPTS = {"survey": "survey/survey.js", "dialogue": "dialogue/dialogue.js", "gaps": "gaps/gaps.js"}


@dataclass(frozen=True)
class Asset:
    """One file to serve: its bytes (UTF-8 text) and its content type."""

    body: bytes
    content_type: str = "text/javascript; charset=utf-8"


def _styles(paths: Iterable[Path]) -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths, key=lambda path: path.name)]
    return json.dumps(_COMMENT.sub("", "\n".join(texts)))


def _tool_folders() -> set[Path]:
    return {(HERE / script).parent for script in TOOL_SCRIPTS.values()}


def _shared(script: str) -> list[str]:
    """Return the variables of the interface that a tool's script needs."""
    interface = ordered(HERE, ENTRY)
    return sorted(variable(path) for path in ordered(HERE, script) if path in interface)


def _interface() -> str:
    styles = _styles(path for path in HERE.glob("*/*.css") if path.parent not in _tool_folders())
    kit = sorted({name for script in TOOL_SCRIPTS.values() for name in _shared(script)})
    return (
        f"const STYLES = {styles};\n{joined(HERE, ENTRY)}"
        f"(globalThis.__course ??= {{ modules: new Map() }}).kit = {{ {', '.join(kit)} }};\n"
    )


def _tool(key: str) -> str:
    script = TOOL_SCRIPTS[key]
    kit = f"const {{ {', '.join(_shared(script))} }} = globalThis.__course.kit;\n"
    styles = f"const TOOL_STYLES = {_styles((HERE / script).parent.glob('*.css'))};\n"
    return f"{kit}{styles}{joined(HERE, script, present=frozenset(ordered(HERE, ENTRY)))}"


def _runtime() -> str:
    try:
        return RUNTIME.read_text(encoding="utf-8")
    except OSError as error:
        raise FileNotFoundError(
            "course/ui/static/vega.js is missing, so no chart can be drawn. "
            "Bring it back with: git checkout course/ui/static/vega.js"
        ) from error


@cache
def _named() -> dict[str, tuple[str, Asset]]:
    texts = {
        "ui": _interface(),
        "live": joined(HERE, LIVE),
        "private": joined(HERE, PRIVATE),
        "reader": joined(HERE, READER),
        "vega": _runtime(),
        **{stem: _tool(stem) for stem in TOOL_SCRIPTS},
    }
    found = {}
    for stem, text in texts.items():
        body = text.encode()
        found[stem] = (f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.js", Asset(body))
    return found


def home_script() -> str:
    """Return what the home page needs to tell how far its reader is."""
    return joined(HERE, HOME)


def asset_name(stem: str) -> str:
    """Return the file name, hash and all, of `ui`, `live`, `private`, `reader`, `vega` or a tool's script."""
    return _named()[stem][0]


def assets() -> dict[str, Asset]:
    """Return every asset by file name. Read once per process."""
    return dict(_named().values())
