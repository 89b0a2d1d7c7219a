"""Which places of a post something happens in: none that is only named to judge somebody of there.

"郑州的领导真差劲" tells nothing of Zhengzhou, and a hazard beside it is no hazard of Zhengzhou.
"""

from collections.abc import Sequence

from analyzer.model import Place, Span
from analyzer.patterns import bounds
from analyzer.scope.bystanders import is_remark
from analyzer.text import normalise

_WHOSE = frozenset("的市省县区州长领干官书局消警政医教专记人公民城交那这")
"""What follows a place right away where somebody of there is judged."""
_MARKS, _REACH = "，,。！？!?；;：:\n#（）()【】 ", 31


def scenes(body: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places without such; the same tuple where there are none."""
    judged = [place for place in places if body[place.span[1] : place.span[1] + 1] in _WHOSE]
    remarks = [place for place in judged if _in_remark(body, place.span)]
    return _without(places, remarks) if remarks else places


def _in_remark(body: str, span: Span) -> bool:
    start, end = bounds.begin(body, span[0], _MARKS, _REACH), bounds.end(body, span[1], _MARKS, _REACH)
    return is_remark(normalise(body[start:end]))


def _without(places: tuple[Place, ...], left_out: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if place not in left_out)
