"""Figures of people: which number belongs to which word, clause by clause from left to right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.facts.amounts import of_match, quantity
from analyzer.facts.lexicon import MEANING, PERSON, SINGLE, Meaning, Role
from analyzer.facts.nobody import Denial, denied, zero_kinds
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind, Qualifier, Span

_TO_FIGURE = re.compile(
    r"(?:总?人数|人员|员|者|群众|居民|村民|学生|工人|员工|乘客|旅客|游客|司机|师生|职工|老人|儿童|孩子|小朋友|住户|病例|市民|同学|幼儿|女工|矿工|行人|路人|顾客|病人|患者"
    r"|总数|合计|共计|数量|数字|数|已经|已|现|目前|累计|初步|据悉|也|再|暂|统计|应|实|得有|得|好像|大概|更正|更新|修正|变更|调整|改|核减|核定|下调|下降|减少|减|降|恐怕|恐|可能"
    r"|为|是|有|达到|达|共|的|了|过|由|从|总计|计|约|近|仅|至少|上升|增加|攀升|升|增|至|到|:|：|\s){0,10}"
)
"""What may stand between "死亡", "受伤人数已达" and its figure."""
_MOVED = re.compile(r"[^，。；：、\d]{0,14}(?:\d{1,6}[余多]?户)?[^，。；：、\d]{0,4}")
"""What may stand between "转移" and its figure: whoever is moved."""
_ACTING = re.compile(
    r"将|把|为$|[^人]对|向|抬|组织|赶[到赴往来]|前往|到场|参与|处置|出动|开展|负责|协助|护送|展开|陪同|帮助|营救|救助|投入|搜|安抚|采访|目击|看到|介绍|告诉|涉嫌|送别|悼念|祭奠|缅怀"
)
"""What rescuers and witnesses do: the figure before it counts no victims."""
_NOT_MOVED = re.compile(
    r"财产|资产|资金|存款|股权|房产|户籍|注意|目光|话题|民警|消防|干部|官兵|医护|医生|护士|工作人员|志愿者|网格员|党员|武警|救援|交警|辅警|城管|专家"
)
_LED = re.compile(r"将|把|对|组织|帮助|协助|引导|指挥|护送|带领|安排")
"""Before a figure: these people are moved by somebody, whatever they are."""
_ANAPHORA = re.compile(
    r"(?:经|\d{3}|医生|医护|法医|虽|但|后|最终|最后|送往?|医院|全部|全都?|均|都|已|先后|当场|不幸|抢救|无效|因|被|确认|证实|目前|现|双双|也|不同程度|地|当天|随后|之后|分别|其"
    r"|伤势过重|伤重|及时|紧急|宣布|宣告|仍|还|因故|有|无一幸免|陆续|相继|出现|开始|突然|感到|感觉|身体|纷纷|[上下中]午|晚上|凌晨|傍晚|深夜|\d{1,2}[时点](?:许|左右|多)?"
    r"|不久|很快|一直|至今|事发|事故|其后|救出时|找到时|送到时|到院时|发现时|接着|导致|造成|致使|全员|无人)*"
)
"""A clause that goes on speaking of the people counted before it."""
_IN_ALL = re.compile(r"(?:共|共计|合计|总计|总共|一共|累计)")
_ONE_MORE = re.compile(r"[、和及][^，。；、\d]{1,8}")
_TOGETHER = re.compile(r"[^，。；：、\d]{0,10}(?:和|与|及|以及|、|跟)(?:另外?)?")
"""Between two figures of one subject: "3名学生和1名老师"."""
_LOST = re.compile(
    r"夺[走去]|带走|葬送|丧失|失去|逝去|消逝|陨落|没了|换来|出了|闹出|搭[进上]|赔[上进]|吞噬|付出|消失|凋零|断送|丢[了掉]|害[死了]"
)
_ENDS = re.compile(r"[\s，。；、！？\n)）]|$")
_LONGEST_GAP = 40
_NEAR = 6
_DIGIT = re.compile(r"\d")
_A_PIECE = re.compile(rf"[，。；、！？!?\s)）\d的了在还也就都被没已呢啊吧呀是]|$|[^，。]{{0,2}}(?:{PERSON})")
"""What follows "个" where it counts people."""
_AGE = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:多|来)?岁")
_CORRECTING = re.compile(r"更正|更新|修正|变更|调整|改为|下调|下降|核减|减少|降|实为|应为|核定|修订|订正")
_DEATH_OF_ONE = re.compile(
    r"死亡|身亡|遇难|丧生|罹难|殒命|丧命|毙命|溺亡|坠亡|遇害|殉职|惨死|抢救无效|[烧淹砸压撞炸电摔毒熏呛轧闷冻碾]死|(?:无|没有|没了|失去)生命"
)
_SOMEBODY = re.compile(r"[\u4e00-\u9fff]某(?:某|(?![些个种人家天日处地]))")
_MANY = re.compile(r"们|多名|数名|几名|多人|数人|群众|家属|若干|一些|所有|每|谁|家[三四五]口|有的")
_OVER: dict[Meaning, set[Meaning]] = {
    FactKind.DEATHS: {FactKind.INJURED, FactKind.SERIOUS_INJURED, FactKind.ILL, FactKind.MISSING, Role.HOSPITAL},
    FactKind.SERIOUS_INJURED: {FactKind.INJURED, FactKind.ILL, Role.HOSPITAL},
    FactKind.INJURED: {FactKind.ILL, Role.HOSPITAL},
    FactKind.ILL: {Role.HOSPITAL},
    Role.RELIEF: {Role.HOSPITAL},
}
"""Said of the same people, the graver word alone counts."""


_GRAVITY: tuple[Meaning, ...] = (
    FactKind.DEATHS,
    FactKind.MISSING,
    FactKind.SERIOUS_INJURED,
    FactKind.TRAPPED,
    FactKind.EVACUATED,
    FactKind.INJURED,
    FactKind.ILL,
    Role.CASUALTY,
    Role.HOSPITAL,
    Role.RELIEF,
)


@dataclass(slots=True)
class Group:
    """One figure and everything that is said of it."""

    start: int
    end: int
    value: float
    qualifier: Qualifier
    words: dict[Meaning, Span] = field(default_factory=dict)
    part_of: Sequence[Meaning] = ()
    correction: bool = False
    superseded: bool = False
    updates: bool = False
    beside: "Group | None" = None
    backward: bool = False

    @property
    def meanings(self) -> list[Meaning]:
        """What is said of these people, in the order of the text."""
        return list(self.words)

    def span(self, meaning: Meaning) -> Span:
        """From the figure to the word that gives it this meaning, whichever stands first."""
        start, end = self.words[meaning]
        return min(self.start, start), max(self.end, end)

    def take(self, meaning: Meaning, start: int, end: int) -> None:
        """Say one more thing of these people, and of those named together with them."""
        self.words.setdefault(meaning, (start, end))
        if self.beside is not None:
            self.beside.take(meaning, start, end)

    def kinds(self) -> list[Meaning]:
        """What counts of all that is said."""
        hidden = {other for meaning in self.words for other in _OVER.get(meaning, ())}
        if self.meanings[:2] == [Role.RELIEF, FactKind.ILL]:
            hidden.add(FactKind.ILL)
        return [m for m in self.words if m not in hidden]


@dataclass(slots=True)
class _Pending:
    meaning: Meaning
    start: int
    end: int


_State = tuple[int, _Pending | None, Group | None, Group | None, Group | None, Sequence[Meaning] | None]


class Linker:
    """Reads the tokens of one text and leaves the groups in `groups`."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.groups: list[Group] = []
        self._clause = 0
        self._event: _Pending | None = None
        self._open: Group | None = None
        self._latest: Group | None = None
        self._counted: Group | None = None
        self._part: Sequence[Meaning] | None = None
        self._to: re.Match[str] | None = None
        self._outside: _State | None = None
        self._beside: Group | None = None
        self._sentence = 0
        self._told: _Pending | None = None

    def read(self) -> list[Group]:
        """All groups of the text in order."""
        for token in TOKEN.finditer(self.plain):
            getattr(self, _HANDLER.get(token.lastgroup or "", "_event_token"))(token)
        return self.groups

    def _stop(self, token: re.Match[str]) -> None:
        self._comma(token)
        self._latest = self._told = None
        self._sentence = len(self.groups)
        self._part = None
        self._outside = None

    def _comma(self, token: re.Match[str]) -> None:
        self._clause = token.end()
        self._event = self._open = self._to = self._beside = None

    def _colon(self, token: re.Match[str]) -> None:
        event = self._event
        self._comma(token)
        self._event = event

    def _bracket(self, token: re.Match[str]) -> None:
        """What is in brackets explains the figure before them."""
        self._outside = (self._clause, self._event, self._open, self._latest, self._counted, self._part)
        if self._counted is not None and token.start() - self._counted.end <= _NEAR:
            self._part = self._counted.kinds()
        self._clause = token.end()
        self._event = self._open = None

    def _unbracket(self, token: re.Match[str]) -> None:
        if self._outside is None:
            self._comma(token)
            return
        self._clause, self._event, self._open, self._latest, self._counted, self._part = self._outside
        self._outside = None

    def _list(self, token: re.Match[str]) -> None:
        """Behind "、" another figure begins, or one more word of the same meaning."""
        self._clause = token.end()
        if self._open is not None and not self._open.meanings:
            self._beside, self._open = self._open, None

    def _ordinal(self, token: re.Match[str]) -> None:
        self._open = None

    def _sub(self, token: re.Match[str]) -> None:
        self._part = self._counted.kinds() if self._counted else ()
        if token.group()[0] in "员者人众" and self._event is not None:
            self._part = (self._event.meaning,)
            self._event = None

    def _apart(self, token: re.Match[str]) -> None:
        self._part = None

    def _update(self, token: re.Match[str]) -> None:
        self._to = token

    def _amount(self, token: re.Match[str]) -> None:
        found = of_match(token)
        if found is None:
            return
        value, qualifier = found
        unit = token["unit"] or ""
        if self.plain[token.start() - 1 : token.start()] == "又" and value == 1:
            return  # "一个又一个" counts nobody.
        self._add(Group(token.start(), token.end(), value * 2 if unit == "对" else value, qualifier), unit)

    def _among(self, token: re.Match[str]) -> None:
        """ "8人中，" makes what follows a share."""
        self._part = self._counted.kinds() if self._counted else ()

    def _couple(self, token: re.Match[str]) -> None:
        """ "一男一女", "3大2小": one figure."""
        one, other = quantity(token["one"], None, None, None), quantity(token["other"], None, None, None)
        if one and other:
            self._add(Group(token.start(), token.end(), one[0] + other[0], Qualifier.EXACTLY), "人")

    def _double(self, token: re.Match[str]) -> None:
        self._add(Group(token.start(), token.end(), 2.0, Qualifier.EXACTLY), "人")

    def _pair(self, token: re.Match[str]) -> None:
        found = quantity(token["paired"], None, token["more"], None)
        if found is None:
            return
        if self._event is not None and self._event.end == token.start():
            # "死3伤5": the numeral belongs to the word before it.
            self._add(Group(token.start(), token.end() - 1, *found), "")
            self._event = _Pending(_bare(token.group()[-1]), token.end() - 1, token.end())
            return
        group = Group(token.start(), token.end() - 1, *found, part_of=self._part or ())
        group.qualifier = _qualified(self.plain[max(self._clause, group.start - 3) : group.start], group.qualifier)
        group.take(_bare(token.group()[-1]), token.end() - 1, token.end())
        self.groups.append(group)
        self._counted = self._latest = group
        self._open = self._event = None

    def _lone(self, token: re.Match[str]) -> None:
        """A bare numeral right behind "死" or "伤"."""
        found = quantity(token["alone"], None, None, None)
        if found is not None and self._event is not None and self._reaches_bare(token.start()):
            self._add(Group(token.start(), token.end(), *found), "")

    def _reaches_bare(self, start: int) -> bool:
        """Whether a numeral without measure word belongs to the waiting event: "死3", "死亡人数：7"."""
        event = self._event
        if event is None:
            return False
        between = self.plain[event.end : start]
        return not between or (between[-1] in ":：" and _TO_FIGURE.fullmatch(between) is not None)

    def _add(self, group: Group, unit: str) -> None:
        """A figure: it belongs to the word before it, or waits for one behind."""
        self.groups.append(group)
        event, to, old = self._event, self._to, self._counted
        self._to = self._event = None
        if self._part is not None:
            group.part_of = self._part or (Role.CASUALTY,)
        if unit.startswith("条") or self.plain.startswith(("的生命", "的性命"), group.end):
            if _LOST.search(self.plain, max(self._clause, group.start - 20), group.end + 14):
                group.take(FactKind.DEATHS, group.start, group.end)
        elif to is not None and event is None and self._superseded(old, to, group):
            for meaning in old.kinds():
                group.take(meaning, group.start, group.end)
            old.superseded = True
            group.part_of = old.part_of
        elif event is None and self._told is not None and _IN_ALL.fullmatch(self.plain, self._clause, group.start):
            group.take(self._told.meaning, self._told.start, self._told.end)
        elif event is None and self._continues(group):
            group.take(self._latest.meanings[0], group.start, group.end)
            group.backward = True
        elif event is not None and self._reaches(event, group) and self._counts_people(event, unit, group):
            group.take(event.meaning, event.start, event.end)
            around = self.plain[max(self._clause, event.start - 4) : event.start] + self.plain[event.end : group.start]
            group.qualifier = _qualified(around, group.qualifier)
            # "重伤的2名队员" go on to be the subject; behind "死亡3人" something new begins.
            group.backward = not self.plain[event.end : group.start].endswith("的")
        if not group.words and self._open is not None and not self._open.words:
            joined = _TOGETHER.fullmatch(self.plain, self._open.end, group.start)
            group.beside = self._open if joined else None
        elif (
            not group.words
            and self._beside is not None
            and _TOGETHER.fullmatch(self.plain, self._beside.end, group.start)
        ):
            group.beside = self._beside
        self._beside = None
        group.updates = to is not None
        if to is not None and _CORRECTING.match(to.group()):
            group.correction = True
        self._open = self._latest = group
        if group.meanings:
            self._counted = group

    def _continues(self, group: Group) -> bool:
        """Whether a figure is one more of a list: "疏散病人83名、家属40名"."""
        latest = self._latest
        if latest is None or not latest.backward or FactKind.EVACUATED not in latest.words:
            return False
        return bool(_ONE_MORE.fullmatch(self.plain, latest.end, group.start)) and _lonely(self.plain, group.end)

    def _superseded(self, old: Group | None, to: re.Match[str], group: Group) -> bool:
        """Whether "由3人升至" stands before the figure: `old` is the one that no longer holds."""
        return (
            old is not None
            and bool(old.meanings)
            and old.end >= self._clause
            and to.start() - max(old.end, *(end for _, end in old.words.values())) <= 4
            and group.start - to.end() <= 2
        )

    def _counts_people(self, event: _Pending, unit: str, group: Group) -> bool:
        """Whether "个" counts people: behind what happens to nobody else, or where people follow."""
        return unit != "个" or event.meaning in _OVER or _A_PIECE.match(self.plain, group.end) is not None

    def _reaches(self, event: _Pending, group: Group) -> bool:
        """Whether only filling words stand between an event and the figure behind it."""
        between = self.plain[event.end : group.start]
        if group.start < event.end or self.plain[event.end - 1] in "在于":
            return False
        if between.isspace() and not _ENDS.match(self.plain, group.end):
            return False  # A space between two headlines, not "死亡 3 人".
        if len(between) > _LONGEST_GAP:
            return False
        filler = _MOVED if event.meaning is FactKind.EVACUATED else _TO_FIGURE
        return filler.fullmatch(self.plain, event.end, group.start) is not None

    def _event_token(self, token: re.Match[str]) -> None:
        name = token.lastgroup or ""
        meaning = MEANING[name] if name != "bare" else _bare(token.group()[0])
        start, end = token.span()
        denial = denied(self.plain, self._clause, start, end, meaning)
        if denial is not None:
            self._deny(meaning, denial, end)
            return
        group = self._open
        if group is not None and self._may_take(group, meaning, start, end):
            group.take(meaning, start, end)
            self._counted = group
            self._correct(group, meaning)
        elif self._goes_on(meaning, start, end):
            if self._latest is not None:
                self._latest.take(meaning, start, end)
                self._counted = self._latest
        else:
            self._wait(meaning, start, end)

    def _correct(self, group: Group, meaning: Meaning) -> None:
        """ "先说死了8个，后更正为6人死亡": the earlier figure of the sentence holds no longer."""
        if not group.correction:
            return
        for old in self.groups[self._sentence :]:
            if old is not group and meaning in old.words:
                old.superseded = True

    def _wait(self, meaning: Meaning, start: int, end: int) -> None:
        """An event whose figure may follow. Of two words side by side ("死亡病例") the graver one counts."""
        waiting = self._event
        graver = waiting is not None and _GRAVITY.index(waiting.meaning) <= _GRAVITY.index(meaning)
        healed = waiting is not None and waiting.meaning is Role.RELIEF and meaning in {FactKind.ILL, Role.HOSPITAL}
        if waiting is not None and start - waiting.end <= 1 and (graver or healed):
            self._event = _Pending(waiting.meaning, waiting.start, end)
        else:
            self._event = self._told = _Pending(meaning, start, end)

    def _deny(self, meaning: Meaning, denial: tuple[Denial, int], end: int) -> None:
        kind, start = denial
        if kind is Denial.ZERO:
            for zero in zero_kinds(meaning):
                group = Group(start, end, 0.0, Qualifier.NONE)
                group.take(zero, start, end)
                self.groups.append(group)
        self._open = None

    def _may_take(self, group: Group, meaning: Meaning, start: int, end: int) -> bool:
        """Whether an event may belong to the figure before it in the same clause."""
        between = self.plain[group.end : start]
        if meaning in group.meanings:
            return not self._figure_follows(meaning, end)
        if len(between) > _LONGEST_GAP or "、" in between or " " in between.strip():
            return False
        if group.backward and (group.meanings != [Role.RELIEF] or len(between) > _NEAR):
            return False
        if _ACTING.search(between):
            return False
        if meaning is FactKind.EVACUATED and _NOT_MOVED.search(between):
            return _LED.search(self.plain, max(self._clause, group.start - 16), group.start) is not None
        return bool(group.meanings) or not self._figure_follows(meaning, end)

    def _figure_follows(self, meaning: Meaning, end: int) -> bool:
        """Whether the event that ends here has a figure of its own right behind it, and no other event after that."""
        after = TOKEN.search(self.plain, end, end + _NEAR * 3)
        while after is not None and (
            after.lastgroup == "to" or (after.lastgroup in MEANING and after.start() - end <= 1)
        ):
            end = after.end() if after.lastgroup in MEANING else end
            after = TOKEN.search(self.plain, after.end(), end + _NEAR * 3)
        if after is None or after.lastgroup != "amount":
            return False
        filler = _MOVED if meaning is FactKind.EVACUATED else _TO_FIGURE
        if not filler.fullmatch(self.plain, end, after.start()):
            return False
        return _lonely(self.plain, after.end())

    def _goes_on(self, meaning: Meaning, start: int, end: int) -> bool:
        """Whether this clause speaks of the people that the clause before has counted."""
        waiting = self._event
        if waiting is not None and waiting.meaning is not Role.RELIEF:
            return False
        if self._latest is None or meaning in self._latest.meanings:
            return False
        if self._clause in (start, 0) or self._clause <= self._latest.end:
            return False
        between = self.plain[self._latest.end : self._clause]
        if len(between) > _LONGEST_GAP or _DIGIT.search(between):
            return False
        return bool(_ANAPHORA.fullmatch(self.plain, self._clause, start)) and not self._figure_follows(meaning, end)


