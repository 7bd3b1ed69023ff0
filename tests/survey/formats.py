"""Forty files in the formats that survey programs write, built after their documentation, with right readings by hand.

Qualtrics: “Understanding your data set” (three header rows); SurveyMonkey: “Exporting: All Responses Data” (two rows,
“Response”); Google Forms: a grid is “Question [row]”; 问卷星: 按序号/按文本导出, matrices as 第2题(…), −2 and −3 for unanswered
and skipped; SPSS: value labels and user-missing codes; LimeSurvey: codes such as Q1[SQ001]; Microsoft Forms: ID, times.
Four customers answer four questions: expectations 7 6 6 5, 6 6 5 5, 7 7 6 6, 5 6 5 6 and perceptions 5 5 4 4, 6 5 5 4,
6 7 6 5, 3 4 2 3. By hand: means of E 6.00 5.50 6.50 5.50, mean 5.875; of P 4.50 5.00 6.00 3.00, mean 4.625; gaps −1.50
−.50 −.50 −2.50, so the fourth question is widest; recommendations 9 10 3 7 make two promoters and one detractor: +25.
"""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from tests.survey.files import book

E = ((7, 6, 7, 5), (6, 6, 7, 6), (6, 5, 6, 5), (5, 5, 6, 6))
P = ((5, 6, 6, 3), (5, 5, 7, 4), (4, 5, 6, 2), (4, 4, 5, 3))
R = (9, 10, 3, 7)
ITEMS = ("Keeps its promises", "Staff respond promptly", "Premises are clean", "Understands my needs")
项目 = ("承诺的时间准确", "服务员响应及时", "餐厅整洁", "服务员懂得我的需要")
Rows = Sequence[Sequence[Any]]
AGREE = (
    "Strongly disagree",
    "Disagree",
    "Somewhat disagree",
    "Neither agree nor disagree",
    "Somewhat agree",
    "Agree",
    "Strongly agree",
)


@dataclass(frozen=True)
class Case:
    """A file, the clicks that lead to the right reading (key to answer), and that reading."""

    name: str
    data: bytes
    answers: dict[str, str] = field(default_factory=dict)
    n: int = 4
    expectation: float | None = 5.875
    perception: float | None = 4.625
    widest: float | None = -2.5
    nps: float | None = 25.0


