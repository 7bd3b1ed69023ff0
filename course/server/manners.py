"""How the course behaves on a Jupyter server: it arranges what is its own, and is a guest anywhere else.

A server whose root is the course's folder is the course's: a clone opened with `jupyter lab`, Binder, a hub that gives each
student a clone. On any other, other people's notebooks look and work as if the course were not installed. Nothing is
written into the configuration that all share, so nothing of an administrator's is overwritten; what they set stays.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from traitlets.config import Config

from course.folder import is_course_folder
from course.grading import DESK_VARIABLE, FOLDER_VARIABLE, FORMGRADER_VARIABLE
from course.kernel.warm import NAME, fork_server
from course.server.options import kernel_encryption

# 1 says that this server is an instructor's, 0 that it is a student's, for whoever starts servers for others; a gradebook
# says the first, too
INSTRUCTOR_VARIABLE = "COURSE_INSTRUCTOR"
ON_A_HUB, ON_BINDER = "JUPYTERHUB_SERVICE_PREFIX", "BINDER_REQUEST"
OUR_HOOK, JOINED = "course_page_hook", "course_page_hook_joined"
INSTRUCTOR_PLUGINS = [f"@jupyter/nbgrader:{name}" for name in ("course-list", "create-assignment", "formgrader")]
# With an exchange these two are a student's, too: the menu then holds the Assignment List and nothing else
EXCHANGE_PLUGINS = [f"@jupyter/nbgrader:{name}" for name in ("assignment-list", "menu")]
# What asks other hosts for news and packages
ASKING_PLUGINS = ["@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension:plugin"]
ANSWERS = ["questions.toml", "given.toml", "simulation.toml", "teaching.*.md", "solutions"]
CLUTTER = ["__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~"]

# wherever the course's own notebooks are opened
EVERYWHERE: dict[str, dict[str, Any]] = {
    "KernelProvisionerFactory": {"default_provisioner_name": NAME},
    "WarmProvisioner": {"extensions": ["course.ui.first_box"]},
    "KernelManager": {"transport_encryption": kernel_encryption()},
    "VoilaExporter": {"filters": {"course_asset": "course.ui.assets.asset_name"}},
}
GUEST: dict[str, dict[str, Any]] = {"WarmProvisioner": {"only_for_the_course": True}}
AT_HOME: dict[str, dict[str, Any]] = {
    "KernelManager": {"client_factory": "course.server.kernels.PromptClient"},
    "ContentsManager": {"hide_globs": [*CLUTTER, *ANSWERS]},
    "LabApp": {
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "extension_manager": "readonly",
        "news_url": None,
    },
    "VoilaConfiguration": {
        "template": "course",
        "theme": "light",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "show_tracebacks": False,
        "file_allowlist": [],
        "extension_allowlist": [
            "anywidget",
            "@jupyter-widgets/jupyterlab-manager",
            "@voila-dashboards/widgets-manager8",
        ],
        "extension_denylist": [
            "@jupyter-notebook/lab-extension",
            "@jupyter/nbgrader",
            "@voila-dashboards/jupyterlab-preview",
            "jupyter-offlinenotebook",
            "jupyterlab_pygments",
        ],
    },
}
CONNECTION = {"ServerApp": {"kernel_websocket_connection_class": "course.server.kernels.PromptConnection"}}


def at_home(server: Any) -> bool:
    """Tell whether a server's root is a folder of the course's."""
    return is_course_folder(Path(server.root_dir).resolve())


def for_an_instructor(root: Path) -> bool:
    """Tell whether instructors' menus belong on the server with this root."""
    said = os.environ.get(INSTRUCTOR_VARIABLE, "")
    return said not in ("", "0") or (said != "0" and (root / "gradebook.db").exists())


def class_folder(server: Any) -> Path | None:
    """Return where classes are kept that are opened on a server of a hub's; None for a student's, and anywhere else.

    On Binder everybody is on their own, and may be the teacher.
    """
    root = Path(server.root_dir).resolve()
    if ON_A_HUB not in os.environ or not (for_an_instructor(root) or ON_BINDER in os.environ):
        return None
    return root / "class"


def _not_for_a_learner() -> list[str]:
    from course.server.exchange import exchange

    return [*INSTRUCTOR_PLUGINS, *([] if exchange() else EXCHANGE_PLUGINS)]


