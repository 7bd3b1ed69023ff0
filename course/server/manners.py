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
from course.kernel.warm import NAME
from course.server.options import kernel_encryption

# Says that this server is an instructor's, for whoever starts servers for others; a gradebook says it, too
INSTRUCTOR_VARIABLE = "COURSE_INSTRUCTOR"
ON_A_HUB = "JUPYTERHUB_SERVICE_PREFIX"
INSTRUCTOR_PLUGINS = [
    f"@jupyter/nbgrader:{name}"
    for name in ("assignment-list", "course-list", "create-assignment", "formgrader", "menu")
]
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
    return bool(os.environ.get(INSTRUCTOR_VARIABLE)) or (root / "gradebook.db").exists()


def page_of_a_learner(_handler: Any, page_config: dict[str, Any], menus: bool = False) -> dict[str, Any]:
    """Take out of JupyterLab what asks other hosts and, without `menus`, what is an instructor's.

    It is a `page_config_hook` of jupyterlab_server.
    """
    hidden = [*ASKING_PLUGINS, *([] if menus else INSTRUCTOR_PLUGINS)]
    page_config["disabledExtensions"] = sorted({*page_config.get("disabledExtensions", []), *hidden})
    # JupyterLab carries its own; the address of another host need not stand in the page
    page_config.update(fullMathjaxUrl="null", mathjaxConfig="null")
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
    server.update_config(missing(AT_HOME if own else GUEST, server.config))
    server.update_config(missing(EVERYWHERE, server.config))
    filters = server.config.VoilaExporter.filters
    if isinstance(filters, dict):
        server.config.VoilaExporter.filters = filters | EVERYWHERE["VoilaExporter"]["filters"]
    if not own:
        return
    if not ("url" in server.config.GatewayClient or os.environ.get("JUPYTER_GATEWAY_URL")):
        server.update_config(missing(CONNECTION, server.config))
    hook = page_of_an_instructor if for_an_instructor(Path(server.root_dir)) else page_of_a_learner
    server.tornado_settings = {"compress_response": True, "page_config_hook": hook, **server.tornado_settings}


def begins_warm(server: Any) -> bool:
    """Tell whether a server warms up as it starts. On a hub most students are idle: theirs does when the course is opened."""
    return at_home(server) and ON_A_HUB not in os.environ
