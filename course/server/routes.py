"""The addresses that the course adds to a server."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from course.runs import Service
from course.server.class_gaps import GapsHandler, PublicGapsHandler
from course.server.door import ROOMS, DoorHandler
from course.server.explore import ExploreHandler, PublicExploreHandler
from course.server.health import HealthHandler
from course.server.home import CopyHandler, HomeHandler
from course.server.read import read_routes
from course.server.runs import PublicRunHandler, RunHandler
from course.server.static import AssetHandler
from course.server.study import StudyHandler
from course.study.titles import TITLES

Route = tuple[str, type, dict[str, Any]]


def routes(base_url: str, explore_only: bool = False, own: bool = True, service: Service | None = None) -> list[Route]:
    """Return the course's routes below `base_url`; `explore_only`, for the public, leaves out JupyterLab: links and doors.

    `own` tells whether the server is the course's own, or one where it is a guest.
    """
    service = service or Service()
    run, explore = (PublicRunHandler, PublicExploreHandler) if explore_only else (RunHandler, ExploreHandler)
    pages: list[Route] = [
        (url_path_join(base_url, r"course/run/([\w-]+)/([a-z]+)"), run, {"service": service}),
        (url_path_join(base_url, r"course/explore/([\w-]+)"), explore, {"service": service}),
        (url_path_join(base_url, r"course/static/([\w.-]+)"), AssetHandler, {}),
        (url_path_join(base_url, rf"course/({'|'.join(TITLES)})"), StudyHandler, {"explore_only": explore_only}),
        *read_routes(base_url, explore_only, service),
        (url_path_join(base_url, r"course/gaps"), PublicGapsHandler if explore_only else GapsHandler, {}),
        (url_path_join(base_url, r"course/health"), HealthHandler, {"service": service, "tried": {}}),
        (url_path_join(base_url, r"course/?"), HomeHandler, {"explore_only": explore_only}),
    ]
    return pages if explore_only else [*pages, *_notebook_routes(base_url, own)]


def _notebook_routes(base_url: str, own: bool) -> list[Route]:
    """Return the doors to JupyterLab, and what stands before its own and nbgrader's routes; only these import the two."""
    from course.server.lab_language import LabLanguageHandler
    from course.server.practise import PractiseHandler
    from course.server.validate import ValidateHandler

    return [
        (url_path_join(base_url, r"course/copy"), CopyHandler, {}),
        (url_path_join(base_url, r"course/practise/([\w-]+)"), PractiseHandler, {}),
        (url_path_join(base_url, rf"course/({'|'.join(ROOMS)})/(.+)"), DoorHandler, {"starting": {}}),
        (url_path_join(base_url, r"(?:lab/)?api/translations/default"), LabLanguageHandler, {"own": own}),
        (url_path_join(base_url, r"assignments/validate"), ValidateHandler, {}),
    ]
