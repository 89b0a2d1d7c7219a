"""Names of private persons: after a cue (我叫…, 联系人：…, 患者…) and before a form of address (…女士)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import ahocorasick
import rjieba

from crawlers.masking.lexicon import (
    BODIES,
    DOUBLE_SURNAMES,
    ENDS_NAME,
    FORM_CUES,
    GIVEN,
    HONORIFICS,
    LOOSE_GIVEN,
    NOT_NAMES,
    OFFICES,
    PLACE_ENDS,
    RARE_SURNAMES,
    SLIPPERY_SURNAMES,
    STRONG_CUES,
    SURNAMES,
    WEAK_CUES,
    WHOLE_NAMES,
)
from crawlers.masking.numbers import BANK, IDENTITY, LANDLINE, MOBILE
from crawlers.masking.span import Span
from crawlers.text import fold

NAME = "【姓名】"

_STRONG, _FORM, _WEAK, _ADDRESS = range(4)
_LINK = re.compile(r"(?:[:： \"“'‘(（\[【<《]|名字|真名|名叫|叫做|叫|是|为|就){0,4}")
_SAID = re.compile(r"[:：(（]")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:•[\u4e00-\u9fff]{1,8}){1,3}")
_DOTTED_SAID = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[.•][\u4e00-\u9fff]{1,8}){1,3}")
_DOTTED_ENDING = re.compile(r"[\u4e00-\u9fff]{2,5}(?:•[\u4e00-\u9fff]{1,8}){1,3}$")
_HIDDEN = re.compile(r"(?:某某|某|[xX×*○]{1,3})(?![些种个地日月年处小公企村镇县市区校医单品时位次名])")
_SOMEBODY = re.compile(rf"[\u4e00-\u9fff]{_HIDDEN.pattern.replace('|[xX×*○]{1,3}', '')}")
_LONG_HONORIFICS = frozenset(form for form in HONORIFICS if len(form) == 2)
_FORM_OF_ADDRESS = re.compile("|".join(HONORIFICS))
_LATIN = re.compile(r"[A-Z][A-Za-z]{1,15}(?:[ .][A-Z][A-Za-z]{0,15}){0,2}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[\s,，。;；、:：)）\]】!！\d]|$)")
# jieba's tags of words of time, place, number, and of prepositions and the like.
_NO_NAME_TAGS = frozenset(("t", "f", "s", "ns", "m", "q", "r", "p", "c", "d", "mq", "tg"))
# A text with more names than this is a list of them, each found in its own place.
_MAX_NAMES = 200
_LIST = re.compile(r" ?[、/,，和与及] ?")
_LIST_BEFORE = re.compile(r" ?[、/和与及] ?$")
_PERSONAL_NUMBERS = frozenset((MOBILE, LANDLINE, IDENTITY, BANK))
_BEFORE_NUMBER = re.compile(
    r"(?:[ :：,，、/(（)）\-]|联系|电话|手机|方式|号码|号|是|为|[Tt]el|身份证|证件|银行|卡|账|户|的){0,6}$"
)
# What follows a name: sex or age, a thing that only persons have, a count of persons after a list.
_AGE_OR_SEX = re.compile(r"[，,（( ]{1,2}(?:[男女](?=[，,。；;、）) \d])|\d{1,3}岁)")
_OWN = re.compile(
    r"的(?:手机|电话|身份证|微信|家长|妈妈|爸爸|母亲|父亲|妻子|丈夫|儿子|女儿|家属|孩子|老公|老婆|奶奶|爷爷)"
)
# What people are quoted with, and what is theirs.
_SAYS = re.compile(
    r"(?=[回介告表透坦讲哭哽补对向说称收的家])(?:回忆|介绍|告诉|表示|透露|坦言|讲述|哭诉|哽咽|补充道|[对向]记者|说道|称[，,：:“]|(?<![传听据小学])说[，,：:“]|收(?=[)】])"
    r"|(?:的)?(?<![大每])家(?:里人|人|属|[的里中]))"
)
# A look at the first character spares trying each of many words at every place.
_WHOLE = re.compile(f"(?=[{''.join({name[0] for name in WHOLE_NAMES})}])(?:{'|'.join(WHOLE_NAMES)})")
_WHOLE_NAMES = frozenset(WHOLE_NAMES)
_BEFORE = 5
_MAY_NAME = re.compile(f"[{''.join(SURNAMES)}][{''.join(GIVEN)}]{{2}}")
_PLACE_CHARACTERS = frozenset("路街镇乡村洲湾沟桥坡塘寨岭郡巷弄庄苑府居园里院城阁庭湖河池顶环时")
_AFTER_A_PLACE = (*PLACE_ENDS, *_PLACE_CHARACTERS)
_BUILDING = re.compile(r"[\dA-Za-z一二三四五六七八九十]{1,3}(?:号|栋|幢|座|期|单元|组|村)")
_HOW_MANY = re.compile(r"(?:等|[两二三四五六七八九十]|\d{1,2})[名位个]?人")
# A name alone at the end of a text or a line, or before the date there, is a signature.
_SIGNED = re.compile(r"(?:^|[\n。！？!?])[ —\-:：]{0,6}(?P<name>[\u4e00-\u9fff]{2,4})(?= *(?:\n|$|\d{4}[年.\-/]))")
# 我是3栋的…, 家住东河路的…
_WHO_LIVES = re.compile(r"(?:我是|家住|住在|来自)[^，,。！？!?\n]{1,16}?的(?=[\u4e00-\u9fff]{2})")
_AFTER_NUMBER = re.compile(r"[ :：,，(（\-]{0,3}(?:找|联系人)?")


def find(shadow: str, numbers: Sequence[Span] = ()) -> list[Span]:
    """Return the names in a folded text; `numbers` are the spans already found, since names stand beside phones."""
    found: dict[int, int] = {}
    for last, (kinds, length) in _cues().iter(shadow):
        for kind in kinds:
            span = _before(shadow, last + 1 - length) if kind == _ADDRESS else _after(shadow, last + 1, length, kind)
            if span:
                found[span[0]] = max(span[1], found.get(span[0], 0))
    if "某" in shadow:
        somebody = (match.span() for match in _SOMEBODY.finditer(shadow))
        found |= {at: end for at, end in somebody if _surname(shadow, at) and shadow[at] not in SLIPPERY_SURNAMES}
    for start, end, token in numbers:
        if token in _PERSONAL_NUMBERS:
            found |= dict(_beside(shadow, start, end))
    found |= dict(_in_context(shadow))
    for start, end in _unannounced(shadow):
        found.setdefault(start, end)
    if not found:
        return []
    found |= dict(_listed(shadow, list(found.values())))
    return [(start, end, NAME) for start, end in {*found.items(), *_again(shadow, found)}]


def is_person(name: str) -> bool:
    """Whether a whole string reads as a person's name: 李明 does, 应急管理局 does not."""
    return _weak_name(fold(name), 0) == len(name)


