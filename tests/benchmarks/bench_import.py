"""What importing costs: fresh interpreters, bytecode compiled, the median of several.

`import course` over a bare interpreter (bar: 0.15 s), `import course.simulations` against `import pandas`
(bar: 1.2 times), and `import altair` for itself.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 9
STATEMENTS = ["pass", "import course", "import pandas", "import course.simulations", "import altair"]


def seconds(statement: str) -> float:
    """Wall-clock time of a fresh interpreter that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def main() -> list[dict[str, str]]:
    """Measure the statements in turn, round by round, so that a busy moment hits all of them alike."""
    for statement in STATEMENTS:
        seconds(statement)  # compiles bytecode and warms the disk
    rounds = [[seconds(statement) for statement in STATEMENTS] for _ in range(ROUNDS)]
    bare, course, pandas, simulations, altair = map(statistics.median, zip(*rounds, strict=True))
    return [
        {"what": "bare interpreter", "median": f"{bare:.3f} s", "bar": ""},
        {"what": "import course, over a bare interpreter", "median": f"{course - bare:.3f} s", "bar": "≤ 0.15 s"},
        {"what": "import pandas", "median": f"{pandas:.3f} s", "bar": ""},
        {"what": "import course.simulations", "median": f"{simulations:.3f} s", "bar": ""},
        {"what": "import course.simulations / import pandas", "median": f"{simulations / pandas:.2f}", "bar": "≤ 1.2"},
        {"what": "import altair", "median": f"{altair:.3f} s", "bar": ""},
    ]
