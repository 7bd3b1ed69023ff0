"""Answers in words whose order is known: scales of agreement, satisfaction and the like, each from low to high.

Wordings: Vagias, W. M. (2006). Likert-type scale response anchors. Clemson University; and those which Qualtrics,
SurveyMonkey and 问卷星 offer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A scale of words. `steps`: for each answer from low to high, the ways to write it."""

    name: str
    steps: tuple[frozenset[str], ...]


def _family(name: str, *steps: str) -> Family:
    return Family(name, tuple(frozenset(each.strip() for each in step.split("|")) for step in steps))


AGREEMENT, SATISFACTION, LIKELIHOOD = "agreement", "satisfaction", "likelihood"
IMPORTANCE, QUALITY, FREQUENCY = "importance", "quality", "frequency"
EXPECTED = "against expectations"

_NEITHER = "neutral|neither agree nor disagree|neither|undecided|not sure|一般|中立|不确定|无所谓|说不准|보통이다|보통|どちらともいえない|どちらでもない|普通"
_STRONG_NO = "strongly disagree|completely disagree|totally disagree|非常不同意|完全不同意|很不同意|强烈反对|非常不赞同|非常不認同|매우 그렇지 않다|전혀 그렇지 않다|全くそう思わない|まったくそう思わない"
_STRONG_YES = "strongly agree|completely agree|totally agree|非常同意|完全同意|很同意|非常赞同|非常認同|매우 그렇다|非常にそう思う|とてもそう思う"
_NO = "disagree|不同意|比较不同意|不太同意|不赞同|不認同|그렇지 않다|そう思わない|あまりそう思わない"
_YES = "agree|同意|比较同意|赞同|認同|그렇다|そう思う|ややそう思う"
_SOME_NO = "somewhat disagree|slightly disagree|tend to disagree|有点不同意|稍微不同意|有些不同意|略不同意|基本不同意"
_SOME_YES = "somewhat agree|slightly agree|tend to agree|有点同意|稍微同意|有些同意|略同意|基本同意"
_NOT_SATISFIED = "very dissatisfied|very unsatisfied|extremely dissatisfied|非常不满意|很不满意|十分不满意|非常不滿意|매우 불만족|매우 불만|非常に不満|とても不満"
_SATISFIED = "very satisfied|extremely satisfied|completely satisfied|非常满意|很满意|十分满意|非常滿意|매우 만족|非常に満足|とても満足"
_NEUTRAL = "neutral|neither satisfied nor dissatisfied|neither|一般|中立|尚可|普通|보통|どちらともいえない"
_HARDLY = "dissatisfied|unsatisfied|somewhat dissatisfied|不满意|比较不满意|不太满意|不滿意|불만족|불만|不満|やや不満"
_QUITE = "satisfied|somewhat satisfied|满意|比较满意|基本满意|滿意|만족|満足|やや満足"

FAMILIES = (
    _family(AGREEMENT, _STRONG_NO, f"{_NO}|{_SOME_NO}", _NEITHER, f"{_YES}|{_SOME_YES}", _STRONG_YES),
    _family(AGREEMENT, _STRONG_NO, f"{_NO}|{_SOME_NO}", f"{_YES}|{_SOME_YES}", _STRONG_YES),
    _family(AGREEMENT, _STRONG_NO, _NO, _SOME_NO, _NEITHER, _SOME_YES, _YES, _STRONG_YES),
    _family(AGREEMENT, _STRONG_NO, _NO, _SOME_NO, _SOME_YES, _YES, _STRONG_YES),
    _family(SATISFACTION, _NOT_SATISFIED, _HARDLY, _NEUTRAL, _QUITE, _SATISFIED),
    _family(SATISFACTION, _NOT_SATISFIED, _HARDLY, _QUITE, _SATISFIED),
    _family(
        SATISFACTION,
        "extremely dissatisfied|very dissatisfied|非常不满意",
        "moderately dissatisfied|dissatisfied|不满意",
        "slightly dissatisfied|somewhat dissatisfied|有点不满意|比较不满意",
        _NEUTRAL,
        "slightly satisfied|somewhat satisfied|有点满意|比较满意",
        "moderately satisfied|satisfied|满意",
        "extremely satisfied|very satisfied|非常满意",
    ),
    _family(
        LIKELIHOOD,
        "very unlikely|extremely unlikely|definitely not|非常不可能|绝对不会|一定不会|非常不愿意",
        "unlikely|somewhat unlikely|probably not|不可能|不太可能|可能不会|不愿意",
        "neutral|neither likely nor unlikely|might or might not|一般|不确定",
        "likely|somewhat likely|probably|可能|比较可能|可能会|愿意",
        "very likely|extremely likely|definitely|非常可能|一定会|非常愿意",
    ),
    _family(
        IMPORTANCE,
        "not at all important|very unimportant|unimportant|not important|非常不重要|完全不重要|很不重要",
        "slightly important|somewhat important|of little importance|不重要|不太重要|比较不重要",
        "moderately important|neutral|important to a degree|一般",
        "very important|important|quite important|重要|比较重要",
        "extremely important|absolutely essential|essential|非常重要|很重要|极其重要",
    ),
    _family(
        QUALITY,
        "very poor|terrible|awful|very bad|很差|非常差|极差|매우 나쁨",
        "poor|below average|bad|差|较差|比较差|나쁨",
        "fair|average|acceptable|neutral|一般|中等|보통|普通",
        "good|above average|好|较好|比较好|좋음",
        "excellent|very good|outstanding|很好|非常好|优秀|极好|매우 좋음",
    ),
    _family(
        FREQUENCY,
        "never|从不|从来不|从未",
        "rarely|seldom|很少|偶尔",
        "sometimes|occasionally|有时|有时候",
        "often|usually|frequently|经常|通常",
        "always|总是|一直|每次",
    ),
    _family(
        EXPECTED,
        "much worse than expected|far below expectations|远低于预期|远低于期望|比预期差很多",
        "worse than expected|below expectations|does not meet expectations|低于预期|低于期望|比预期差",
        "as expected|met expectations|meets expectations|about as expected|符合预期|符合期望|与预期一致",
        "better than expected|exceeds expectations|above expectations|超出预期|高于预期|超出期望|高于期望|比预期好",
        "much better than expected|far exceeds expectations|far above expectations|远超预期|远高于预期|远超期望|比预期好很多",
    ),
)