def text(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def answers(before: Sequence[Any] = (), change: Any = lambda value: value) -> list[list[Any]]:
    """A row per customer: what stands before, E, P, recommendation."""
    return [
        [
            *(each[place] if isinstance(each, tuple) else each for each in before),
            *map(change, E[place]),
            *map(change, P[place]),
            R[place],
        ]
        for place in range(4)
    ]


def ods(rows: Rows) -> bytes:
    """An OpenDocument table by hand: its content and what names it."""

    def cell(value: Any) -> str:
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Answers">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(name, part)
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    import xlwt

    made = xlwt.Workbook()
    sheet = made.add_sheet("Answers")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sav(
    columns: dict[str, list[Any]],
    labels: Sequence[str],
    missing: dict[str, list[Any]] | None = None,
    labels_of: dict[str, dict[int, str]] | None = None,
) -> bytes:
    import pandas as pd
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sav"
        pyreadstat.write_sav(
            pd.DataFrame(columns),
            str(path),
            column_labels=list(labels),
            missing_ranges=missing,
            variable_value_labels=labels_of,
        )
        return path.read_bytes()


def two_sheets(made: Any) -> None:
    codes = made.create_sheet("Codes", 0)
    for row in (("code", "meaning"), (1, "never"), (2, "seldom"), (3, "often")):
        codes.append(row)
    codes.sheet_state = "hidden"


def footer(rows: Rows) -> list[Sequence[Any]]:
    """Means below the answers, and a note."""
    numbers = list(zip(*[row[1:] for row in rows], strict=True))
    return [["Mean", *(sum(column) / 4 for column in numbers)], ["Note: answers of 2026", *([""] * len(numbers))]]


MARKED = [*(f"Expected: {item}" for item in ITEMS), *(f"Perceived: {item}" for item in ITEMS), "Recommend (0-10)"]
中文 = [*(f"期望—{项}" for 项 in 项目), *(f"感知—{项}" for 项 in 项目), "推荐意愿（0-10）"]
WJX = [
    "序号",
    "提交答卷时间",
    "所用时间",
    "来源",
    *(f"第2题({项})" for 项 in 项目),
    *(f"第3题({项})" for 项 in 项目),
    "4、您有多大可能推荐本店（0-10）",
]
WJX_BEFORE = (
    (1, 2, 3, 4),
    ("2026/9/1 10:00:00", "2026/9/2 11:00:00", "2026/9/3 9:00:00", "2026/9/4 8:00:00"),
    ("50秒", "62秒", "71秒", "1分5秒"),
    "微信",
)
GRID = [
    "Timestamp",
    *(f"What should it be like? [{item}]" for item in ITEMS),
    *(f"How was it? [{item}]" for item in ITEMS),
    "Would you recommend us? (0-10)",
]
STAMPS = ("3/14/2026 10:00:00", "3/15/2026 10:00:00", "3/16/2026 9:00:00", "3/17/2026 8:00:00")
CODES = [*(f"e{at}" for at in range(1, 5)), *(f"s{at}" for at in range(1, 5)), "recommend 0-10"]
PAIR = {"blocks": "first"}
QUALTRICS = [
    ["StartDate", "ResponseId", *(f"Q1_{at}" for at in range(1, 5)), *(f"Q2_{at}" for at in range(1, 5)), "NPS"],
    [
        "Start Date",
        "Response ID",
        *(f"Should be - {item}" for item in ITEMS),
        *(f"Was - {item}" for item in ITEMS),
        "How likely are you to recommend us, 0 - 10",
    ],
    [f'{{"ImportId":"QID{at}"}}' for at in range(11)],
]
QUALTRICS_BEFORE = (tuple(f"2026-03-0{at} 10:00:00" for at in range(1, 5)), tuple(f"R_{at}" for at in range(4)))
MONKEY = [
    [
        "Respondent ID",
        "Start Date",
        "What should it be like?",
        "",
        "",
        "",
        "How was it?",
        "",
        "",
        "",
        "Recommend us? (0-10)",
    ],
    ["", "", *ITEMS, *ITEMS, "Response"],
]
MONKEY_BEFORE = ((114, 115, 116, 117), ("03/14/2026 10:00:00 AM",) * 4)
ENGLISH_WORDS = answers(change=lambda value: AGREE[value - 1])
ZEROS = [[*row[:-1], row[-1]] for row in answers()]
LONG = [
    ["respondent", "question", "answer"],
    *([f"c{who}", name, value] for who, row in enumerate(answers()) for name, value in zip(MARKED, row, strict=True)),
]
KOREAN = [
    *(f"{at}-1. 직원은 친절해야 한다 (기대 수준)" for at in range(1, 5)),
    *(f"{at}-2. 직원은 친절하다 (실제 경험)" for at in range(1, 5)),
    "추천 의향 (0-10)",
]
JAPANESE = [
    *(f"期待 {at}: スタッフは親切であるべきだ" for at in range(1, 5)),
    *(f"実際 {at}: スタッフは親切だ" for at in range(1, 5)),
    "推奨 (0-10)",
]
BIG5 = [
    *(f"期望：服務員的態度{at}" for at in range(1, 5)),
    *(f"感知：服務員的態度{at}" for at in range(1, 5)),
    "推薦意願（0-10）",
]
FRENCH = [
    *(f"Expectation {at}: qualité préférée" for at in range(1, 5)),
    *(f"Perception {at}: qualité réelle" for at in range(1, 5)),
    "Recommend (0-10)",
]
EN_GRID = [["id", *MARKED], *[[at, *row] for at, row in enumerate(answers(), 1)]]

CASES = (
    Case("plain CSV", text([MARKED, *answers()])),
    Case("semicolons, as a German Excel saves", text([MARKED, *answers()], delimiter=";")),
    Case("tabs in UTF-16, as Excel's Unicode text", text([MARKED, *answers()], delimiter="\t", encoding="utf-16")),
    Case("GB18030, as a Chinese Excel saves", text([中文, *answers()], encoding="gb18030")),
    Case("Big5", text([BIG5, *answers()], encoding="big5")),
    Case("CP949 pairs n-1, n-2", text([KOREAN, *answers()], encoding="cp949")),
    Case("Shift-JIS", text([JAPANESE, *answers()], encoding="cp932")),
    Case("Windows-1252", text([FRENCH, *answers()], encoding="cp1252")),
    Case("XLSX", book(rows=[MARKED, *answers()])),
    Case("XLSX, a hidden sheet of codes first", book(two_sheets, rows=[MARKED, *answers()]), {"sheet": "Sheet"}),
    Case("XLS", xls([MARKED, *answers()])),
    Case("ODS", ods([MARKED, *answers()])),
    Case(
        "SPSS, labels say what is asked",
        sav({f"v{at}": list(column) for at, column in enumerate(zip(*answers(), strict=True))}, MARKED),
    ),
    Case(
        "SPSS, 9 is user-missing",
        sav(
            {f"v{at}": [*column, 9 if at < 8 else None] for at, column in enumerate(zip(*answers(), strict=True))},
            MARKED,
            {f"v{at}": [9] for at in range(8)},
        ),
    ),
    Case("Qualtrics, three header rows", text([*QUALTRICS, *answers(QUALTRICS_BEFORE)]), PAIR),
    Case("Qualtrics, words", text([*QUALTRICS, *answers(QUALTRICS_BEFORE, lambda value: AGREE[value - 1])]), PAIR),
    Case("SurveyMonkey, two header rows", text([*MONKEY, *answers(MONKEY_BEFORE)]), PAIR),
    Case("SurveyMonkey, XLSX", book(rows=[*MONKEY, *answers(MONKEY_BEFORE)]), PAIR),
    Case("Google Forms, grids", text([GRID, *answers((STAMPS,))]), PAIR),
    Case(
        "Google Forms, numbers with a label",
        text([GRID, *answers((STAMPS,), lambda value: f"{value} - {AGREE[value - 1]}")]),
        PAIR,
    ),
    Case("问卷星, by number", book(rows=[WJX, *answers(WJX_BEFORE)]), PAIR),
    Case(
        "问卷星, −3 skipped and −2 not answered",
        book(
            rows=[
                WJX,
                *answers(WJX_BEFORE),
                [5, "2026/9/5 8:00:00", "40秒", "微信", *[-3] * 8, 9],
                [6, "2026/9/6 8:00:00", "41秒", "微信", *[-2] * 8, 1],
            ]
        ),
        PAIR,
        n=6,
        nps=100 * (3 - 2) / 6,
    ),
    Case("问卷星, 5分", text([WJX, *answers(WJX_BEFORE, lambda value: f"{value}分")], encoding="gb18030"), PAIR),
    Case("item codes e1…, s1…", text([CODES, *answers()]), PAIR),
    Case(
        "item codes, the other way round",
        text(
            [
                [*(f"a{at}" for at in range(1, 5)), *(f"b{at}" for at in range(1, 5)), "recommend 0-10"],
                *[[*row[4:8], *row[:4], row[8]] for row in answers()],
            ]
        ),
        {"blocks": "second"},
    ),
    Case(
        "LimeSurvey, Q1[SQ001]",
        text(
            [
                [
                    "id",
                    *(f"Q1[SQ00{at}]" for at in range(1, 5)),
                    *(f"Q2[SQ00{at}]" for at in range(1, 5)),
                    "nps recommend 0-10",
                ],
                *answers(((1, 2, 3, 4),)),
            ]
        ),
        PAIR,
    ),
    Case("Likert words of seven steps", text([MARKED, *ENGLISH_WORDS])),
    Case("(4) Agree", text([MARKED, *answers(change=lambda value: f"({value}) {AGREE[value - 1]}")])),
    Case("Agree (4)", text([MARKED, *answers(change=lambda value: f"{AGREE[value - 1]} ({value})")])),
    Case("stars", text([MARKED, *answers(change=lambda value: "★" * value + "☆" * (7 - value))])),
    Case("99 for no answer", text([MARKED, *answers(), [*[99] * 8, 99]]), n=4),
    Case("means and a note below", text([["id", *MARKED], *EN_GRID[1:], *footer(EN_GRID[1:])])),
    Case("titles above", text([["Report"], [], MARKED, *answers()])),
    Case(
        "three languages of headers",
        text(
            [
                MARKED,
                中文,
                [*(f"기대 수준: {at}" for at in "가나다라"), *(f"실제 경험: {at}" for at in "가나다라"), "추천 의향"],
                *answers(),
            ]
        ),
    ),
    Case("a header twice", text([[*MARKED, "Comment", "Comment"], *[[*row, "ok", "fine"] for row in answers()]])),
    Case("one row an answer", text(LONG), {"shape": "wide"}),
    Case(
        "weights, not wanted",
        text([[*MARKED, "weight"], *[[*row, weight] for row, weight in zip(answers(), (0.5, 1.5, 1, 1), strict=True)]]),
        {"weight": "no"},
    ),
    Case(
        "weights",
        # 3 : 1 : 0 : 0, so E = (3·6.25 + 6.25)/4, P = (3·5 + 5.25)/4, the fourth gap (3·−2 + −2)/4; all weight on promoters
        text([[*MARKED, "weight"], *[[*row, weight] for row, weight in zip(answers(), (3, 1, 0, 0), strict=True)]]),
        {"weight": "yes"},
        expectation=6.25,
        perception=5.0625,
        widest=-2.0,
        nps=100.0,
    ),
    Case(
        "Microsoft Forms",
        book(
            rows=[
                ["ID", "Start time", "Completion time", "Email", *MARKED],
                *answers(((1, 2, 3, 4), "2026-03-02 09:00:00", "2026-03-02 09:05:00", "anonymous")),
            ]
        ),
    ),
    Case(
        "perceptions alone",
        text([[f"Perceived: {item}" for item in ITEMS], *P]),
        expectation=None,
        widest=None,
        nps=None,
    ),
    Case(
        "dates such as 05 Nov 2025, 09:12 AM",
        text([["Date", *MARKED], *answers((tuple(f"0{at} Nov 2025, 09:12 AM" for at in range(1, 5)),))]),
    ),
)