def is_handle(name: str) -> bool:
    """Whether a speaker's name tells who it is; a common word (市民), an office, a place or a short number does not."""
    if name.isdigit():
        return len(name) >= 5
    if name.endswith(BODIES):
        return False
    return len(name) > 1 and (is_person(name) or not rjieba.has_word(name))


@cache
def _cues() -> ahocorasick.Automaton:
    kinds: dict[str, tuple[int, ...]] = {}
    for kind, cues in ((_STRONG, STRONG_CUES), (_FORM, FORM_CUES), (_WEAK, WEAK_CUES), (_ADDRESS, HONORIFICS)):
        for cue in cues:
            # Some words are both a cue and a form of address: 老师王芳, 王老师.
            kinds[cue] = (*kinds.get(cue, ()), kind)
    automaton = ahocorasick.Automaton()
    for cue, both in kinds.items():
        automaton.add_word(cue, (both, len(cue)))
    automaton.make_automaton()
    return automaton


def _after(shadow: str, start: int, length: int, kind: int) -> tuple[int, int] | None:
    link = _LINK.match(shadow, start)
    at = link.end() if link else start
    said = _SAID.search(shadow, start, at) is not None
    if at == start and rjieba.has_word(shadow[at - length : at + 1]):
        # 物业费, 行人路: the cue is but the beginning of a word.
        return None
    certain = kind == _STRONG or (kind == _FORM and said)
    end = _strong_name(shadow, at, said=said) if certain else _weak_name(shadow, at, said=said)
    return (at, end) if end else None


