"""The demo town's story replayed, with a look at the record at every moment that the answers speak of."""

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.demo.answers import Expected, answers
from services.demo.script import resource_path
from services.demo.story import story_as_jsonl, tell
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Replay, RolesThemselves

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "deploy" / "plan.example.yaml"
GAZETTEER = resource_path("gazetteer.jsonl")


def story():
    """The lines of the story."""
    return list(story_as_jsonl(tell()))


def fresh_replay():
    """A replay of the town that has been told nothing yet."""
    return Replay(load_plan(PLAN), Reader(load_gazetteer(GAZETTEER)), RolesThemselves())


@dataclass(frozen=True)
class Seen:
    """One event as the record has it at a moment."""

    event: object
    rating: object

    def is_one_of(self, expected: Expected):
        """Whether it can be this event of the answers."""
        names = tuple(place.name for place in self.event.places)
        return expected.matches(self.event.topic, names, self.event.first_seen_at)

    @property
    def tier(self):
        return self.rating.tier if self.rating is not None else None


@dataclass
class Town:
    """What came of the whole story. `seen` holds the record's events by moment, `final` those at the end."""

    replay: Replay
    seen: dict = field(default_factory=dict)
    final: list = field(default_factory=list)

    def found(self, expected, moment=None):
        """The events that can be this one, the greatest first."""
        shown = self.final if moment is None else self.seen[moment]
        return sorted((s for s in shown if s.is_one_of(expected)), key=lambda s: -s.event.posts)

    def ids(self, expected):
        """Every event id under which it was known at any of its moments or is at the end."""
        moments = [self.final, *(self.seen[check.at] for check in expected.checks)]
        return {s.event.id for shown in moments for s in shown if s.is_one_of(expected)}

    def faults(self, expected, check):
        """What differs from the answer at one moment, in words."""
        found = self.found(expected, check.at)
        if not found:
            faults = check.faults(None, None, {}, "")
            return [f"{check.at:%d日%H:%M} 没有这样的事件", *faults] if faults else []
        first, *others = found
        event, rating = first.event, first.rating
        figures = {kind: (figure.claimed, figure.verified) for kind, figure in event.figures.items()}
        claimed, verified = (rating.claimed, rating.verified) if rating is not None else (None, None)
        more = [f"{check.at:%d日%H:%M} 另有 {o.event.title} 定为{o.tier.name}" for o in others if o.tier is not None]
        return check.faults(claimed, verified, figures, event.status.value) + more

    def look(self, read):
        """Something out of the record."""
        with self.replay.record.view() as uow:
            return read(uow)

    def alerts(self):
        return self.look(lambda uow: uow.alerts.all(limit=10_000))

    def reports(self, expected):
        """Reports on it, in the order in which they were issued."""
        ids = self.ids(expected)
        return [r for r in self.look(lambda uow: uow.reports.issued()) if r.event_id in ids]

    def tasks(self, expected):
        ids = self.ids(expected)
        return [t for t in self.look(lambda uow: uow.tasks.asked()) if t.event_id in ids]


def watched(lines):
    """Replay the lines, looking at every moment of the answers."""
    moments = sorted({check.at for expected in answers().events.values() for check in expected.checks})
    key, town = VoiceKey.fleeting(), Town(fresh_replay())
    batches = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        post = parse(line.encode(), f"第{number}行", key)
        # A post that shows up at the very moment has been taken in by then.
        batches[bisect_left(moments, post.collected_at)].append(post)
    for number in range(len(moments) + 1):
        town.replay.feed(batches[number])
        if number < len(moments):
            town.seen[moments[number]] = _look(town, moments[number])
    town.replay.finish()
    town.final = _stand(town)
    return town


def _look(town, moment):
    """The record once every clock up to `moment` has run; they would run before the next post anyway."""
    town.replay._run_until(moment)
    return _stand(town)


def _stand(town):
    return town.look(lambda uow: [Seen(event, uow.events.rating(event.id)) for event in uow.events.all()])


def outputs(folder):
    """Every output file of a replay, by name."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def lines_of(folder, name):
    """The objects of one output."""
    return [json.loads(line) for line in (Path(folder) / name).read_text(encoding="utf-8").splitlines()]
