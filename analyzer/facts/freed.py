"""Those shut in of whom the text goes on to tell that they are out, or what became of all of them, are so no more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from analyzer.facts.found import RIDE
from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.facts.sorts import SENTENCES
from analyzer.model import FactKind, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_OUT = (
    r"(?:获救|[被得]救(?!援|治|护)|救(?:出|起|下|上|回)|脱[险困]|解救|升井|营救出|转移|撤[离出]|疏散|接[出下]|[带送护背抬拉](?:送|出|下|离|上岸)"
    r"|[上靠登]岸|[下出]山|[返回](?:回|家|到)|归队|找到|寻获|搜出|平安无事|安全(?:返回|下|出|撤|抵|离|脱))"
)
_ALL = r"(?:全部|全都|全员|悉数|尽数|均|都|无一遗漏|已经?|一一|逐一|先后|陆续|成功|安全|平安|顺利|被|经|予以){1,5}+"
_THEY = (
    r"(?:他们|她们|其|两人|三人|一?众人|所有(?:人员?|游客|乘客|群众)"
    r"|(?:被困|受困|遇险)(?:人员|者|群众|游客|工人|乘客|居民|学生)?)"
)
_SET_FREE = guarded(
    rf"(?:被困|受困|遇险|被埋|埋压|围困)(?:的)?(?:人员|者|群众|[矿工]人|矿工|工友|游客|乘客|居民|学生|村民|师生|船员|驴友)?[^，。；！？\d尚仍未没]{{0,4}}?(?:全部|全都|全员|悉数|均|都)[^，。；！？\d尚仍未没]{{0,8}}?{_OUT}"
    rf"|(?:将|把){_THEY}(?:{_ALL})?[^，。；！？\d尚仍未没]{{0,10}}?{_OUT}|(?<![\u4e00-\u9fff])(?:全部|全员|悉数|人员)(?:{_ALL})?(?:被困|遇险)?(?:人员|群众)?(?:{_ALL})?{_OUT}"
    r"|(?:搜救|救援|搜寻|营救)(?:工作|行动|任务)?(?:已|全部|基本|正式|宣告|于[^，。；]{1,8}|全面|现场)*(?:结束|完成|告一段落)"
)
"""Behind a figure of those shut in: nobody is any more."""
_NOT_YET = re.compile(
    r"(?:希望|盼|争取|力争|确保|尽快|直到|为了?|预计|尚未|未能|等待|才能|要求|全力|待|即将|将要|将会)[^，。；！？]{0,12}$"
)
"""Right before that: it is only wished for."""
_ALL_OUT = re.compile(
    rf"[^，。；！？\d尚仍未没]{{0,6}}?(?:全部|全都|全员|悉数|均|都|全)[^，。；！？\d尚仍未没]{{0,8}}?{_OUT}"
)
"""Behind a figure: all of these are out."""
_STILL = re.compile(r"[仍尚]|还[有剩]|剩")
_FREEING = re.compile(
    r"(?:(?:(?<=[已经共功后计门员兵])(?:营救|解救|搜救)|[营解搜]救(?=[出上下了])|救[出下起]|转移|疏散|护送|接[出走]|撤离)(?:出|了|上|下)?(?:共|约|近)?(?:[\d一二两三四五六七八九十百余多]{1,5}名)?)$"
)
"""Right before a word for those shut in: they are got out."""
_AT_WORK = re.compile(r"[^，。；\d]{0,4}(?:[还仍正]在|全力)[^，。；\d]{0,4}(?:救|搜)")
_SWEPT = re.compile(r"[冲卷]走")
_BROUGHT_BACK = re.compile(
    r"了?[^。！？；\n]{0,30}?(?:[把将][^，。；\d]{0,8}(?:[拖拉捞带]|救)(?:回|上|起)|(?:都|均|全部|被)[^，。；\d]{0,6}(?:救起|救上|获救|救出|拉上))"
)
"""Behind those swept away: they were got out."""
_SO_LONG = re.compile(
    r"[困关卡]了(?:整整|足足|将近|快|大概|约)?[\d一二两三四五六七八九十半]{1,3}个?[多半]?(?:小时|钟头|分钟)"
)
"""Talk of how long somebody was shut in is of rides and lifts."""
_CALLS = re.compile(
    r"(?:警情?|求助|事[件故]|险情|故障|困人)[\d一二三四五六七八九十百]{1,4}[余多]?起|[\d百十][余多]?起[^，。；\d]{0,8}(?:警|求助|困人|险情)"
)
"""In a sentence: it counts many calls for help together."""
_LOOK = 60
_REACH, _MOST = 400, 30
_FATES: tuple[set[Meaning], ...] = (
    {Role.RELIEF, FactKind.DEATHS, FactKind.MISSING, FactKind.EVACUATED},
    {FactKind.DEATHS, FactKind.INJURED},
)


def set_free(plain: str, groups: Sequence[Group], title_end: int) -> None:
    """Mark those shut in who are out by the end of the text; on rides the law counts them all the same."""
    titled = {group.value for group in groups if group.start < title_end and FactKind.TRAPPED in group.words}
    for at, group in enumerate(groups):
        near = [
            g for g in groups[at + 1 : at + 1 + _MOST] if g.start - group.end <= _REACH and g.value and not g.superseded
        ]
        if group.meanings == [FactKind.MISSING] and group.value and _was_swept_away(plain, group):
            _take_back(plain, group, near)
        if FactKind.TRAPPED not in group.words or not group.value or on_a_ride(plain, group.start, group.end):
            continue
        out = _is_being_freed(plain, group) or is_free(plain, group.end)
        if out or _fate_told(plain, group, near, all_told=group.value in titled):
            group.out = True


def _was_swept_away(plain: str, group: Group) -> bool:
    return _SWEPT.search(plain, *group.words[FactKind.MISSING]) is not None


def _take_back(plain: str, swept: Group, near: Sequence[Group]) -> None:
    """Count those swept away no more where it is told who of them is saved, dead and missing."""
    left = [one for one in near if FactKind.MISSING in one.words and one.value < swept.value]
    brought = _BROUGHT_BACK.match(plain, swept.words[FactKind.MISSING][1])
    if not (left or brought or _fate_told(plain, swept, near, all_told=False)):
        return
    swept.superseded = True
    for one in left:
        one.part_of = ()


def is_free(plain: str, end: int) -> bool:
    """Whether it is told from a spot on that nobody is shut in any more."""
    return any(
        not _NOT_YET.search(plain, max(0, out.start() - _LOOK // 2), out.start())
        for out in _SET_FREE.finditer(plain, end, end + _REACH)
    )


def on_a_ride(plain: str, start: int, end: int) -> bool:
    """Whether the sentence of a figure tells of a ride or a lift, and not of many calls."""
    around = bounds.begin(plain, start, SENTENCES, 2 * _LOOK), bounds.end(plain, end, SENTENCES, _LOOK)
    ride = RIDE.search(plain, *around) is not None and not _CALLS.search(plain, *around)
    return ride or _SO_LONG.search(plain, *around) is not None


def _is_being_freed(plain: str, group: Group) -> bool:
    """Whether a figure counts those who were got out: "共解救被困群众71人"."""
    start = group.words[FactKind.TRAPPED][0]
    return _FREEING.search(plain, max(0, min(start, group.start) - 8), start) is not None


def _fate_told(plain: str, whole: Group, near: Sequence[Group], *, all_told: bool) -> bool:
    """Whether later sentences tell what became of all: as many are out, or out, dead and missing come to them.

    Where some are saved and the others told as still shut in, the others alone are; not where the title counts all.
    """
    told = list(_sentences(plain, near))
    if all_told:
        told = [[one for one in each if FactKind.MISSING not in one.words] for each in told]
    elif any(_is_left(plain, one) and _saved_but(whole.value - one.value, near) for one in near):
        return True
    again = (one for one in near if one.value == whole.value and not _NOT_YET.search(plain, one.start - 12, one.start))
    return any(_comes_to(plain, whole.value, each) for each in told) or any(
        _ALL_OUT.match(plain, one.end) for one in again
    )


def _saved_but(value: float, near: Iterable[Group]) -> bool:
    return any(g.value == value and Role.RELIEF in g.words and FactKind.DEATHS not in g.words for g in near)


def _is_left(plain: str, group: Group) -> bool:
    """Whether a figure counts those still shut in."""
    shut = FactKind.TRAPPED in group.words
    return shut and _STILL.search(plain, max(0, group.start - 3), group.span(FactKind.TRAPPED)[1]) is not None


def _sentences(plain: str, groups: Iterable[Group]) -> Iterator[list[Group]]:
    for _, told in groupby(groups, key=lambda one: bounds.end(plain, one.end, SENTENCES, 2 * _LOOK)):
        yield list(told)


def _is_inside(plain: str, group: Group) -> bool:
    """Whether those whom a figure counts are still to be got out: "2人还在营救"."""
    return FactKind.TRAPPED in group.words or _AT_WORK.match(plain, group.end) is not None


def _comes_to(plain: str, whole: float, told: Sequence[Group]) -> bool:
    for fates in _FATES:
        values = [one.value for one in told if not fates.isdisjoint(one.words) and not _is_inside(plain, one)]
        if sum(values) == whole or (Role.RELIEF in fates and values[:1] == [whole]):
            return True
    return False


def is_out(plain: str, span: Span) -> bool:
    """Whether a single person who was shut in is out again."""
    return not on_a_ride(plain, *span) and is_free(plain, span[1])
