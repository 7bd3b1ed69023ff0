"""What a header gives away about its column, in English and in Chinese."""

from __future__ import annotations

import re

from course.theory.service_quality import (
    ASSURANCE,
    EMPATHY,
    RELIABILITY,
    RESPONSIVENESS,
    TANGIBLES,
)

# “weight” alone: how much a row counts; that of a dimension is an importance
WEIGHT = re.compile(
    r"(?:sampl\w*|survey|case|post\w*|raking)?[\s_]*(?:weights?|wgt|wt|weighting)\d?|(?:样本|抽样|加权)?权重|权数|가중치|ウェイト",
    re.I,
)
DURATION = re.compile(
    r"duration|time (?:taken|spent)|completion time|interviewtime|elapsed|用时|所用时间|填写时长|答题时长|소요", re.I
)
PERSONAL = re.compile(
    r"\b(?:gender|sex|age|education|degree|income|salary|marital|occupation|job|profession|nationality|country|city|region|state|"
    r"zip|household|children|ethnicity|race|language|finished|progress|status|consent|duration|click|page submit|latitude|longitude)\b|"
    r"性别|年龄|学历|教育|收入|月薪|职业|婚姻|民族|城市|省份|地区|国籍|籍贯|来源|会员等级|성별|나이|연령|학력|직업|소득|性別|年齢|職業",
    re.I,
)
_DIMENSIONS = {
    RELIABILITY: r"reliab|depend|promis|on time|accura|error.?free|可靠|准时|承诺|守信|兑现|准确|신뢰성|정확",
    RESPONSIVENESS: r"respons|prompt|quick|speed|waiting|willing|响应|反应|及时|迅速|快捷|等待|반응|응답|신속",
    ASSURANCE: r"assur|trust|confiden|polite|court|knowledg|competen|保证|保障|信任|信赖|礼貌|专业|放心|安心|확신|믿음",
    EMPATHY: r"empath|attention|caring|understand|personal|best interest|移情|共情|同理|关怀|关心|体贴|个性|理解|懂得|공감",
    TANGIBLES: r"tangib|equip|facilit|clean|appear|decor|furnish|有形|设备|设施|环境|整洁|干净|外观|装修|卫生|유형|청결",
}
DIMENSIONS = {dimension: re.compile(words, re.I) for dimension, words in _DIMENSIONS.items()}
EXPECTATION = re.compile(
    r"(?:^|[\s_(（])e(?:xp)?(?:[_.\s-]|\d|[)）]|$)|expect|期望|期待|should|ought|기대|해야|べき", re.I
)
PERCEPTION = re.compile(
    r"(?:^|[\s_(（])p(?:erc)?(?:[_.\s-]|\d|[)）]|$)|percei|percept|perform|actual|感知|感受|实际|实感|인식|지각|실제|실감",
    re.I,
)
# what says outright which of the two it is
OUTRIGHT_E = re.compile(r"expect(?:ation|ed)|期望|期待|기대", re.I)
OUTRIGHT_P = re.compile(r"percei|perception|感知|实际|實際|実際|실제|인식", re.I)
CODE = re.compile(r"(?:e|p|exp|perc|expectation|perception|expected|perceived|期望|感知)[\s_.:：-]", re.I)
IMPORTANCE = re.compile(r"importan|weight|重要|权重", re.I)
RECOMMEND = re.compile(r"recommend|\bnps\b|net.?promoter|推荐|推薦|추천|推奨|勧め|介绍给", re.I)
SATISFACTION = re.compile(r"overall|satisf|总体|整体|满意|만족|満足", re.I)
DATE = re.compile(r"date|time|\bday\b|month|submitted|日期|时间|月份|提交|날짜|일시|타임스탬프|日時", re.I)
IDENTITY = re.compile(
    r"(?:^|[\s_])(?:id|no|nr|ip)(?:$|[\s_.])|respondent|customer (?:no|id|name)|name|e-?mail|phone|编号|序号|姓名|手机|电话|邮箱",
    re.I,
)
# one value for each respondent; names and addresses of the network may be shared
RESPONDENT = re.compile(
    r"(?:respondent|response|customer|participant|case)[\s_]*(?:id|no|nr|number)\.?|id|(?:答卷|受访者|顾客|客户)?(?:编号|序号)",
    re.I,
)
# a column that was computed from the others
COMPUTED = re.compile(
    r"(?:^|[\s_(:：—-])(?:averages?|avg\.?|means?|totals?|sums?)(?:[\s_]scores?)?[)）]?$|(?:均值|均分|平均分|总分|合计|평균|합계)[)）]?$",
    re.I,
)
REVERSED = re.compile(r"[\s_(（](?:r|rev|reversed)[)）]?$|反向", re.I)
NUMBERED = re.compile(r"([ep])[\s_.-]?0?(\d{1,2})$", re.I)


def dimension_of(header: str) -> str | None:
    """Return the dimension whose words stand first in a header, None for no word of any."""
    found = {name: match.start() for name, words in DIMENSIONS.items() if (match := words.search(header))}
    return min(found, key=lambda name: found[name]) if found else None


def numbered_dimension(question: int) -> str | None:
    """Return the dimension of a question of the 22 in SERVQUAL's own order, None for another number."""
    for last, name in ((4, TANGIBLES), (9, RELIABILITY), (13, RESPONSIVENESS), (17, ASSURANCE), (22, EMPATHY)):
        if 1 <= question <= last:
            return name
    return None
