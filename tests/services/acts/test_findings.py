"""An operator verifies: from a verify task to an alert, over the API, across a restart."""

from dataclasses import replace

import pytest

from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer.model import FactKind, Tier
from crawlers.model import Authority
from services.acts import findings, foresight
from services.errors import NotFound
from tests.builders import at, fact, post, reading
from tests.services.desk import a_fire, tell


@pytest.fixture
def task(service):
    """One voice tells of three dead: a task and nothing else."""
    tell(service, *a_fire("a"))
    with service.view() as uow:
        (found,) = uow.tasks.open()
        assert uow.alerts.all() == []
    return found


def stands(service, event_id):
    with service.view() as uow:
        return uow.events.get(event_id), uow.events.rating(event_id), uow.alerts.of_event(event_id)


def test_what_the_operator_confirms_is_verified_and_raises_the_alert(service, task):
    findings.finish(service, task.id, {FactKind.DEATHS: 3}, by="operator_a", note="到场查实", agreed=Tier.III)

    event, rating, alert = stands(service, task.event_id)
    assert event.corroborated
    assert (event.figures[FactKind.DEATHS].verified, rating.verified) == (3, Tier.III)
    assert alert.tier is Tier.III
    with service.view() as uow:
        assert uow.tasks.open() == []
        assert "死亡3人" in uow.audit.entries(limit=2)[1].note


def test_who_verified_what_and_how_stands_in_the_alerts_history_and_in_the_report(service):
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.clock.set(at(1))
    figures = {FactKind.DEATHS: 12}
    findings.confirm(service, alert.event_id, figures, by="operator_a", note="向消防大队电话核实", agreed=Tier.II)

    with service.view() as uow:
        notes = [line.note for line in uow.alerts.history(alert.id) if line.actor == "operator_a"]
        report = uow.reports.of_event(alert.event_id)[-1]
    assert notes == ["核实死亡12人：向消防大队电话核实"]
    assert "核实死亡12人：向消防大队电话核实（值班员甲）" in report.text


def test_an_alert_that_a_confirmation_opens_says_who_confirmed(service, task):
    figures = {FactKind.LOSS_YUAN: 12_345_678}
    findings.finish(service, task.id, figures, by="operator_a", note="到场查实", agreed=Tier.III)

    _, _, alert = stands(service, task.event_id)
    with service.view() as uow:
        notes = [line.note for line in uow.alerts.history(alert.id) if line.actor == "operator_a"]
    assert notes == ["核实直接经济损失12345678元：到场查实"]


def test_it_is_verified_still_after_a_restart(service, task):
    findings.confirm(service, task.event_id, {FactKind.DEATHS: 3}, by="operator_a", agreed=Tier.III)
    before = stands(service, task.event_id)

    service.rebuild()
    with service.unit_of_work() as uow:
        service.processor.reassess(uow, task.event_id, at(1))
        uow.commit()

    after = stands(service, task.event_id)
    assert (after[0].figures, after[1].verified) == (before[0].figures, before[1].verified)


def test_a_confirmation_without_figures_verifies_that_it_happens(service, task):
    findings.confirm(service, task.event_id, {}, by="operator_a")

    _, rating, _ = stands(service, task.event_id)
    assert rating.verified is Tier.IV


def test_a_lower_verified_figure_is_a_correction(service):
    tell(service, *a_fire("a", "b", "c", deaths=12))
    with service.view() as uow:
        (alert,) = uow.alerts.all()

    service.clock.set(at(1))
    findings.confirm(service, alert.event_id, {FactKind.DEATHS: 2}, by="operator_a")

    with service.view() as uow:
        assert [r.kind.value for r in uow.reports.of_event(alert.event_id)] == ["first", "correction"]


@pytest.mark.parametrize(
    ("figures", "by", "words"),
    [
        ({FactKind.DEATHS: -1}, "operator_a", "不小于0"),
        ({FactKind.DEATHS: float("nan")}, "operator_a", "不小于0"),
        ({FactKind.DEATHS: 0.5}, "operator_a", "应为整数"),
        ({FactKind.DEATHS: 1e300}, "operator_a", "不能大于1000000000000"),
        ({FactKind.POWER_USERS_PERCENT: 300}, "operator_a", "不能大于100"),
        ({}, "nobody", "没有编号为“nobody”的人员"),
    ],
)
def test_what_cannot_be_is_refused(service, task, figures, by, words):
    with pytest.raises(NotAllowed, match=words):
        findings.confirm(service, task.event_id, figures, by=by)
    with pytest.raises(NotFound):
        findings.confirm(service, "E0", {}, by="operator_a")


