"""What an event was by posts whose texts are gone: after a restart it is still what people were told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analyzer.model import Event, FactKind, Figure


@dataclass(frozen=True, slots=True)
class Kept:
    """An event as it was stored, and how many of its posts, by authority, cannot be read any more."""

    event: Event
    gone: Counter[str]

    def with_it(self, now: Event) -> Event:
        """The event of the posts that are left and of those that came since, with what it was before."""
        before = self.event
        return replace(
            now,
            first_seen_at=min(now.first_seen_at, before.first_seen_at),
            last_seen_at=max(now.last_seen_at, before.last_seen_at),
            known_at=min(filter(None, (now.known_at, before.known_at)), default=None),
            answered_at=min(filter(None, (now.answered_at, before.answered_at)), default=None),
            posts=now.posts + self.gone.total(),
            by_authority=dict(sorted((Counter(now.by_authority) + self.gone).items())),
            voices=max(now.voices, before.voices),
            platforms=max(now.platforms, before.platforms),
            help_sought=max(now.help_sought, before.help_sought),
            places=now.places or before.places,
            settings=now.settings | before.settings,
            warning=now.warning or before.warning,
            figures=_together(before.figures, now.figures),
            backing={**before.backing, **now.backing},
        )


def _together(before: Mapping[FactKind, Figure], now: Mapping[FactKind, Figure]) -> dict[FactKind, Figure]:
    return {kind: _later(before.get(kind), now.get(kind)) for kind in sorted(before.keys() | now.keys())}


def _later(before: Figure | None, now: Figure | None) -> Figure:
    """What somebody has verified since stands alone; else the greater claim, and what was verified before."""
    if before is None or now is None:
        return before or now or Figure()
    if now.verified_at is not None and (before.verified_at is None or now.verified_at > before.verified_at):
        return now
    graver = before if (before.claimed or 0) >= (now.claimed or 0) else now
    return replace(
        graver,
        verified=before.verified,
        verified_at=before.verified_at,
        verified_evidence=before.verified_evidence,
        verified_lean=before.verified_lean,
        unsupported=now.unsupported or before.unsupported,
    )
