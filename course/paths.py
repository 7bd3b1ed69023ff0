"""Where the course's folders are."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# What a wheel carries: lessons, exercises and data, no solutions (`course/ui/build_hook.py` puts them there)
CARRIED = PACKAGE / "content"
ROOT = CARRIED if CARRIED.is_dir() else PACKAGE.parent
LESSONS = ROOT / "lessons"
EXERCISES = ROOT / "exercises"
SOLUTIONS = ROOT / "solutions"
DATASETS = ROOT / "datasets"