def test_the_api_finishes_a_task_with_what_was_found(service, task, client):
    wanted = {"by": "operator_a", "outcome": "查实", "confirmed": True, "figures": {"deaths": 10}, "agreed": "II"}
    client.post(f"/api/v1/tasks/{task.id}/finish", json=wanted).raise_for_status()

    shown = client.get(f"/api/v1/events/{task.event_id}").raise_for_status().json()
    assert (shown["verified"], shown["figures"]["deaths"]["verified"]) == ("II", 10)


def test_the_api_takes_a_verified_figure_of_an_event(service, task, client):
    wanted = {"by": "operator_a", "figures": {"deaths": 30}, "agreed": "I"}
    shown = client.post(f"/api/v1/events/{task.event_id}/verified", json=wanted).raise_for_status().json()

    assert shown["verified"] == "I"


def told_of(service):
    with service.view() as uow:
        return {n.id: service.roster.names[n.recipient] for n in uow.outbox.all()}


@pytest.mark.parametrize("agreed", [None, Tier.II])
def test_a_figure_that_raises_the_tier_does_nothing_until_just_that_is_agreed(service, fire, agreed):
    before = told_of(service)
    said = "将由Ⅲ级（较大）升为Ⅰ级（特别重大），并立即通知"
    with pytest.raises(foresight.MustAgree, match=said):
        findings.confirm(service, fire.event_id, {FactKind.DEATHS: 300}, by="operator_a", agreed=agreed)

    assert stands(service, fire.event_id)[2] == fire
    assert told_of(service) == before


def test_who_is_told_after_agreeing_is_who_was_named(service, fire):
    with pytest.raises(foresight.MustAgree) as asked:
        findings.confirm(service, fire.event_id, {FactKind.DEATHS: 300}, by="operator_a")
    named = asked.value.foresight.told
    before = told_of(service)

    findings.confirm(service, fire.event_id, {FactKind.DEATHS: 300}, by="operator_a", agreed=Tier.I)

    assert {name for key, name in told_of(service).items() if key not in before} == set(named)


def test_a_figure_that_raises_nothing_and_goes_beyond_nothing_is_not_asked_about(service, fire):
    findings.confirm(service, fire.event_id, {FactKind.DEATHS: 3, FactKind.INJURED: 2}, by="operator_a")

    assert stands(service, fire.event_id)[0].figures[FactKind.DEATHS].verified == 3


def test_a_figure_greater_than_anybody_has_told_is_asked_about_though_the_tier_stays(service, fire):
    service.clock.set(at(1))
    with pytest.raises(foresight.MustAgree, match="级别不变，仍为Ⅲ级（较大）；所填数字比各方所说的都大，将立即报送"):
        findings.confirm(service, fire.event_id, {FactKind.DEATHS: 9}, by="operator_a")

    findings.confirm(service, fire.event_id, {FactKind.DEATHS: 9}, by="operator_a", agreed=Tier.III)
    assert stands(service, fire.event_id)[0].figures[FactKind.DEATHS].verified == 9


def test_an_event_without_an_alert_is_registered_without_a_question_where_none_opens(service):
    told = post("小区门口的路灯坏了", voice="a")
    tell(service, *((one, reading(one, "service.roads", fact("injured", 1))) for one in (told,)))
    with service.view() as uow:
        (event,) = uow.events.all()

    findings.confirm(service, event.id, {FactKind.INJURED: 2}, by="operator_a")
    assert stands(service, event.id)[2] is None


def test_a_figure_that_opens_an_alert_is_asked_about(service, task):
    with pytest.raises(foresight.MustAgree, match="将触发Ⅲ级（较大）预警，并立即通知"):
        findings.finish(service, task.id, {FactKind.DEATHS: 3}, by="operator_a", note="到场查实")

    with service.view() as uow:
        assert uow.tasks.get(task.id) is not None


