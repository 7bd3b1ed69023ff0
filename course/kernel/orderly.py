"""The application of a learner's kernel, which ends in order."""

from __future__ import annotations

from ipykernel.kernelapp import IPKernelApp


class OrderlyApp(IPKernelApp):
    """IPython's kernel application, which waits at its end for no thread of its own that has ended already."""

    def start(self) -> None:
        """Run until the kernel is to end, and let the thread that was told so say its last word.

        What carries that word is stopped next. In ipykernel's order (7.4) it may be stopped first, and is then waited for in
        vain: whoever ended the kernel waits as well, gives up after two and a half seconds, and kills it.
        """
        super().start()
        if self.control_thread and self.control_thread.is_alive():
            self.control_thread.stop()
            self.control_thread.join()
