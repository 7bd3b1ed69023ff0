"""The words of the survey tool, English; the Chinese stand in `course/i18n/zh/survey_ui.po`."""

from __future__ import annotations

from course.i18n import N_
from course.survey.plan import (
    DATE,
    DURATION,
    EXPECTATION,
    IGNORE,
    IMPORTANCE,
    PERCEPTION,
    RECOMMEND,
    SATISFACTION,
    WEIGHT,
)

WORDS = {
    "title": N_("Analyse your own survey"),
    "lead": N_(
        "Bring a table with one row per customer and one column per question. You get gaps per dimension, reliability, "
        "the net promoter score, an importance–performance map and, if there are dates, a control chart."
    ),
    "privacy_head": N_("What happens to your file"),
    "privacy": N_(
        "It stays in the memory of this page's kernel, the program that computes for this page alone. "
        "Nothing of it is written to disk or logged, and it is gone when you close the page."
    ),
    "privacy_reload": N_(
        "It is gone after a reload, too: choose the file again then. Changing the language keeps everything."
    ),
    "file_head": N_("1 Your file"),
    "choose": N_("Choose a file"),
    "or_drop": N_("or drop it here"),
    "limits": N_(
        "CSV, Excel (.xlsx, .xls), OpenDocument (.ods) or SPSS (.sav), at most {megabytes} MB, {rows} rows and {columns} "
        "columns. Where a file can be read in two ways, you are asked."
    ),
    "no_file": N_("No survey at hand?"),
    "template_csv": N_("Download the template (CSV)"),
    "template_xlsx": N_("Download the template (XLSX)"),
    "example": N_("Try it with an example"),
    "example_about": N_("The example is invented: a program answered for 300 guests of a hotel that does not exist."),
    "one_file": N_("Those were several files. Drop one at a time; the survey must stand in one table."),
    "too_large": N_(
        "“{name}” is {size} MB; at most {most} MB can be read. "
        "Remove columns that hold no answers, or take a random part of the rows."
    ),
    "unreadable": N_(
        "The browser could not read “{name}”. If it is a folder, choose the file inside; "
        "if it is open in another program, close it there and choose it again."
    ),
    "uploading": N_("Carrying “{name}” to the kernel"),
    "reading": N_("Reading “{name}”"),
    "analysing": N_("Analysing"),
    "cancel": N_("Cancel"),
    "cancelled": N_("Cancelled. Nothing was changed."),
    "map_head": N_("2 What the columns hold"),
    "read": N_("“{name}”. Rows: {rows}; columns: {columns}."),
    "remove": N_("Remove this file from memory"),
    "removed": N_("The file and its results are no longer in memory."),
    "questions": N_("Only you can know this"),
    "suggested": N_("suggested"),
    "scale": N_("Scale of expectations and perceptions"),
    "scale_low": N_("Lowest answer"),
    "scale_high": N_("Highest answer"),
    "checks": N_("Leave out customers who (this is your choice; nobody is left out unasked)"),
    "up": N_("“{item}”: one place up"),
    "down": N_("“{item}”: one place down"),
    "no_answer": N_("not an answer"),
    "order_done": N_("This is the order"),
    "columns": N_("Columns: {list}"),
    "list_comma": N_(", "),
    "column": N_("Column"),
    "samples": N_("Some answers"),
    "role": N_("Holds"),
    "dimension": N_("Dimension"),
    "role_of": N_("What “{name}” holds"),
    "dimension_of": N_("Dimension of “{name}”"),
    "analyse": N_("Analyse"),
    "answer_first": N_("First answer the questions marked here. They change the result."),
    "results_head": N_("3 Results: {name}"),
    "done": N_("The results are ready."),
    "report": N_("Download the report (HTML)"),
    "word": N_("Download the report (Word)"),
    "slides": N_("Download the slides (PowerPoint)"),
    "tables": N_("Download the tables (CSV, zipped)"),
    "saved": N_("Downloaded: {name}"),
    "show_table": N_("Show as a table: {name}"),
    "caution": N_("With care:"),
    "chart_failed": N_(
        "The charts could not be loaded; sentences and tables still work. Reload the page to try again."
    ),
    "silent": N_(
        "The kernel does not answer. If the line is slow, wait a little; otherwise reload the page and choose the file again."
    ),
    "dead": N_(
        "The kernel behind this page has stopped, and your file with it. The results below stay until you reload. "
        "In a notebook: menu Kernel, Restart Kernel, then run the cell again. "
        "On an app page: reload and choose the file again."
    ),
    "lost": N_("The connection to the kernel is broken; it is being restored. What you see stays."),
    "reload": N_("Reload the page"),
}

NOT_READY = N_("Choose a file first, or try the example.")
UNEXPECTED = N_(
    "The file could not be worked through ({kind}). "
    "Save it again as CSV (UTF-8) from your spreadsheet program and try again, "
    "or set the columns you do not need to “not used”."
)
LOST_PIECES = N_("A part of the file got lost on the way. Choose the file again.")

NO_DIMENSION = N_("None of the five")
ROLE_NAMES = {
    PERCEPTION: N_("Perception: how it was"),
    EXPECTATION: N_("Expectation: how it should be"),
    IMPORTANCE: N_("Importance of a dimension"),
    RECOMMEND: N_("Would recommend, 0 to 10"),
    SATISFACTION: N_("Overall satisfaction"),
    DATE: N_("Date"),
    DURATION: N_("Time taken to answer"),
    WEIGHT: N_("Weight of the row"),
    IGNORE: N_("Not used"),
}
