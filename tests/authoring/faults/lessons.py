"""Faults of lessons, their apps, questions and teacher's notes."""

from __future__ import annotations

from tests.authoring.conftest import COVERS, cell
from tests.authoring.faults.planting import (
    APP,
    CATALOGUE,
    CHINESE,
    ID,
    LESSON,
    LESSON_TEST,
    MANIFEST,
    NOTE,
    NOTE_ZH,
    OUTPUT,
    QUESTIONS,
    SOLUTION,
    SOLUTION_ZH,
    Fault,
    add,
    both,
    given,
    notebook,
    rename,
    source,
    swap,
    text,
)

FAULTS = {
    "file missing": Fault(lambda root: (root / CHINESE).unlink(), CHINESE, "", "missing", "course new m99"),
    "lesson's test missing": Fault(
        lambda root: (root / LESSON_TEST).unlink(), LESSON_TEST, "", "missing", "course new m99"
    ),
    "placeholder": Fault(
        source(LESSON, "story", add("\n‹write: more›")), LESSON, "story", "‹write: more›", "Replace it"
    ),
    "broken JSON": Fault(
        text(LESSON, '"cells": [', '"cells": ['[:-1]), LESSON, "", "no valid notebook", "git checkout"
    ),
    "old notebook format": Fault(
        notebook(APP, lambda found: found.update(nbformat_minor=4)), APP, "", "nbformat 4.4", "git checkout"
    ),
    "unknown cell type": Fault(
        notebook(APP, lambda found: found["cells"][0].update(cell_type="cod")),
        APP,
        "",
        "no valid notebook",
        "git checkout",
    ),
    "output kept": Fault(
        notebook(LESSON, lambda found: cell(found, "check-quiz").update(outputs=[OUTPUT])),
        LESSON,
        "check-quiz",
        "keeps an output",
        f"course format {LESSON}",
    ),
    "execution count kept": Fault(
        notebook(APP, lambda found: cell(found, "app").update(execution_count=3)),
        APP,
        "app",
        "execution count",
        f"course format {APP}",
    ),
    "id drawn by an editor": Fault(
        both(rename(LESSON, "theory-limits", "3f2a91bc"), rename(CHINESE, "theory-limits", "3f2a91bc")),
        LESSON,
        "3f2a91bc",
        "drawn by an editor",
        "theory-equation",
    ),
    "id twice": Fault(
        rename(LESSON, "theory-limits", "theory-equation"), LESSON, "theory-equation", "occurs 2 times", "of its own"
    ),
    "kernel unnamed": Fault(
        notebook(LESSON, lambda found: found["metadata"].pop("kernelspec")),
        LESSON,
        "metadata.kernelspec.name",
        "do not say what it is",
        '"python3"',
    ),
    "page of a dashboard unnamed": Fault(
        notebook(APP, lambda found: found["metadata"].pop("voila")),
        APP,
        "metadata.voila.template",
        "do not say what it is",
        '"course"',
    ),
    "section missing": Fault(
        rename(LESSON, "critical", "critical-reading"), LESSON, "critical", "no first markdown cell", "takeaways"
    ),
    "sections in another order": Fault(
        notebook(LESSON, lambda found: swap(found, 2, 3)), LESSON, "objectives", "'story' belongs", "story, objectives"
    ),
    "setup with plumbing": Fault(
        source(LESSON, "setup", add("\nimport numpy")), LESSON, "setup", "not the common setup", 'language="en"'
    ),
    "setup in the other language": Fault(
        source(CHINESE, "setup", lambda code: code.replace('"zh"', '"en"')),
        CHINESE,
        "setup",
        "not the common setup",
        'language="zh"',
    ),
    "code too long": Fault(
        source(LESSON, "check-quiz", add("\nx = 1" * 8)), LESSON, "check-quiz", "9 lines", "Bring it down to 8"
    ),
    "line too long": Fault(
        source(LESSON, "check-quiz", add(f"\nx = '{'a' * 90}'")), LESSON, "check-quiz", "96 characters", "at most 88"
    ),
    "nothing to change": Fault(
        source(LESSON, "data-change-me", lambda code: code.replace("# change me", "")),
        LESSON,
        "data-change-me",
        "marks 0 places",
        "# change me",
    ),
    "English mark in Chinese": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("# 改这里", "# change me")),
        CHINESE,
        "data-change-me",
        "marks 0 places",
        "# 改这里",
    ),
    "magic": Fault(
        source(APP, "app", add("\n%matplotlib inline")), APP, "app", "Line 4 is not plain Python", "no magics"
    ),
    "cell missing in Chinese": Fault(
        notebook(CHINESE, lambda found: found["cells"].remove(cell(found, "theory-limits"))),
        CHINESE,
        "theory-limits",
        f"{LESSON} has it",
        "Add it",
    ),
    "cell missing in English": Fault(
        notebook(LESSON, lambda found: found["cells"].remove(cell(found, "theory-limits"))),
        CHINESE,
        "theory-limits",
        f"missing in {LESSON}",
        "Add it there",
    ),
    "cells in another order": Fault(
        notebook(CHINESE, lambda found: swap(found, 7, 8)), CHINESE, "theory-try", "another place", "same order"
    ),
    "other cell type": Fault(
        notebook(CHINESE, lambda found: (c := cell(found, "theory-limits"), c.update(cell_type="raw"))),
        CHINESE,
        "theory-limits",
        "is raw here",
        LESSON,
    ),
    "other code": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("head(5)", "head(6)")),
        CHINESE,
        "data-change-me",
        "`rows.head(6)` here, `rows.head(5)` there",
        LESSON,
    ),
    "other equation": Fault(
        source(CHINESE, "theory-equation", lambda words: words.replace("0.8", "0.9")),
        CHINESE,
        "theory-equation",
        "y=20+0.9\\,x only here",
        LESSON,
    ),
    "other link": Fault(
        source(LESSON, "story", add(" [DOI](https://doi.org/10.1/1)")),
        CHINESE,
        "story",
        "https://doi.org/10.1/1 missing here",
        LESSON,
    ),
    "other image": Fault(
        source(CHINESE, "story", add(" ![图](lesson.zh.ipynb)")), CHINESE, "story", "lesson.ipynb only here", LESSON
    ),
    "unknown prediction": Fault(
        source(LESSON, "predict-ask", lambda code: code.replace("first-guess", "second-guess")),
        LESSON,
        "predict-ask",
        "no prediction 'second-guess'",
        "first-guess",
    ),
    "prediction never asked": Fault(
        both(*(source(file, "predict-ask", lambda code: "1 + 1") for file in (LESSON, CHINESE))),
        QUESTIONS,
        "prediction first-guess",
        f"{CHINESE} never asks",
        'course.predict("first-guess")',
    ),
    "questions no tables": Fault(
        lambda root: (root / QUESTIONS).write_text("item = 3\nprediction = [1]\n", encoding="utf-8"),
        QUESTIONS,
        "",
        "",
        "Mend this entry",
    ),
    "unknown dataset": Fault(
        source(CHINESE, "data-change-me", lambda code: code.replace("olist_delay_by_day", "olist")),
        CHINESE,
        "data-change-me",
        "no dataset 'olist'",
        "olist_delay_by_day",
    ),
    "question in one language": Fault(
        text(QUESTIONS, 'question = { en = "what to guess", zh = "猜什么" }', 'question = { en = "what to guess" }'),
        QUESTIONS,
        "",
        "question",
        "Mend this entry",
    ),
    "too few items": Fault(
        lambda root: (root / QUESTIONS).write_text(
            (root / QUESTIONS).read_text(encoding="utf-8").rpartition("[[item]]")[0], encoding="utf-8"
        ),
        QUESTIONS,
        "",
        "3 items",
        "Write 4 to 6",
    ),
    "objective unchecked": Fault(
        both(
            text(QUESTIONS, 'objective = "third"', 'objective = "second"'),
            *(text(file, '"third"', '"second"') for file in (SOLUTION, SOLUTION_ZH)),
        ),
        MANIFEST,
        f"{ID}, third",
        "checks this objective",
        'objective = "third"',
    ),
    "no topic": Fault(text(MANIFEST, COVERS, ""), MANIFEST, ID, "names no topic of this module", "[[module.covers]]"),
    "topic without a section": Fault(
        text(MANIFEST, 'section = "theory"\nasked = ["item:first', 'section = "nowhere"\nasked = ["item:first'),
        MANIFEST,
        f"{ID}, the small thing",
        "no cell 'nowhere'",
        "Name the cell",
    ),
    "topic that nothing asks for": Fault(
        text(MANIFEST, 'asked = ["item:first-item"]', "asked = []"),
        MANIFEST,
        f"{ID}, the small thing",
        "Nothing asks for this topic",
        "asked = […]",
    ),
    "topic asked by what is not there": Fault(
        text(MANIFEST, "item:first-item", "item:none"),
        MANIFEST,
        f"{ID}, the small thing",
        "no 'item:none'",
        "item:first-item",
    ),
    "image from elsewhere": Fault(
        source(LESSON, "story", add("\n![map](https://tiles.example.org/1.png)")),
        LESSON,
        "story",
        "https://tiles.example.org/1.png",
        "Keep a copy in the repo",
    ),
    "script from elsewhere": Fault(
        source(CHINESE, "story", add('\n<script src="https://cdn.example.org/a.js"></script>')),
        CHINESE,
        "story",
        "cdn.example.org",
        "Keep a copy in the repo",
    ),
    "address in a code cell": Fault(
        source(APP, "app", add('\nrows = read("https://data.example.org/a.csv")')),
        APP,
        "app",
        "https://data.example.org/a.csv",
        "Keep a copy in the repo",
    ),
    "link to nowhere": Fault(
        source(LESSON, "takeaways", add(" [next](../m98/lesson.en.ipynb)")),
        LESSON,
        "takeaways",
        "../m98/lesson.en.ipynb leads nowhere",
        f"/lessons/{ID}/",
    ),
    "link out of the repo": Fault(
        source(LESSON, "takeaways", add(" [notes](../../../notes.md)")),
        LESSON,
        "takeaways",
        "leads out of the repo",
        "relative to",
    ),
    "link from the server's root": Fault(
        source(LESSON, "takeaways", add(" [app](/voila/render/app.ipynb)")),
        LESSON,
        "takeaways",
        "root of a server",
        "relative to",
    ),
    "string of a code cell without Chinese": Fault(
        source(LESSON, "check-quiz", add('\nprint(_("Well done."))')), LESSON, "check-quiz", "Well done.", CATALOGUE
    ),
    "half-width comma in a lesson": Fault(
        source(CHINESE, "story", add("\n先看,再想")), CHINESE, "story", "先看,再想", "先看，再想"
    ),
    "no space in a question": Fault(
        text(QUESTIONS, 'zh = "猜什么"', 'zh = "猜Python的什么"'),
        QUESTIONS,
        "line 5",
        "猜Python的什么",
        "猜 Python 的什么",
    ),
    "no points": Fault(
        text(MANIFEST, 'points = 30\ntitle = { en = "A small', 'points = 0\ntitle = { en = "A small'),
        MANIFEST,
        ID,
        "not above 0",
        "Give the minutes",
    ),
    "too few objectives": Fault(
        text(MANIFEST, '\n[[module.objective]]\nid = "third"\nen = "Do the third thing"\nzh = "会做这件事"\n', ""),
        MANIFEST,
        ID,
        "It has 2 objectives",
        "three or four",
    ),
    "dataset not packaged": Fault(
        text(
            MANIFEST,
            'datasets = ["olist_delay_by_day"]\n\n[[module.objective]]\nid = "first"',
            'datasets = ["olist_delay_by_day", "olist"]\n\n[[module.objective]]\nid = "first"',
        ),
        MANIFEST,
        ID,
        "'olist' is not in datasets/datapackage.json",
        "Describe it there",
    ),
    "dataset's file gone": Fault(
        lambda root: (root / "datasets" / "olist_delay_by_day.csv").unlink(),
        "datasets/datapackage.json",
        "olist_delay_by_day",
        "is missing",
        "Add the file",
    ),
    "another word for a term": Fault(
        source(CHINESE, "story", add("\n\n每一位客户都满意。")), CHINESE, "story", "does not say “客户”", "Write “顾客”"
    ),
    "another word for a term, in the teacher's note": Fault(
        lambda root: (root / f"lessons/{ID}/teaching.zh.md").write_text("# 题\n\n看板\n", encoding="utf-8"),
        f"lessons/{ID}/teaching.zh.md",
        "line 3",
        "“看板”",
        "仪表板",
    ),
    "a space before the percent sign": Fault(
        source(LESSON, "story", add("\n\nNow 83.5 % stay.")), LESSON, "story", "5 %", "Write 5%"
    ),
    "reference not in the table": Fault(
        both(
            *(
                notebook(file, lambda found: cell(found, "references").update(source="###\n\nSomeone. (1900). *Book*."))
                for file in (LESSON, CHINESE)
            )
        ),
        LESSON,
        "references",
        "no such entry: Someone. (1900). *Book*.",
        "Add it there",
    ),
    "teacher's note missing": Fault(lambda root: (root / NOTE).unlink(), NOTE, "", "missing", "course new m99"),
    "session with a gap": Fault(
        text(NOTE, "| 10–90 |", "| 15–90 |"),
        NOTE,
        "line ",
        "from minute 15 to 90, where minute 10 is next",
        "begin where",
    ),
    "session that is too short": Fault(
        text(NOTE, "| 10–90 |", "| 10–80 |"), NOTE, "", "ends at minute 80, not 90", "table of stretches"
    ),
    "number that the module does not have": Fault(
        text(NOTE, "## Questions", "It was 61.5.\n\n## Questions"), NOTE, "line ", "61.5 stands nowhere", "Quote one"
    ),
    "note's link to nowhere": Fault(
        text(NOTE, "(teaching.zh.md)", "(teaching.fr.md)"), NOTE, "line ", "teaching.fr.md leads nowhere", "relative to"
    ),
    "half-width comma in a note": Fault(
        text(NOTE_ZH, "写给教师，", "写给教师,"), NOTE_ZH, "line ", "写给教师,", "写给教师，"
    ),
    "given number twice": Fault(
        given("task-one", "4"), f"lessons/{ID}/given.toml", "", "at least three values", "Correct the entry"
    ),
}