def test_a_program_is_told_what_its_figure_would_do(service, fire, client):
    answer = client.post(
        f"/api/v1/events/{fire.event_id}/verified", json={"by": "operator_a", "figures": {"deaths": 300}}
    )

    assert answer.status_code == 409
    assert "将由Ⅲ级（较大）升为Ⅰ级（特别重大）" in answer.json()["detail"]


def test_what_an_office_said_and_the_operator_finds_to_be_less_is_claimed_no_more_also_after_a_restart(service, client):
    notice = post("永固仓库火灾致4人死亡", authority=Authority.OFFICIAL, told=at())
    tell(service, *a_fire("a", "b", "c", deaths=4), (notice, reading(notice, "hazard.fire", fact("deaths", 4))))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    service.clock.set(at(1))
    findings.confirm(service, alert.event_id, {FactKind.DEATHS: 2}, by="operator_a")

    with service.view() as uow:
        rating = uow.events.rating(alert.event_id)
        *_, corrected = uow.reports.of_event(alert.event_id)
    assert (rating.claimed, rating.verified) == (Tier.IV, Tier.IV)
    assert corrected.verified
    assert "另有人称" not in client.get("/").text

    service.rebuild()
    figure = service.processor.engine.event(alert.event_id, at(1)).figures[FactKind.DEATHS]
    assert (figure.claimed, figure.verified) == (2, 2)


@pytest.fixture
def ended(service, fire, request):
    """A fire that a person has ended; hours later people tell of it anew."""
    service.act(fire.id, Act(action=Action.ACKNOWLEDGE, by="operator_a"))
    how = getattr(request, "param", Action.FALSE_ALARM)
    service.act(fire.id, Act(action=how, by="operator_a", note="看过现场"), despite=True)
    return fire


def anew(service, *voices, hours=5, **more):
    service.clock.set(at(hours))
    tell(service, *a_fire(*voices, deaths=0, told=at(hours), text="永固仓库又烧起来了", **more))
    with service.view() as uow:
        return list(uow.tasks.open())


@pytest.mark.parametrize("ended", [Action.FALSE_ALARM, Action.CLOSE], indirect=True)
def test_three_who_tell_anew_of_what_was_ended_are_a_task_that_begins_the_next_episode(service, ended):
    assert anew(service, "k", "l") == []
    (asked,) = anew(service, "k", "l", "m")
    assert "后又有三人以上反映" in asked.reason
    with service.view() as uow:
        assert uow.alerts.of_event(ended.event_id).state.settled

    findings.finish(service, asked.id, {}, by="operator_b", note="消防大队：复燃")
    with service.view() as uow:
        (_, again) = uow.alerts.episodes(ended.event_id)
        assert (again.episode, again.state.value) == (2, "triggered")
        assert uow.tasks.open() == []
    with pytest.raises(NotFound, match="已经完成"):
        findings.finish(service, asked.id, {}, by="operator_a", note="又问了一遍")


def test_who_looked_and_found_nothing_is_not_asked_again(service, ended):
    (asked,) = anew(service, "k", "l", "m")
    service.finish_task(asked.id, by="operator_a", outcome="还是误传")
    assert anew(service, "n", "o", "p", hours=6) == []


def test_who_tells_that_it_is_over_or_told_it_before_the_end_asks_nothing(service, ended):
    late = [(replace(one, published_at=at(minutes=-30)), said) for one, said in a_fire("u", "v", "w", told=at(5))]
    over = [(one, replace(said, resolves=True)) for one, said in a_fire("x", "y", "z", deaths=0, told=at(5))]
    service.clock.set(at(5))
    tell(service, *late, *over)
    with service.view() as uow:
        assert uow.tasks.open() == []


def test_a_person_begins_it_anew_beyond_the_correction_window_where_people_tell_of_it(service, ended):
    service.clock.set(at(24 * 10))
    reopen = Act(action=Action.REOPEN, by="operator_a", note="复燃")
    with pytest.raises(NotAllowed, match="已过更正期限"):
        service.act(ended.id, reopen)
    with service.lock, service.unit_of_work() as uow:
        one, said = a_fire("q", deaths=0, told=at(24 * 10))[0]
        uow.posts.keep(one, said)
        service.processor.engine._take(ended.event_id, one, said)
        service.processor.reassess(uow, ended.event_id, at(24 * 10), [one.id])
        uow.commit()
    assert service.act(ended.id, reopen).alert.episode == 2
