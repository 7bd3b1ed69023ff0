"""Which encoding a text was saved in: UTF-8 and UTF-16 by their marks, the others by the characters that come out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from course.i18n import N_
from course.i18n.message import Message
from course.survey.messages import SurveyProblem, quote
from course.survey.plan import Choice, Question

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 200_000
LIKELY, CERTAIN, CLEARLY = 0.12, 0.25, 2.0
"""From which share of everyday characters a reading is likely or certain, and how much better than the next it must be."""
MOST_CHOICES, WHOLE = 6, 0.6

# the commonest characters of running text and of questionnaires; enough to tell one reading from another
HANZI = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天"
    "分还进好小部其些主样理心她本前开但因只从想实日您非常满意服务质量期望感知提供员工态度及时题总体推荐设备环境准确顾客店您性别编号姓名可能愿意评价问卷提交重要程度般很比较"
    "评分餐厅酒店商品产品客户反馈建议时间来源序列靠可响应保证移情有形守承诺信赖干净整洁外观关心需求理解专业知识"
)
TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天"
    "分還進好小部其些主樣理心她本前開但因只從想實日您非常滿意服務質量期望感知提供員工態度及時題總體推薦設備環境準確顧客店性別編號姓名可能願意評價問卷提交重要程度般很比較"
    "評分餐廳飯店商品產品客戶回饋建議時間來源序列靠應保證關懷形守承諾信賴乾淨整潔外觀心需求理解專業知識品質"
)
HANGUL = frozenset(
    "이다는의에가을고하지한은로서기도인를사어리자시대그정나수과스보일해있제들것전부국장주아원여라성공만조게상선동구비으소신안면우트요생마연내와무화없계적니"
    "직원만족서비스품질기대인식키오스크용자제공정확처리합니까습매우보통그렇않향추천점항문번호날짜성별응답친절신속"
)
SIGNS = frozenset("★☆，。：；（）【】《》“”‘’、！？—…·～")
LATIN_SIGNS = frozenset("’‘“”–—…€°·£§«»¿¡")
WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽ")
CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůžýáéíúőűöüäßĄĆĘŁŃÓŚŹŻČĎĚŇŘŠŤŮŽÝÁÉÍÚŐŰÖÜÄ")
TURKISH = frozenset("çğıöşüâîûÇĞİÖŞÜ")
ALPHABETS = {"cp1252": WESTERN, "mac_roman": WESTERN, "cp1250": CENTRAL, "cp1254": TURKISH}


@dataclass(frozen=True)
class Encoding:
    """An encoding by Python's name, and what people call it."""

    codec: str
    label: str


ENCODINGS: Mapping[str, Encoding] = {
    "gb18030": Encoding("gb18030", N_("Simplified Chinese (GB18030)")),
    "cp949": Encoding("cp949", N_("Korean (CP949)")),
    "big5": Encoding("cp950", N_("Traditional Chinese (Big5)")),
    "shift_jis": Encoding("cp932", N_("Japanese (Shift-JIS)")),
    "euc_jp": Encoding("euc_jp", N_("Japanese (EUC-JP)")),
    "cp1252": Encoding("cp1252", N_("Western European (Windows-1252)")),
    "cp1250": Encoding("cp1250", N_("Central European (Windows-1250)")),
    "cp1254": Encoding("cp1254", N_("Turkish (Windows-1254)")),
    "cp1251": Encoding("cp1251", N_("Cyrillic (Windows-1251)")),
    "mac_roman": Encoding("mac_roman", N_("Western European (Mac)")),
}


@dataclass(frozen=True)
class Text:
    """A decoded file. `question` asks for the encoding where two readings are likely."""

    text: str
    encoding: str
    question: Question | None = None


