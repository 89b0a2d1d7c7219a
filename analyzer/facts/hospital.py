"""What people taken to hospital count as: ill, injured, or nothing of their own."""

import re
from collections.abc import Sequence

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.model import FactKind, Qualifier
from analyzer.patterns.scan import guarded

_ILL_TEXT = guarded(
    r"热晕|上吐下泻|中暑|热射病|中毒|呕吐|腹泻|拉肚子|恶心|发热|发烧|感染|食物|食堂|疫|诺如|病例|流感|聚餐|不适|肚子|患病|发病|症状|细菌|[氯氨]气|毒气|硫化氢|一氧化碳|煤气(?!爆|罐|炸)|隔夜|变质|病情|(?<!狗)吃[完了坏]|[婚寿喜酒宴吃]席|[婚寿喜]宴|食客|[就用]餐者|跑[氨氯]|熏[着倒晕]|传染病|瘟疫|毒蘑菇|药酒|假酒|毒酒|农药"
)
_HURT_TEXT = guarded(
    r"伤|打架|打起来|斗殴|动了?刀|捅|车祸|(?<!中毒)(?<!此类)(?<!同类)(?<!类似)事故(?!原因|调查)|爆|起火|火灾|坍塌|坠|撞|砸|摔|地震|倒塌|踩踏|骨折|重伤|轻伤|烧伤|砍|刺|滑坡|翻车|追尾|相撞|漏电|触电|侧翻|倾覆|翻沉|沉没|船[翻沉]|翻船|水漫|落水|下河|垮[了塌]|塌[了方]|泥石流|山洪|内涝|决口|着火|失火|火情|大火|特大暴雨|吊篮|脚手架|升降机|塔吊|冲[出下]路|(?<![发高低退])烧(?=[起了着])|炸|雷击|龙卷风|震得"
)
_CONFIRMED = re.compile(r"确定|确诊|确认|诊断|排查")
_CHECKED = re.compile(r"检查|体检|筛查")
"""Before "其中34人有症状": the others were only looked at."""
_BYGONE = re.compile(r"(?<!\d)(?:19|20)\d\d年[^。！？\n]{0,24}曾[^。！？\n]{1,60}")
"""What happened there years ago says nothing of those taken to hospital now."""
_NEAR = 8
_HURT = {FactKind.DEATHS, FactKind.INJURED, FactKind.SERIOUS_INJURED}


def kind_of(meaning: Meaning, hospital: FactKind | None) -> FactKind | None:
    if meaning is Role.HOSPITAL:
        return hospital
    return meaning if isinstance(meaning, FactKind) else None


def hospital_kind(plain: str, groups: Sequence[Group]) -> FactKind | None:
    """What people taken to hospital count as: ill or injured by what the text is about.

    Nothing where the injured themselves are counted or said to be none, or where the ill have been confirmed.
    """
    for bygone in _BYGONE.finditer(plain) if "曾" in plain else ():
        plain = plain.replace(bygone.group(), "　" * len(bygone.group()))
        groups = [g for g in groups if not bygone.start() <= g.start < bygone.end()]
    told = {m for g in groups if g.value and not g.part_of for m in g.kinds()}
    ill, hurt = len(_ILL_TEXT.findall(plain)), len(_HURT_TEXT.findall(plain))
    ill += FactKind.ILL in told
    hurt += not _HURT.isdisjoint(told) or any(
        FactKind.DEATHS in g.words and g.value and Role.HOSPITAL not in g.part_of for g in groups
    )
    if not ill and not hurt:
        return None
    kind = FactKind.ILL if ill >= hurt else FactKind.INJURED
    if kind is FactKind.INJURED:
        unhurt = any(FactKind.INJURED in g.words and g.qualifier is Qualifier.NONE for g in groups)
        return None if unhurt or kind in told else kind
    sick = [g for g in groups if FactKind.ILL in g.words]
    confirmed = any(_CONFIRMED.search(plain, *_around(g)) for g in sick)
    found = any(Role.HOSPITAL in g.part_of and _CHECKED.search(plain, max(0, g.start - _NEAR), g.start) for g in sick)
    return None if confirmed or found else kind


def _around(group: Group) -> tuple[int, int]:
    """A figure and its word for the ill, with what stands just before."""
    start, end = group.span(FactKind.ILL)
    return max(0, start - 10), end


def share_of(kind: FactKind, wholes: Sequence[Meaning], hospital: FactKind | None) -> FactKind | None:
    """The kind of the greater count that this figure is a share of.

    The dead among the injured are no longer injured: they are no share of that figure but one of their own.
    """
    kinds = [kind_of(whole, hospital) for whole in wholes]
    if kind in kinds:
        return kind
    if kind in {FactKind.DEATHS, FactKind.MISSING}:
        return None
    return next((k for k in kinds if k is not None), None)
