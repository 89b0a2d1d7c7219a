"""Another district's story, replayed with the shipped plan: what holds for the demo town must hold for words unseen."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest
from ruamel.yaml import YAML

from analyzer.model import FactKind
from analyzer.pipeline import Reader
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Replay, RolesThemselves
from tests.acceptance.town import PLAN, ROOT

TOLD = YAML(typ="safe").load((ROOT / "tests" / "resources" / "linxi.yaml").read_text(encoding="utf-8"))
PLACES, EXPECTED = TOLD.pop("places"), TOLD.pop("expected")
AUTHORITIES = {"media": "media", "official": "official", "cap": "official"}


def lines():
    """The posts as JSON objects, in the order in which they were told."""
    told = [_line(f"{name}-{number}", *row) for name, rows in TOLD.items() for number, row in enumerate(rows)]
    return sorted(told, key=lambda line: line["published_at"])


def _line(key, moment, who, *words):
    day, hour = moment.split()
    line = {"id": key, "text": words[-1], "published_at": f"2026-12-{day}T{hour}:00+08:00", "region": "990301"}
    if len(words) > 1:
        line["title"] = words[0]
    if who in AUTHORITIES:
        return line | {"source": who, "authority": AUTHORITIES[who]}
    return line | {"source": "board", "authority": "public", "author": who}


@dataclass(frozen=True)
class Outcome:
    """What came of one strand of the story: the event that most of its posts have joined."""

    event: object
    rating: object
    alerted: bool
    tasks: int


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    places = tmp_path_factory.mktemp("linxi") / "gazetteer.jsonl"
    places.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in PLACES), encoding="utf-8")
    replay, key = Replay(load_plan(PLAN), Reader(load_gazetteer(places)), RolesThemselves()), VoiceKey.fleeting()
    replay.feed(parse(json.dumps(line).encode(), "", key) for line in lines())
    replay.finish()
    return replay


@pytest.fixture(scope="module")
def outcomes(replayed):
    with replayed.record.view() as uow:
        event_of = {post: event.id for event in uow.events.all() for post in uow.events.member_ids(event.id)}
        found = {}
        for name in EXPECTED:
            keys = Counter(event_of[post] for post in event_of if post.rpartition("-")[0] == name)
            key = keys.most_common(1)[0][0]
            found[name] = Outcome(
                event=uow.events.get(key),
                rating=uow.events.rating(key),
                alerted=uow.alerts.of_event(key) is not None,
                tasks=sum(task.event_id == key for task in uow.tasks.asked()),
            )
        return found


def name_of(tier):
    return tier.name if tier is not None else None


@pytest.mark.parametrize("name", EXPECTED)
def test_the_tier_is_what_the_plan_gives(outcomes, name):
    expected, rating = EXPECTED[name], outcomes[name].rating
    claimed, verified = (rating.claimed, rating.verified) if rating else (None, None)

    assert (name_of(claimed), name_of(verified)) == (expected["claimed"], expected["verified"])


@pytest.mark.parametrize("name", EXPECTED)
def test_an_alert_is_opened_where_it_should_be_and_nowhere_else(outcomes, name):
    assert outcomes[name].alerted is EXPECTED[name].get("alert", True)


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "figures" in expected])
def test_the_verified_figures_are_those_of_the_notices(outcomes, name):
    figures = outcomes[name].event.figures

    assert {k: figures[FactKind(k)].verified for k in EXPECTED[name]["figures"]} == EXPECTED[name]["figures"]


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "task" in expected])
def test_what_one_voice_says_is_a_task_for_the_desk(outcomes, name):
    assert outcomes[name].tasks


def test_the_strands_are_events_of_their_own(outcomes):
    assert len({outcome.event.id for outcome in outcomes.values()}) == len(EXPECTED)


def test_no_other_event_is_alerted(replayed, outcomes):
    with replayed.record.view() as uow:
        alerted = {alert.event_id for alert in uow.alerts.all(limit=100)}

    assert alerted == {outcome.event.id for outcome in outcomes.values() if outcome.alerted}


def test_idle_talk_is_in_no_event(replayed):
    with replayed.record.view() as uow:
        members = {post for event in uow.events.all() for post in uow.events.member_ids(event.id)}

    assert [post for post in members if post.startswith("noise-")] == []