def _strong_name(shadow: str, at: int, *, said: bool) -> int | None:
    """Return where the name ends that must begin here."""
    if match := _DOTTED_SAID.match(shadow, at) or _WHOLE.match(shadow, at):
        return match.end()
    surname = _surname(shadow, at, rare=True)
    if not surname:
        match = (_UNKNOWN.match(shadow, at) or _LATIN.match(shadow, at)) if said else None
        return match.end() if match and len(rjieba.cut(match[0])[0]) == 1 else None
    at += surname
    if (match := _HIDDEN.match(shadow, at)) or (match := _FORM_OF_ADDRESS.match(shadow, at)):
        return at if match.re is _FORM_OF_ADDRESS else match.end()
    if not _is_han(shadow, at):
        return None
    if shadow[at] in ENDS_NAME:
        # 俞向荣 between marks is a name; 俞向我们 is not.
        whole = _UNKNOWN.match(shadow, at)
        return whole.end() if said and whole and len(whole[0]) == 2 and shadow[at + 1] in GIVEN else None
    return at + (2 if _is_han(shadow, at + 1) and _second_given(shadow, at + 1) else 1)


def _weak_name(shadow: str, at: int, *, said: bool = False, between: bool = False) -> int | None:
    """Return where the name ends, if what begins here looks like one and like no common word.

    `between`: what follows is no part of a sentence either, so that a hamlet of the same name is unlikely.
    """
    if "•" in shadow and (match := _DOTTED.match(shadow, at)):
        return match.end() if said or _surname(shadow, at) == 0 else None
    if (whole := _WHOLE.match(shadow, at)) and not shadow.startswith(PLACE_ENDS, whole.end()):
        return whole.end()
    surname = _surname(shadow, at)
    given = at + surname
    if surname and (match := _HIDDEN.match(shadow, given)):
        return match.end()
    likely = surname and shadow[given : given + 1] in GIVEN and not _FORM_OF_ADDRESS.match(shadow, given)
    if likely and not between and (alone := _UNKNOWN.match(shadow, at)) and _is_name_alone(alone[0]):
        return alone.end()
    if not likely or (surname == 1 and _is_word(shadow, at, places=not between)):
        return None
    end = given + (2 if shadow[given + 1 : given + 2] in GIVEN and _second_given(shadow, given + 1) else 1)
    return None if shadow.startswith(PLACE_ENDS, end) else end


def _is_name_alone(run: str) -> bool:
    """Whether all that stands from a cue to the next mark is a name to the tagger: 傅雷生, though 傅雷 is a word."""
    tagged = rjieba.tag(run) if len(run) == 3 else []
    return len(tagged) == 1 and tagged[0][1].startswith("nr") and run[:2] not in NOT_NAMES


def _is_word(shadow: str, at: int, *, places: bool) -> bool:
    """Whether a common word, or a place, begins where the surname would: 高度, 安全, 于凌晨."""
    (word, tag), *rest = rjieba.tag(shadow[at : at + 6])
    after, after_tag = rest[0] if rest else ("", "")
    if len(word) > 1:
        known = word if len(word) == 3 and tag.startswith("nr") else word[:2]
        common = known in NOT_NAMES or _is_common(word, tag, places=places)
        return common and not _goes_on(word, after)
    if word in SLIPPERY_SURNAMES and len(after) > 1 and rjieba.has_word(after):
        return after_tag in _NO_NAME_TAGS or not GIVEN.issuperset(after)
    return False


def _is_common(word: str, tag: str, *, places: bool) -> bool:
    """Whether the dictionary holds a word as something else than a name; it holds many hamlets that are names too."""
    return not tag.startswith("nr") and (places or tag != "ns") and rjieba.has_word(word)


