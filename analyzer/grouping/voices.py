"""Who has spoken of what today: a follow-up that names no place is told by the one who named it before."""

import math
from datetime import timedelta

from analyzer.grouping.group import Group
from analyzer.grouping.item import Item

MANY = 4
"""Events remembered of a voice: one that speaks of more tells nothing of the next post."""
RECALLED = timedelta(hours=6).total_seconds()
"""Decay of what somebody spoke of before."""
DAY = timedelta(days=1).total_seconds()
"""How long a voice lasts: the next day it is another."""
PLACED = 0.5
"""What a voice counts where the post says itself where it is."""


class Voices:
    """The events that each voice of the day has spoken of, latest first, and when it last did."""

    def __init__(self) -> None:
        self._spoken: dict[str, tuple[float, tuple[Group, ...]]] = {}

    def add(self, voice: str, told: float, group: Group) -> None:
        """A voice has spoken of an event."""
        before = [one for one in self.events(voice) if one is not group]
        self._spoken[voice] = (told, (group, *before[: MANY - 1]))

    def events(self, voice: str | None) -> tuple[Group, ...]:
        """What a voice has spoken of."""
        return self._spoken[voice][1] if voice in self._spoken else ()

    def tie(self, new: Item, group: Group) -> float:
        """How much it says for an event that the voice of a post has spoken of it, 0..1: less the more it speaks of."""
        if new.voice not in self._spoken:
            return 0.0
        told, events = self._spoken[new.voice]
        if group not in events:
            return 0.0
        return math.exp(-abs(new.told - told) / RECALLED) / len(events) * (1.0 if new.bare else PLACED)

    def forget(self, before: float) -> None:
        """Leave out the voices of days that are gone."""
        self._spoken = {voice: spoken for voice, spoken in self._spoken.items() if spoken[0] >= before}
