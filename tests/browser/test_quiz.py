from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import NumberItem, OptionItem, questions
from course.ui.quiz.content import quiz_content
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.browser.widget_page import show, tab_to

pytestmark = pytest.mark.browser

MODULE = syllabus().module("m01")
ITEMS = questions(MODULE).items
MEMORY = f"course.quiz.{MODULE.id}"
CHOICE = next(item for item in ITEMS if item.kind == "choice")
SEVERAL = next(item for item in ITEMS if item.kind == "several")
NUMBER = next(item for item in ITEMS if isinstance(item, NumberItem))
PROGRESS = {"en": "{right} of 6 right", "zh": "6 题中答对 {right} 题"}
NOT_YET = "Not yet. Change your answer and check again."


def ask(page: Any, language: str = "en", **changes: Any) -> None:
    show(page, "quiz", {**quiz_content(ITEMS, MODULE.id, language), **changes})


def card(page: Any, item: Any) -> Any:
    return page.locator(f"[data-key={item.key}]")


def told(page: Any, item: Any) -> str:
    return " ".join(card(page, item).get_by_role("status").inner_text().split())


def plain(text: str) -> str:
    return text.replace("*", "")


def answer(page: Any, item: Any, given: Any = None) -> None:
    """Answer an item by mouse: with `given` (option numbers or a text), or rightly; then check it."""
    if isinstance(item, NumberItem):
        card(page, item).get_by_role("textbox").fill(str(item.answer) if given is None else given)
    else:
        right = [number for number, option in enumerate(item.options) if option.right]
        for number in range(len(item.options)):
            box = card(page, item).locator(f"input[data-option='{number}']")
            wanted = number in (right if given is None else given)
            if wanted != box.is_checked() and (wanted or item.kind == "several"):
                box.click()
    card(page, item).get_by_role("button").click()


def order(page: Any, item: OptionItem) -> list[int]:
    """The options in the order in which this learner sees them."""
    boxes = card(page, item).locator("input")
    return boxes.evaluate_all("all => all.map((box) => Number(box.dataset.option))")


def progress(page: Any) -> str:
    return str(page.locator(".quiz-head").inner_text())


