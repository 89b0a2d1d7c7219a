"""Statements that nobody was hurt: an explicit zero, or words that say nothing either way."""

import re
from enum import StrEnum

from analyzer.facts.groups import Pending
from analyzer.facts.lexicon import Meaning, Role
from analyzer.model import FactKind

_NO = r"(?<!有)(?:没有?|暂无|尚无|并无|未|无|零|末有)"
_FILLERS = (
    r"(?:接到|收到|看到|看见|听到|听说|接报|造成|致使?|引发|导致|发现|出现|发生|产生|带来|存在|有|任何|任一|人员|收|到|员|群众|乘客|学生|师生|居民|村民|工人|旅客|游客|市民|员工|孩子|幼儿|儿童"
    r"|房屋|建筑物?|设施|破坏|[倒垮坍]塌|损[坏毁失]|[和及与或]|司乘|司机|一个|一名|一|人|的|被|受|关于|报告|因此|因灾|明显|直接|现场){0,12}"
)
NEGATION = f"{_NO}{_FILLERS}"
"""What a word of harm is denied by that stands behind it."""
_NEGATED = re.compile(f"{NEGATION}+$")
_NOBODY = re.compile(r"人|员|群众|乘客|学生|师生|居民|村民|市民|旅客|游客|孩子|幼儿|儿童|[无零一个名]$")
_EVERYBODY = re.compile(r"(?:均|都|全部|全都|无一例外)(?:没有?|未)(?:有|受|被|人|出现){0,12}+$")
_ZERO_AFTER = re.compile(r"(?:人数|情况|人员|报告)?(?:为|是|[:：])?(?:零|0|无)(?![\d.点一两])")
_UNSAID = re.compile(
    r"(?:有没有?|有无|是否|会不会|不会|避免|防止|以免|减少|杜绝|降低|排除|若无|免遭|幸免于)[^，。；！？]{0,10}$"
    r"|(?:没有?|未|无|尚无|暂无)[^，。；]{0,6}(?:其他|其它|新增|更多|进一步|重大|大规模|严重|次生|另外)[^，。；]{0,6}$"
    r"|(?:密接|密切接触|接触者|同住)[^，。；！？]{0,10}(?:没有?|未|无)[^，。；！？]{0,6}$"
    r"|(?:其他|其它|其余|别的)[^，。；！？\d]{0,8}(?:没有?|未|无)[^，。；！？]{0,6}$"
)
_TO_COME = re.compile(r"(?:(?<!急)需|(?<![主重])要|须|必须|拟|无需|不必|计划|准备)(?:立即|紧急|全部|提前){0,2}$")
"""Those who have yet to be moved have not been."""
_ROOM = re.compile(r"(?:可|能|够)(?:同时|一次){0,2}(?:供|容纳|接纳|收容|满足)(?:约|近|超过|至少)?$")
"""Before those for whom there is room."""
_LOOK_BACK = 20


class Denial(StrEnum):
    """What the words before an event make of it: an explicit none, or no statement."""

    ZERO = "zero"
    UNSAID = "unsaid"


def denied(plain: str, clause: int, event: Pending) -> tuple[Denial, int] | None:
    """Whether an event is denied in its clause (which begins at `clause`), and from where on."""
    start, meaning = event.start, event.meaning
    before = plain[max(clause, start - _LOOK_BACK) : start]
    unsaid = _UNSAID.search(before) or plain.startswith("无症状感染", start - 1)
    if unsaid:
        return Denial.UNSAID, start
    negated = _NEGATED.search(before)
    if negated:
        at = start - (len(before) - negated.start())
        grave = FactKind.SERIOUS_INJURED
        nobody = (
            meaning in {Role.CASUALTY, grave}
            or plain[event.end - 1] == "人"
            or plain.startswith(("病例", "人员", "者", "的，", "的。"), event.end)
            or _NOBODY.search(negated.group())
            or _EVERYBODY.search(before)
        )
        return (Denial.ZERO if nobody and meaning is not Role.RELIEF else Denial.UNSAID), at
    if meaning is Role.CASUALTY and _ZERO_AFTER.match(plain, event.end):
        return Denial.ZERO, start
    return None


def to_come(plain: str, start: int) -> bool:
    """Whether what is told from `start` on has yet to be done: "需要转移"."""
    return _TO_COME.search(plain, max(0, start - _LOOK_BACK), start) is not None


def room_for(plain: str, start: int) -> bool:
    """Whether a figure that begins at `start` only tells for how many there is room: "可供3万人临时避险"."""
    return _ROOM.search(plain, max(0, start - _LOOK_BACK), start) is not None


def zero_kinds(meaning: Meaning) -> tuple[FactKind, ...]:
    """The kinds of figure that are zero when `meaning` is denied."""
    if meaning is Role.CASUALTY:
        return FactKind.DEATHS, FactKind.INJURED
    return (meaning,) if isinstance(meaning, FactKind) else ()
