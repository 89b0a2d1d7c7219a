"""People counted by the place of the last one, or by a bare number: "就诊名单停在第99位", "死亡数字停在二十九"."""

import re
from collections.abc import Iterator

from analyzer.facts.lexicon import Meaning, Role
from analyzer.facts.numerals import parse
from analyzer.model import FactKind, Qualifier, Span
from analyzer.patterns.scan import guarded

_PLACE = r"(?:\d{1,5}|[一二两三四五六七八九十百零]{1,6})"
_MEANT: tuple[tuple[str, Meaning, str], ...] = (
    ("dead", FactKind.DEATHS, r"死亡|死者|遇难|罹难|丧生|遗体|身亡"),
    ("missing", FactKind.MISSING, r"失踪|失联"),
    ("ill", FactKind.ILL, r"发病|患病|中毒|确诊|病例|患者|感染|呕吐|腹泻"),
    ("grave", FactKind.SERIOUS_INJURED, r"重伤|危重"),
    ("hurt", FactKind.INJURED, r"受伤|伤者|伤员"),
    ("taken", Role.HOSPITAL, r"就诊|就医|送医|住院|入院|接诊|收治|留观"),
)
_WORD = "|".join(f"(?P<{{0}}{name}>{words})" for name, _, words in _MEANT)
_LISTED = guarded(
    rf"(?:{_WORD.format('first_')})(?:者|人员|人|的)?(?:名单|名册|名录|登记[册表簿]?|编号|序号|排号|号码|人数)?(?:上)?(?:已经?|一直|目前|最终|暂时|又){{0,2}}"
    rf"(?:停在|停留在|停到|定格在|止于|排[到至]|写[到至]|登记[到至]|编[到至]|到|至|增[到至])了?第(?P<listed>{_PLACE})[位名例号个人](?!楼|院|病)"
)
_NTH = guarded(
    rf"(?:找[到出]|发现|搜[到出]|寻获|寻到|挖出|抬出|捞[起出]|打捞|确认|出现|又有|送来|收治|报告|新增)了?(?:的?是?)?第(?P<nth>{_PLACE})[位名例具个](?:{_WORD.format('then_')})"
    rf"|第(?P<came>{_PLACE})[位名例具个][^，。；\d]{{0,4}}?(?:{_WORD.format('came_')})(?:者|人员|人|矿工|工人)?(?:的?遗体)?(?:也|已|被|刚|在[^，。；]{{1,10}}){{0,3}}(?:找到|发现|寻获|搜[到出]|挖出|抬出|运出|运送出|捞起|打捞|确认|出现|离世|去世)"
)
_TOTAL = guarded(
    rf"(?:{_WORD.format('all_')})(?:者|人员|病例|人)?的?(?:总?人数|数字|总数)[^，。；！？\n\d一二两三四五六七八九十百]{{0,8}}?"
    rf"(?:停留?[在到]|定格[在于]|达到?|为|是|[升增][至到]|[来到]到|至|锁定[在为])了?(?P<total>{_PLACE})(?=[，。；！、）]|$)"
)
HINTS: dict[str, str | re.Pattern[str]] = {"counted by place": f"{_LISTED.pattern}|{_NTH.pattern}|{_TOTAL.pattern}"}
_LEAST = 2


def by_place(plain: str) -> Iterator[tuple[Meaning, float, Qualifier, Span]]:
    """What is said of people, how many of them there are at least, and where it stands."""
    for match in _LISTED.finditer(plain):
        yield from _read(match, "first_", match["listed"], Qualifier.EXACTLY)
    for match in _TOTAL.finditer(plain):
        yield from _read(match, "all_", match["total"], Qualifier.EXACTLY)
    for match in _NTH.finditer(plain):
        prefix = "then_" if match["nth"] else "came_"
        yield from _read(match, prefix, match["nth"] or match["came"], Qualifier.AT_LEAST)


def _read(
    match: re.Match[str], prefix: str, numeral: str, qualifier: Qualifier
) -> Iterator[tuple[Meaning, float, Qualifier, Span]]:
    number = parse(numeral)
    meant = next((meaning for name, meaning, _ in _MEANT if match[f"{prefix}{name}"]), None)
    if number is not None and meant is not None and number.value >= _LEAST:
        yield meant, number.value, qualifier, match.span()
