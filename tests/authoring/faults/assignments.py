"""Faults of assignments: solutions, exercises, tables of answers, numbers that vary."""

from __future__ import annotations

from tests.authoring.conftest import cell
from tests.authoring.faults.planting import (
    ANSWERS,
    ASSIGNMENT_CATALOGUE,
    EXERCISE,
    GIVEN,
    SOLUTION,
    SOLUTION_ZH,
    Fault,
    add,
    given,
    grading,
    notebook,
    source,
    text,
)

FAULTS = {
    "exercise missing": Fault(
        lambda root: (root / EXERCISE).unlink(), EXERCISE, "", "missing", "COURSE_LANG=en nbgrader generate_assignment"
    ),
    "answers missing": Fault(lambda root: (root / ANSWERS).unlink(), ANSWERS, "", "missing", "course new m99"),
    "table of answers missing": Fault(
        text(ANSWERS, "VISIBLY_WRONG", "WRONG"), ANSWERS, "VISIBLY_WRONG", "VISIBLY_WRONG is missing", "another module"
    ),
    "placeholder in a catalogue": Fault(
        text(ASSIGNMENT_CATALOGUE, "求出了什么", "‹待写：求出了什么›"),
        ASSIGNMENT_CATALOGUE,
        "line ",
        "‹待写：",
        "Replace it",
    ),
    "numbers of one's own missing": Fault(lambda root: (root / GIVEN).unlink(), GIVEN, "", "missing", "course new m99"),
    "too few numbers of one's own": Fault(
        text(GIVEN, 'cells = ["task-two"]', 'cells = ["task-one"]'), GIVEN, "", "2 tasks have numbers", "at least 3"
    ),
    "answers are no Python": Fault(
        text(ANSWERS, "ACCEPTED = {", "ACCEPTED = "), ANSWERS, "line ", "cannot read", "Correct"
    ),
    "edition unnamed": Fault(
        notebook(SOLUTION_ZH, lambda found: found["metadata"]["course"].update(language="en")),
        SOLUTION_ZH,
        "metadata.course",
        "do not say what it is",
        '"language": "zh"',
    ),
    "other points in Chinese": Fault(
        grading(SOLUTION_ZH, "task-one-test", points=6), SOLUTION_ZH, "task-one-test", "metadata differ", SOLUTION
    ),
    "other test in Chinese": Fault(
        source(SOLUTION_ZH, "task-one-test", lambda code: code.replace("71.5", "72.5")),
        SOLUTION_ZH,
        "task-one-test",
        "Other code",
        SOLUTION,
    ),
    "metadata no tables": Fault(
        notebook(SOLUTION, lambda found: cell(found, "task-one-test")["metadata"].update(nbgrader="?", course=3)),
        SOLUTION,
        "task-one-test",
        "grade id '' is not unique",
        "Name the task",
    ),
    "objective unknown": Fault(
        notebook(
            SOLUTION, lambda found: cell(found, "task-two-task")["metadata"].update(course={"objectives": ["ninth"]})
        ),
        SOLUTION,
        "task-two-task",
        "no objective 'ninth'",
        "first, second, third",
    ),
    "no hint": Fault(
        source(SOLUTION, "task-two-task", lambda words: words.replace("Hint", "Help")),
        SOLUTION,
        "task-two",
        "no hint",
        "<summary>Hint</summary>",
    ),
    "no Chinese hint": Fault(
        source(SOLUTION_ZH, "argue-task", lambda words: words.replace("提示", "Hint")),
        SOLUTION_ZH,
        "argue",
        "no hint",
        "<summary>提示</summary>",
    ),
    "too few tasks": Fault(
        grading(SOLUTION, "task-five-test", grade=False, locked=False), SOLUTION, "", "4 tasks mark", "at least 5"
    ),
    "answer without a test": Fault(
        grading(SOLUTION, "task-five-test", grade=False, locked=False),
        SOLUTION,
        "task-five",
        "No test",
        "Add a test cell",
    ),
    "nothing for the instructor": Fault(
        grading(SOLUTION, "argue", grade=False),
        SOLUTION,
        "",
        "No task is marked by the instructor",
        "grade and solution",
    ),
    "grade id twice": Fault(
        grading(SOLUTION, "task-two", grade_id="task-one"),
        SOLUTION,
        "task-two",
        "'task-one' is not unique",
        "Name the task",
    ),
    "points that do not add up": Fault(
        grading(SOLUTION, "task-one-test", points=4),
        SOLUTION,
        "",
        "29 points, the manifest says 30",
        "Change the points",
    ),
    "answer without markers": Fault(
        source(SOLUTION, "task-one", lambda code: "def task_one(number):\n    return number, 'done'"),
        SOLUTION,
        "task-one",
        "between a pair of markers",
        "### BEGIN SOLUTION",
    ),
    "marker in the wrong cell": Fault(
        source(SOLUTION, "setup", add("\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION")),
        SOLUTION,
        "setup",
        "learners would see the solution",
        "### BEGIN SOLUTION",
    ),
    "secret printed": Fault(
        source(
            SOLUTION, "task-one-test", lambda code: code.replace("### END HIDDEN", "print(task_one(9))\n### END HIDDEN")
        ),
        SOLUTION,
        "task-one-test",
        "Line 21 of the hidden test",
        "plain assert",
    ),
    "secret in a message": Fault(
        source(
            SOLUTION, "task-one-test", lambda code: code.replace("### END H", "assert found == 60, '60'\n### END H")
        ),
        SOLUTION,
        "task-one-test",
        "Line 21 of the hidden test",
        "plain assert",
    ),
    "hidden test never ends": Fault(
        source(SOLUTION, "task-one-test", lambda code: code.replace("### END HIDDEN TESTS", "")),
        SOLUTION,
        "task-one-test",
        "only one of its two markers",
        "### END HIDDEN TESTS",
    ),
    "exercise edited": Fault(
        source(EXERCISE, "task-one-task", add("\nSee page 3.")),
        EXERCISE,
        "task-one-task",
        "not what nbgrader makes",
        "change the solution and run: COURSE_LANG=en",
    ),
    "solution changed since": Fault(
        source(SOLUTION, "task-three", lambda code: code.replace("def task_three(effort)", "def task_three(amount)")),
        EXERCISE,
        "task-three",
        "not what nbgrader makes",
        "nbgrader generate_assignment",
    ),
    "exercise lacks a cell": Fault(
        notebook(EXERCISE, lambda found: found["cells"].remove(cell(found, "argue"))),
        EXERCISE,
        "argue",
        "not what nbgrader makes",
        "Never edit an exercise",
    ),
    "half-width parentheses in an assignment": Fault(
        source(SOLUTION_ZH, "task-one-task", add("\n答案(整数)")),
        SOLUTION_ZH,
        "task-one-task",
        "答案(整数)",
        "答案（整数）",
    ),
    "another word for a term, in a task": Fault(
        source(SOLUTION, "task-one-task", add("\n\nRound it anew.")),
        SOLUTION,
        "task-one-task",
        "“anew”",
        "Say instead: again",
    ),
    "given number elsewhere": Fault(
        given("task-one", "3.75"), SOLUTION, "task-one", "'3.75' stands in this task, and it does not", "given.toml"
    ),
    "given number untested": Fault(
        given("task-one", "3.75"), SOLUTION_ZH, "task-one", "No test of this task asks for size", 'given("m99", "size")'
    ),
}