def page_of_a_learner(_handler: Any, page_config: dict[str, Any], menus: bool = False) -> dict[str, Any]:
    """Take out of JupyterLab what asks other hosts and, without `menus`, what is an instructor's.

    It is a `page_config_hook` of jupyterlab_server.
    """
    hidden = [*ASKING_PLUGINS, *([] if menus else _not_for_a_learner())]
    page_config["disabledExtensions"] = sorted({*page_config.get("disabledExtensions", []), *hidden})
    # JupyterLab carries its own; the address of another host need not stand in the page
    page_config.update(fullMathjaxUrl="null", mathjaxConfig="null")
    return page_config


def page_of_a_guests_student(_handler: Any, page_config: dict[str, Any]) -> dict[str, Any]:
    """Take an instructor's menus out of JupyterLab and leave all else as it was."""
    page_config["disabledExtensions"] = sorted({*page_config.get("disabledExtensions", []), *_not_for_a_learner()})
    return page_config


def page_of_an_instructor(handler: Any, page_config: dict[str, Any]) -> dict[str, Any]:
    """Do as for a learner, and leave nbgrader's menus in."""
    return page_of_a_learner(handler, page_config, menus=True)


def missing(settings: dict[str, dict[str, Any]], present: Any) -> Config:
    """Return those of `settings` that a configuration does not have: an administrator's own stand."""
    found = Config()
    for section, values in settings.items():
        for name, value in values.items():
            if section not in present or name not in present[section]:
                found[section][name] = value
    return found


def settle(server: Any) -> None:
    """Set up a server, before it makes its kernels' and files' managers, for the course at home or as a guest."""
    own = at_home(server)
    # each student has a server there, and most of them are idle
    fork_server().thrifty = ON_A_HUB in os.environ
    server.update_config(missing(AT_HOME if own else GUEST, server.config))
    server.update_config(missing(EVERYWHERE, server.config))
    filters = server.config.VoilaExporter.filters
    if isinstance(filters, dict):
        server.config.VoilaExporter.filters = filters | EVERYWHERE["VoilaExporter"]["filters"]
    if not own:
        if os.environ.get(INSTRUCTOR_VARIABLE) == "0":
            server.tornado_settings = {OUR_HOOK: page_of_a_guests_student, **server.tornado_settings}
        return
    if not ("url" in server.config.GatewayClient or os.environ.get("JUPYTER_GATEWAY_URL")):
        server.update_config(missing(CONNECTION, server.config))
    hook = page_of_an_instructor if for_an_instructor(Path(server.root_dir)) else page_of_a_learner
    server.tornado_settings = {"compress_response": True, OUR_HOOK: hook, **server.tornado_settings}
    if ON_A_HUB in os.environ:
        open_desk(server, Path(server.root_dir).resolve())


def join_page_hooks(settings: dict[str, Any]) -> None:
    """Have JupyterLab's page arranged by us after whoever else does; JupyterHub puts a hook of its own in our place."""
    ours, theirs = settings.get(OUR_HOOK), settings.get("page_config_hook")
    if ours is None or (theirs is not None and theirs is settings.get(JOINED)):
        return

    def joined(handler: Any, page_config: dict[str, Any]) -> dict[str, Any]:
        arranged: dict[str, Any] = ours(handler, theirs(handler, page_config) if theirs else page_config)
        return arranged

    settings["page_config_hook"] = settings[JOINED] = joined


def open_desk(server: Any, root: Path) -> None:
    """Give an instructor's server on a hub what `course dashboard` serves elsewhere: there nothing else could be reached."""
    if not (for_an_instructor(root) and (root / "course").is_dir()):
        return
    os.environ.update({FOLDER_VARIABLE: str(root), DESK_VARIABLE: "1", FORMGRADER_VARIABLE: "1"})
    server.tornado_settings = {"course_desk": root, **server.tornado_settings}
    # nbgrader's formgrader looks for its configuration where we are
    os.chdir(root)


def begins_warm(server: Any) -> bool:
    """Tell whether a server warms up as it starts. On a hub most students are idle: theirs does when the course is opened."""
    return at_home(server) and ON_A_HUB not in os.environ
