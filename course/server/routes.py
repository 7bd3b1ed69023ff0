"""The addresses that the course adds to a server."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from course.server.door import ROOMS, DoorHandler
from course.server.home import HomeHandler
from course.server.static import AssetHandler

Route = tuple[str, type, dict[str, Any]]


def routes(base_url: str, explore_only: bool = False) -> list[Route]:
    """Return the course's routes below `base_url`; `explore_only` leaves out JupyterLab: its links and its doors."""
    doors: list[Route] = [(url_path_join(base_url, rf"course/({'|'.join(ROOMS)})/(.+)"), DoorHandler, {"starting": {}})]
    return [
        *([] if explore_only else doors),
        (url_path_join(base_url, r"course/static/([\w.-]+)"), AssetHandler, {}),
        (url_path_join(base_url, r"course/?"), HomeHandler, {"explore_only": explore_only}),
    ]
