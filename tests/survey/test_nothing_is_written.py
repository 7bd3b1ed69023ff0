"""Nothing of an uploaded file reaches the disk, a log or a stream: the interpreter itself reports every attempt."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.survey.files import ROWS, ZH, book, table
from tests.survey.formats import ods, sav, xls

SECRET = "秘密secret4711"
WATCH = """
import io, json, logging, os, sys
data, name = sys.stdin.buffer.read(), sys.argv[1]
# what Python itself does at first use (time zones) is done before the watch begins
from course.survey import SurveyProblem, kano, analyse, clean, guess, read_survey, report, sentences, tables_zip, template
from course.survey import arrivals
from course.survey.reading import read_table
from course.survey.report import packed as zipped
from course.survey.workbook import workbook
from course.survey import calamine_reading, csv_reading, sav_reading, xlsx_reading
import pandas, openpyxl, pyreadstat, python_calamine, tempfile, zipfile
from course.i18n import use_language
use_language("zh")
for kind in ("csv", "xlsx"):
    raw = read_survey(template(kind), "template")
    report(analyse(clean(raw, guess(raw))))
raw = read_survey(kano.example("zh"), "x")
kano.report(kano.analyse(raw, kano.guess(raw)), "zh")
calls = read_table(arrivals.example("zh"), "x")
workbook(arrivals.sheets(arrivals.analyse(calls, arrivals.guess(calls))), "zh")
arrivals.report(arrivals.analyse(calls, arrivals.guess(calls)), "zh")

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
events, logged = [], io.StringIO()
logging.basicConfig(stream=logged, level=logging.DEBUG)
def watch(event, args):
    if event == "open":
        path, mode, flags = args
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & WRITES:
            events.append([event, str(path)])
    elif event.startswith(("tempfile.", "shutil.", "socket.", "subprocess.", "sqlite3.", "os.mkdir", "os.rename", "os.link",
                           "os.symlink", "os.truncate", "os.system", "os.posix_spawn", "urllib.")):
        events.append([event, repr(args)])
sys.addaudithook(watch)
before = {name: set(os.listdir(name)) for name in {os.getcwd(), tempfile.gettempdir()}}
raw = read_survey(data, name)
plan = guess(raw)
findings = analyse(clean(raw, plan))
page, packed = report(findings), tables_zip(findings)
pairs = kano.guess(raw)
try:
    kano.report(kano.analyse(raw, kano.replan(raw, pairs, {"uses": [["functional", None]] * len(pairs.uses)})), "zh")
except SurveyProblem as error:
    error.say()
answers = read_survey(kano.example("zh"), "x")
kano_page = kano.report(kano.analyse(answers, kano.guess(answers)), "zh")
kano_tables = zipped(kano.sheets(kano.analyse(answers, kano.guess(answers))), "zh")
calls = read_table(arrivals.example("zh"), "x")
staffed = arrivals.analyse(calls, arrivals.guess(calls))
arrival_page, arrival_book = arrivals.report(staffed, "zh"), workbook(arrivals.sheets(staffed), "zh")
try:
    arrivals.analyse(read_table(data, name), arrivals.guess(read_table(data, name)))
except SurveyProblem as error:
    error.say()
said = [sentence.message.say() for sentence in sentences(findings)]
try:
    read_survey(data[: len(data) // 2] + b'"\\\\0', name)
except Exception as error:
    said.append(str(error))
if len(sys.argv) > 2:
    open(os.devnull, "w").close()
out = json.dumps({"events": events, "logged": logged.getvalue(), "read": raw.cells.to_csv(), "page": len(page)})
sys.__stdout__.write("\\n" + out)
"""


def _watched(data: bytes, *further: str) -> tuple[dict, str, str]:
    run = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, "survey", *further],
        input=data,
        capture_output=True,
        check=True,
    )
    streamed, _, outcome = run.stdout.decode().rpartition("\n")
    return json.loads(outcome), streamed, run.stderr.decode()


SECRETS = [(*row[:4], SECRET) for row in ROWS]


@pytest.mark.parametrize(
    "data",
    [
        table(ZH, SECRETS).encode(),
        table(ZH, SECRETS).encode("gb18030"),
        book(rows=(ZH, *SECRETS)),
        ods([ZH, *SECRETS]),
        xls([ZH, *SECRETS]),
        sav({f"v{at}": list(column) for at, column in enumerate(zip(*SECRETS, strict=True))}, ZH),
    ],
    ids=["csv", "gb18030", "xlsx", "ods", "xls", "sav"],
)
def test_no_file_no_log_no_stream(data):
    outcome, streamed, errors = _watched(data)
    assert SECRET in outcome["read"]
    assert outcome["events"] == []
    assert outcome["logged"] == ""
    assert streamed.strip() == ""
    assert errors == ""


def test_the_watch_sees_a_file_that_is_opened_to_write():
    outcome, _, _ = _watched(table(ZH, SECRETS).encode(), "write")
    assert [event for event, _ in outcome["events"]] == ["open"]
