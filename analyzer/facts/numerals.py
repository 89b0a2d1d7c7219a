"""Chinese and Arabic numerals: their form in a normalised text, and their value."""

from dataclasses import dataclass

from analyzer.model import Qualifier
from crawlers.kept import kept

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"两": 2, "俩": 2, "仨": 3}
    | {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}

_SCORES = {"廿": "二十", "卅": "三十", "卌": "四十"}
# Each form begins with a character, and what stands before it is looked at behind that: at a place where no numeral can
# begin the engine then passes over them all at once.
_ARABIC = (
    r"\d(?<![\d.第a-z]\d)(?<!\d[:：]\d)(?!(?<=0)\d)(?:\d{0,2}(?:,\d{3}){1,3}(?!\d)|\d{0,11}(?!\d))(?:\.\d{1,6}(?!\d))?"
)
"""None begins behind a colon and another digit: that is an hour, or a score."""
_HAN = "零一二两三四五六七八九"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_BEGINS = (
    rf"(?<![几第{_HAN}十百千万亿廿卅卌].)(?<!(?<!人)数.)"
    r"(?:(?<!数[十百千万亿])|(?<=人数十)(?=[一二三四五六七八九]))(?<![百千]上.)"
)
"""Behind the first character of a Chinese numeral."""
NUMERAL = (
    # "3.5万", "1亿2000万", "50余万"; then "三百二十", "十余万"; "几十" and "数百" are no figures.
    rf"(?:{_ARABIC}(?:\s?[余多来]?[十百千万亿]{{1,3}}(?:\d{{1,4}}[十百千万]{{0,2}}){{0,2}})?"
    rf"|[一二三四五六七八九](?<![{_HAN}十百千万].)点[零一二三四五六七八九](?=级)"
    rf"|[俩仨]{_BEGINS}"
    rf"|[{_HAN}十百千万廿卅卌]{_BEGINS}(?!(?<=百)上千|(?<=千)上万)[{_HAN}十佰百千万亿]{{0,14}}(?:[余多来几][百千万亿]{{1,2}})?"
    rf"|[{_FORMAL}拾](?<![{_FORMAL}拾佰仟].)[{_FORMAL}零拾佰仟万亿]{{0,14}}(?=[人名位户元]))"
)
"""Pattern of a numeral, without what qualifies it. Every repetition is bounded: no text makes it slow."""


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral's value, and whether its own form makes it vague ("三四十", "十几")."""

    value: float
    qualifier: Qualifier = Qualifier.EXACTLY


@kept(1 << 12)
def parse(numeral: str) -> Number | None:
    """Value of a match of `NUMERAL`; None where the characters make no number."""
    vague = any(c in numeral for c in "余多来几")
    plain = "".join(c for c in numeral if c not in "余多来几, ")
    if plain[:1] in _SCORES:
        plain = _SCORES[plain[0]] + plain[1:]
    if plain[1:2] == "点":
        return Number(_DIGITS[plain[0]] + _DIGITS[plain[2]] / 10)
    between = _range(plain)
    if between is not None:
        return Number(between, Qualifier.ABOUT)
    value = _positional(plain) if plain and all(c in _DIGITS for c in plain) else _value(plain)
    if value is None:
        return None
    return Number(value, Qualifier.AT_LEAST if vague else Qualifier.EXACTLY)


def _positional(plain: str) -> float:
    """Digits read one by one: 二零 is 20."""
    return float("".join(str(_DIGITS[c]) for c in plain))


def _range(plain: str) -> float | None:
    """The lower end of "三四十", "五六个", "三五个": two digits side by side."""
    for i in range(len(plain) - 1):
        low, high = _DIGITS.get(plain[i]), _DIGITS.get(plain[i + 1])
        if low and (high == low + 1 or plain[i : i + 2] == "三五") and len(plain) <= 4:
            return _value(plain[: i + 1] + plain[i + 2 :])
    return None


def _value(plain: str) -> float | None:
    total = section = 0.0
    number: float | None = None
    unit = 1
    at = 0
    while at < len(plain):
        char = plain[at]
        if char.isdecimal():
            end = at
            while end < len(plain) and (plain[end].isdecimal() or plain[end] == "."):
                end += 1
            number, at = float(plain[at:end]), end
            continue
        at += 1
        if char in _DIGITS:
            number = float(_DIGITS[char])
            unit = 1 if char == "零" else unit
        elif char in _SMALL:
            unit = _SMALL[char]
            section += (1 if number is None else number) * unit
            number = None
        elif char in _GREAT:
            unit = _GREAT[char]
            part = section + (number or 0)
            total = (total + part) * unit if char == "亿" else total + (part or 1) * unit
            section, number = 0.0, None
        else:
            return None
    if number is not None and unit >= 100 and plain[-1] in _DIGITS and number < 10:
        # "三万五" is 35,000, "一百五" is 150.
        number *= unit / 10
    return round(total + section + (number or 0), 6)  # 3.26万 is 32,600 to the last digit.
