"""Two plans over the same history: which events change tier, which notifications come or go."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analyzer.model import Event, Tier
from services.folder.plan import PlanFile, load_plan
from services.replaying.replay import Replay, replayed
from services.storage.memory import MemoryRecord

Outcome = dict[str, tuple[Event, Tier | None]]


def compared(
    before: Path, after: Path, posts: Path, gazetteer: Path | None, decisions: Path | None = None
) -> Iterator[str]:
    """The differences as Chinese lines. Raises ConfigError."""
    plans: tuple[PlanFile, PlanFile] = (load_plan(before), load_plan(after))
    old, new = (replayed(posts, plan=plan, roster=None, gazetteer=gazetteer, decisions=decisions) for plan in plans)
    yield from _events(_outcome(old), _outcome(new))
    yield from _messages(_told(old.record), _told(new.record))


def _outcome(replay: Replay) -> Outcome:
    """Every event with the gravest tier it ever had."""
    with replay.record.unit_of_work() as uow:
        highest: dict[str, Tier] = {}
        for _, rating in uow.events.ratings():
            if rating.tier is not None:
                highest[rating.event_id] = max(rating.tier, highest.get(rating.event_id, rating.tier))
        return {e.id: (e, highest.get(e.id)) for e in uow.events.all()}


def _events(old: Outcome, new: Outcome) -> Iterator[str]:
    changed = [key for key in old if key in new and old[key][1] != new[key][1]]
    yield f"改变级别的事件{len(changed)}个（按最高曾达级别）："
    for key in sorted(changed, key=lambda k: -(new[k][1] or 0)):
        yield f"  {new[key][0].title}（{key}）：{_tier(old[key][1])} → {_tier(new[key][1])}"


def _told(record: MemoryRecord) -> Counter[tuple[str, str]]:
    with record.unit_of_work() as uow:
        return Counter((n.event_id or "", n.recipient) for n in uow.outbox.decided())


def _messages(old: Counter[tuple[str, str]], new: Counter[tuple[str, str]]) -> Iterator[str]:
    more, fewer = new - old, old - new
    yield f"通知：原{old.total()}条，新{new.total()}条；多出{more.total()}条，减少{fewer.total()}条。"
    for sign, counts in (("+", more), ("-", fewer)):
        for (event_id, recipient), n in sorted(counts.items()):
            yield f"  {sign}{n} {recipient} {event_id}"


def _tier(tier: Tier | None) -> str:
    return tier.chinese if tier else "不定级"
