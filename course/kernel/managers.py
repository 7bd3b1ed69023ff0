"""A manager of one warm kernel, for whoever runs a notebook by itself."""

from __future__ import annotations

from typing import Any

from jupyter_client.manager import AsyncKernelManager

from course.kernel.provisioner import WarmProvisioner
from course.kernel.warm import ForkServer


class WarmManager(AsyncKernelManager):
    """Starts its kernel by forking, where that can be: from `server`, or from this process's own."""

    server: ForkServer | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.provisioner = WarmProvisioner(kernel_id="", kernel_spec=self.kernel_spec, parent=self)
        self.provisioner.server = self.server
