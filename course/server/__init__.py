"""The course on a Jupyter server: the home page, the files our widgets load, and the Voila template."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.server"}]


def _link_jupyter_server_extension(server: Any) -> None:
    from course.server.manners import settle

    settle(server)


def _load_jupyter_server_extension(server: Any) -> None:
    from course.kernel.warm import begin
    from course.server.manners import at_home, begins_warm, class_folder, join_page_hooks
    from course.server.routes import routes
    from course.server.static_paths import separate_search_paths

    if begins_warm(server):
        begin()
    separate_search_paths()
    settings = server.web_app.settings
    join_page_hooks(settings)
    server.web_app.add_handlers(".*$", routes(settings["base_url"], own=at_home(server)))
    if folder := settings.get("course_class_folder") or class_folder(server):
        from course.server.class_start import Classes
        from course.server.class_through import class_routes

        settings["course_classes"] = Classes(folder)
        server.web_app.add_handlers(".*$", class_routes(settings["base_url"], settings["course_classes"]))
    if folder := settings.get("course_desk"):
        from course.server.desk import desk_routes

        server.web_app.add_handlers(".*$", desk_routes(settings["base_url"], folder))


async def _start_jupyter_server_extension(server: Any) -> None:
    """When all extensions are there: JupyterHub's comes after ours, and sets what it finds set."""
    from course.server.manners import join_page_hooks

    join_page_hooks(server.web_app.settings)
