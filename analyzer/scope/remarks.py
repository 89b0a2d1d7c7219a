"""Praise, blame and thanks: clauses that judge a person or a power and tell of no matter are left out of a text.

What is said of anybody must move neither scope nor topic (SCOPE.md). A model can only be taught to be moved little;
so such a clause is recognised by its make — somebody, a verdict, and nothing that names a matter — and not read.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analyzer.patterns import lists
from analyzer.patterns.scan import words_in
from analyzer.topics import topic_list
from crawlers.finder import Finder

_SENTENCE = re.compile(r"[^。！？!?；;\n~～…\]#]*[。！？!?；;\n~～…\]#]*")
_HASHES = re.compile(r"#\s*#")
_CLAUSE = re.compile(r"[^，, ]+[，, ]*|[，, ]+")
_LEADING = re.compile(
    r"(?:顺便|顺带|另外|还有|总之|有一说一|说真的|话说|说实话|老实说|讲真|不得不说|最后|对了|必须|只想|只能说|就是|要我说|我觉得|我看|反正|果然|真心"
    r"|这些?个?|那些?个?|这届|这种|某些?|我们|咱们?|你们|他们|各级|各位|全体|所有|每[个位]"
    r"|(?:社区|街道|物业|村里|区里|市里|镇上|县里|单位|基层|一线|当地|现场)(?:那?些?的?)|[我给为向对替把是就的区市县镇州省]){1,8}$"
)
_TRAILING = re.compile(r"^[了吧啊呢呀哦嘛哈啦的~！!]+")
_ACTS = re.compile(r"^(?:竟然|居然|直接|还|又|就)?[把将被让给对叫]")
"""What goes on about the person who was judged ("老师太过分把孩子打了"): he is a part of the matter then."""
_FIGURE = re.compile(r"\d")
COUNT = re.compile(
    r"\d|(?![一二两三四五六七八九十几]年前的)(?!一个(?:比一个|个|样|德[行性]))[一二两三四五六七八九十几数半][人户个名天小时家口岁年月次回处起辆栋层车米斤块万千百]"
)
_HABIT = re.compile(r"[天整成]天|一天到晚|[就只光净]会|[就只光]知道|[只光]顾")
_SUPPOSES = re.compile(r"如果|要是|假如|假使|倘若|换做|换了|换成")
_THEN = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十几]{1,3})多?年(?:之|以)?[前后]里?[，, ]?")
"""All that was said before a remark: when somebody was so. It dates nothing else."""
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 30
"""Characters of a clause that may be a mere remark; longer ones tell something."""
_REMARK_LONGEST = 36
_MANNER_LONGEST = 24
"""Characters of a sentence that is nothing but a remark: with a verdict, and with a word of degree alone."""
_IMPERSONAL = 12
"""The same of a clause that names nobody ("说一套做一套")."""
_LINK = 6
"""Characters of a clause that only leads to another ("有一说一")."""
_TOLD = 3
"""The least characters before a remark that runs on unparted which tell something."""
LAST_MARKS = "。.，,；;！!…~～ \n"
_BETWEEN = "，, "
_BETWEEN_MARKS = tuple(_BETWEEN)
_ENDS = frozenset("。！？!?；;…")
_READ_TO = 2_000
_BEYOND_DOUBT = 3
"""Characters of judging words that are a remark though they name nobody; a shorter one may be a thing ("垃圾")."""
_TARGET, _VERDICT, _DEGREE, _MATTER = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class _Words:
    """What words say (flags of somebody, a verdict, a degree, a matter), and how people are named."""

    flags: dict[str, int]
    named: re.Pattern[str]


@cache
def _listed() -> dict[str, str]:
    """The word lists, read once."""
    raw: dict[str, str] = lists.read("remarks.yaml")
    return raw


@cache
def _words() -> _Words:
    raw = _listed()
    listed = topic_list()
    flags = dict.fromkeys((*listed.keywords, *listed.trouble["harm"], *raw["kept"].split()), _MATTER)
    for word in listed.masks:
        flags.setdefault(word, 0)
    # A calling and a judgement of conduct name no matter, though they may support one ("老师", "态度恶劣").
    for name, flag in (("degrees", _DEGREE), ("targets", _TARGET), ("conduct", _TARGET), ("verdicts", _VERDICT)):
        flags |= dict.fromkeys(raw[name].split(), flag)
    return _Words(flags=flags, named=re.compile(raw["targets_pattern"]))


@cache
def _finder() -> tuple[Finder, tuple[int, ...]]:
    """All words, and the flag of each."""
    flags = _words().flags
    return Finder(flags, longest=True), tuple(flags.values())


@cache
def _judging() -> Finder:
    """Only the words without which a text holds no remark."""
    return Finder(word for word, flag in _words().flags.items() if flag in {_VERDICT, _DEGREE})


class _Hit(NamedTuple):
    """One listed word in a clause."""

    start: int
    end: int
    flag: int


def _clauses(sentence: str, words: Sequence[tuple[int, int, int]]) -> Iterator[tuple[str, list[_Hit]]]:
    """The clauses of a sentence, each with its listed words; of words that overlap the longest counts."""
    _, flags = _finder()
    found = deque(words)
    for match in _CLAUSE.finditer(sentence):
        clause, hits = match.start(), []
        while found and found[0][0] < match.end():
            start, end, word = found.popleft()
            hits.append(_Hit(start - clause, end - clause, flags[word]))
        yield match[0], hits


def without_remarks(texts: Sequence[str]) -> list[str]:
    """Normalised texts without such clauses and without their last marks; of remarks alone no letter is left."""
    heads = [text[:_READ_TO] for text in texts]
    _, places, found = words_in(_judging(), heads).tolist()
    spots: dict[int, list[int]] = {}
    for place, spot in zip(places, found, strict=True):
        spots.setdefault(place, []).append(spot)
    kept = list(texts)
    for place, judging in spots.items():
        kept[place] = _cut(heads[place], judging) + texts[place][_READ_TO:]
    # Which marks are set last tells nothing ("东街着火了！"), and a remark behind them must leave the same text.
    return [text.rstrip(LAST_MARKS) for text in kept]


@cache
def powers() -> re.Pattern[str]:
    """Words of offices and powers."""
    return re.compile("|".join(_listed()["powers"].split()))


def somebody() -> tuple[str, ...]:
    """Words of persons, offices and powers."""
    return (*_listed()["targets"].split(), *_listed()["powers"].split())


def conduct() -> tuple[str, ...]:
    """Words of how people are and act, and of what is found of them."""
    return (*_listed()["conduct"].split(), *_listed()["verdicts"].split())


def named(clause: str) -> bool:
    """Whether a person is named by surname and calling."""
    return _words().named.search(clause) is not None


def names_power(text: str) -> bool:
    """Whether a text names an office or a power."""
    return powers().search(text[:_READ_TO]) is not None


def nothing_left(text: str, kept: str) -> bool:
    """Whether a text that had letters has none any more."""
    return not _LETTER.search(kept) and _LETTER.search(text) is not None


class _Clause(NamedTuple):
    """One clause: its text, what its words say together, where the first word of a remark begins, its words."""

    text: str
    flags: int
    begins: int
    hits: Sequence[_Hit]


def _cut(text: str, judging: Sequence[int]) -> str:
    """A text without its remarks; only sentences with a judging word, of which `judging` has the places, hold any."""
    pieces = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        judges = any(start <= spot < end for spot in judging)
        pieces.append(_kept(match[0]) if judges else match[0])
    kept = "".join(pieces)
    return _unhashed(kept) if "#" in kept and len(kept) < len(text) else kept


def _unhashed(kept: str) -> str:
    """What is left of a text without the marks of a hashtag of which nothing is left."""
    kept = _HASHES.sub("", kept)
    return kept.strip("# ") if kept.count("#") % 2 else kept


def _kept(sentence: str) -> str:
    """A sentence without its remarks."""
    finder, listed = _finder()
    words = finder.find(sentence)
    said = 0
    for _, _, word in words:
        said |= listed[word]
    if not said & _VERDICT and not (said & _DEGREE and (said & _TARGET or _words().named.search(sentence))):
        return sentence  # Without a verdict only a word of degree on somebody is a remark.
    clauses = [_read(*clause) for clause in _clauses(sentence, words)]
    together = 0
    for clause in clauses:
        together |= clause.flags
    if not together & (_VERDICT | _DEGREE):
        return sentence
    if _is_remark(together) and len(sentence) <= (_REMARK_LONGEST if together & _VERDICT else _MANNER_LONGEST):
        first = next(place for place, clause in enumerate(clauses) if clause.flags)
        counted = COUNT.search(clauses[first].text[: clauses[first].begins])
        before = _before(clauses[first], least=_TOLD if counted else _LINK + 1)
        before = "" if _THEN.fullmatch(before) else before
        told = [one.text for one in clauses[:first] if _tells(one.text)]
        return ended("".join(told) + before, sentence)
    judges = [_judges(clause) for clause in clauses]
    kept = []
    for place, clause in enumerate(clauses):
        if judges[place]:
            kept.append(_before(clause))
        elif not _leads(clause, beside=any(judges[max(0, place - 1) : place + 2])):
            kept.append(_shorn(clause))
    return ended("".join(kept), sentence)


def _tells(clause: str) -> bool:
    """Whether a clause before a remark on nothing else tells something of its own, and supposes nothing."""
    return COUNT.search(clause) is not None or (len(clause) > _LINK and not _SUPPOSES.search(clause))


def ended(kept: str, sentence: str) -> str:
    """What is left of a sentence, ended as it was: what follows in the text is another one."""
    mark = sentence.rstrip()[-1:]
    return f"{kept.rstrip(_BETWEEN)}{mark}" if mark in _ENDS and kept.endswith(_BETWEEN_MARKS) else kept


def _read(clause: str, hits: Sequence[_Hit]) -> _Clause:
    """A long clause or a figure tells of a matter, whatever its words say."""
    flags = _MATTER if len(clause) > _LONGEST or _FIGURE.search(clause) else 0
    begins = len(clause)
    for start, _, flag in hits:
        flags |= flag
        if flag & ~_MATTER:
            begins = min(begins, start)
    if flags & (_VERDICT | _DEGREE) and (named := _words().named.search(clause)):
        flags |= _TARGET
        begins = min(begins, named.start())
    return _Clause(clause, flags, begins, hits)


def _is_remark(flags: int) -> bool:
    """Somebody and a judgement, and no matter."""
    return bool(flags & _TARGET) and bool(flags & (_VERDICT | _DEGREE)) and not flags & _MATTER


def _judges(clause: _Clause) -> bool:
    """A remark by itself, or a verdict so short that it can tell of nothing."""
    if not clause.flags & _VERDICT:
        return _is_remark(clause.flags) and len(clause.text) - clause.begins <= _MANNER_LONGEST // 2
    return _is_remark(clause.flags) or (not clause.flags & _MATTER and len(clause.text) <= _IMPERSONAL)


def _before(clause: _Clause, *, least: int = _TOLD) -> str:
    """What runs on into a remark unparted ("谁有梯子张科长真不行"); a mere link to it is none."""
    before = _LEADING.sub("", clause.text[: clause.begins])
    return _parted(before) if len(before) >= least else ""


def _parted(told: str) -> str:
    """What stood before a remark, with a mark: what follows in the text belongs to another clause."""
    return told if not told or told[-1] in "，, " else f"{told}，"


def _leads(clause: _Clause, *, beside: bool) -> bool:
    """Whether a clause beside a remark only names its person or says what he always does, or is a short link."""
    if not beside or clause.flags & _MATTER:
        return False
    return bool(clause.flags & _TARGET) or len(clause.text) <= _LINK or _HABIT.match(clause.text) is not None


def _shorn(clause: _Clause) -> str:
    """A clause that tells of a matter, without the remark that runs on before or behind it ("停水了张科长真不行")."""
    text, flags = clause.text, clause.flags
    if not flags & _MATTER or not flags & (_VERDICT | _DEGREE):
        return text
    hits = [*clause.hits]
    hits += [_Hit(match.start(), match.end(), _TARGET) for match in _words().named.finditer(text)]
    told = [hit for hit in hits if hit.flag & _MATTER]
    told += [_Hit(match.start(), match.end(), _MATTER) for match in _FIGURE.finditer(text)]
    if not told:
        return text
    first, last = min(hit.start for hit in told), max(hit.end for hit in told)
    judging = [hit for hit in hits if hit.flag & ~_MATTER]
    start, end = _front(text, [hit for hit in judging if hit.end <= first]), len(text)
    behind = [hit for hit in judging if hit.start >= last]
    if _runs_on(behind) and len(text) - last <= _LONGEST:
        end = min(hit.start for hit in behind)
    return text[start:] if end == len(text) else _parted(_LEADING.sub("", text[start:end]))


def _front(text: str, hits: Sequence[_Hit]) -> int:
    """Where the matter begins behind a remark that runs on into it; 0 where there is none, or it is a part of it."""
    judged = [hit.end for hit in hits if hit.flag & (_VERDICT | _DEGREE)]
    if not judged or not _runs_on(hits) or max(judged) > _LONGEST:
        return 0
    end = max(hit.end for hit in hits)
    trailing = _TRAILING.match(text[end:])
    end += trailing.end() if trailing else 0
    return 0 if _ACTS.match(text[end:]) else end


def _runs_on(hits: Sequence[_Hit]) -> bool:
    """Whether words in a row are a remark: on somebody, or nothing but judgement and that beyond doubt."""
    together = 0
    for hit in hits:
        together |= hit.flag
    if _is_remark(together):
        return True
    return bool(together & _VERDICT) and sum(hit.end - hit.start for hit in hits) >= _BEYOND_DOUBT
