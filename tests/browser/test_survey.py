"""The survey tool of an app, as somebody with a file of their own meets it."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course.manifest import syllabus
from course.survey import LIMITS
from tests.browser.conftest import PageWithLog
from tests.browser.survey_questions import ASKED
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, kernels, no_sideways_scroll
from tests.browser.widget_page import tab_to

pytestmark = pytest.mark.browser

MODULE = next(module for module in syllabus().simulated if "survey" in module.tools)
APP = f"course/explore/{MODULE.id}"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FILE = ".survey-drop input[type=file]"
HEADER = "E_reliability_1,E_reliability_2,P_reliability_1,P_reliability_2,E_empathy_1,P_empathy_1,recommend"


def visit(page: Any, served: Served, lang: str = "en") -> None:
    page.goto(served.url(f"{APP}?lang={lang}&tool=survey"))
    page.locator(FILE).wait_for(state="attached", timeout=180_000)


def answer(draw: random.Random, mood: float, middle: float, low: int = 1, high: int = 7) -> str:
    return str(min(high, max(low, round(draw.gauss(middle + mood, 0.9)))))


def rows(count: int, least: int) -> list[str]:
    """Answers from 1 to 7 that go together as people's do, and recommendations from `least` to 10."""
    draw = random.Random(1)
    lines = []
    for at in range(count):
        mood = draw.gauss(0, 0.8)
        asked = [answer(draw, mood, middle) for middle in (6, 6, 4.5, 4.5, 5.5, 5)]
        lines.append(",".join([*asked, answer(draw, 2 * mood, 8, least, 10) if at else str(least)]))
    return lines


def survey(count: int = 120, least: int = 0, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows(count, least)])


def give(page: Any, data: bytes, name: str = "survey.csv") -> None:
    page.locator(FILE).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def mapped(page: Any, name: str) -> None:
    page.locator(".survey-mapping").get_by_text(name).first.wait_for(timeout=180_000)


def analyse(page: Any, name: str) -> None:
    page.locator("[data-do=analyse]").click()
    results(page, name)


def results(page: Any, name: str) -> None:
    page.locator("h2:focus").filter(has_text=name).wait_for(timeout=180_000)
    page.wait_for_selector(".survey-results canvas")