def _goes_on(word: str, after: str) -> bool:
    """Whether a common word is but the beginning of a name: 白子|涵 is one, 安全|生产 is not."""
    return len(word) == 2 and word[1] in GIVEN and after in GIVEN and after not in LOOSE_GIVEN


def _inside_word(shadow: str, at: int) -> bool:
    """Whether a word runs over this place: the cue is not one then (供水工|程)."""
    position = max(0, at - 4)
    for word in rjieba.cut(shadow[position : at + 3]):
        if position < at < position + len(word):
            return rjieba.has_word(word)
        position += len(word)
    return False


def _second_given(shadow: str, at: int) -> bool:
    """Whether the character still belongs to the name and does not begin the next word (张伟|今年, 张伟|电话)."""
    if shadow[at] in ENDS_NAME:
        return False
    word, tag = rjieba.tag(shadow[at : at + 4])[0]
    return len(word) == 1 or tag.startswith("nr") or not rjieba.has_word(word)


def _before(shadow: str, end: int) -> tuple[int, int] | None:
    """Return the full name, or the surname alone, that stands before a form of address."""
    if shadow.startswith("们", end + 2) or shadow[max(0, end - 1) : end + 1] in _LONG_HONORIFICS:
        return None
    for length in (4, 3, 2):
        start = end - length
        if start < 0:
            continue
        surname = _surname(shadow, start)
        given = shadow[start + surname : end]
        likely = sum(character in GIVEN for character in given)
        if surname and likely and len(given) <= likely + 1 and len(given) <= 2 and _starts_word(shadow, start, end):
            return start, end
    for length in (2, 3, 4):
        if end >= length and _WHOLE.fullmatch(shadow, end - length, end):
            return end - length, end
    for length in (2, 1):
        start = end - length
        if start >= 0 and _surname(shadow, start) == length and _starts_word(shadow, start, end):
            return start, end
    return None


def _starts_word(shadow: str, start: int, end: int) -> bool:
    """Whether words are cut before `start`, and the piece itself is no common word: not in 语文|老师, 高中|同学."""
    left = max(0, start - 4)
    position = left
    for word, tag in rjieba.tag(shadow[left : end + 3]):
        if position >= start:
            common = word in NOT_NAMES or (len(word) > 1 and _is_common(word, tag, places=False))
            double = word in DOUBLE_SURNAMES
            return position == start and (double or not common or _goes_on(word, shadow[start + 2 : end]))
        position += len(word)
    return False


