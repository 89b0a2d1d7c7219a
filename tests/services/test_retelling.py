"""How long people wait for an answer, or when they had it, is told as of now wherever it is told."""

from datetime import timedelta

import pytest

from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import ReportKind
from analyzer.model import Tier
from crawlers.model import Authority
from services import worker
from services.reporting.outputs import write_outputs
from tests.builders import NOON, at, place, post, reading
from tests.services.desk import SEEN, tell

ROAD = place("杏园路", "road", ("示范市", "示范区", "杏园路"))
DAYS = timedelta(days=10, hours=2)


@pytest.fixture
def waiting(service):
    """A pit in a road that three told of; after two days without an answer it has an alert."""
    said = [post(f"杏园路大坑，{SEEN[n]}", voice=voice, told=NOON) for n, voice in enumerate("abc")]
    tell(service, *((one, reading(one, "service.roads", places=(ROAD,))) for one in said))
    service.clock.set(at(48))
    worker.tick(service)
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return alert


def stored(service, event_id):
    with service.view() as uow:
        return uow.events.get(event_id), uow.events.rating(event_id), uow.events.history(event_id)


def test_pages_and_programs_are_told_of_ten_days_while_the_rating_stays_as_it_was(service, client, waiting, tmp_path):
    before = stored(service, waiting.event_id)
    service.clock.set(NOON + DAYS)

    page = client.get(f"/events/{waiting.event_id}").text
    assert "（目前未获官方回应已10天2小时，反映人数3人）" in page
    assert "目前未获官方回应已2天" not in page.partition("<h2>报告</h2>")[0]
    assert "未获官方回应已10天2小时" in client.get("/").text
    told = client.get(f"/api/v1/events/{waiting.event_id}").json()
    assert told["reasons"][0]["observed"] == "未获官方回应已10天2小时，反映人数3人"
    (listed,) = client.get("/api/v1/events").json()["events"]
    assert listed["next_thresholds"] == told["next_thresholds"]
    write_outputs(service, tmp_path)
    assert "已10天2小时" in (tmp_path / "events.jsonl").read_text(encoding="utf-8")
    assert stored(service, waiting.event_id) == before


def test_an_answer_that_a_person_records_ends_the_waiting(service, client, waiting):
    service.clock.set(at(50))
    service.act(waiting.id, Act(action=Action.ANSWER, by="operator_a", note="区城管局官网：明日起抢修"))
    service.clock.set(NOON + DAYS)

    event, rating, history = stored(service, waiting.event_id)
    assert event.answered_at == at(50)
    assert (rating.tier, history[-1]) == (None, (at(50), rating))
    page = client.get(f"/events/{waiting.event_id}").text
    ahead = page.partition("<h3>怎样会升级</h3>")[2].partition("</ul>")[0]
    assert "每小时发帖" in ahead
    assert "未获官方回应" not in ahead
    assert "按现有情况未达到任何级别；预警仍为Ⅳ级（一般），须由人降级或结束。" in page


def test_what_a_person_recorded_outlives_a_restart_and_stands_once_among_what_was_done(service, waiting):
    service.clock.set(at(50))
    service.act(waiting.id, Act(action=Action.ANSWER, by="operator_a", note="区城管局官网：明日起抢修"))
    service.rebuild()
    more = post("杏园路大坑，绕行的车排到了桥上", voice="d", told=at(51))
    tell(service, (more, reading(more, "service.roads", places=(ROAD,))))
    assert stored(service, waiting.event_id)[0].answered_at == at(50)

    service.clock.set(at(52))
    service.act(waiting.id, Act(action=Action.CLOSE, by="operator_a", note="坑已填平"), despite=True)
    with service.view() as uow:
        final = next(r for r in uow.reports.of_event(waiting.event_id) if r.kind is ReportKind.FINAL)
    assert "公开回应：11月5日14时00分" in final.fields["善后与后续"]
    assert final.fields["已采取措施"].count("回应") == 1


def test_an_answer_stands_after_a_restart_though_the_post_that_gave_it_is_kept_no_longer(service, waiting):
    answer = post("杏园路大坑已围挡，明日起抢修", authority=Authority.OFFICIAL, told=at(50))
    service.clock.set(at(50))
    tell(service, (answer, reading(answer, "service.roads", places=(ROAD,))))
    for days in (20, 40):
        moment = NOON + timedelta(days=days)
        service.clock.set(moment)
        more = post("杏园路大坑又塌了一块，绕行的车排到了桥上", voice=f"v{days}", told=moment)
        tell(service, (more, reading(more, "service.roads", places=(ROAD,))))
    assert worker.purge(service).posts
    with service.view() as uow:
        assert answer.id not in {one.id for one in uow.posts.get([answer.id])}
    service.rebuild()

    service.clock.set(moment + timedelta(hours=1))
    last = post("杏园路的坑还没填", voice="w", told=moment + timedelta(hours=1))
    tell(service, (last, reading(last, "service.roads", places=(ROAD,))))
    assert stored(service, waiting.event_id)[0].answered_at == at(50)


def test_a_drill_is_answered_too(service, client):
    begun = client.post(
        "/api/v1/drills", json={"by": "deputy_a", "title": "杏园路大坑", "topic": "service.roads", "tier": "IV"}
    )
    assert begun.status_code == 200, begun.text
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.act(alert.id, Act(action=Action.ANSWER, by="operator_a", note="区城管局官网：明日起抢修"))

    event, rating, _ = stored(service, alert.event_id)
    assert (event.answered_at, rating.tier) == (NOON, Tier.IV)
