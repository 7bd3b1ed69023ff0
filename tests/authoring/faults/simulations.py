"""Faults of simulations, their words and theories."""

from __future__ import annotations

import json
from pathlib import Path

from tests.authoring.faults.planting import (
    CALENDAR,
    CATALOGUE,
    LINE,
    NUMBERS_TEST,
    ORACLES,
    PLAY,
    QUESTIONS,
    REVEAL,
    SIMULATION,
    SIMULATION_TEST,
    SLIDER,
    TERM,
    THEORY,
    THEORY_TEST,
    WORDS,
    Fault,
    both,
    text,
)

# a strategy with one name that leads nowhere, each in turn
STRATEGY = {"levers": ["effort"], "across": "result", "up": "result", "beside": ["default"]}
STRANGE = {"levers": ["elbow"], "across": "resort", "up": "resort", "beside": ["defect"]}


def _strategy(field: str) -> Fault:
    named = STRATEGY | {field: STRANGE[field]}
    said = "".join(f'{name} = {{ en = "a text", zh = "一段话" }}\n' for name in ("story", "question", "reveal"))
    entry = f'\n[[strategy]]\nkey = "years"\n{said}' + "".join(
        f"{one} = {json.dumps(names)}\n" for one, names in named.items()
    )
    name, known = (value[0] if isinstance(value, list) else value for value in (STRANGE[field], STRATEGY[field]))

    def plant(root: Path) -> None:
        with (root / QUESTIONS).open("a", encoding="utf-8") as file:
            file.write(entry)

    return Fault(plant, QUESTIONS, "strategy years", f"“{field}” names '{name}'", known)


