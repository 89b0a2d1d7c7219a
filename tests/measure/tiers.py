"""What each text of a set is read as and rated alone: `python -m tests.measure.tiers [FILE in tests/resources]`."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.model import Nature
from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Replay, RolesThemselves

RESOURCES = Path("tests/resources")
DAY = "2026-11-{:02}T08:00:00+08:00"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One text: what it was to give and gave (kind, value), and its tier with the reasons."""

    text: dict[str, Any]
    wanted: set[tuple[str, float]]
    given: set[tuple[str, float]]
    tier: str | None
    reasons: frozenset[tuple[str, str, str]]

    @property
    def deaths(self) -> bool:
        return any(kind == "deaths" and value for kind, value in self.wanted)


def told(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RESOURCES / name).read_text(encoding="utf-8").splitlines()]


def judged(texts: Iterable[dict[str, Any]], reader: Reader, plan: Any) -> Iterator[Judged]:
    """Each text said by an office (or by who its set says), in a stream of its own."""
    key = VoiceKey.fleeting()
    for number, text in enumerate(texts):
        post = {key: text.get(key, "") for key in ("title", "text")}
        at = DAY.format(1 + number % 28)
        line = {"id": str(number), "source": "s", "authority": text.get("authority", "official"), **post}
        line |= {"published_at": at, "collected_at": at}
        taken = parse(json.dumps(line, ensure_ascii=False).encode(), "", key)
        replay = Replay(plan, reader, RolesThemselves())
        replay.feed([taken])
        replay.finish()
        with replay.record.view() as uow:
            ratings = [uow.events.rating(event.id) for event in uow.events.all()]
        tiers = [rating.tier for rating in ratings if rating is not None and rating.tier is not None]
        (reading,) = reader.read_many([taken])
        yield Judged(
            text=text,
            wanted={(fact["kind"], fact["value"]) for fact in text.get("facts", ())},
            given={(f.kind.value, round(f.value, 2)) for f in reading.facts if f.status is Nature.CURRENT},
            tier=max(tiers).name if tiers else None,
            reasons=frozenset(
                (reason.criterion, reason.tier.name, reason.observed)
                for one in ratings
                if one
                for reason in one.reasons
            ),
        )


def main(name: str) -> None:
    for one in judged(told(name), Reader(load_gazetteer(None)), load_plan(Path("deploy/plan.example.yaml"))):
        lost, more = one.wanted - one.given, {pair for pair in one.given - one.wanted if pair[1]}
        due = one.text.get("tier", one.tier if one.wanted else None)
        if lost or more or due != one.tier:
            print(f"{one.text['text']}\n    {due} {one.tier} lost {sorted(lost)} more {sorted(more)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "tiers.jsonl")
