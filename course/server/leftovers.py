"""What a saved notebook shows before it is run again: the text that each widget left, not JupyterLab's error in its place."""

from __future__ import annotations

from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def take_out_dead_widgets(notebook: dict[str, Any]) -> int:
    """Take the references to widgets out of outputs that hold a text besides; return how many there were.

    Their models ended with the kernel that made them. A front end that finds the reference shows an error and no text.
    """
    outputs = [output for cell in notebook.get("cells", ()) for output in cell.get("outputs", ())]
    bundles = [data for output in outputs if isinstance(data := output.get("data"), dict)]
    dead = [data for data in bundles if WIDGET in data and "text/html" in data]
    for data in dead:
        del data[WIDGET]
    return len(dead)
