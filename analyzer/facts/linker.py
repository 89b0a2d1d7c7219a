"""Which figure of people belongs to which word, clause by clause from left to right."""

import re
from collections.abc import Sequence

from analyzer.facts import between, reach, wordless
from analyzer.facts.amounts import of_match, quantity
from analyzer.facts.groups import GRAVITY, OVER, Group, Pending
from analyzer.facts.lexicon import CUT_OFF, DANGER, DEADLY, MEANING, RIDES, WATER, Meaning, Role
from analyzer.facts.nobody import Denial, denied, zero_kinds
from analyzer.facts.tokens import TOKEN
from analyzer.model import FactKind, Qualifier

_State = tuple[int, Pending | None, Group | None, Group | None, Group | None, Sequence[Meaning] | None]


class Linker:
    """Reads the tokens of one text; `read` gives its figures with their meanings.

    Between two commas a figure waits for a word (`_open`), or a word for its figure (`_event`). `_latest` is the
    last figure of the sentence, `_counted` the last one that has a meaning, `_part` what the figures to come are
    shares of ("其中").
    """

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.groups: list[Group] = []
        self._clause = 0
        self._sentence = 0
        self._event: Pending | None = None
        self._told: Pending | None = None
        self._asked: Pending | None = None
        self._begins = 0
        self._open: Group | None = None
        self._beside: Group | None = None
        self._latest: Group | None = None
        self._counted: Group | None = None
        self._part: Sequence[Meaning] | None = None
        self._listing = False
        self._to: re.Match[str] | None = None
        self._outside: _State | None = None
        self._denied: tuple[Denial, int] | None = None
        self._summed = self._previous = 0

    def read(self) -> list[Group]:
        """All figures of the text, in order."""
        for token in TOKEN.finditer(self.plain):
            getattr(self, f"_on_{token.lastgroup}", self._on_event)(token)
        if self._summed:
            self._tell_summed()
        return self.groups

    def _tell_summed(self) -> None:
        """The dead and the missing in one figure are told as missing, unless the text tells them apart as well."""
        lost = [group for group in self.groups if Role.LOST in group.words]
        told = [group for group in self.groups if Role.LOST not in group.words]
        if any(FactKind.DEATHS in group.words or FactKind.MISSING in group.words for group in told):
            return
        for group in lost:
            group.words = {FactKind.MISSING: group.words[Role.LOST]}

    # Marks

    def _on_stop(self, token: re.Match[str]) -> None:
        self._on_comma(token)
        if token.start() != self._begins:
            self._asked = self._told
        self._begins = token.end()
        self._latest = self._told = None
        self._previous, self._sentence = self._sentence, len(self.groups)
        self._part = None
        self._listing = False
        self._outside = None

    def _on_comma(self, token: re.Match[str]) -> None:
        moved = self._event is not None and self._event.meaning is FactKind.EVACUATED
        if moved and between.HOMES.match(self.plain, token.start()):
            self._on_list(token)
            return
        self._clause = token.end()
        self._event = self._open = self._to = self._beside = None

    def _on_colon(self, token: re.Match[str]) -> None:
        event = self._event
        self._on_comma(token)
        self._event = event

    def _on_open(self, token: re.Match[str]) -> None:
        """What is in brackets explains the figure before them."""
        self._outside = (self._clause, self._event, self._open, self._latest, self._counted, self._part)
        if self._counted is not None and token.start() - self._counted.end <= between.NEAR:
            self._part = self._counted.kinds()
        self._clause = token.end()
        self._event = self._open = None

    def _on_close(self, token: re.Match[str]) -> None:
        if self._outside is None:
            self._on_comma(token)
            return
        self._clause, self._event, self._open, self._latest, self._counted, self._part = self._outside
        self._outside = None

    def _on_list(self, token: re.Match[str]) -> None:
        """Behind "、" another figure begins, or one more word of the same meaning; beasts and causes are neither."""
        if between.BEASTS.match(self.plain, token.start()):
            return
        if self._open is not None and between.BECAUSE.match(self.plain, self._open.end, token.start()):
            return
        self._clause = token.end()
        if self._open is not None and not self._open.words:
            self._beside, self._open = self._open, None

    # Words that say how figures hang together

    def _on_ordinal(self, _: re.Match[str]) -> None:
        self._open = None

    def _on_part(self, token: re.Match[str]) -> None:
        moved = self._told is not None and self._told.meaning is FactKind.EVACUATED
        known = self._counted is not None and FactKind.EVACUATED in self._counted.words
        if self._told is not None and moved and not known and self._latest is None:
            # "两个村连夜转移，其中上村430人，下村215人": nobody was counted of whom these were some.
            self._event = Pending(FactKind.EVACUATED, self._told.start, token.end())
            self._listing = True
            return
        whole = self._counted
        if self._latest is not None and not self._latest.words:
            whole = None  # "3名工人死亡。4名职工下井救人，其中2人死亡"
        self._part = whole.kinds() if whole else ()
        if whole and token.start() == self._begins:  # "死亡63人，受伤50人。其中A处12人遇难": of all who were counted.
            before = self.groups[self._previous : self._sentence]
            self._part = tuple(dict.fromkeys(kind for one in (whole, *before) for kind in one.kinds()))
        if token.group()[0] in "员者人众" and self._event is not None:
            self._part = (self._event.meaning,)
            self._event = None

    def _on_within(self, token: re.Match[str]) -> None:
        """Behind those who came to harm, "里头有3个孩子" tells who some of them were, and nobody shut in."""
        whole = self._counted
        if whole is not None and token.start() - whole.end <= between.NEAR and reach.HARM.intersection(whole.words):
            self._part = whole.kinds()

    def _on_among(self, token: re.Match[str]) -> None:
        """Behind "8人中" come shares of the figure right before."""
        if self._event is not None and between.WHO.fullmatch(self.plain, self._event.end, token.start()):
            # "6人遇难；送医伤者中，4位去世": those just named are the whole, whatever was counted before.
            self._part, self._event = (self._event.meaning,), None
            return
        whole = self._latest or self._counted
        self._part = whole.kinds() if whole else ()

    def _on_apart(self, token: re.Match[str]) -> None:
        self._part = None
        if token.group() in _OTHERS:
            self._open = None

    def _on_to(self, token: re.Match[str]) -> None:
        self._to = token
        if between.CORRECTING.match(token.group()) and "其中" not in self.plain[self._clause : token.start()]:
            self._part = None  # "死亡6人有误，其中1人重复统计，更正为5人"

    # Figures

    def _on_amount(self, token: re.Match[str]) -> None:
        found = of_match(token)
        if found is None:
            return
        value, qualifier = found
        unit = token["unit"] or ""
        before = self.plain[max(0, token.start() - 2) : token.start()]
        if value == 1 and (before in {"个又", "名又", "位又"} or before.endswith("同")):
            return  # "一个又一个" counts nobody, "同一名伤者" nobody anew.
        if self._stands_aside(token, value):
            return

        self._add(Group(token.start(), token.end(), value * 2 if unit == "对" else value, qualifier), unit)

    def _stands_aside(self, token: re.Match[str], value: float) -> bool:
        """Whether a figure counts nobody itself: "除2人外" takes away, "10人以下" bounds, "而非11人" denies."""
        before = self.plain[max(self._clause, token.start() - 3) : token.start()]
        if before.endswith(_HELPED):
            return True
        if before.endswith(("除", "除了")) and between.EXCEPTED.match(self.plain, token.end()):
            whole = self._open
            if whole is not None and not whole.words and whole.value > value:
                whole.value -= value
            return whole is not None or self.plain.startswith(_EXCEPT, token.end())
        return self.plain.startswith("以下", token.end()) or between.NOT_BUT.search(before) is not None

    def _on_couple(self, token: re.Match[str]) -> None:
        """One figure in two: "一男一女", "3大2小"."""
        one, other = quantity(token["one"], None, None, None), quantity(token["other"], None, None, None)
        if one and other:
            self._add(Group(token.start(), token.end(), one[0] + other[0], Qualifier.EXACTLY), "人")

    def _on_single(self, token: re.Match[str]) -> None:
        """The "个" of "有个老人" is one."""
        self._add(Group(token.start(), token.end(), 1.0, Qualifier.EXACTLY), "人")

    def _on_double(self, token: re.Match[str]) -> None:
        if token.group() == "双双" and self._latest is not None and FactKind.DEATHS in self._latest.words:
            return  # "两人抢救无效双双死亡"
        self._add(Group(token.start(), token.end(), 2.0, Qualifier.EXACTLY), "人")

    def _on_pair(self, token: re.Match[str]) -> None:
        """A numeral with its word: "3死". In "死3伤5" it belongs to the word before it."""
        found = quantity(token["paired"], None, token["more"], None)
        if found is None:
            return
        word = Pending(_bare(token.group()[-1]), token.end() - 1, token.end())
        group = Group(token.start(), word.start, *found)
        if self._event is not None and self._event.end == token.start():
            self._add(group, "")
            self._event = word
            return
        group.part_of = self._part or ()
        group.qualifier = between.qualified(
            self.plain[max(self._clause, group.start - 3) : group.start], group.qualifier
        )
        group.take(word.meaning, word.start, word.end)
        self.groups.append(group)
        if self._to is not None and self._counted is not None and self._replaces(self._counted, self._to, group):
            self._counted.superseded = word.meaning in self._counted.words
        self._counted = self._latest = group
        self._open = self._event = self._to = None

    def _on_lone(self, token: re.Match[str]) -> None:
        """A numeral without measure word: "死3", "死亡人数：7"."""
        found = quantity(token["alone"] or token["bulk"], None, None, None)
        if found is None or self._event is None:
            return
        gap = self.plain[self._event.end : token.start()]
        if token["alone"] is None:
            if self._event.meaning is FactKind.EVACUATED and between.MOVED.fullmatch(gap):
                self._add(Group(token.start(), token.end(), *found), "")
            return
        if not gap or (gap[-1] in ":：" and between.TO_FIGURE.fullmatch(gap)):
            self._add(Group(token.start(), token.end(), *found), "")

    def _add(self, group: Group, unit: str) -> None:
        """A figure: it belongs to the word before it, or waits for one behind."""
        self.groups.append(group)
        event, to = self._event, self._to
        self._event = self._to = None
        if event is not None and (self.plain.startswith("人数", event.end) or self._in_truth(event.start)):
            self._part = None  # "9名遇难者中两份遗骸属同一人，遇难人数更正为8人"
        if self._part is not None:
            group.part_of = self._part or (Role.CASUALTY,)
        self._find_meaning(group, unit, event, to)
        if not group.words:
            group.beside = self._partner(group)
        self._beside = None
        if to is not None:
            group.updates = True
            correcting = between.CORRECTING.match(to.group()) is not None
            # Fewer dead than said is a correction; fewer missing or in hospital is good news.
            fewer = FactKind.DEATHS not in group.words and between.FEWER.match(to.group()) is not None
            group.correction, group.left = correcting and not fewer, fewer
        self._open = self._latest = group
        if self._part and unit == "例" and wordless.lonely(self.plain, group.end):
            group.take(self._part[0], group.start, group.end)
        if group.words:
            self._counted = group

    def _in_truth(self, position: int) -> bool:
        """Whether what follows is told as how it really is: "11名遇难者中有两处重复，实际遇难9人"."""
        clause = self.plain[self._clause : position]
        return "实际" in clause[-6:] and "其中" not in clause

    def _find_meaning(self, group: Group, unit: str, event: Pending | None, to: re.Match[str] | None) -> None:
        """Give a figure the meaning that stands before it, if any does."""
        old = self._counted
        if self._lists_on(group, event):
            return
        if wordless.lives_lost(self.plain, self._clause, group, unit, event):
            group.take(FactKind.DEATHS, group.start, group.end)
        elif unit.startswith("条"):
            return
        elif event is not None:
            self._take_from(event, group, unit)
        elif to is not None and old is not None and self._replaces(old, to, group):
            for meaning in old.kinds():
                group.take(meaning, group.start, group.end)
            old.superseded = True
            group.part_of = old.part_of
        elif self._told is not None and self._tells_of(self._told, group, unit, to):
            group.take(self._told.meaning, self._told.start, self._told.end)
        elif self._asked is not None and wordless.answers(self.plain, self._begins, self._asked, group, unit):
            group.take(self._asked.meaning, self._asked.start, self._asked.end)
        elif (told := wordless.by_context(self.plain, self._clause, group, unit)) is not None and not (
            self._part and told is FactKind.TRAPPED
        ):
            group.take(told, group.start, group.end)

    def _lists_on(self, group: Group, event: Pending | None) -> bool:
        """Whether a figure is the next one of a list, and so tells of the same: "疏散病人83名、家属40名"."""
        before = self._latest
        if before is None or event is not None:
            return False
        part = self._listing and wordless.next_part(self.plain, before, group)
        if not part and not wordless.one_more(self.plain, before, group):
            return False
        group.beside = before
        group.take(before.meanings[0], group.start, group.end)
        group.backward = True
        return True

    def _tells_of(self, told: Pending, group: Group, unit: str, to: re.Match[str] | None) -> bool:
        """Whether the clause before has told what happened to those whom a figure counts."""
        if to is not None:
            return wordless.puts_right(to, group) or between.NUMBER_OF.match(self.plain, told.end) is not None
        return wordless.counts_told(self.plain, self._clause, told, group, unit)

    def _take_from(self, event: Pending, group: Group, unit: str) -> None:
        if event.meaning is Role.CASUALTY and self.plain[event.end] in ":：":
            return  # "火灾伤亡：9人死亡，2人受伤"
        if not reach.reaches(self.plain, event, group):
            return
        if unit == "个" and event.meaning not in OVER and not between.A_PIECE.match(self.plain, group.end):
            return
        group.take(event.meaning, event.start, event.end)
        if event.also is not None:
            group.take(event.also, event.start, event.end)
        filler = self.plain[event.end : group.start]
        before = self.plain[max(self._clause, event.start - 4) : event.start]
        group.qualifier = between.qualified(before + filler, group.qualifier)
        # "重伤的2名队员" go on to be the subject; behind "死亡3人" something new begins.
        group.backward = not filler.endswith("的")

    def _partner(self, group: Group) -> Group | None:
        """The figure that shares this one's subject: "3名学生和1名老师"."""
        for other in (self._open, self._beside):
            if other is not None and not other.words:
                together = between.TOGETHER.fullmatch(self.plain, other.end, group.start)
                group.helpers = together is not None and between.NOT_MOVED.search(together.group()) is not None
                return other if together and not between.OF_ITS_OWN.search(together.group()) else None
        return None

    def _replaces(self, old: Group, to: re.Match[str], group: Group) -> bool:
        """Whether "由3人升至" stands before the figure: `old` is the one that no longer holds."""
        if not old.words or group.start - to.end() > 2:
            return False
        if to.group().startswith("改口"):
            return self._clause - old.end <= between.NEAR * 2
        if old.end < self._clause:
            end = max(old.end, *(end for _, end in old.words.values()))
            rose = between.THEN.fullmatch(self.plain, end, to.start())
            return bool(rose or between.MISTAKEN.fullmatch(self.plain, old.end, to.start()))
        return to.start() - max(old.end, *(end for _, end in old.words.values())) <= 4

    # Events

    def _on_event(self, token: re.Match[str]) -> None:
        if token.start() < self._summed:
            return
        meaning = MEANING.get(token.lastgroup or "") or _bare(token.group()[0])
        if meaning is FactKind.DEATHS and self._sums(token):
            return
        if meaning is FactKind.TRAPPED and self._in_water(token):
            meaning = FactKind.MISSING
        self._happen(Pending(meaning, *token.span()))

    def _sums(self, token: re.Match[str]) -> bool:
        """Whether a figure counts the dead and the missing in one: "15人死亡失踪", "死亡失踪人数升至12人"."""
        summed = between.OR_MISSING.match(self.plain, token.end())
        if summed is None or (self._open is None and not self.plain.startswith("人数", summed.end())):
            return False
        self._summed = summed.end()
        self._happen(Pending(Role.LOST, token.start(), summed.end()))
        return True

    def _in_water(self, token: re.Match[str]) -> bool:
        """Whether who does not come up is under water, and not under ground: "船翻了，两个没上来"."""
        if not token.group().startswith("没") or "上来" not in token.group():
            return False
        return WATER.search(self.plain, max(0, token.start() - wordless.TOLD_WITHIN), token.start()) is not None

    def _on_nobody(self, token: re.Match[str]) -> None:
        """Of those counted before nobody lives: "屋里6人，没有一个活着出来"."""
        self._happen(Pending(FactKind.DEATHS, *token.span()))

    def _on_perhaps(self, token: re.Match[str]) -> None:
        """Words like "走了" and "没了" are deaths of people where something deadly was told."""
        counted = self._open
        if (
            counted is not None
            and self.plain[counted.end - 1] == "个"
            and not between.A_PIECE.match(self.plain, counted.end)
        ):
            return
        if DEADLY.search(self.plain, max(0, token.start() - wordless.TOLD_WITHIN), token.start()):
            self._happen(Pending(FactKind.DEATHS, *token.span()))

    def _on_stuck(self, token: re.Match[str]) -> None:
        """Passengers of a ride or a lift are shut in where they are stranded, those of an airport are not."""
        before, behind = max(0, token.start() - wordless.TOLD_WITHIN), token.end() + between.NEAR * 2
        if RIDES.search(self.plain, before, behind) or CUT_OFF.search(self.plain, token.end(), behind):
            self._happen(Pending(FactKind.TRAPPED, *token.span()))

    def _on_away(self, token: re.Match[str]) -> None:
        """Who goes up a hill or leaves a house is moved to safety where danger is told."""
        if DANGER.search(self.plain, max(0, token.start() - wordless.TOLD_WITHIN), token.end() + between.LONGEST_GAP):
            self._happen(Pending(FactKind.EVACUATED, *token.span()))

    def _happen(self, event: Pending) -> None:
        if between.CREATURES.match(self.plain, event.end):
            self._open = None
            return
        denial = denied(self.plain, self._clause, event) or self._still_denied(event)
        if denial is not None:
            self._deny(event, *denial)
        elif self._open is not None and reach.may_take(self.plain, self._clause, self._open, event):
            self._open.take(event.meaning, event.start, event.end)
            self._counted = self._open
            self._correct(self._open, event.meaning)
        elif self._latest is not None and reach.goes_on(self.plain, self._clause, self._event, self._latest, event):
            self._latest.take(event.meaning, event.start, event.end)
            self._counted = self._latest
        else:
            self._wait(event)

    def _still_denied(self, event: Pending) -> tuple[Denial, int] | None:
        """One more word under the same "no": "无重症和死亡病例"."""
        if self._denied is None:
            return None
        denial, end = self._denied
        beside = end == event.start and event.meaning in between.LOSSES and not reach.figure_follows(self.plain, event)
        joined = end >= self._clause - 1 and (beside or between.NEITHER.fullmatch(self.plain, end, event.start))
        return (denial, event.start) if joined else None

    def _deny(self, event: Pending, denial: Denial, start: int) -> None:
        self._denied = denial, event.end
        if denial is Denial.ZERO:
            for zero in zero_kinds(event.meaning):
                group = Group(start, event.end, 0.0, Qualifier.NONE)
                group.take(zero, start, event.end)
                self.groups.append(group)
        self._open = None

    def _correct(self, group: Group, meaning: Meaning) -> None:
        """Behind "先说死了8个，后更正为6人死亡" the earlier figure of the sentence holds no longer."""
        if group.correction:
            for old in self.groups[self._sentence :][-_CORRECTED:]:
                old.superseded = old.superseded or (old is not group and meaning in old.words)

    def _wait(self, event: Pending) -> None:
        """An event whose figure may follow. Of two words side by side ("死亡病例") the graver one counts."""
        waiting = self._event
        if waiting is not None and event.start - waiting.end <= 1:
            healed = waiting.meaning is Role.RELIEF and event.meaning in {FactKind.ILL, Role.HOSPITAL}
            if healed or GRAVITY.index(waiting.meaning) <= GRAVITY.index(event.meaning):
                self._event = self._told = Pending(waiting.meaning, waiting.start, event.end)
                return
            if waiting.meaning is FactKind.EVACUATED and event.meaning is FactKind.TRAPPED:
                event = Pending(event.meaning, waiting.start, event.end, also=waiting.meaning)
        self._event = self._told = event


_OTHERS = ("其余", "其他")
_HELPED = ("资助", "资助了", "帮扶", "帮扶了", "捐助", "捐助了")
_EXCEPT = ("外", "以外", "之外")
_CORRECTED = 20
"""Figures that a correction looks back over."""


def _bare(char: str) -> FactKind:
    """What "死", "亡" and "伤" stand for alone."""
    return FactKind.INJURED if char == "伤" else FactKind.DEATHS
