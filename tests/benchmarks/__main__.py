"""Run all benchmarks, or those named, and print tables: `uv run --project .ci python -m tests.benchmarks [import slider …]`.

A benchmark is a file `bench_<name>.py` here with `main() -> list[dict[str, str]]`: the rows of its table, all with the
same columns. Benchmarks measure; they are not tests, and nothing fails when a figure is poor.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def table(rows: list[dict[str, str]]) -> str:
    """Return rows as a table with aligned columns."""
    lines = [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def run(names: list[str]) -> None:
    """Run the benchmarks with these names, all of them where none is given."""
    known = {path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")}
    if unknown := set(names) - known:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. Choose from: {', '.join(sorted(known))}.")
    for name in names or sorted(known):
        benchmark = import_module(f"tests.benchmarks.bench_{name}")
        print(f"\n{name}: {(benchmark.__doc__ or '').strip().splitlines()[0]}\n\n{table(benchmark.main())}", flush=True)


if __name__ == "__main__":
    run(sys.argv[1:])