def choose_by_keyboard(page: Any, item: OptionItem) -> None:
    if item.kind == "several":
        for place, number in enumerate(order(page, item)):
            tab_to(page, f"[data-key={item.key}] label:nth-of-type({place + 1}) input")
            if item.options[number].right:
                page.keyboard.press("Space")
        return
    tab_to(page, f"[data-key={item.key}] input")
    page.keyboard.press("Space")
    for number in order(page, item):
        if item.options[number].right:
            return
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_alone_completes_it_and_a_reload_keeps_it(page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log()
    ask(page, language)
    assert progress(page) == PROGRESS[language].format(right=0)
    for right, item in enumerate(ITEMS, start=1):
        if isinstance(item, OptionItem):
            choose_by_keyboard(page, item)
            tab_to(page, "button")
        else:
            tab_to(page, f"[data-key={item.key}] input")
            page.keyboard.type(str(item.answer))
        page.keyboard.press("Enter")
        assert card(page, item).get_attribute("data-state") == "right"
        assert progress(page) == PROGRESS[language].format(right=right)
    assert page.evaluate("document.activeElement.closest('fieldset').dataset.key") == ITEMS[-1].key
    before = page.inner_text("#widget")
    for objective in MODULE.objectives:
        assert objective.text[language] in before
    ask(page, language)
    assert page.inner_text("#widget") == before
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_option_of_a_choice_has_its_own_feedback(page_with_log: PageWithLog, language: str) -> None:
    page, _ = page_with_log()
    ask(page, language)
    for item in ITEMS:
        if item.kind != "choice" or not isinstance(item, OptionItem):
            continue
        for number, option in enumerate(item.options):
            answer(page, item, [number])
            said = told(page, item)
            others = [other.feedback[language] for other in item.options if other is not option]
            assert plain(option.feedback[language]) in said
            assert not any(plain(other) in said for other in others)
            assert card(page, item).get_attribute("data-state") == ("right" if option.right else "wrong")


def test_every_learner_has_an_order_of_their_own_and_keeps_it(page_with_log: PageWithLog) -> None:
    orders = []
    for seed in (1, 2, 3, None):
        page, _ = page_with_log()
        if seed:
            page.add_init_script(f"localStorage.setItem('course.seed', '{seed}')")
        ask(page)
        seen = [order(page, item) for item in ITEMS if isinstance(item, OptionItem)]
        assert all(sorted(one) == list(range(len(one))) for one in seen)
        ask(page, "zh")
        assert [order(page, item) for item in ITEMS if isinstance(item, OptionItem)] == seen
        orders.append(seen)
    assert orders[0] != orders[1] != orders[2]
    in_place = [one == sorted(one) for seen in orders[:3] for one in seen]
    assert not all(in_place)


@pytest.mark.parametrize(
    ("unit", "right", "typed"),
    [
        ("分", 55, ["55", "55 分", "５５ 分", "55.0", "+55", "55。"]),
        ("%", 36, ["36", "36 %", "36%", "３６％", "0.36", "０．３６"]),
        ("(0 to 1)", 0.36, ["0.36", "36 %", "36%", ".36", "0,36", "０.３６"]),
        ("yuan", 4500, ["4,500", "¥4,500", "4500 元", "４，５００"]),
        ("points", -4.8, ["-4.8", "−4.8", "–4.8 points", "－４.８"]),
    ],
)
def test_a_number_is_understood_as_people_write_it(
    page_with_log: PageWithLog, unit: str, right: float, typed: list[str]
) -> None:
    page, _ = page_with_log()
    item = replace(NUMBER, answer=right, tolerance=0.004, unit={"en": unit, "zh": unit}, traps=())
    show(page, "quiz", quiz_content([item], MODULE.id, "en"))
    for text in typed:
        answer(page, item, text)
        assert card(page, item).get_attribute("data-state") == "right", text
    for text in ("12", "about right", "3 to 55", "55 of 36", "5 5 x 3", "--3"):
        answer(page, item, text)
        assert card(page, item).get_attribute("data-state") != "right", text


def test_a_partly_right_answer_gets_a_word_and_gives_nothing_away(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    options = SEVERAL.options
    right = [number for number, option in enumerate(options) if option.right]
    wrong = [number for number, option in enumerate(options) if not option.right]
    answer(page, SEVERAL, [*right[1:], wrong[0]])
    said = told(page, SEVERAL)
    missing, extra = options[right[0]], options[wrong[0]]
    assert missing.text["en"] not in said
    assert plain(missing.feedback["en"]) not in said
    assert "Something is still missing." in said
    assert all(f"“{options[number].text['en']}” belongs here." in said for number in right[1:])
    assert f"“{extra.text['en']}” does not belong here. {plain(extra.feedback['en'])}" in said
    assert not any(plain(options[number].feedback["en"]) in said for number in (*right[1:], *wrong[1:]))
    answer(page, SEVERAL)
    said = told(page, SEVERAL)
    assert all((plain(option.feedback["en"]) in said) == option.right for option in options)


def test_a_number_is_a_hit_a_trap_a_miss_or_no_number(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    for trap in NUMBER.traps:
        answer(page, NUMBER, str(trap.value))
        assert told(page, NUMBER) == f"{NOT_YET} ✗ {trap.feedback['en']}"
    answer(page, NUMBER, "-1000")
    assert told(page, NUMBER) == f"{NOT_YET} ✗ {NUMBER.miss['en']}"
    answer(page, NUMBER, "about ten")
    assert told(page, NUMBER) == "“about ten” cannot be read as a number. Write digits only, for example −2.5."
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    answer(page, NUMBER, str(NUMBER.answer + 0.9 * NUMBER.tolerance))
    assert told(page, NUMBER) == f"Right. ✓ {NUMBER.hit['en']}"
    answer(page, NUMBER, str(NUMBER.answer + 1.1 * NUMBER.tolerance))
    assert card(page, NUMBER).get_attribute("data-state") == "wrong"


NUMBERS = {
    "right": ["-1234.5", "−1234.5", "－１２３４．５", "-1,234.5", "-1 234,5", "-1234。5", "-1234.5 %"],
    "wrong": ["1234.5", "-12345", "-1,2345", "0"],
    "open": ["--1234.5", "1.234.5", "0x10", "1e9", ".", "-", "NaN", "minus ten"],
}


def test_numbers_are_read_as_people_write_them(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    content = quiz_content([NUMBER], MODULE.id, "en")
    content["items"][0] |= {"answer": -1234.5, "traps": []}
    ask(page, **content)
    # An iPhone's decimal keypad has no minus sign
    assert card(page, NUMBER).get_by_role("textbox").get_attribute("inputmode") is None
    for state, texts in NUMBERS.items():
        for written in texts:
            card(page, NUMBER).get_by_role("textbox").fill("")
            answer(page, NUMBER, written)
            # Feedback on the last wrong answer stays, so it is the words that tell
            unread = "cannot be read" in told(page, NUMBER)
            found = "open" if unread else card(page, NUMBER).get_attribute("data-state")
            assert (written, found) == (written, state)
    ask(page)
    assert card(page, NUMBER).get_by_role("textbox").get_attribute("inputmode") == "decimal"


@pytest.mark.parametrize("item", [CHOICE, SEVERAL, NUMBER], ids=lambda item: item.kind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_checking_nothing_asks_for_an_answer(page_with_log: PageWithLog, language: str, item: Any) -> None:
    page, _ = page_with_log()
    ask(page, language)
    card(page, item).get_by_role("button").click()
    words = quiz_content(ITEMS, MODULE.id, language)["words"]
    assert told(page, item) == words[f"empty_{item.kind}"]
    assert page.evaluate("document.activeElement.closest('fieldset').dataset.key") == item.key
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    assert page.evaluate(f"localStorage['{MEMORY}'] ?? null") is None


def test_feedback_on_a_wrong_answer_stays_while_it_is_changed(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    answer(page, NUMBER, str(NUMBER.traps[0].value))
    card(page, NUMBER).get_by_role("textbox").fill("6")
    assert NUMBER.traps[0].feedback["en"] in told(page, NUMBER)
    assert card(page, NUMBER).get_attribute("data-state") == "stale"
    answer(page, NUMBER)
    card(page, NUMBER).get_by_role("textbox").fill("6")
    assert told(page, NUMBER) == ""
    assert progress(page) == "0 of 6 right"
    ask(page)
    assert card(page, NUMBER).get_by_role("textbox").input_value() == "6"


def test_the_summary_counts_first_tries_and_points_back(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(viewport={"width": 800, "height": 500})
    ask(page)
    answer(page, CHOICE, [next(number for number, option in enumerate(CHOICE.options) if not option.right)])
    for item in ITEMS:
        assert page.locator(".quiz-summary").inner_text() == ""
        answer(page, item)
    rows = page.locator(".quiz-summary li")
    first = rows.nth([objective.id for objective in MODULE.objectives].index(CHOICE.objective))
    mine = [item for item in ITEMS if item.objective == CHOICE.objective]
    assert f"{len(mine) - 1} of {len(mine)} right at the first try" in first.inner_text()
    assert page.locator(".quiz-summary").get_by_text("Worth reading again:").count() == 1
    heading = "document.querySelector('h2').getBoundingClientRect().top"
    assert page.evaluate(heading) < 0
    first.get_by_role("button", name="The theory").click()
    assert -1 <= page.evaluate(heading) < 100
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.evaluate("document.querySelector('h2').remove()")
    ask(page, html_lang="en")
    page.evaluate("document.querySelector('h2').remove(); speak(model.get('content'))")
    assert "Worth reading again: The theory" in page.locator(".quiz-summary").inner_text()
    assert page.locator(".quiz-summary").get_by_role("button").count() == 0


def test_answers_can_be_cleared_and_brought_back(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    clear = page.get_by_role("button", name="Clear all answers")
    back = page.get_by_role("button", name="Bring them back")
    assert clear.is_disabled()
    answer(page, NUMBER)
    answer(page, CHOICE)
    clear.click()
    assert progress(page) == "0 of 6 right"
    assert page.locator("#widget :checked").count() == 0
    assert "All answers are cleared." in page.locator(".quiz-foot").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Bring them back"
    page.keyboard.press("Enter")
    assert progress(page) == "2 of 6 right"
    assert back.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Clear all answers"
    clear.click()
    answer(page, NUMBER)
    assert back.is_hidden()
    ask(page)
    assert progress(page) == "1 of 6 right"


def test_two_tabs_share_their_answers_and_the_newer_one_counts(page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    ask(page)
    other = page.context.new_page()
    ask(other, "zh")
    answer(page, CHOICE)
    other.get_by_text(PROGRESS["zh"].format(right=1)).wait_for()
    answer(other, NUMBER)
    page.get_by_text("2 of 6 right").wait_for()
    answer(page, NUMBER, "1")
    other.get_by_text(PROGRESS["zh"].format(right=1)).wait_for()
    assert card(other, NUMBER).get_by_role("textbox").input_value() == "1"
    # A tab that slept writes an old record over the new one: nothing newer is lost
    old = {"reset": 0, "items": {NUMBER.key: {"answer": "2", "told": "2", "tries": 1, "first": False, "at": 5}}}
    # heard after the widget has heard it, which listened first
    page.evaluate("addEventListener('storage', (event) => (globalThis.heard = event.newValue))")
    other.evaluate("([key, old]) => localStorage.setItem(key, JSON.stringify(old))", [MEMORY, old])
    page.wait_for_function("(old) => globalThis.heard === JSON.stringify(old)", arg=old)
    assert card(page, NUMBER).get_by_role("textbox").input_value() == "1"
    answer(page, SEVERAL)
    page.get_by_text("2 of 6 right").wait_for()
    other.get_by_text(PROGRESS["zh"].format(right=2)).wait_for()
    page.get_by_role("button", name="Clear all answers").click()
    other.get_by_text(PROGRESS["zh"].format(right=0)).wait_for()
    assert_quiet(log)


def test_where_nothing_can_be_kept_it_says_so_and_a_change_of_language_keeps_answers(
    page_with_log: PageWithLog,
) -> None:
    page, log = page_with_log()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    ask(page)
    notice = page.get_by_text("This browser does not let the course keep your answers")
    assert notice.is_hidden()
    answer(page, CHOICE)
    assert notice.is_visible()
    page.evaluate("(content) => speak(content)", quiz_content(ITEMS, MODULE.id, "zh"))
    assert progress(page) == PROGRESS["zh"].format(right=1)
    assert_quiet(log)


JUNK = [
    "not json",
    "7",
    '{"items": 5}',
    '{"reset": "x", "items": {"compute-s": null}}',
    '{"items": {"compute-s": {"answer": [9], "told": {"a": 1}, "tries": 1, "at": 9}}}',
    '{"items": {"read-the-zone": {"answer": "1", "told": 3, "tries": 1, "at": 9}}}',
    '{"items": {"same-service": {"answer": 77, "told": 77, "tries": 1, "at": 9}}}',
]


def test_a_damaged_memory_does_no_harm(page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    ask(page)
    for junk in JUNK:
        page.evaluate("([key, junk]) => localStorage.setItem(key, junk)", [MEMORY, junk])
        ask(page)
        assert (junk, progress(page)) == (junk, "0 of 6 right")
        for item in (CHOICE, SEVERAL, NUMBER):
            answer(page, item)
        assert (junk, progress(page)) == (junk, "3 of 6 right")
    assert_quiet(log)


def test_texts_are_text(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    evil = "<img src=x onerror='globalThis.broken = 1'>"
    content = quiz_content([CHOICE, NUMBER], MODULE.id, "en")
    content["items"][0]["question"] = evil
    content["items"][0]["options"][0] |= {"text": evil, "feedback": evil}
    content["items"][1]["unit"] = evil
    ask(page, **content)
    answer(page, CHOICE, [0])
    answer(page, NUMBER, evil)
    assert page.inner_text("#widget").count(evil) == 5
    assert page.locator("#widget img").count() == 0
    assert page.evaluate("globalThis.broken") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible_and_fits_a_phone(page_with_log: PageWithLog, language: str, scheme: str) -> None:
    page, _ = page_with_log(color_scheme=scheme, viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    ask(page, language)
    assert axe_violations(page, "#widget") == []
    no_sideways_scroll(page)
    answer(page, SEVERAL, [0, len(SEVERAL.options) - 1])
    answer(page, NUMBER, "1")
    card(page, NUMBER).get_by_role("textbox").fill("2")
    for item in ITEMS:
        if item not in (SEVERAL, NUMBER):
            answer(page, item)
    assert {card(page, item).get_attribute("data-state") for item in ITEMS} == {"right", "wrong", "stale"}
    assert page.locator(".quiz-summary li").count() == len(MODULE.objectives)
    assert axe_violations(page, "#widget") == []
    no_sideways_scroll(page)
