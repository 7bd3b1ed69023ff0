"""What the course adds to the steps of nbgrader's own commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from course.grading.assignment.variants import restore


class RestoreSetup(NbGraderPreprocessor):
    """Put back the first cell of a notebook with variants, so that each learner is graded with their own numbers."""

    folder = Unicode(help="Where variants.toml is.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook with the learner's own first cell; as it is where there are no variants."""
        student, assignment = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        if restore(nb, student, assignment, Path(self.folder)):
            self.log.warning("The first cell of %s names other numbers than their own; it was put back", student)
        return nb, resources
