"""Figures that a later one of the text replaces without a word for it: "截至今日8时，遇难13人，失联7人"."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from analyzer.facts import found
from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Meaning, Role
from analyzer.model import FactKind, Qualifier, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded
from analyzer.places.divisions import national

_AS_OF = guarded(
    r"截至|截止(?!日|时间)|至此|第[二三四五六七八九十\d]{1,2}(?:[次场](?:新闻)?(?:通报|发布会|更新|发布)?|[号期](?:通报|公报|情况通报)|报)"
)
"""Behind it the figures of a later hour stand."""
_IN_ALL = re.compile(r"(?:共|合计|总计|核实|核查)[^，。；：、\d一二两三四五六七八九十]{0,12}$")
"""Right before a figure: all are counted."""
_REST = re.compile(r"(?:(?:其余|剩余|剩下|余下)的?|[仍尚]有)$")
"""Right before a figure: whoever else was missing is so no more."""
_THIS_HOUR = re.compile(r"(?:目前|现在|至今|现[有仍尚])[^，。；：、\d一二三四五六七八九十]{0,8}$")
_ANOTHER = re.compile(r"另外?的?$")
_SOME = re.compile(r"其中的?$")
_PUT_RIGHT = guarded(
    r"(?:(?:后|现|重新|最终)经?(?:核实|查实|查明|核查)|实际(?!上))[^，。；：、\d一二两三四五六七八九十]{0,8}$"
    r"|最终(?:确认|核定|认定)[^，。；：、\d一二三四五六七八九十]{0,14}$"
)
"""Right before a figure: whatever else was said is wrong."""
_EARLIER = guarded(
    r"(?:此前|之前|早前|先前|最初|首次|原先|原来?)(?:（[^（）。]{1,12}）)?(?:有?(?:媒体|网友|网民|自媒体|本[报社台]))?(?:的?(?:通报|报道)|公布|报告|发布|披露|上报)"
)
"""Before figures that held once; a word of now ends them."""
_NOW = re.compile(r"[现目今]|截至|至此|更正|更新|应为|升|增|又|[。；！？\n]")
_RUMOUR = guarded(
    r"(?:网上|网络|网友|群里|初期|外界)?(?:流传|网传|疯传|误传|讹传|谣传)|爆料|网友[称说]|有人[喊说讲]|听人?说|据说"
)
"""Before figures that nobody has counted."""
_WITNESS = guarded(r"目击(?:者|群众|村民|居民)?[^，。；！？\n\d]{0,6}?[说称喊讲：“]|(?:我|村民|居民|街坊)看[到见]的")
"""Before figures that yield to those of an office."""
_OFFICE = re.compile(r"官方|警方|公安|应急|指挥部|政府|消防|通报")
_WRONG = guarded(
    r"(?:数字|数据|人数|通报|报道|稿件?|消息)[^，。；！？\n\d]{0,8}(?:有误|错误|不准确)|更正(?:如下|为以下)"
)
"""Behind it stand the figures that hold."""
_CORRECTS = guarded(
    r"(?:更正|订正|勘误)(?!后)|误报(?:死亡|遇难|身亡|失踪|失联|为)|(?:此前|之前|先前|早前|最初|前稿|前文)[^。！？；\n]{0,20}(?:[\d一二两三四五六七八九十][人名例]|人数|数字|数据|伤亡|死亡|遇难|失踪)[^。！？；\n]{0,8}(?:有误|不实|不准确|错误|误[报传])"
)
"""An earlier figure was wrong, whoever told it."""
_CASUALTIES = re.compile(r"造成|导致|致")
_WOUNDED = re.compile(r"伤[者员]|伤病")
"""Those in hospital may be some of the wounded only."""
_LOWERED = (FactKind.MISSING, FactKind.INJURED, FactKind.SERIOUS_INJURED)
"""What a later hour may count fewer of: the missing are found, and the wounded die."""
_DIED_SINCE = re.compile(r"伤[者员情势重]|重伤|不治|抢救|又|再")
_FOUND = {FactKind.DEATHS, Role.RELIEF}
_TOLD = (*_LOWERED, FactKind.DEATHS)
_STOPS = "。！？\n"
_CLAUSE = "，。；！？\n："
_REACH, _LOOK, _NEAR, _FEW = 120, 30, 4, 8
HINTS: dict[str, str | re.Pattern[str]] = {
    "as of": f"{_AS_OF.pattern}|{_EARLIER.pattern}|{_RUMOUR.pattern}"
    "|目击|看[到见]的|有人[喊说讲]|听人?说|据说|最终|失踪|失联|下落|找到|[冲卷]走|踪影|踪迹|其余|剩余|剩下|余下|另一|另外|仍有|尚有|核实|查实|查明|核查|实际",
    "wrong": "有误|错误|不准确|更正",
}


def corrects(plain: str) -> bool:
    """Whether a text puts right, in so many words, what was told before."""
    return _CORRECTS.search(plain) is not None


def settle(plain: str, groups: Sequence[Group], title_end: int) -> None:
    """Take back the figures of earlier hours, and those of the title that the text counts to more."""
    title = [group for group in groups if group.start < title_end]
    body = [group for group in groups if group.start >= title_end]
    _bring_up_to(plain, title_end, title, body)
    for group in body:
        if group.words:
            _weigh(plain, group, title, body)
    told = _kinds(body)
    for mark in _EARLIER.finditer(plain, title_end):
        old = _from(body, mark.end(), bounds.end(plain, mark.end(), _STOPS, _REACH), plain)
        elsewhere = told - _kinds(old)
        for group in old:
            holds = group.superseded or not elsewhere.keys().isdisjoint(group.words)
            group.superseded = holds and not _some_died_since(plain, group, body, old)
    told = _kinds(groups, none=True)
    heard = [*_RUMOUR.finditer(plain), *(_WITNESS.finditer(plain) if _OFFICE.search(plain) else ())]
    for mark in heard:
        old = _from(groups, mark.end(), bounds.end(plain, mark.end(), _CLAUSE, _REACH), plain)
        elsewhere = told - _kinds(old, none=True)
        for group in old:
            group.rumoured = group.rumoured or not elsewhere.keys().isdisjoint(group.words)
    if wrong := _WRONG.search(plain, title_end):
        _correct(groups, wrong.start(), wrong.end())


def _some_died_since(plain: str, group: Group, body: Sequence[Group], old: Sequence[Group]) -> bool:
    """Whether only fewer are told of behind who died since: "据此前通报，4人遇难。今晨，一名重伤者不治"."""
    others = [one for one in body if FactKind.DEATHS in one.words and one not in old]
    return FactKind.DEATHS in group.words and all(
        one.start > group.start
        and one.value < group.value
        and _DIED_SINCE.search(plain, max(group.end, one.start - _NEAR), one.span(FactKind.DEATHS)[1])
        for one in others
    )


def _correct(groups: Sequence[Group], wrong: int, right: int) -> None:
    """Take back what stands before "数字有误" where figures of its kind stand behind it."""
    holds = {
        (kind, group.value) for group in groups if group.start >= right and not group.part_of for kind in group.kinds()
    }
    kinds = {kind for kind, _ in holds}
    for group in groups:
        if group.start < wrong and not kinds.isdisjoint(group.words):
            group.superseded = group.superseded or not any((kind, group.value) in holds for kind in group.words)


def _bring_up_to(plain: str, title_end: int, title: Sequence[Group], body: Sequence[Group]) -> None:
    """Let the figures of a later hour replace those before."""
    for start, end in _latest(plain, title_end):
        told = [g for g in body if start <= g.start < end and g.value and not g.part_of and not g.superseded]
        for kind in _TOLD:
            now = max((g.value for g in told if kind in g.kinds() and _counts(plain, g, kind, start)), default=None)
            if now is not None:
                _outdate(title, kind, now)
                _replace([g for g in body if g.start < start], kind, now)


def _weigh(plain: str, group: Group, title: Sequence[Group], body: Sequence[Group]) -> None:
    """Let a figure that is said to be the true one, of the rest or of all replace others."""
    clause = bounds.begin(plain, group.start, _CLAUSE, _LOOK)
    group.correction = group.correction or _PUT_RIGHT.search(plain, clause, group.start) is not None
    lost = FactKind.MISSING in group.words and FactKind.DEATHS not in group.words
    if lost and _REST.search(plain, max(0, group.start - _NEAR), group.start):
        before = [g for g in body if g.start < group.start and not found.are_bodies(plain, g)]
        _replace(before, FactKind.MISSING, group.value)
        older = any(FactKind.MISSING in g.words and g.value > group.value for g in title)
        group.correction, group.part_of = group.correction or older, ()
    elif lost and (_adds_up(plain, group, body) or _THIS_HOUR.search(plain, clause, group.start)):
        group.correction, group.part_of = True, ()
    for meaning in _exceeded(title, group):
        if _IN_ALL.search(plain, clause, group.start):
            _outdate(title, meaning, group.value)


def _adds_up(plain: str, group: Group, body: Sequence[Group]) -> bool:
    """Whether a figure counts those still missing, since with those found it comes to all who were."""
    another = _ANOTHER.search(plain, max(0, group.start - _NEAR), group.start)
    if (FactKind.MISSING in group.part_of and not another) or _of_one_place(plain, group):
        return False
    at = _place(body, group.start)
    some: set[float] = set()
    together = 0.0
    for one in reversed(body[max(0, at - _FEW) : at]):
        if FactKind.MISSING in one.words and one.value - group.value in some:
            return True
        if one.meanings == [FactKind.MISSING] and one.value > group.value and not one.part_of:
            return False  # "甲乡失联2人，乙镇失联1人"
        part = one.part_of or _SOME.search(plain, max(0, one.start - _NEAR), one.start)
        if not _FOUND.isdisjoint(one.words) or (another and part):
            together += one.value
            some |= {one.value, together}
    return False


def _of_one_place(plain: str, group: Group) -> bool:
    """Whether a clause begins with the place whose figure it tells: "浙江11人死亡、4人失踪" beside those of all."""
    clause = bounds.begin(plain, group.start, _CLAUSE, _LOOK)
    head = plain[clause : group.start].removeprefix("其中")
    return any(head[:size] in national().names for size in (2, 3))


def _exceeded(title: Sequence[Group], group: Group) -> Iterable[Meaning]:
    """What the title counts fewer of."""
    if group.part_of or group.qualifier is not Qualifier.EXACTLY:
        return ()
    return {kind for one in title if one.value < group.value for kind in one.words if kind in group.kinds()}


def _from(groups: Sequence[Group], start: int, end: int, plain: str) -> Sequence[Group]:
    """The figures from a spot on, up to a word of now."""
    now = _NOW.search(plain, start, end)
    return groups[_place(groups, start) : _place(groups, now.start() if now else end)]


def _place(groups: Sequence[Group], spot: int) -> int:
    return bisect_left(groups, spot, key=lambda one: one.start)


def _kinds(groups: Iterable[Group], *, none: bool = False) -> Counter[Meaning]:
    """How many figures (or `none`) there are of each kind."""
    return Counter(kind for group in groups if none or group.value for kind in group.words)


def _latest(plain: str, title_end: int) -> Iterator[Span]:
    """Where the figures of a later hour stand."""
    marks = [*_AS_OF.finditer(plain, title_end)]
    for mark, after in zip_longest(marks, marks[1:]):
        end = bounds.end(plain, mark.end(), _STOPS, _REACH)
        yield mark.end(), min(end, after.start()) if after else end


def _counts(plain: str, group: Group, kind: Meaning, start: int) -> bool:
    """Whether a figure is that of all: of the wounded, one beside what an accident has done."""
    if kind not in _LOWERED[1:]:
        return True
    wounded = _WOUNDED.search(plain, *group.words[kind])
    return not wounded and _CASUALTIES.search(plain, start, group.start) is not None


def _outdate(title: Sequence[Group], kind: Meaning, now: float) -> None:
    for group in title:
        if kind in group.words and group.value < now:
            group.outdated = True


def _replace(before: Sequence[Group], kind: Meaning, now: float) -> None:
    for old in before:
        if kind in old.words:
            old.correction = False
            if kind in _LOWERED and old.value > now:
                if len(old.words) > 1:
                    del old.words[kind]
                else:
                    old.superseded = True
