"""Two classes of submissions as real ones hand them in, and worse: each with the status and the points it has to get.

Status and points were worked out by hand from the assignment (24 points are decided by tests). `points` counts those
alone; a paragraph is the teacher's. There is a file for each kind; each enters its learners in `PERSONAS` or `ODD`.
"""

from tests.grading.personas import (  # noqa: F401
    answers,
    excess,
    files,
    habits,
    moved_cells,
    odd_files,
    reach,
    styles,
    tampering,
    trespass,
)
