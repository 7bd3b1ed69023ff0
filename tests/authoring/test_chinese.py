"""Chinese prose is put right; code, formulae, links, tags and placeholders are never touched."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.authoring.chinese import ToolMissingError, mend

MENDED = {
    "读者问,为什么(说真的)?": "读者问，为什么（说真的）？",
    "3 星以上的占80%,不到5分钟.": "3 星以上的占 80%，不到 5 分钟。",
    "Kano(1984)提出": "Kano（1984）提出",
    "卡诺 (Kano, 1984) 说": "卡诺（Kano, 1984）说",
    "其中α取0.88": "其中 α 取 0.88",
    "在10:30送到,比例1:2": "在 10:30 送到，比例 1:2",
    '“满意”与"不满意"': "“满意”与“不满意”",
    "*先别往下读:* 第三个": "*先别往下读：* 第三个",
    "完了...": "完了……",
    "真的吗?!": "真的吗？！",
    "{label}: {value!r} 不是数字,请给 {low:g}.": "{label}：{value!r} 不是数字，请给 {low:g}。",
    "第1步:打开,再看": "第 1 步：打开，再看",
    "A: 是,B: 否": "A：是，B：否",
    "x轴、y轴": "x 轴、y 轴",
}

KEPT = [
    "前一位顾客平均打 4.1 星，后一位 2.8 星——2,990 个和 1,468 个真实订单的平均值。",
    "落差 g = P − E，其中 α 取 0.88，λ=2.25。",
    "在 10:30 送到，比例 1:2，价格 5%，气温 15℃，v(10) 是 22.8。",
    "用`course.load('a,b')`读取，公式$v(x)=f(x,y)$在这里，还有$$v(d)=d^{0.88},d>0$$。",
    "~~~\n代码,不动(真的)\n~~~",
    "按公式\n$$\\text{甲,乙}\n= 丙(丁)$$\n和$\\text{甲,乙}$算",
    "```python\nx = f(1,2)  # 改这里,好吗\n```",
    "[链接](https://example.com/甲,乙(丙)?d=1)在这里，见 https://example.com/a,b 。"[:-2],
    "[注]: https://example.com/甲,乙",
    '<a href="甲,乙.html" title="看,这里">链接</a>和<code>甲,乙</code>',
    "![图](图,一.png)",
    "### 7.1 “体验好”",
    "| **可靠性** | 做到吗？ | “周五” |\n|:--|:-:|--:|",
    "Oliver, R. L. (1980). A cognitive model. *Journal of Marketing Research*, *17*(4), 460–469.",
    "**两个包裹。** 都在周四送到",
    "打开[应用](app.ipynb)",
    "说明.md 和 1. 选项",
    "约{n}颗星",
    "第一行\\n第二行\\t好",
    "  1. 缩进的一行\n",
]


@pytest.mark.parametrize("text", MENDED)
def test_slips_are_mended(text: str):
    assert mend(text) == MENDED[text]


@pytest.mark.parametrize("text", KEPT)
def test_good_text_is_kept(text: str):
    assert mend(text) == text


def test_text_with_our_own_slots_is_left_alone():
    assert mend("甲\ue000,乙") == "甲\ue000,乙"


SIGNS = "甲乙丙,.:;!?()\"'“”（），。：；？！、 \n\t*_#->|[]{}$`\\%~&/αλ−×—…"
GROUPS = ["ab", "X1", "2.5", "10:30", "$x_1$", "$$", "`a,b`", "[甲](乙,丙)", "![", "](", "<b>", "</b>", "<br>", "```"]
MORE = ["https://a.example/甲,乙", "{n:.1f}", "...", "——", "\\n"]
PIECES = st.sampled_from([*SIGNS, *GROUPS, *MORE])
MARKDOWN = st.lists(PIECES, max_size=14).map("".join)


@given(MARKDOWN)
@example(";λ！ ?乙")
@example('”"乙、",')
def test_mending_twice_changes_nothing_more(text: str):
    assert mend(mend(text)) == mend(text)


@given(
    MARKDOWN,
    st.sampled_from(["`f(1,2)`", "$f(1,2), 3$", "{n:,}", "<a href='甲,乙'>", "https://a.example/x,y"]),
    MARKDOWN,
)
def test_protected_pieces_survive(before: str, piece: str, after: str):
    text = f"甲{before}\n\n乙,{piece} 丙\n\n{after}丁"
    if re.search(r"[`$\\<{~]|\[|http", before + after):
        return
    assert mend(text).count(piece) == text.count(piece)


@given(MARKDOWN)
def test_words_and_lines_are_never_lost(text: str):
    words = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9αλ]+|\n")
    assert words.findall(mend(text)) == words.findall(text)


def test_without_the_tool_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "autocorrect_py", None)
    with pytest.raises(ToolMissingError, match=r"uv run --project \.ci course"):
        mend("甲,乙")