def _qualified(filler: str, qualifier: Qualifier) -> Qualifier:
    """A qualifier that stands apart from its figure: "至少有67人"."""
    if qualifier is not Qualifier.EXACTLY:
        return qualifier
    if re.search(r"至少|起码|超过|突破", filler):
        return Qualifier.AT_LEAST
    return Qualifier.ABOUT if re.search(r"约|近|大概|可能|恐|好像", filler) else qualifier


def _bare(char: str) -> FactKind:
    """What "死", "亡" and "伤" stand for alone."""
    return FactKind.INJURED if char == "伤" else FactKind.DEATHS


def _lonely(plain: str, end: int) -> bool:
    """Whether no event follows the figure that ends here within its clause."""
    following = TOKEN.search(plain, end, end + 30)
    return following is None or following.lastgroup in {"comma", "stop", "list", "open", "close"}


_HANDLER = {
    "stop": "_stop",
    "comma": "_comma",
    "colon": "_colon",
    "list": "_list",
    "ordinal": "_ordinal",
    "part": "_sub",
    "apart": "_apart",
    "to": "_update",
    "amount": "_amount",
    "double": "_double",
    "pair": "_pair",
    "lone": "_lone",
    "among": "_among",
    "open": "_bracket",
    "close": "_unbracket",
    "couple": "_couple",
}