FAULTS = {
    **{f"strategy with a strange name under {field}": _strategy(field) for field in STRATEGY},
    "worked numbers missing": Fault(
        lambda root: (root / NUMBERS_TEST).unlink(), NUMBERS_TEST, "", "missing", "course new m99"
    ),
    "table of claims missing": Fault(
        text(SIMULATION_TEST, "CLAIMS = {", "CLAIM = {"),
        SIMULATION_TEST,
        "CLAIMS",
        "CLAIMS is missing",
        "another module",
    ),
    "sentence without a claim": Fault(
        text(WORDS, "[tell]\n", '[tell]\nrare = { en = "rare", zh = "少见" }\n'),
        SIMULATION_TEST,
        "CLAIMS",
        f"no entry 'rare', which stands in {WORDS}",
        "Add it",
    ),
    "claim of no sentence": Fault(
        text(SIMULATION_TEST, '"usual"', '"often"'), SIMULATION_TEST, "CLAIMS", "an entry 'often'", "take the entry out"
    ),
    "worked number not computed": Fault(
        text(NUMBERS_TEST, '"m99-outcome"', '"m99-income"'),
        NUMBERS_TEST,
        "FUNCTIONS",
        f"no entry 'm99-outcome', which stands in {ORACLES}",
        "Add it",
    ),
    "no worked numbers": Fault(
        text(ORACLES, "m99-outcome,what is computed,effort 50,60,1e-9,where the number stands\n", ""),
        ORACLES,
        "",
        "no rows",
        "by hand",
    ),
    "table of worked numbers missing": Fault(
        lambda root: (root / ORACLES).unlink(), ORACLES, "", "missing", "course new m99"
    ),
    "theory's test missing": Fault(
        lambda root: (root / THEORY_TEST).unlink(), THEORY_TEST, "", "missing", "course new m99"
    ),
    "placeholder in the theory": Fault(
        text(THEORY, "SOURCES", "# ‹write: more›\nSOURCES"), THEORY, "line ", "‹write: more›", "Replace it"
    ),
    "placeholder in the words": Fault(
        text(WORDS, "一个小模块", "‹待写：题目›"), WORDS, "line 3", "‹待写：题目›", "Replace it"
    ),
    "string without Chinese": Fault(
        text(SIMULATION, "import numpy as np\n", 'import numpy as np\nN_("another metric")\n'),
        SIMULATION,
        "line ",
        "another metric",
        CATALOGUE,
    ),
    "string whose Chinese stands in another module's catalogue": Fault(
        both(
            text("course/i18n/zh/m01_assignment.po", "", 'msgid "Elsewhere alone"\nmsgstr "只在别处"\n\n'),
            text(SIMULATION, "import numpy as np\n", 'import numpy as np\nN_("Elsewhere alone")\n'),
        ),
        SIMULATION,
        "line ",
        "Elsewhere alone",
        CATALOGUE,
    ),
    "half-width colon in the words": Fault(
        text(WORDS, 'zh = "一个指标"', 'zh = "一个指标:好"'), WORDS, "line ", "一个指标:好", "一个指标：好"
    ),
    "words that cannot be read": Fault(
        text(WORDS, 'label = { en = "a metric", zh = "一个指标" }', 'label = "a metric"'),
        WORDS,
        "",
        "metric result: label needs both languages",
        "Mend this entry",
    ),
    "source unknown": Fault(
        text(WORDS, 'source = "ours"', 'source = "someone-1900"'),
        WORDS,
        "",
        "'someone-1900' is not in",
        "Mend this entry",
    ),
    "equation with nothing to fill it": Fault(
        text(WORDS, 'over = "guests"\n', ""), WORDS, "", "say which numbers its symbols stand for", "Mend this entry"
    ),
    "symbol that no number stands for": Fault(
        text(WORDS, '0.8\\,x\'\nover = "guests"', 'z\\,x\'\nsymbols = { x = "effort" }'),
        WORDS,
        "",
        "the equation holds z, which symbols does not know",
        "Mend this entry",
    ),
    "symbol bound to nothing": Fault(
        text(WORDS, '0.8\\,x\'\nover = "guests"', '8\\,x\'\nsymbols = { x = "zeal" }'),
        WORDS,
        "metric result",
        "names 'zeal'",
        "Choose one of",
    ),
    "simulation that fails": Fault(
        text(SIMULATION, "luck = np", "luck = nothing"), SIMULATION, "", "NameError", "Run it in a notebook"
    ),
    "slider without words": Fault(
        text(SIMULATION, "effort = Slider(50, 0, 100)", "effort = Slider(50, 0, 100)\n    other = Slider(1, 0, 2)"),
        WORDS,
        "parameter other",
        "has no words",
        "[parameter.other]",
    ),
    "slider between steps": Fault(
        text(SIMULATION, "Slider(50, 0, 100)", "Slider(50, 0, 100, 15)"),
        WORDS,
        "parameter effort",
        "between two steps",
        "divides both",
    ),
    "metric without words": Fault(
        text(SIMULATION, "result: float", "result: float\n    second: float = 0"),
        WORDS,
        "metric second",
        "has no words",
        "[metric.second]",
    ),
    "words without a metric": Fault(
        text(WORDS, "[metric.result]", "[metric.results]"), WORDS, "metric results", "nothing of this name", "Correct"
    ),
    "preset out of bounds": Fault(
        text(WORDS, "values = { effort = 90 }", "values = { effort = 180 }"),
        WORDS,
        "preset other",
        "effort = 180 is out of its bounds",
        "from 0 to 100",
    ),
    "goal not reached": Fault(
        text(WORDS, "reached_by = { effort = 80 }", "reached_by = { effort = 55 }"),
        WORDS,
        "goal first-goal",
        "not >= 75",
        "settings that reach it",
    ),
    "goal reached from the start": Fault(
        text(WORDS, "result >= 75", "result >= 7"), WORDS, "goal first-goal", "from the start", "Ask for more"
    ),
    "goal for what is not there": Fault(
        text(WORDS, "result >= 75", "outcome >= 75"), WORDS, "goal first-goal", "'outcome'", "effort, result"
    ),
    "bet off its scale": Fault(
        text(WORDS, "high = 100", "high = 10"), WORDS, "bet first-bet", "is not on the scale", "Widen"
    ),
    "no bet where the app opens": Fault(
        text(WORDS, 'preset = "default"', 'preset = "other"'), WORDS, "", "opens with 'default'", "[[bet]]"
    ),
    "bet on an unknown preset": Fault(
        text(WORDS, 'preset = "default"', 'preset = "usual"'),
        WORDS,
        "bet first-bet",
        "no preset 'usual'",
        "default, other",
    ),
    "line over an unknown table": Fault(
        text(WORDS, REVEAL, LINE.replace('table = "points"', 'table = "dots"')),
        WORDS,
        "bet first-bet, path",
        "no table 'dots'",
        "points",
    ),
    "line through an unknown column": Fault(
        text(WORDS, REVEAL, LINE.replace('up = "result"', 'up = "outcome"')),
        WORDS,
        "bet first-bet, path",
        "no column 'outcome'",
        "guest, result",
    ),
    "line off its scale": Fault(
        text(WORDS, REVEAL, LINE.replace("high = 1000", "high = 1")),
        WORDS,
        "bet first-bet, path",
        "is not on the scale",
        "Widen",
    ),
    "line with nothing to compare": Fault(
        text(WORDS, REVEAL, LINE.replace("start = 1\nstop = 3", "start = 1001\nstop = 1003")),
        WORDS,
        "bet first-bet, path",
        "No row is left",
        "start and stop",
    ),
    "line of one point": Fault(
        text(WORDS, REVEAL, LINE.replace("every = 1", "every = 5")),
        WORDS,
        "",
        "path: every must part start to stop into 2 to 40 points",
        "Mend",
    ),
    "bet of an unknown kind": Fault(
        text(WORDS, 'key = "first-bet"', 'key = "first-bet"\nkind = "curve"'),
        WORDS,
        "",
        "kind cannot be 'curve'; choose one of: number, path",
        "Mend",
    ),
    "column without a label": Fault(
        text(WORDS, "guest = {", "guests = {"), WORDS, "column.guest", "has no label", "under [column]"
    ),
    "table of an unknown frame": Fault(
        text(WORDS, "[table]\npoints", "[table]\npoint"), WORDS, "table.point", "No frame has this name", "points"
    ),
    "picture over an unknown frame": Fault(
        text(SIMULATION, 'pen.dots("points"', 'pen.dots("dots"'), WORDS, "picture points", "frame 'dots'", "points"
    ),
    "picture of an unknown column": Fault(
        text(SIMULATION, 'pen.x("guest"', 'pen.x("visitor"'), WORDS, "picture points", "column 'visitor'", "guest"
    ),
    "picture without words": Fault(
        text(WORDS, "[picture.points]", "[picture.dots]"), WORDS, "picture points", "has no words", "[picture.points]"
    ),
    "name of no line": Fault(
        text(WORDS, "[table]\n", '[picture.points.names]\nover = { en = "over", zh = "超过" }\n\n[table]\n'),
        WORDS,
        "picture points",
        "Nothing it draws is called 'over'",
        "take it out",
    ),
    "sentence that is missing": Fault(
        text(SIMULATION, 'return "usual"', 'return "rare"'), WORDS, "tell.rare", "no such sentence", "under [tell]"
    ),
    "sentence with an unknown number": Fault(
        text(WORDS, "what just happened: {result:.1f}", "what just happened: {outcome:.1f}"),
        WORDS,
        "tell.usual",
        "no number 'outcome'",
        "effort, result",
    ),
    "words of a play without a calendar": Fault(
        text(WORDS, "[tell]\n", PLAY),
        WORDS,
        "play",
        "nothing of this name",
        "calendar",
    ),
    "situation to play without a calendar": Fault(
        text(WORDS, "values = { effort = 90 }", "values = { effort = 90 }\nplay = true"),
        WORDS,
        "preset other",
        "no calendar",
        "Take play out",
    ),
    "calendar without words": Fault(text(SIMULATION, SLIDER, CALENDAR), WORDS, "play", "has no words", "under [play]"),
    "calendar of nothing": Fault(
        both(text(SIMULATION, SLIDER, CALENDAR.replace('("effort",)', '("zeal",)')), text(WORDS, "[tell]\n", PLAY)),
        WORDS,
        "play",
        "'zeal'",
        "Correct the name",
    ),
    "sentence of a play with an unknown number": Fault(
        both(
            text(SIMULATION, SLIDER, CALENDAR),
            text(WORDS, "[tell]\n", PLAY.replace("{period:.0f} over", "{sold} over")),
        ),
        WORDS,
        "play, after",
        "cannot be filled: 'sold'",
        "Choose one of: period",
    ),
    "bet on how a play ends": Fault(
        both(
            text(SIMULATION, SLIDER, CALENDAR),
            text(WORDS, "[tell]\n", PLAY),
            text(WORDS, 'label = { en = "a situation"', 'play = true\nlabel = { en = "a situation"'),
        ),
        WORDS,
        "preset default",
        "a bet asks how it ends",
        "another preset",
    ),
    "term that a bet does not explain": Fault(
        both(
            text(WORDS, 'question = { en = "a question"', 'question = { en = "Which offset?"'),
            text("lessons/glossary.toml", "[[term]]", f"{TERM}\n[[term]]"),
        ),
        WORDS,
        "bet first-bet",
        "asks about “offset”",
        'glossary = ["offset"]',
    ),
    "term that is in no glossary": Fault(
        text(WORDS, 'key = "first-bet"', 'key = "first-bet"\nglossary = ["offset"]'),
        WORDS,
        "",
        "glossary names 'offset'",
        "Mend this entry",
    ),
    "another word for a term, in the words": Fault(
        text(WORDS, "一个小模块", "翻桌率"), WORDS, "title", "“翻桌率”", "翻台率"
    ),
}
