"""Figures that count only those who died since others were counted: "4名重伤员中2人死亡", "又找到1具遗体".

What the text itself counts before them `later.py` puts together; what other posts have counted, the event does
(`analyzer/events/tally.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.facts.numerals import NUMERAL, parse
from analyzer.facts.sorts import CLAUSES, LOOK, SENTENCES
from analyzer.model import Fact, FactKind, Nature, Since
from analyzer.patterns import bounds

_PEOPLE = "人员|者|[工矿]人|矿工|群众|村民|居民|乘客|旅客|游客|学生|船员|渔民|司机"
_CALLED = (
    rf"(?P<grave>重伤员|(?:重伤|重症|危重)(?:的|伤员|患者|病人|{_PEOPLE}))"
    rf"|(?P<hurt>轻?伤员|轻?伤者|伤病员|(?:[受轻烧烫灼炸摔撞冻]伤|中毒|昏迷[^，。；\d]{{0,3}})(?:的|员|患者|病人|{_PEOPLE})"
    rf"|(?:住院|送医|在院|入院|icu|抢救|救治|收治)(?:治疗)?(?:的|患者|病人|{_PEOPLE}))"
    rf"|(?P<lost>(?:失踪|失联|下落不明)(?:的|{_PEOPLE}))"
    rf"|(?P<shut>(?:被困|受困|被埋|埋压|被掩埋|遇险)(?:的|{_PEOPLE}|井下))"
)
"""What people are called who were counted before; "5人受伤" only tells what has befallen them."""
_KINDS = {
    "grave": FactKind.SERIOUS_INJURED,
    "hurt": FactKind.INJURED,
    "lost": FactKind.MISSING,
    "shut": FactKind.TRAPPED,
}
_GONE = {FactKind.SERIOUS_INJURED, FactKind.INJURED, FactKind.MISSING}
_HEAD = rf"(?P<whole>{NUMERAL})(?:名|位|个|例|人)"
_FIGURE = re.compile(rf"(?:{NUMERAL})(?:名|位|个|例|人|具)")
_ARE = re.compile(rf"(?:{NUMERAL})(?:名|位|个|例|人)[^，。；、\d]{{0,6}}?(?:{_CALLED})(?![^，。；\d]{{0,2}}[中里])")
"""A figure and what its people are called: "2名重伤员", "一名送医的伤者"."""
_WERE = re.compile(rf"(?:{_CALLED})(?<=的)(?:最后|另外|其余|其他|剩余|余下|剩下)?的?$")
"""Before a figure: "被困的最后1名矿工"."""
_AMONG = re.compile(
    rf"(?:{_HEAD})?[^，。；、\d]{{0,6}}?(?:{_CALLED})(?:(?<=的){_HEAD.replace('whole', 'those')})?"
    r"[^，。；、\d]{0,4}?(?:之中|当中|中|里)[^。；\d]{0,12}$"
)
"""Before a figure: the whole that it is some of, "4名重伤员中，有", "受伤的6人中有"."""
_THEN = re.compile(
    rf"(?:{_HEAD}[^，。；、\d]{{0,6}})?(?:{_CALLED})(?:(?<=的){_HEAD.replace('whole', 'those')})?"
    r"[^。；\d]{0,16}，[^，。；\d]{0,6}(?:其中|另|有)?[^，。；\d]{0,4}$"
)
"""Before a figure: what became of them all, and of some, "被困的2名工人已救出，其中"."""
_ONE = re.compile(rf"(?:{_CALLED})[^，。；、\d]{{0,4}}$")
"""Before somebody's name: "伤者李某"."""
_MORE = re.compile(
    r"(?:又|再次?|新增|新添|增加)(?:有|添|现|找到|发现|搜[寻救]到|打捞[出起上]|挖出|救出|确认|接报)?了?"
    r"(?:死亡|遇难|罹难)?(?:病例|人员|人数|者)?的?$"
)
"""Right before a figure: others were counted already."""
_SO_FAR = re.compile(r"已有|先后|陆续|相继|全部|均|都|双双|全员|悉数")
_TOTAL = re.compile(
    r"累计|至此|总数|总人数|[亡难]人数(?!又?增加|新增)|升至|上升|增至|增加[到至]|达|合计|总计|共|造成|导致|致(?!电|使)|更正|实为"
)
"""In the clause of a figure: all are counted."""
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[时点]|[:：](?=\d\d))(?:(\d{1,2})分?)?")
_NEAR, _FEW = 50, 8


def tell_since(plain: str, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Say of figures of the dead whom they count, where these are only those who died lately."""
    marked = [replace(fact, since=_since(plain, fact)) if _counts_dead(fact) else fact for fact in facts]
    for at, fact in enumerate(marked):
        if fact.since is not None and fact.since.of is not None:
            _lessen(plain, marked, at)
    return marked


def _counts_dead(fact: Fact) -> bool:
    return (
        fact.kind is FactKind.DEATHS
        and fact.value > 0
        and fact.part_of is None
        and fact.status is Nature.CURRENT
        and not fact.correction
    )


def _since(plain: str, fact: Fact) -> Since | None:
    """Whom a figure of the dead counts; None where it counts all who are dead."""
    start, end = fact.span
    begin = bounds.begin(plain, start, SENTENCES, LOOK)
    figure = _FIGURE.search(plain, start, end)
    spot = figure.start() if figure else start
    clause = bounds.begin(plain, spot, CLAUSES, LOOK)
    if _TOTAL.search(plain, clause, end):
        return None
    before = plain[max(begin, spot - _NEAR) : spot]
    more = figure is not None and _MORE.search(before) is not None
    were, of = _were(plain, before, start, figure)
    if (were is None and not more) or (of is not None and fact.value > of):
        return None  # "最后2名失联矿工确认遇难，6人全部遇难": all there were.
    so_far = _SO_FAR.search(plain, max(clause, spot - _FEW), end) is not None and not more
    return Since(were=were, of=of, so_far=so_far, again=more, hour=_hour(plain, begin, end))


def _were(plain: str, before: str, start: int, figure: re.Match[str] | None) -> tuple[FactKind | None, float | None]:
    """How the people of a figure were counted till then, and how many there were of those."""
    if figure is None:
        found = _ONE.search(before)
    else:
        found = _ARE.match(plain, figure.start()) or _WERE.search(before) or _AMONG.search(before)
        if found is None and figure.start() == start:  # "2名伤者已出院，遇难2人" counts all.
            found = _THEN.search(before)
    if found is None:
        return None, None
    kind = next((_KINDS[name] for name in _KINDS if found[name]), None)
    groups = found.groupdict()
    said = groups.get("whole") or groups.get("those")
    whole = parse(said) if said else None
    return kind, whole.value if whole else None


def _hour(plain: str, begin: int, end: int) -> str:
    clock = _CLOCK.search(plain, begin, end)
    return f"{int(clock[1])}:{int(clock[2] or 0):02}" if clock else ""


def _lessen(plain: str, facts: list[Fact], at: int) -> None:
    """Take the dead from those of whom the sentence says that they are some."""
    dead = facts[at]
    begin = bounds.begin(plain, dead.span[0], SENTENCES, LOOK)
    for number in range(max(0, at - _FEW), at):
        fact = facts[number]
        whole = dead.since is not None and fact.value == dead.since.of and fact.kind in _GONE
        if whole and begin <= fact.span[0] and not fact.gone:
            facts[number] = replace(fact, gone=dead.value)
