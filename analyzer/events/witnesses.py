"""How many of the public tell of an event: a thousand copies of one text are one witness, and so is one voice."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from analyzer.events.backing import Mark, ids
from analyzer.model import EVIDENCE

ALIKE = 4
"""Equal hash bands, of 16, from which one text is taken for a copy of another: a likeness of 0.7 and more.

No two of 626 own complaints about 147 matters are so alike; of 2,000 copies of one text with other tails all are.
"""
REMEMBERED = 500
"""Texts of one event that later ones are compared with."""


@dataclass(slots=True)
class Witnesses:
    """Voices that told it in words of their own, by collection day: voices of different days cannot be told apart.

    Who only repeats another's text stands for nobody: his words are put down to the one who said them first.
    """

    days: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    owners: list[str] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    firsts: dict[str, dict[str, Mark]] = field(default_factory=lambda: defaultdict(dict))
    """What the first voices of each day said first."""

    def hear(self, day: str, voice: str, bands: tuple[int, ...], told: Mark | None = None) -> str:
        """Count a post, told then; whose words it has."""
        first = self._first_said(bands)
        if first is not None and first != voice:
            return first
        self.days[day].add(voice)
        if told is not None:
            self._note_first(self.firsts[day], voice, told)
        if first is None and bands and len(self.owners) < REMEMBERED:
            for band in bands:
                self.texts.setdefault(band, len(self.owners))
            self.owners.append(voice)
        return voice

    @property
    def count(self) -> int:
        """Distinct witnesses of the fullest day, a lower bound."""
        return max((len(day) for day in self.days.values()), default=0)

    @property
    def posts(self) -> tuple[str, ...]:
        """The earliest posts of as many witnesses of the fullest day."""
        fullest = max(self.days, key=lambda day: (len(self.days[day]), day), default="")
        return ids(sorted(self.firsts.get(fullest, {}).values()))

    @staticmethod
    def _note_first(first: dict[str, Mark], voice: str, told: Mark) -> None:
        if len(first) < EVIDENCE or voice in first:
            first[voice] = min(told, first.get(voice, told))
        elif told < first[last := max(first, key=first.__getitem__)]:
            del first[last]
            first[voice] = told

    def _first_said(self, bands: tuple[int, ...]) -> str | None:
        """Who said this text first."""
        hits = Counter(self.texts[band] for band in bands if band in self.texts)
        if not hits:
            return None
        number, equal = max(hits.items(), key=lambda hit: (hit[1], -hit[0]))
        return self.owners[number] if equal >= ALIKE else None
