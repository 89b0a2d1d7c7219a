"""Phones, identity cards, bank cards and number plates."""

import re
from collections.abc import Iterator

from crawlers.masking.span import Span

MOBILE, LANDLINE, IDENTITY, BANK, PLATE = "【手机号】", "【电话】", "【证件号】", "【银行卡号】", "【车牌号】"

# Seven digits that hang together: without them there is no number to look for.
# A class is looked for twice as fast as a category; a folded text has hardly any other digits.
_LONG_NUMBER = re.compile(r"[0-9](?:[ \-.()/_~*]{0,2}[0-9]){6}")
_SHORT_NUMBER = re.compile(r"[0-9]{4}")
_HAS_PAPERS = re.compile(r"[证照保籍学院案卡簿工](?:号|编)|身份证")
NUMERALS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"
_WRITTEN_OUT = re.compile(rf"[{NUMERALS}0-9](?:[ \-,、.]{{0,2}}[{NUMERALS}0-9]){{6,}}")
_MOBILE_ALONE = re.compile(r"1[3-9]\d{9}")
_TO_DIGITS = str.maketrans(NUMERALS, "00123456789112345678" + "92")

_GAP = r"[ \-._/~]{0,2}"
_SPACED = r"[ \-._/~]{1,2}"
_MOBILE = re.compile(
    rf"(?<![\d.])(?<![A-Z][A-Z])(?:\+?(?:00)?86{_GAP}|\(\+?86\){_GAP})?"
    rf"1(?:[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}|[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}"
    rf"|[3-9]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}|[3-9]\d{{3}}{_GAP}\d{{6}}|[3-9]\d{{4}}{_GAP}\d{{5}}"
    rf"|{_SPACED}[3-9](?:{_SPACED}\d){{9}}|[3-9](?:{_SPACED}\d\d){{4}}{_SPACED}\d|[3-9]\d(?:{_SPACED}\d\d){{4}}"
    rf"|[3-9]\d{{3}}{_SPACED}\d{{3}}{_SPACED}\d{{3}}|[3-9]\d{_SPACED}\d{{2}}{_SPACED}\d{{3}}{_SPACED}\d{{3}})"
    r"(?!\d)(?!\.\d)(?! ?(?:元|块|万|亿|人民币|吨|立方|千瓦|度电))"
)
_FOREIGN = re.compile(r"(?<!\d)(?:\+|00)(?!86)[1-9]\d{0,2}[ \-]?(?:\(\d{1,4}\)[ \-]?)?\d(?:[ \-]?\d){6,11}(?!\d)")
_LANDLINE = re.compile(
    rf"(?<![\d.])(?:\(?(?:\+|00)86\)?{_GAP}0?|\(?0)"
    rf"(?:(?:10|2\d)\)?{_GAP}[2-8]\d{{3}}{_GAP}\d{{4}}|[3-9]\d{{2}}\)?{_GAP}[2-8]\d{{2,3}}{_GAP}\d{{4}})"
    r"(?!\d)(?:(?:转|-|ext\.?)\s?\d{1,6}(?!\d))?(?!\.\d)"
)
_CUED_LANDLINE = re.compile(
    r"(?:电话|座机|固话|联系方式|致电|拨打|传真|手机|号码|[Tt][Ee][Ll]|来电)(?:号码|号|请打|联系|[是为:： .]){0,8}"
    r"(?P<number>(?!(?:400|800)[ \-]?\d{3})[2-8]\d{2,3}[ \-]?\d{4}(?!\d))"
)
_CUED_MOBILE = re.compile(
    r"(?:手机|电话|联系方式|号码|致电|微信同号|[Tt][Ee][Ll])(?:号码|号|联系|[是为:： .]){0,8}"
    r"(?P<number>1[3-9]\d{8,10}(?!\d))"
)
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}[ \-]?(?:18|19|20)\d\d[ \-]?(?:0[1-9]|1[0-2])[ \-]?(?:0[1-9]|[12]\d|3[01])"
    r"[ \-]?\d{3}[ \-]?[\dXx×](?![\dA-Za-z])"
)
_CUED_IDENTITY = re.compile(
    r"(?:身份证|证件|护照|通行证|社保卡?|医保卡?|社会保障卡?|学籍|学|住院|病历|病案|就诊卡?|驾驶证|驾照|军官证|残疾证|居住证|户口簿|工)"
    r"(?:号码|编号|号)\s?(?:是|为|[:：])?\s?(?P<number>[A-Za-z0-9][A-Za-z0-9\-]{5,20}(?![A-Za-z0-9]))"
    r"|身份证\s?(?:是|为|[:：])?\s?(?P<bare>\d[\d ]{13,18}[\dXx×])"
)
_BANK = re.compile(r"(?<![\d.])[3-69]\d(?:[ \-]?\d){13,17}(?!\d)(?!\.\d)(?! ?[元块])")
_CUED_BANK = re.compile(
    r"(?:卡|账|帐|账户|帐户)(?:号码|号)\s?(?:是|为|[:：])?\s?(?P<number>\d(?:[ \-]?\d){9,29})(?!\d)"
)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_PLATE = re.compile(
    rf"[{PROVINCES}][A-HJ-NP-Za-hj-np-z][ .·•\-]?"
    r"(?:[DFABCEGHJKdfabceghjk][A-HJ-NP-Za-hj-np-z0-9]\d{4}|\d{5}[DFABCEGHJKdfabceghjk]"
    r"|(?=[A-Za-z]{0,4}\d)[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳超领])(?![A-Za-z0-9])"
)
_CUED_PLATE = re.compile(
    r"(?:车牌号?码?|牌照号?|号牌)\s?(?:是|为|[:：])?\s?"
    r"(?P<number>[A-Z]{1,2}[ .·\-]?(?=[A-Z]{0,5}\d)[A-Z0-9]{5,6})(?![A-Za-z0-9])"
)
_HAS_PLATE = re.compile(rf"[{PROVINCES}牌](?:(?<=牌)|(?<=[{PROVINCES}])[A-Za-z])")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NOT_DIGITS = re.compile(r"\D")


