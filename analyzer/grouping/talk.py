"""How much is said these days, of a topic and in a district."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

FADES = timedelta(days=2).total_seconds()
"""How soon talk is over: of what was said two days ago a third counts."""
_ANYWHERE, _SOMEWHERE = "", "*"


@dataclass(slots=True)
class Talk:
    """Posts, each counting less as time goes by; times in seconds."""

    mass: float = 0.0
    last: float = -math.inf

    def add(self, when: float) -> None:
        """Count one post."""
        if when > self.last:
            self.mass *= math.exp((self.last - when) / FADES)
            self.last = when
        self.mass += 1.0

    def at(self, when: float) -> float:
        """What is left of it."""
        return self.mass * math.exp((self.last - when) / FADES) if when > self.last else self.mass


class Talks:
    """What is said of each topic. To a district's own people what is said in other districts is nothing."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], Talk] = defaultdict(Talk)
        self._homes: set[str] = set()

    def add(self, topic: str, home: str, when: float) -> None:
        """Count a post; `home` is its source's district, empty of a source without one."""
        for where in (_ANYWHERE, _SOMEWHERE, home) if home else (_ANYWHERE,):
            self._said[topic, where].add(when)
        if home:
            self._homes.add(home)

    def at(self, topic: str, home: str, when: float) -> float:
        """What is left of it for somebody of that district, or for anybody."""
        whole = self._said[topic, _ANYWHERE].at(when)
        if not home or self._homes <= {home}:
            return whole
        return whole - self._said[topic, _SOMEWHERE].at(when) + self._said[topic, home].at(when)

    def last(self, topic: str) -> float:
        """When it was spoken of last."""
        return self._said[topic, _ANYWHERE].last
