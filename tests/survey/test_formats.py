"""What people really have: forty files in more than fifteen formats, none read wrongly in silence, most with three clicks."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from course.survey import analyse, clean, guess, read_survey
from course.survey.mapping import READING, answered
from tests.survey.files import book
from tests.survey.formats import AGREE, CASES, ITEMS, Case, answers, ods, text, xls, 项目

MOST_CLICKS = 3
FORMATS = 15


def settled(case: Case):
    """The plan as its owner leaves it, and how often they clicked: every question takes a click."""
    reading = {key: value for key, value in case.answers.items() if key in READING}
    raw = read_survey(case.data, case.name, choices=reading)
    plan, clicks = guess(raw), len(reading)
    while plan.open and clicks <= 2 * MOST_CLICKS:
        question = plan.open[0]
        plan = answered(raw, plan, question.key, case.answers.get(question.key, question.suggested))
        clicks += 1
    return raw, plan, clicks


def found_as_worked_out(case: Case, findings):
    """Assert that a file says what was worked out for it by hand."""
    gaps = [item.gap.value for item in findings.items if item.gap]
    assert findings.n == case.n
    assert findings.expectation_level == pytest.approx(case.expectation)
    assert findings.perception_level == pytest.approx(case.perception)
    assert (min(gaps) if gaps else None) == pytest.approx(case.widest)
    score = findings.recommendation.score.value if findings.recommendation else None
    assert score == pytest.approx(case.nps)


def test_there_are_forty():
    assert len(CASES) >= 40
    assert len({case.name.split(",")[0] for case in CASES}) >= FORMATS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_read_rightly_with_three_clicks(case):
    raw, plan, clicks = settled(case)
    assert clicks <= MOST_CLICKS
    assert set(case.answers) <= {question.key for question in plan.questions}, "what turns the result was asked"
    found_as_worked_out(case, analyse(clean(raw, plan)))


NAMES = {
    # encoding: the marks of expectation and perception, and the questions
    "utf-8": ("Expected", "Perceived", ITEMS),
    "utf-8-sig": ("期望", "感知", 项目),
    "utf-16": ("期望", "感知", 项目),
    "gb18030": ("期望", "感知", 项目),
    "big5": ("期望", "感知", ("承諾的時間準確", "服務員反應及時", "餐廳整潔", "服務員懂得我的需要")),
    "cp949": ("기대 수준", "실제 경험", ("약속을 지킨다", "직원이 신속하다", "매장이 청결하다", "필요를 이해한다")),
    "cp932": ("期待", "実際", ("約束を守る", "対応が早い", "店内が清潔だ", "要望を理解する")),
    "cp1252": ("Expected", "Perceived", ("Qualité réelle", "Écoute préférée", "Propreté générale", "Délai respecté")),
}
MARKS = {
    "before": lambda mark, item, _at: f"{mark}: {item}",
    "behind": lambda mark, item, _at: f"{item} ({mark})",
    "statistics": lambda mark, item, at: f"v{at}: {mark} {item}",
}
WORDS = {
    "numbers": str,
    "labels": "{} - x".format,
    "points": "{}分".format,
    "stars": lambda value: "*" * value,
    "out of": "{}/7".format,
    "decimals": "{},0".format,
    "agreement": lambda value: AGREE[value - 1],
    "in brackets": lambda value: f"({value}) {AGREE[value - 1]}",
    "full width": lambda value: "０１２３４５６７"[value],
}


@given(
    encoding=st.sampled_from(sorted(NAMES)),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(sorted(MARKS)),
    words=st.sampled_from(sorted(WORDS)),
    order=st.permutations(range(9)),
    above=st.sampled_from([[], [["The survey of 2026"]], [["Report of", "2026-03-02"], []]]),
    below=st.sampled_from(["", "mean", "note", "blank", "header"]),
    beside=st.sets(st.sampled_from(["Comment", "id", "Status", "Expectation average"])),
    book_of=st.sampled_from([None, None, None, book, ods, xls]),
)
@settings(max_examples=150, deadline=None)
def test_another_dialect_changes_nothing_or_is_asked(
    encoding, delimiter, end, mark, words, order, above, below, beside, book_of
):
    """A good file in another dialect: the findings are the same, or a question was asked of which an answer leads to them."""
    rows = dialect(encoding, MARKS[mark], WORDS[words], order, beside, below)
    rows = [*above, *rows]
    if book_of is None:
        try:
            data = text(rows, encoding=encoding, delimiter=delimiter, end=end)
        except UnicodeEncodeError:
            # 分 in a Western file
            reject()
    else:
        data = book(rows=rows) if book_of is book else book_of(rows)
    raw = read_survey(data, "dialect")
    if any(question.key == "encoding" for question in raw.questions):
        choice = {"cp932": "shift_jis"}.get(encoding, encoding)
        raw = read_survey(data, "dialect", choices={"encoding": choice})
    plan = guess(raw)
    for question in plan.open:
        wanted = {"pairs": "none", "recommend": "0-10", "servqual": "no"}.get(question.key, question.suggested)
        if question.items:
            places = sorted(
                range(len(question.items)),
                key=lambda at: [WORDS[words](v) for v in range(1, 8)].index(question.items[at]),
            )
            wanted = ",".join(map(str, places))
        plan = answered(raw, plan, question.key, wanted)
    findings = analyse(clean(raw, plan))
    said = (findings.n, findings.expectation_level, findings.perception_level)
    expected = (4, 5.875, 4.625) if words != "stars" else said
    assert said == pytest.approx(expected)
    if words == "stars":
        assert any(question.items for question in plan.questions), "signs of no known scale are put in order"
        return
    assert findings.recommendation.score.value == pytest.approx(25.0)
    assert min(item.gap.value for item in findings.items) == pytest.approx(-2.5)


def dialect(encoding, marked, worded, order, beside, below):
    """Return the rows of the good file: its header, the answers, and what stands beside and below them."""
    hoped, seen, items = NAMES[encoding]
    header = [marked(role, item, at) for role in (hoped, seen) for at, item in enumerate(items)]
    rows = [[*header, "Recommend (0-10)"], *answers(change=worded)]
    rows = [[row[place] for place in order] for row in rows]
    fill = {"Comment": "fine", "id": None, "Status": "IP Address", "Expectation average": "5.5"}
    for name in sorted(beside):
        rows[0].append(name)
        for at, row in enumerate(rows[1:], 101):
            row.append(at if fill[name] is None else fill[name])
    width = len(rows[0])
    further = {
        "": [],
        "mean": [["Mean", *["4.5"] * (width - 1)]],
        "note": [["Note: answers of 2026", *[""] * (width - 1)]],
        "blank": [[""] * width],
        "header": [rows[0]],
    }
    return [*rows, *further[below]]


TEXTS = {
    "gb18030": ("满意度,推荐", "环境整洁,反应迅速,价格合理", "早餐,泳池,前台", "张伟,李娜", "服务"),
    "big5": ("滿意度,推薦", "環境整潔,反應迅速", "早餐,泳池,櫃檯", "外送,付款"),
    "cp949": ("만족도,추천", "직원이 친절하다", "조식,수영장", "홍길동"),
    "shift_jis": ("満足度,推奨", "接客が丁寧だ", "朝食,プール", "期待,実際"),
    "euc_jp": ("満足度,推奨", "接客が丁寧だ"),
    "cp1252": ("Zufriedenheit,Qualität", "Größe", "Señal,atención", "propreté,âge,très", "€ price", "Überraschung"),
    "cp1250": ("Zadowolenie,jakość", "Płeć,wiek", "Spokojenost,věk", "Ügyfél,minőség"),
    "cp1254": ("İlgi,güleryüz", "Yaş,cinsiyet"),
    "cp1251": ("Пол,возраст", "Качество,обслуживание"),
    "mac_roman": ("Qualität,Größe", "Prénom,âge"),
}


@pytest.mark.parametrize(("encoding", "words"), [(name, each) for name, texts in TEXTS.items() for each in texts])
def test_an_encoding_is_recognised_or_asked_with_both_readings_shown(encoding, words):
    """Few characters can tell little: what is not certain is asked, and the right reading is among those shown."""
    from course.survey.encodings import decode

    data = f"{words},x\n1,2\n".encode(encoding)
    decoded = decode(data)
    if decoded.question is None:
        assert decoded.text.startswith(words)
        return
    shown = {choice.value: choice.effect.say("en") for choice in decoded.question.choices}
    assert len(set(shown.values())) > 1
    assert decode(data, encoding).text.startswith(words), "the answer is followed"
    assert next(letter for letter in words if letter > "\x7f") in shown[encoding]


def test_words_of_no_known_scale_are_put_in_order():
    rows = [["P_reliability_1"], *[[word] for word in ("meh", "wow", "ok", "meh", "wow", "wow")]]
    raw = read_survey(text(rows), "words")
    plan = guess(raw)
    question = plan.open[0]
    order = ",".join(str(question.items.index(word)) for word in ("meh", "ok", "wow"))
    findings = analyse(clean(raw, answered(raw, plan, question.key, order)))
    assert findings.perception_level == pytest.approx((1 + 3 + 2 + 1 + 3 + 3) / 6)
    left_out = ",".join(str(question.items.index(word)) for word in ("meh", "wow"))
    assert analyse(clean(raw, answered(raw, plan, question.key, left_out))).perception_level == pytest.approx(
        (1 + 2 + 1 + 2 + 2) / 5
    )
    with pytest.raises(ValueError, match="no answer"):
        plan.answer(question.key, "0,0")


@pytest.mark.parametrize(("key", "answer", "mean"), [("zero", "missing", 3.0), ("zero", "answer", 2.0)])
def test_a_nought_beside_a_scale_from_one_is_asked_about(key, answer, mean):
    rows = [["P_reliability_1"], *[[value] for value in (0, 1, 5, 3, 1, 5, 0, 3, 0)]]
    raw = read_survey(text(rows), "zeros")
    findings = analyse(clean(raw, answered(raw, guess(raw), key, answer)))
    assert findings.perception_level == pytest.approx(mean)


def test_careless_answers_are_counted_and_left_out_only_if_wished():
    from dataclasses import replace

    rows = [["用时", "Date", *(f"P_reliability_{at}" for at in range(1, 9))]]
    rows += [
        [f"{60 + at}秒", f"2026-03-02 1{at}:00:00", *((at * place) % 7 + 1 for place in range(2, 10))]
        for at in range(1, 7)
    ]
    rows.append(["5秒", "2026-03-02 20:00:00", 1, 2, 3, 4, 5, 6, 7, 7])
    raw = read_survey(text(rows), "careless")
    plan = guess(raw)
    kept = clean(raw, plan)
    assert {step.kind: step.count for step in kept.steps}["fast"] == 1
    assert len(kept.rows) == 7
    assert len(clean(raw, replace(plan, leave_out=frozenset({"fast"}))).rows) == 6
