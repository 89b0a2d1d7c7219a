"""Which places of a post something happens in: none that is only named to judge somebody of there.

"郑州的领导真差劲" tells nothing of Zhengzhou, and a hazard beside it is no hazard of Zhengzhou.
"""

from analyzer.model import Place
from analyzer.scope.bystanders import in_remark
from analyzer.text import normalise

_WHOSE = frozenset("的市省县区州长领干官书局消警政医教专记人公民城交那这")
"""What follows a place right away where somebody of there is judged."""


def scenes(body: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places without such; the same tuple where there are none."""
    judged = [place for place in places if body[place.span[1] : place.span[1] + 1] in _WHOSE]
    if not judged:
        return places
    plain = normalise(body)
    remarks = [place for place in judged if in_remark(plain, *place.span)]
    return tuple(place for place in places if place not in remarks) if remarks else places