def implied_deaths(plain: str) -> Iterator[tuple[float, Span]]:
    """Deaths told without a figure: "司机当场死亡" is one, "母亲和女儿遇难" two."""
    for match in _DEATH_OF_ONE.finditer(plain):
        start = max((plain.rfind(mark, 0, match.start()) for mark in "，。；！？\n：、,"), default=-1) + 1
        start = max(start, match.start() - 30)
        clause = _AGE.sub(lambda age: "・" * len(age.group()), plain[start : match.start()])
        found = [*SINGLE.finditer(clause), *_SOMEBODY.finditer(clause)]
        found.sort(key=lambda m: m.start())
        if not found or _MANY.search(clause) or re.search(r"\d|[一二两三四五六七八九十]", clause):
            continue
        if clause[: found[-1].start()].endswith(("被", "被这些", "被那些")):
            continue
        if len(clause) - found[-1].end() > 12 or re.search(r"[的无没未]|是否|如果", clause[found[-1].end() :]):
            continue
        yield float(_joined(clause, found)), (start + found[0].start(), match.end())


def _joined(clause: str, found: list[re.Match[str]]) -> int:
    """How many of the people named before the word are its subject: those joined by "和"."""
    count = 1
    for before, after in zip(found[-2::-1], found[:0:-1], strict=False):
        if not re.fullmatch(r"[和与及跟][^，]{0,6}", clause[before.end() : after.start()]):
            break
        count += 1
    return count