def saved(page: Any, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(button).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def problem(page: Any) -> str:
    notice = page.locator(".course-survey .notice[data-kind=problem]")
    notice.wait_for(timeout=180_000)
    return str(notice.inner_text())


@pytest.mark.parametrize(
    ("lang", "look", "words"),
    [
        ("en", {"color_scheme": "light"}, ("written to disk", "Reliability")),
        ("zh", {"color_scheme": "dark", "locale": "zh-CN", **PHONE}, ("不写入磁盘", "可靠性")),
    ],
)
def test_from_the_template_to_the_report(
    page_with_log: PageWithLog, apps_server: Served, lang: str, look: dict[str, Any], words: tuple[str, str]
) -> None:
    page, log = page_with_log(**look)
    visit(page, apps_server, lang)
    assert words[0] in page.locator(".survey-privacy").inner_text()
    assert "25 MB" in page.locator(".survey-drop").inner_text(), "limits are said before they are met"
    assert axe_violations(page) == []

    name, template = saved(page, "[data-format=csv]")
    assert name.endswith(".csv")
    filled = fill_in(template)
    give(page, filled, "mine.csv")
    mapped(page, "mine.csv")
    assert page.locator(".survey-question").count() == 0, "what is filled into the template needs no question"
    page.locator(".survey-mapping details").evaluate("(details) => { details.open = true }")
    assert axe_violations(page) == []
    no_sideways_scroll(page)

    analyse(page, "mine.csv")
    assert page.locator("[data-section]").count() >= 4
    assert words[1] in page.locator(".survey-results").inner_text()
    for table in page.locator(".survey-table summary").all():
        if table.evaluate("(summary) => !summary.parentElement.open"):
            table.click()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    small = page.evaluate(
        """[...document.querySelectorAll('.course-survey :is(button, select, summary, label.button, [type=number])')]
            .filter((node) => {
                const box = node.getBoundingClientRect();
                return box.width && getComputedStyle(node).visibility === 'visible' && (box.width < 24 || box.height < 24);
            }).map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert small == []

    name, report = saved(page, "[data-do=report]")
    assert name.endswith(".html")
    assert b"http" not in report.lower().replace(b"http-equiv", b""), "the report asks no other host for anything"
    assert words[1] in report.decode()
    name, tables = saved(page, "[data-do=tables]")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(tables)) as archive:
        for member in archive.namelist():
            body = archive.read(member)
            assert body.startswith(b"\xef\xbb\xbf")
            assert len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) > 1
    assert_offline(log)
    assert_quiet(log)


def fill_in(template: bytes) -> bytes:
    """Fill the template in as a firm would: 60 customers over 60 days, answers where answers stand."""
    header, first = list(csv.reader(io.StringIO(template.decode("utf-8-sig"))))[:2]
    draw = random.Random(2)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for at in range(60):
        mood = draw.gauss(0, 0.8)
        line = [str(at + 1), f"2026-0{1 + at // 28}-{1 + at % 28:02}"]
        line += [cell if int(cell) > 7 else answer(draw, mood, int(cell)) for cell in first[2:-1]]
        writer.writerow([*line, answer(draw, 2 * mood, 8, 0, 10) if at else "0"])
    return out.getvalue().encode("utf-8-sig")


def test_the_slip_of_the_scale_is_asked_by_keyboard_alone(page_with_log: PageWithLog, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server)
    tab_to(page, FILE)
    give(page, survey(110, least=1).encode(), "slip.csv")
    mapped(page, "slip.csv")
    assert page.evaluate("document.activeElement.tagName") == "H2", "the focus goes on to what comes next"
    asked = page.locator(".survey-question")
    assert "10" in asked.first.locator("legend").inner_text()
    assert asked.locator(":checked").count() == 0, "nobody is answered for"
    tab_to(page, "[data-do=analyse]", 200)
    page.keyboard.press("Enter")
    assert "First answer" in problem(page)
    assert page.evaluate("document.activeElement.type") == "radio"
    scores = []
    for choice in range(2):
        page.locator(".survey-question input[type=radio]").nth(0 if choice == 0 else 2).focus()
        page.keyboard.press("Space")
        for other in asked.all()[1:]:
            other.locator("input").first.focus()
            page.keyboard.press("Space")
        tab_to(page, "[data-do=analyse]", 200)
        page.keyboard.press("Enter")
        results(page, "slip.csv")
        assert page.locator(".notice[data-kind=problem]").count() == 0
        scores.append(page.locator("[data-section=recommend] li").first.inner_text())
        page.locator(".survey-mapping").get_by_text("slip.csv").focus()
    assert scores[0] != scores[1]
    spoken = page.locator(".course-survey [role=status][aria-live]").inner_text()
    assert spoken == "The results are ready."
    assert_quiet(log)


def workbook(text: str) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in text.split("\r\n"):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CHINESE = "期望_可靠性_1,期望_可靠性_2,感知_可靠性_1,感知_可靠性_2,期望_移情性_1,感知_移情性_1,推荐意愿"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_good_and_bad_files_one_after_the_other(page_with_log: PageWithLog, apps_server: Served, lang: str) -> None:
    page, log = page_with_log()
    visit(page, apps_server, lang)
    give(page, workbook(survey()), "book.xlsx")
    mapped(page, "book.xlsx")
    analyse(page, "book.xlsx")
    first = page.locator(".survey-results").inner_text()

    lines = survey().split("\r\n")
    lines[6] = "7,7,lots,4,5,5,9"
    bad = {
        "empty.csv": (b"", ""),
        "quote.csv": (survey().encode() + b'\r\n7,"7,7', "122"),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(300), ""),
    }
    for name, (data, words) in bad.items():
        give(page, data, name)
        said = problem(page)
        assert words in said
        assert ("。" in said) == (lang == "zh")
        page.wait_for_selector(".survey-work", state="hidden")
        assert page.locator(".survey-results").inner_text() == first, "what was found before stays"
    give(page, "\r\n".join(lines).encode(), "word.csv")
    mapped(page, "word.csv")
    page.locator("[data-do=analyse]").click()
    said = problem(page)
    assert "7" in said
    assert "P_reliability_1" in said
    assert "lots" in said
    assert page.locator(".survey-wrong th").inner_text() == "P_reliability_1"

    give(page, survey(header=CHINESE).encode("gb18030"), "国标.csv")
    mapped(page, "国标.csv")
    assert page.locator(".notice[data-kind=problem]").count() == 0
    assert page.locator(".survey-columns th[scope=row]").first.inner_text() == "期望_可靠性_1"
    analyse(page, "国标.csv")
    assert "可靠性" in page.locator(".survey-results").inner_text() or lang == "en"
    assert_quiet(log)


@pytest.mark.parametrize(("lang", "look"), [("en", {}), ("zh", {"color_scheme": "dark", "locale": "zh-CN", **PHONE})])
def test_questions_of_blocks_and_words_are_answered_by_keyboard(
    page_with_log: PageWithLog, apps_server: Served, lang: str, look: dict[str, Any]
) -> None:
    page, log = page_with_log(**look)
    visit(page, apps_server, lang)
    lines = ["e1,e2,s1,s2"] + [
        f"{hoped},{hoped},{seen},{seen}"
        for hoped, seen in (("meh", "meh"), ("ok", "meh"), ("wow", "ok"), ("wow", "wow")) * 8
    ]
    give(page, "\n".join(lines).encode(), "words.csv")
    mapped(page, "words.csv")
    blocks = page.locator("[data-question=blocks]")
    blocks.locator("input").first.focus()
    page.keyboard.press("Space")
    page.locator(".survey-order").wait_for()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    words = page.locator(".survey-order .survey-word")
    assert words.all_inner_texts() == ["meh", "ok", "wow"]
    up = page.locator(".survey-order li").nth(1).locator("[data-step='-1']")
    up.focus()
    page.keyboard.press("Enter")
    assert words.all_inner_texts() == ["ok", "meh", "wow"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert words.all_inner_texts() == ["meh", "ok", "wow"], "the focus goes along with the word"
    page.locator("[data-do=order]").focus()
    page.keyboard.press("Space")
    page.locator("[data-do=analyse]").click()
    page.locator("h2:focus").filter(has_text="words.csv").wait_for()
    said = page.locator(".survey-results").inner_text()
    # E: meh 1, ok 2, wow 3, wow 3; P: 1, 1, 2, 3
    assert "2.25" in said
    assert "1.75" in said
    assert "−0.50" in said
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    for button, ending in (("word", ".docx"), ("slides", ".pptx")):
        name, body = saved(page, f"[data-do={button}]")
        assert name.endswith(ending)
        assert body.startswith(b"PK")
    assert_quiet(log)


@pytest.mark.parametrize(("lang", "look"), [("en", {}), ("zh", {"locale": "zh-CN", **PHONE})])
def test_questions_of_shape_and_labels_are_answered_by_keyboard(
    page_with_log: PageWithLog, apps_server: Served, lang: str, look: dict[str, Any]
) -> None:
    """Questions down the side, and words that run against their numbers: 2, 4 and 5 of five are 4, 2 and 1 turned round."""
    page, log = page_with_log(**look)
    visit(page, apps_server, lang)
    told = {2: "2 - Satisfied", 4: "4 - Dissatisfied", 5: "5 - Very dissatisfied"}
    lines = ["respondent,question,answer"]
    lines += [
        f"c{at},Perceived: {item},{told[value]}" for at, value in enumerate((2, 4, 5)) for item in ("speed", "courtesy")
    ]
    give(page, "\n".join(lines).encode(), "labels.csv")
    mapped(page, "labels.csv")
    for key, choice in (("shape", "wide"), ("labels", "turn")):
        page.locator(f"[data-question={key}] input[value={choice}]").focus()
        page.keyboard.press("Space")
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    tab_to(page, "[data-do=analyse]", 200)
    page.keyboard.press("Enter")
    page.locator("h2:focus").filter(has_text="labels.csv").wait_for()
    assert "2.33" in page.locator(".survey-results").inner_text()
    assert axe_violations(page) == []
    assert_quiet(log)


@pytest.mark.parametrize(("lang", "look"), [("en", {}), ("zh", {"color_scheme": "dark", "locale": "zh-CN"})])
def test_every_kind_of_question_is_answered_by_keyboard_on_a_wide_and_a_narrow_page(
    page_with_log: PageWithLog, apps_server: Served, lang: str, look: dict[str, Any]
) -> None:
    page, log = page_with_log(**look)
    visit(page, apps_server, lang)
    for place, asked in enumerate(ASKED):
        page.set_viewport_size(PHONE["viewport"] if place % 2 else {"width": 1280, "height": 900})
        give(page, asked.data, asked.name)
        mapped(page, asked.name)
        for key, value in asked.answers.items():
            answer_by_keyboard(page, key, value)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe_violations(page, ".survey-mapping") == []
            no_sideways_scroll(page)
            assert cut_off(page, ".survey-questions") == []
        tab_to(page, "[data-do=analyse]", 200)
        page.keyboard.press("Enter")
        results(page, asked.name)
    assert_quiet(log)


def answer_by_keyboard(page: Any, key: str, value: str | None) -> None:
    """Tab to a question, and choose an answer with the arrow keys or the space bar; None: tick that its order is right.

    The focus stays in the question, where the file is read anew by the answer too.
    """
    choice = f"[data-question={json.dumps(key)}] .survey-choice"
    wanted = f"{choice}:checked" + (f"[value={json.dumps(value)}]" if value else "")
    values = page.locator(choice).evaluate_all("(inputs) => inputs.map((input) => input.value)")
    assert page.locator(f"{choice}:checked").count() == 0, "nobody is answered for"
    tab_to(page, choice, 80)
    page.evaluate(
        "(choice) => { document.querySelector(choice).closest('.survey-mapping').dataset.before = '' }", choice
    )
    presses = values.index(value) if value else 0
    for _ in range(presses):
        page.keyboard.press("ArrowDown")
    if not presses:
        page.keyboard.press("Space")
    if key == "encoding":
        page.wait_for_function("() => !document.querySelector('.survey-mapping[data-before]')")
    page.wait_for_function("(wanted) => document.activeElement.matches(wanted)", arg=wanted)


def cut_off(page: Any, within: str) -> list[str]:
    """Return the texts that do not fit into their boxes, or reach beyond the window."""
    found: list[str] = page.evaluate(
        """(within) => [...document.querySelectorAll(`${within} *`)]
            .filter((node) => node.getClientRects().length && getComputedStyle(node).display !== "inline")
            .filter((node) => node.scrollWidth > node.clientWidth + 1 || node.getBoundingClientRect().right > innerWidth)
            .map((node) => node.outerHTML.slice(0, 120))""",
        within,
    )
    return found


def test_too_large_is_refused_before_it_is_read(page_with_log: PageWithLog, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server)
    page.evaluate("() => { File.prototype.slice = () => { throw new Error('it was read') } }")
    page.locator(FILE).evaluate(
        """(input, size) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(size)], "huge.csv"));
            input.files = carried.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        LIMITS.bytes + 1,
    )
    assert "huge.csv" in problem(page)
    assert not page.locator(".survey-work").is_visible()
    assert_quiet(log)


