"""Whether a text can count people at all, told by what stands beside its numerals: most are dates, hours, numbers."""

from analyzer.facts.amounts import APART
from analyzer.facts.lexicon import EVENT, PERHAPS, PERSON
from analyzer.facts.nobody import NEGATION
from analyzer.patterns.expressions import anywhere, firsts, once, parser

_ENDS = r"[\d零一二两三四五六七八九十佰百千万亿廿卅卌俩仨壹贰叁肆伍陆柒捌玖拾仟]"
"""What a numeral ends with."""
_MEASURES = "个人名位例具对条口男女老大死亡伤重轻失遇受中"
"""What a measure word begins with, or a word that stands right behind a bare numeral."""


@once
def _beginning(pattern: str) -> str:
    """The characters that a match may begin with."""
    chars, empty = firsts(parser.parse(pattern))
    if chars is None or empty:
        raise ValueError(f"it may begin with anything: {pattern}")
    return "".join(sorted(chars))


_COUNTED = (
    rf"{_ENDS}\s?[余多来几]?\s?(?:[{_MEASURES}]|号[人工村员职学乘旅游乡居]|[^{APART}]{{0,2}}[{_beginning(PERSON)}])|[俩仨]"
    rf"|[死亡伤踪联难:：众民口员](?={_ENDS})|{_ENDS}[万余多](?=[，。；！])|双双|[那这]对|有个|死了个|死的那个|该名|那[位个]"
)
_DENIED = rf"{NEGATION}(?=[{_beginning(EVENT)}{_beginning(PERHAPS)}死亡伤])|伤亡|死伤|(?<=人员)[伤亡]"
_POSSIBLE = anywhere(f"{_COUNTED}|{_DENIED}")


def possible(plain: str) -> bool:
    """Whether people may be counted, or said to be none; else no token of the text gives a figure."""
    return _POSSIBLE.search(plain) is not None
