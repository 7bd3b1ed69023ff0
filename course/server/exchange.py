"""nbgrader's exchange as a student's server sees it: *Practise* opens the copy that *Submit* hands in, and no other.

An exchange may hold the editions of an assignment as two courses of nbgrader's; the reader's own comes first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_core.application import JupyterApp
from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config

from course.i18n import match_language
from course.manifest import Module

STOCK = "/usr/local/share/nbgrader/exchange"
SETTINGS = "nbgrader_config"


@dataclass(frozen=True)
class Copy:
    """An assignment as a student may have it: nbgrader's course, the student's notebook, and the one that can be read now."""

    course_id: str
    notebook: Path
    present: Path

    @property
    def fetched(self) -> bool:
        """Whether the student has it already."""
        return self.present == self.notebook


@dataclass(frozen=True)
class Exchange:
    """Where an administrator's nbgrader keeps released assignments, and where it puts those that a student fetches."""

    config: Config
    root: Path
    folder: Path

    def copy(self, module: Module, language: str) -> Copy | None:
        """Return the copy to work in, in the reader's language where there is one; a fetched copy before all others."""
        found = sorted(self._copies(module), key=lambda copy: (not copy.fetched, edition(copy.present) != language))
        return found[0] if found else None

    def _copies(self, module: Module) -> Iterator[Copy]:
        for course in self._courses():
            apart = self.config.get("Exchange", {}).get("path_includes_course", False)
            kept = self.folder / (course if apart else "") / module.id / "exercise.ipynb"
            released = self.root / course / "outbound" / module.id / "exercise.ipynb"
            if kept.is_file():
                yield Copy(course, kept, kept)
            elif released.is_file():
                yield Copy(course, kept, released)

    def _courses(self) -> list[str]:
        only = self.config.get("CourseDirectory", {}).get("course_id", "")
        return [only] if only else sorted(path.parent.name for path in self.root.glob("*/outbound"))

    def fetch(self, module: Module, copy: Copy) -> None:
        """Fetch what was released, as nbgrader's Assignment List does. `ExchangeError` where that cannot be."""
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeFactory

        config = Config(self.config)
        config.CourseDirectory.update(course_id=copy.course_id, assignment_id=module.id)
        parts = {"coursedir": CourseDirectory(config=config), "authenticator": Authenticator(config=config)}
        ExchangeFactory(config=config).FetchAssignment(config=config, **parts).start()


def edition(notebook: Path) -> str | None:
    """Return the language of an assignment's notebook; None where that cannot be read."""
    try:
        found = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["course"]["language"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return match_language(str(found))


@cache
def _settings() -> Config | None:
    """Return nbgrader's configuration for all on this machine; None where there is none."""
    if not any(path for place in jupyter_config_path() for path in Path(place).glob(f"{SETTINGS}.*")):
        return None
    app = JupyterApp(config_file_name=SETTINGS)
    app.load_config_file()
    return app.config


def exchange() -> Exchange | None:
    """Return the exchange that nbgrader's configuration for all on this machine names; None where there is none."""
    config = _settings()
    if config is None:
        return None
    own = config.get("Exchange", {})
    root = Path(own.get("root", STOCK))
    folder = Path(own.get("assignment_dir", ".")).expanduser().absolute()
    return Exchange(config, root, folder) if root.is_dir() else None


def practised_from(place: Exchange, base_url: str, module: Module, language: str, narrow: bool) -> dict[str, str]:
    """Return the door to an assignment that the exchange has, none where it has not."""
    if place.copy(module, language) is None:
        return {}
    room = "&room=notebooks" if narrow else ""
    return {"practise": f"{base_url}course/practise/{module.id}?lang={language}{room}"}