def decode(data: bytes, chosen: str | None = None) -> Text:
    """Return the text of a file; `chosen` is a key of `ENCODINGS`, the answer to the question.

    Raises `SurveyProblem` at the row of the first bytes that fit none.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return Text(_strictly(data, encoding), encoding)
    if wide := _wide(data):
        return Text(_strictly(data, wide), wide)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as failure:
        if _nearly_utf8(data):
            raise _unreadable(data, failure.start) from None
        return _by_characters(data, failure.start, chosen)


def _by_characters(data: bytes, at: int, chosen: str | None) -> Text:
    readings: dict[str, str] = {}
    for name, encoding in ENCODINGS.items():
        try:
            reading = data.decode(encoding.codec)
        except UnicodeDecodeError:
            continue
        if _is_legible(reading) and reading not in readings.values():
            readings[name] = reading
    scores = {name: _share(name, text) for name, text in readings.items()}
    ranked = sorted(scores, key=lambda name: -scores[name])[:MOST_CHOICES]
    if not ranked:
        raise _unreadable(data, at)
    best = scores[ranked[0]]
    if best >= CERTAIN and (len(ranked) == 1 or best >= CLEARLY * scores[ranked[1]]):
        return Text(readings[ranked[0]], ranked[0])
    if best >= LIKELY:
        # of readings of which one makes sense, those that make none are not offered
        likely = [name for name in ranked if CLEARLY * scores[name] >= LIKELY]
        ranked = likely if len(likely) > 1 else ranked
    if len(ranked) == 1:
        return Text(readings[ranked[0]], ranked[0])
    choices = tuple(
        Choice(
            name,
            Message(ENCODINGS[name].label),
            Message(N_("It would read: {start}"), start=quote(_foreign(readings[name]))),
        )
        for name in ranked
    )
    text = Message(N_("The file does not say in which encoding it was saved. Which of these can you read?"))
    question = Question("encoding", (), text, choices, ranked[0])
    taken = chosen if chosen in ranked else ranked[0]
    return Text(readings[taken], taken, question)


def _share(name: str, text: str) -> float:
    """Return which share of a text's characters beyond ASCII are everyday ones of the encoding's language."""
    beyond = [letter for letter in text[:SAMPLE] if letter > "\x7f"]
    if not beyond:
        return 0.0
    if name in ("shift_jis", "euc_jp"):
        usual = len(re.findall(r"(?<![A-Za-z])[぀-ヿ、。・「」？](?![A-Za-z])", text[:SAMPLE]))
        return 1.5 * usual / len(beyond)
    if name == "cp1251":
        return _whole(0.9 * sum(map(len, _russian(text[:SAMPLE]))) / len(beyond))
    if name in ALPHABETS:
        return _whole(_latin(text[:SAMPLE], ALPHABETS[name]))
    known = {"gb18030": HANZI, "big5": TRADITIONAL, "cp949": HANGUL}[name]
    return sum(letter in known or letter in SIGNS for letter in beyond) / len(beyond)


def _whole(share: float) -> float:
    """An alphabet accounts for nearly all letters of its texts; what it fits in part is another's."""
    return share if share >= WHOLE else share * LIKELY


def _russian(text: str) -> list[str]:
    """Return the words of Cyrillic letters alone, small but for the first."""
    words = re.findall(r"(?<![A-Za-z°-¿])[А-яЁё]{2,}(?![A-Za-z°-¿])", text)
    return [word for word in words if word[1:].islower()]


def _latin(text: str, letters: frozenset[str]) -> float:
    """Accented letters stand among plain ones; two bytes of a Chinese character stand side by side."""
    fine = beyond = 0
    for before, letter, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if letter <= "\x7f":
            continue
        beyond += 1
        if letter in LATIN_SIGNS:
            fine += before < "\x80" and after < "\x80"
            continue
        near = [each for each in (before, after) if each.isascii() and each.isalpha()]
        strange = [each for each in (before, after) if each > "\x7f" and each not in letters]
        # a capital within a word of small letters is another letter in another encoding
        fine += letter in letters and bool(near) and not strange and not (letter.isupper() and before.islower())
    return fine / beyond


def _is_legible(text: str) -> bool:
    """Say whether a text is free of control characters, of signs for private use, and of those that stand for nothing."""
    return not any(unicodedata.category(letter) in ("Cc", "Co", "Cn") for letter in set(text[:SAMPLE]) - set("\t\r\n"))


def _foreign(text: str) -> str:
    """Return the part of a text that begins with its first character beyond ASCII."""
    at = next(place for place, letter in enumerate(text) if letter > "\x7f")
    return text[at : at + 80]


def _nearly_utf8(data: bytes) -> bool:
    """Say whether a text is UTF-8 but for some broken bytes."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    broken = text.count("�")
    return sum(letter > "\x7f" for letter in text) > 3 * broken


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as failure:
        raise _unreadable(data, failure.start) from None


def _wide(data: bytes) -> str:
    """Return a UTF-16 without its mark by the zeros beside its ASCII characters, "" for no such."""
    start = data[:2000]
    half = len(start) // 2
    if half < 2:
        return ""
    if start[1::2].count(0) > 0.4 * half and 0 not in start[0:20:2]:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * half and 0 not in start[1:21:2]:
        return "utf-16-be"
    return ""


def _unreadable(data: bytes, at: int) -> SurveyProblem:
    before = data[:at]
    row = before.count(b"\n") + 1
    line = before.rsplit(b"\n", 1)[-1]
    column = chr(65 + min(25, max(line.count(mark) for mark in (b",", b";", b"\t"))))
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column {column}: the characters cannot be read (byte {byte}). The file is neither UTF-8 nor in "
                "an encoding that is known here (GB18030, Big5, CP949, Shift-JIS, EUC-JP, Windows-1250 to 1254, Mac). "
                "Open it where it was "
                "made and save it as “CSV UTF-8”, or as XLSX."
            ),
            row=row,
            column=column,
            byte=f"0x{data[at]:02X}" if at < len(data) else "–",
        ),
        row=row,
        column=column,
    )
