"""Streams of posts made for a test, and what a replay makes of them."""

import json
from datetime import UTC, datetime, timedelta

from crawlers.privacy import VoiceKey
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Replay, RolesThemselves
from tests.acceptance.town import PLAN

START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)


def line(number, text, minutes=0, *, author=None, authority="public", source="board", **more):
    """One line of a stream."""
    at = (START + timedelta(minutes=minutes)).isoformat()
    fields = {"id": f"{source}-{number}", "source": source, "authority": authority, "text": text, "region": "990101"}
    return {**fields, "author": author or f"u{number}", "collected_at": at, "published_at": at, **more}


def official(number, text, minutes=0, **more):
    return line(number, text, minutes, authority="official", source="gov", **more)


def replayed(reader, lines, plan=None):
    """The stream replayed to its end."""
    replay, key = Replay(plan or load_plan(PLAN), reader, RolesThemselves()), VoiceKey.fleeting()
    posts = [parse(json.dumps(one, ensure_ascii=False).encode(), "", key) for one in lines]
    replay.feed(sorted(posts, key=lambda post: post.collected_at))
    replay.finish()
    return replay


def stands(replay):
    """Every event with its rating."""
    with replay.record.view() as uow:
        return [(event, uow.events.rating(event.id)) for event in uow.events.all()]


def highest(replay):
    """The gravest tier anything ever had."""
    with replay.record.view() as uow:
        return max((rating.tier for _, rating in uow.events.ratings() if rating.tier), default=None)


def asked(replay):
    with replay.record.view() as uow:
        return [task.reason for task in uow.tasks.asked()]


def kinds(replay):
    with replay.record.view() as uow:
        return [report.kind.value for report in uow.reports.issued()]
