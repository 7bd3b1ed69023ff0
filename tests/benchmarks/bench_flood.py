"""Two thousand requests that nobody means, to the run service of `course apps`: their answers, and what is left of them.

Bars: no 5xx, no traceback in an answer or on the terminal, no process more, and no memory beyond what the answers of the
first thousand took. (A few are good questions after all; their answers are kept, within the store's bound.)
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import psutil

from tests.benchmarks.bench_visitors import MB, memory
from tests.browser.tools import Served
from tests.server.flood import RAW, malformed, request, send

COUNT = 2_000


def main() -> list[dict[str, str]]:
    """Return one row per figure."""
    kinds: Counter[str] = Counter()
    tracebacks = 0
    sizes = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        served = Served("apps", Path(folder))
        try:
            served.wait()
            process = psutil.Process(served.process.pid)
            requests = [*(request(*each) for each in malformed(COUNT)), *RAW]
            for place, raw in enumerate(requests):
                status, body = send(served.port, raw)
                kinds[f"{status // 100}xx" if status else "closed"] += 1
                tracebacks += "Traceback" in body
                if (place + 1) % (COUNT // 2) == 0:
                    sizes.append(memory(process))
            said = served.said()
        finally:
            served.stop()
    rows = {
        "answers": (", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items())), "no 5xx"),
        "tracebacks": (str(tracebacks + said.count("Traceback")), "0"),
        "memory after 1,000 (PSS)": (f"{sizes[0][0] / MB:.0f} MB in {sizes[0][1]} processes", ""),
        "memory after 2,000 (PSS)": (f"{sizes[1][0] / MB:.0f} MB in {sizes[1][1]} processes", "no growth"),
    }
    return [{"what": what, "measured": measured, "bar": bar} for what, (measured, bar) in rows.items()]
