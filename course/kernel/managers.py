"""A manager of one warm kernel, for whoever runs a notebook by itself."""

from __future__ import annotations

from typing import Any

from jupyter_client.manager import AsyncKernelManager

from course.kernel.provisioner import WarmProvisioner


class WarmManager(AsyncKernelManager):
    """Starts its kernel by forking, where that can be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.provisioner = WarmProvisioner(kernel_id="", kernel_spec=self.kernel_spec, parent=self)