def test_an_upload_can_be_cancelled_and_another_dropped(page_with_log: PageWithLog, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server)
    # the second piece never leaves, as on a line that stalls
    page.evaluate(
        """() => {
            globalThis.slice = File.prototype.slice;
            File.prototype.slice = function (at, end) {
                return at ? { arrayBuffer: () => new Promise(() => {}) } : globalThis.slice.call(this, at, end);
            };
        }"""
    )
    give(page, survey(40_000).encode(), "long.csv")
    page.wait_for_function("document.querySelector('.survey-work progress').value > 0")
    page.locator("[data-do=cancel]").click()
    assert page.locator(".course-survey [role=status][aria-live]").inner_text().startswith("Cancelled")
    assert page.evaluate("(file) => document.activeElement.matches(file)", FILE)
    page.evaluate("() => { File.prototype.slice = globalThis.slice }")
    page.evaluate(
        """(text) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "dropped.csv"));
            const zone = document.querySelector(".survey-drop");
            for (const kind of ["dragover", "drop"])
                zone.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        survey(40_000),
    )
    mapped(page, "dropped.csv")
    assert "40,000" in page.locator(".survey-mapping").inner_text(), "several pieces, none lost and none twice"
    assert_quiet(log)


def test_the_language_switch_keeps_all_and_a_reload_lets_go(page_with_log: PageWithLog, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server)
    assert "tool=survey" in page.url
    page.locator("[data-do=example]").click()
    mapped(page, "invented")
    analyse(page, "invented")
    role = page.locator(".survey-columns select").first
    role.select_option("date")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="3 结果").wait_for()
    page.locator(".survey-results canvas").first.wait_for(timeout=180_000)
    assert "可靠性" in page.locator(".survey-results").inner_text()
    assert page.locator(".survey-columns select").first.input_value() == "date"
    assert page.evaluate("document.activeElement === document.body"), "nothing takes the focus unasked"
    held = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "E_tangibles_1" not in held, "the browser keeps nothing of the file either"
    page.reload()
    page.locator(FILE).wait_for(state="attached", timeout=180_000)
    # the kernel answers in turn: before this file came all that it still held
    saved(page, "[data-do=template][data-format=csv]")
    assert page.locator(".survey-mapping").count() == 0
    page.get_by_role("tab", name="模拟器").click()
    page.locator(".course-simulator").wait_for()
    assert "tool=" not in page.url
    page.keyboard.press("ArrowRight")
    assert page.locator(FILE).is_enabled()
    assert "tool=survey" in page.url
    assert_quiet(log)


def test_a_dead_kernel_is_said_and_the_results_stay(page_with_log: PageWithLog, apps_server: Served) -> None:
    page, _ = page_with_log()
    before = kernels(apps_server)
    visit(page, apps_server)
    give(page, survey().encode())
    mapped(page, "survey.csv")
    analyse(page, "survey.csv")
    for process in kernels(apps_server) - before:
        process.kill()
    notice = page.locator(".course-survey .notice[data-kind=dead]")
    notice.wait_for(timeout=180_000)
    assert "choose the file again" in notice.inner_text()
    assert page.locator(".survey-results canvas").first.is_visible()
    with page.expect_navigation():
        notice.get_by_role("button").click()


def test_in_a_notebook_it_stands_by_itself(server: Served, page_with_log: PageWithLog, tmp_path: Path) -> None:
    page, log = page_with_log()
    page.goto(server.url("lab/tree/lessons/m01-expectation-gap/lesson.en.ipynb?reset"))
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=180_000)
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("import course; course.survey_tool()")
    page.keyboard.press("Control+Enter")
    page.locator(".course-survey").wait_for(timeout=180_000)
    give(page, survey().encode())
    mapped(page, "survey.csv")
    assert axe_violations(page, ".course-survey") == []
    page.locator("[data-do=analyse]").click()
    page.wait_for_selector(".survey-results canvas", timeout=180_000)
    assert json.loads(page.evaluate("JSON.stringify(document.querySelectorAll('.course-survey h2').length)")) == 0
    assert_offline(log)
