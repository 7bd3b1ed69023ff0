"""How nbgrader finds its way in the course. Run its commands from this folder.

`COURSE_LANG` (en, the default, or zh) picks the edition: `nbgrader generate_assignment` reads `solutions/<language>`
and writes `exercises/<language>`. Submissions in either language are graded together: grade ids and test cells are
the same in both.
"""

import os
import sys
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.preprocessors import GetGrades

from course.grading.assignment.steps import RestoreSetup
from course.grading.telling.feedback import FeedbackExporter, markdown
from course.i18n import DEFAULT, UnknownLanguageError, match_language

ROOT = Path(__file__).resolve().parent
STUBS = {"en": "pass  # your answer goes in place of this line", "zh": "pass  # 把这一行换成你的答案"}

asked = os.environ.get("COURSE_LANG") or DEFAULT
language = match_language(asked) or DEFAULT
command = Path(sys.argv[0])
if match_language(asked) is None and "nbgrader" in (command.stem, command.parent.name):
    # An ordinary exception would be logged and this file skipped. A Jupyter server reads this file too, and goes on
    raise SystemExit(f"COURSE_LANG: {UnknownLanguageError(asked)}")

# For a new gradebook nbgrader calls `alembic` by its bare name, also where the environment was not activated
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "exceeding-expectations"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = f"solutions/{language}"
c.CourseDirectory.release_directory = f"exercises/{language}"
c.CourseDirectory.db_url = f"sqlite:///{ROOT / 'gradebook.db'}"

c.ClearSolutions.code_stub = {"python": STUBS[language]}
# One text for both editions: an unwritten paragraph scores 0 if it equals the gradebook's, which holds one edition
c.ClearSolutions.text_stub = "*Write your answer here · 在这里写下你的回答*"

c.OverwriteCells.add_missing_cells = True
c.ExecutePreprocessor.timeout = 60
c.Autograde.sanitize_preprocessors = [*Autograde.sanitize_preprocessors.default(), RestoreSetup]
c.RestoreSetup.folder = str(ROOT)

# One page in the learner's language; nbgrader's own would show the hidden tests and ask other hosts for its formulae
c.GenerateFeedback.exporter_class = FeedbackExporter
c.GenerateFeedback.preprocessors = [GetGrades]
# Formgrader's formulae: drawn here, for MathJax would be another host
c.HTMLExporter.filters = {"markdown2html": markdown}