def _beside(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the name that stands right before or after a phone number."""
    match = _BEFORE_NUMBER.search(shadow, max(0, start - 12), start)
    stop = match.start() if match else start
    at = _name_ending(shadow, stop)
    if at is not None:
        yield at, stop
    match = _AFTER_NUMBER.match(shadow, end)
    at = match.end() if match else end
    name = _weak_name(shadow, at)
    if name and at > end:
        yield at, name


def _in_context(shadow: str) -> Iterator[tuple[int, int]]:
    """Yield the names that what stands around them gives away."""
    for match in _after_names(shadow):
        stop: int | None = match.start()
        while stop is not None and (start := _name_ending(shadow, stop)) is not None:
            yield start, stop
            before = _LIST_BEFORE.search(shadow, max(0, start - 3), start)
            stop = before.start() if before else None
    for match in _SIGNED.finditer(shadow):
        if _weak_name(shadow, match.start("name")) == match.end("name"):
            yield match.span("name")
    for match in _WHO_LIVES.finditer(shadow):
        end = _weak_name(shadow, match.end())
        if end:
            yield match.end(), end


def _after_names(shadow: str) -> Iterator[re.Match[str]]:
    if "男" in shadow or "女" in shadow or "岁" in shadow:
        yield from _AGE_OR_SEX.finditer(shadow)
    yield from _OWN.finditer(shadow)
    yield from _SAYS.finditer(shadow)
    if "人" in shadow and ("、" in shadow or "和" in shadow or "等" in shadow):
        yield from _HOW_MANY.finditer(shadow)


def _name_ending(shadow: str, stop: int) -> int | None:
    """Return where the name begins that ends here, None for none."""
    if "•" in shadow and (dotted := _DOTTED_ENDING.search(shadow, max(0, stop - 20), stop)):
        return dotted.start()
    if stop < 2 or shadow[stop - 1] in ENDS_NAME:
        return None
    for start in range(max(0, stop - 4), stop - 1):
        if (_surname(shadow, start) or shadow[start:stop] in _WHOLE_NAMES) and _is_between(shadow, start, stop):
            return start
    return None


def _is_between(shadow: str, start: int, stop: int) -> bool:
    """Whether a name stands right here, and neither an officer's nor a piece of a word."""
    if _weak_name(shadow[start:stop], 0, between=True) != stop - start or _in_office(shadow, start):
        return False
    return shadow[start : start + 2] in DOUBLE_SURNAMES or not _inside_word(shadow, start)


def _in_office(shadow: str, start: int) -> bool:
    before = shadow[max(0, start - 4) : start]
    return before.endswith(OFFICES) and not before.endswith("班主任")


def _unannounced(shadow: str) -> Iterator[tuple[int, int]]:
    """Yield full names that nothing announces: the tagger takes them for names, and no dictionary holds them."""
    for left, right in _windows(shadow):
        at = left
        for (word, tag), (after, after_tag) in pairwise([*rjieba.tag(shadow[left:right]), ("", "")]):
            if tag[:2] == "nr":
                whole = word + after if _goes_into(word, after, after_tag) else word
                end = at + len(whole)
                if _is_full_name(whole) and not (_in_office(shadow, at) or _is_place(shadow, end)):
                    yield at, end
            at += len(word)


def _windows(shadow: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around what may be a name; to tag a whole text takes longer than all else."""
    left = right = 0
    for match in _MAY_NAME.finditer(shadow):
        if match.start() - _BEFORE > right:
            if right:
                yield left, right
            left = max(0, match.start() - _BEFORE)
        right = match.end() + _BEFORE
    if right:
        yield left, right


def _is_place(shadow: str, end: int) -> bool:
    """Whether what goes on here was a place, or a firm."""
    return shadow.startswith(_AFTER_A_PLACE, end) or _BUILDING.match(shadow, end) is not None


def _goes_into(word: str, after: str, after_tag: str) -> bool:
    """Whether the tagger cut a name in two: 杨斌|宏, 孟|庆丰."""
    if len(word) == 1:
        return len(after) == 2 and after_tag in ("nr", "nz", "nrt") and word != "路"
    return len(word) == 2 and len(after) == 1 and after not in LOOSE_GIVEN


def _is_full_name(word: str) -> bool:
    """Whether a word is a surname and two characters of given names, and neither a place nor a known word."""
    likely = len(word) == 3 and word[0] in SURNAMES and GIVEN.issuperset(word[1:])
    strange = (
        word[1:] in HONORIFICS
        or word[:2] in NOT_NAMES
        or word[-1] in _PLACE_CHARACTERS
        or word[-1] in ENDS_NAME
        or word[1:2] == "家"
    )
    return likely and not strange and not rjieba.has_word(word)


def _listed(shadow: str, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the names that follow a found one in a list: 张三、李四."""
    for found in ends:
        end: int | None = found
        while end and (link := _LIST.match(shadow, end)):
            end = _weak_name(shadow, link.end())
            if end:
                yield link.end(), end


def _again(shadow: str, found: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield every other place where a full name that was found stands."""
    for name in sorted({shadow[start:end] for start, end in found.items()})[:_MAX_NAMES]:
        if len(name) < 2:
            continue
        at = shadow.find(name)
        while at >= 0:
            if len(name) > 2 or not (_inside_word(shadow, at) or _inside_word(shadow, at + 2)):
                yield at, at + len(name)
            at = shadow.find(name, at + len(name))


def _surname(shadow: str, at: int, *, rare: bool = False) -> int:
    """Return the length of the surname that begins here, 0 for none."""
    if shadow[at : at + 2] in DOUBLE_SURNAMES:
        return 2
    first = shadow[at : at + 1]
    return int(first != "" and (first in SURNAMES or (rare and first in RARE_SURNAMES)))


def _is_han(shadow: str, at: int) -> bool:
    return at < len(shadow) and _HAN.match(shadow[at]) is not None
