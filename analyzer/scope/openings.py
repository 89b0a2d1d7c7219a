"""The town that a text begins with ("清溪县白沙镇") tells where and not what: it is left out before a matter is judged.

A name is taken for one by its make, since the bundled list knows no fictional or future town; what holds a word of the
topic list ("停水市民") is none.
"""

import re
from collections.abc import Sequence
from functools import cache

from analyzer.topics import topic_list

# What stands around the last letter in other words than a town's name: 超市, 市民, 家乡, 镇长.
_ENDS = (
    r"[省县州](?![里内城长委级区人])",
    r"(?<![城都夜早门集])市(?![民里内场区政级长委容中面集])",
    r"(?<![家老下故同城水])乡(?![里下亲镇村长])",
    r"(?<![冰坐古村])镇(?![里上长痛静定])",
)
_TOWNS = re.compile(rf"[【\[#]?(?:[\u4e00-\u9fff]{{2,3}}?(?:{'|'.join(_ENDS)})){{1,3}}[】\]#]?[，,：: ]*")


@cache
def _listed() -> frozenset[str]:
    listed = topic_list()
    fields = (word for words in (*listed.elsewhere.values(), *listed.trouble.values()) for word in words)
    return frozenset((*listed.keywords, *fields, *listed.masks))


def without_towns(texts: Sequence[str]) -> list[str]:
    """Normalised texts without the towns that they begin with; a text that is nothing else stays."""
    return [_without(text) for text in texts]


def _without(text: str) -> str:
    found = _TOWNS.match(text)
    if found is None or found.end() == len(text) or _tells(found.group()):
        return text
    return text[found.end() :]


def _tells(opening: str) -> bool:
    """Whether a listed word stands in it."""
    return any(
        opening[begin:end] in _listed() for begin in range(len(opening)) for end in range(begin + 2, len(opening) + 1)
    )