def find(shadow: str) -> list[Span]:
    """Return the numbers of persons in a folded text."""
    spans: list[Span] = []
    if _LONG_NUMBER.search(shadow) or (_has_papers(shadow) and _SHORT_NUMBER.search(shadow)):
        spans += _long_numbers(shadow)
    if _HAS_PLATE.search(shadow):
        spans += ((*match.span(), PLATE) for match in _PLATE.finditer(shadow))
        spans += ((*match.span("number"), PLATE) for match in _CUED_PLATE.finditer(shadow))
    spans += _written_out(shadow)
    return spans


def _has_papers(shadow: str) -> bool:
    return ("号" in shadow or "编" in shadow or "身份证" in shadow) and _HAS_PAPERS.search(shadow) is not None


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number: its last one is a checksum (GB 11643)."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper().replace("×", "X")


def is_card(number: str) -> bool:
    """Whether 15 to 19 digits pass the Luhn check."""
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return 15 <= len(number) <= 19 and total % 10 == 0


# What a text must hold for a pattern to be worth trying; looking for a word costs a tenth of trying.
_FIFTEEN = re.compile(r"\d(?:[ \-]?\d){14}")
_PHONE_WORDS = ("电话", "联系", "号码", "手机", "座机", "固话", "致电", "拨打", "传真", "来电", "微信同号")
_TEL = re.compile(r"[Tt][Ee][Ll]")


def _long_numbers(shadow: str) -> Iterator[Span]:
    if "号" in shadow or "身份证" in shadow:
        yield from _cued_identities(shadow)
        for match in _CUED_BANK.finditer(shadow):
            yield *match.span("number"), BANK
    if _FIFTEEN.search(shadow):
        yield from _checked(shadow)
    yield from _phones(shadow)


def _cued_identities(shadow: str) -> Iterator[Span]:
    for match in _CUED_IDENTITY.finditer(shadow):
        group = "number" if match["number"] else "bare"
        if any(character.isdigit() for character in match[group]):
            yield *match.span(group), IDENTITY


def _checked(shadow: str) -> Iterator[Span]:
    """Find the numbers that carry a checksum."""
    for match in _IDENTITY.finditer(shadow):
        if is_identity(re.sub(r"[ \-]", "", match[0])):
            yield *match.span(), IDENTITY
    for match in _BANK.finditer(shadow):
        if is_card(_NOT_DIGITS.sub("", match[0])):
            yield *match.span(), BANK


def _phones(shadow: str) -> Iterator[Span]:
    patterns = [(_MOBILE, MOBILE)]
    patterns += [(_LANDLINE, LANDLINE)] if "0" in shadow or "86" in shadow else []
    patterns += [(_FOREIGN, MOBILE)] if "+" in shadow or "00" in shadow else []
    for pattern, token in patterns:
        for match in pattern.finditer(shadow):
            yield *match.span(), token
    if any(word in shadow for word in _PHONE_WORDS) or _TEL.search(shadow):
        for pattern, token in ((_CUED_MOBILE, MOBILE), (_CUED_LANDLINE, LANDLINE)):
            for match in pattern.finditer(shadow):
                yield *match.span("number"), token


def _written_out(shadow: str) -> Iterator[Span]:
    """Find numbers that are wholly or partly written in Chinese numerals, as in 一三八零零…."""
    for run in _WRITTEN_OUT.finditer(shadow):
        if not run[0].isascii():
            start, end = run.span()
            if _MOBILE_ALONE.fullmatch(_NOT_DIGITS.sub("", run[0].translate(_TO_DIGITS))):
                yield start, end, MOBILE
                continue
            digits = shadow[max(0, start - 12) : start] + run[0].translate(_TO_DIGITS)
            offset = max(0, start - 12)
            for left, right, token in _long_numbers(digits):
                if offset + right > start:
                    yield max(offset + left, start), min(offset + right, end), token
