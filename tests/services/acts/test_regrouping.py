"""People merge and split events: over memory and SQLite, across a restart, and undone again."""

import pytest

from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import AlertState, DeadlineKind
from alerts.reports.wording import moment
from analyzer.model import EventStatus, FactKind, Tier
from crawlers.model import Authority
from services.acts import findings, regrouping
from services.bootstrap import build_engine
from services.errors import NotFound
from tests.builders import at, fact, place, post, reading
from tests.services.desk import SEEN, WAREHOUSE, FakeReader, a_fire, tell
from tests.services.test_processor import PLAN, office

__all__ = ["office"]
SHOP = place("老街面馆", "site", ("示范市", "示范区", "老街面馆"))


def a_blaze(*voices, deaths=0, told=None, number=0):
    """What these voices say of another fire, elsewhere."""
    words = tuple(f"面馆{number}词{n}" for n in range(6))
    said = [
        post(f"老街面馆冒烟，{SEEN[-1 - n]}，第{number}{n}条", voice=voice, told=told or at(30))
        for n, voice in enumerate(voices)
    ]
    facts = [fact(value=deaths)] if deaths else []
    return [(one, reading(one, "hazard.fire", *facts, places=(SHOP,), terms=words)) for one in said]


def two_fires(office):
    """Two events, the first with three dead."""
    (first,) = office.take(a_fire("a", "b", "c"))
    (second,) = office.take(a_blaze("d", "e", "f"), at(30))
    return first, second


def merge(office, source, into, now=None):
    return office.do(lambda uow: regrouping.join(office.processor, uow, source, into, by="甲", now=now or at(31)))


def split(office, event_id, ids, now=None):
    return office.do(lambda uow: regrouping.part(office.processor, uow, event_id, ids, by="甲", now=now or at(31)))


def undo(office, key, now=None):
    return office.do(lambda uow: regrouping.take_back(office.processor, uow, key, by="乙", now=now or at(32)))


def restart(office):
    """The engine is rebuilt from the record."""
    engine = build_engine(PLAN, FakeReader())
    with office.record.view() as uow:
        engine.restore(uow.events.members(since=at(-100)), uow.events.latest)
    office.processor.engine = engine


def event(office, key):
    return office.see(lambda uow: uow.events.get(key))


def deadline(alert, kind):
    return next(d for d in alert.deadlines if d.kind is kind)


def asked(office):
    return [task.event_id for task in office.see(lambda uow: uow.tasks.open())]


def members(office, key):
    return office.see(lambda uow: list(uow.events.member_ids(key)))


def alert_of(office, key):
    return office.see(lambda uow: uow.alerts.of_event(key))


def test_what_a_merged_event_asked_to_verify_is_asked_by_the_whole_and_again_when_they_are_apart(office):
    (first,) = office.take(a_fire("a", "b", "c"))
    (second,) = office.take(a_blaze("d", "e", deaths=1), at(30))
    assert asked(office) == [second]

    done = merge(office, second, first)
    assert asked(office) == []

    undo(office, done.id)
    assert asked(office) == [second]


def test_a_merged_event_is_a_part_of_the_other_with_all_its_posts(office):
    first, second = two_fires(office)
    posts = members(office, second)

    merge(office, second, first)

    assert event(office, second).merged_into == first
    assert event(office, second).status is EventStatus.MERGED
    assert not event(office, second).corroborated
    assert event(office, first).posts == 6
    assert members(office, first)[3:] == posts
    assert alert_of(office, second).state is AlertState.MERGED


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_what_is_told_later_goes_to_the_whole(office, restarted):
    first, second = two_fires(office)
    merge(office, second, first)
    if restarted:
        restart(office)

    assert office.take(a_blaze("g", told=at(33), number=0), at(33)) == [first]
    assert event(office, first).posts == 7


def test_undoing_a_merge_gives_both_back_as_they_were(office):
    first, second = two_fires(office)
    before = {key: (event(office, key).posts, members(office, key)) for key in (first, second)}

    done = merge(office, second, first)
    undo(office, done.id)

    assert {key: (event(office, key).posts, members(office, key)) for key in (first, second)} == before
    assert event(office, second).merged_into is None
    assert event(office, second).status is EventStatus.ACTIVE
    assert alert_of(office, second).state is AlertState.TRIGGERED
    assert (alert_of(office, second).episode, event(office, second).episode) == (2, 2)


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_what_came_while_two_were_one_goes_where_it_belongs_when_they_are_apart(office, restarted):
    first, second = two_fires(office)
    before = members(office, first), members(office, second)
    done = merge(office, second, first)
    of_the_second = a_blaze("g", told=at(33))
    of_the_first = a_fire("h", told=at(34), text="永固仓库又冒烟")
    assert office.take([*of_the_second, *of_the_first], at(34)) == [first]
    if restarted:
        restart(office)

    undo(office, done.id, at(35))

    assert members(office, first) == [*before[0], of_the_first[0][0].id]
    assert members(office, second) == [*before[1], of_the_second[0][0].id]
    assert (event(office, first).posts, event(office, second).posts) == (4, 4)
    restart(office)
    (key,) = office.take(a_blaze("i", told=at(36)), at(36))
    assert key == second


def test_what_came_in_between_and_tells_of_neither_stays(office):
    first, second = two_fires(office)
    done = merge(office, second, first)
    odd = post("各位路过当心", voice="g", told=at(33))
    with office.record.unit_of_work() as uow:
        office.processor.engine._take(first, odd, reading(odd, "hazard.fire", terms=("当心",)))
        uow.posts.keep(odd, reading(odd, "hazard.fire", terms=("当心",)))
        uow.events.join(first, odd.id)
        uow.commit()

    undo(office, done.id)

    assert odd.id in members(office, first)


def test_a_split_makes_an_event_that_is_rated_on_its_own(office):
    (key,) = office.take([*a_fire("a", "b", "c"), *a_fire("d", "e", "f", deaths=12, text="永固仓库火灾另一处")])
    graver = members(office, key)[3:]
    assert office.see(lambda uow: uow.events.rating(key)).claimed is Tier.II

    done = split(office, key, graver)

    assert members(office, done.target) == graver
    assert office.see(lambda uow: uow.events.rating(key)).claimed is Tier.III
    assert office.see(lambda uow: uow.events.rating(done.target)).claimed is Tier.II
    assert alert_of(office, done.target).tier is Tier.II


def test_who_parts_an_offices_word_on_another_matter_has_the_public_wait_again(office):
    notice = post("老街养护公告：夜间施工", authority=Authority.OFFICIAL, told=at(1))
    (key,) = office.take([*a_fire("a", "b", "c"), (notice, reading(notice, "hazard.fire", places=(WAREHOUSE,)))])
    assert deadline(alert_of(office, key), DeadlineKind.ANSWER).met_at == at(1)

    done = split(office, key, [notice.id], at(2))

    assert deadline(alert_of(office, key), DeadlineKind.ANSWER).running
    assert "回应公众的时限继续计算" in office.see(lambda uow: uow.alerts.history(alert_of(office, key).id))[-1].note
    undo(office, done.id, at(3))
    assert deadline(alert_of(office, key), DeadlineKind.ANSWER).met_at == at(1)


def test_what_a_person_recorded_as_answered_stays_so_whatever_is_parted(office):
    notice = post("老街养护公告：夜间施工", authority=Authority.OFFICIAL, told=at(1))
    (key,) = office.take([*a_fire("a", "b", "c"), (notice, reading(notice, "hazard.fire", places=(WAREHOUSE,)))])
    office.act(Action.ANSWER, at(1.5), note="区应急局官网：正在扑救")
    split(office, key, [notice.id], at(2))
    assert deadline(alert_of(office, key), DeadlineKind.ANSWER).met_at == at(1)


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_what_a_person_has_parted_is_not_joined_again(office, restarted):
    (key,) = office.take([*a_fire("a", "b", "c"), *a_fire("d", "e", "f", text="永固仓库火灾另一处")])
    done = split(office, key, members(office, key)[3:])
    if restarted:
        restart(office)

    office.take(a_fire("g", "h", told=at(2), text="永固仓库又冒烟"), at(2))
    with pytest.raises(NotAllowed, match="曾由甲拆分"):
        merge(office, done.target, key)
    with pytest.raises(NotAllowed, match="曾由甲拆分"):
        merge(office, key, done.target)

    assert set(members(office, done.target)) >= set(done.post_ids)
    assert not set(members(office, key)) & set(done.post_ids)


def test_a_posts_next_revision_stays_where_a_person_has_put_it(office):
    pairs = [*a_fire("a", "b", "c"), *a_fire("d", "e", "f", text="永固仓库火灾另一处")]
    (key,) = office.take(pairs)
    moved, said = pairs[-1]
    done = split(office, key, [moved.id])

    assert office.take([(moved, said)], at(3)) == [done.target]


def test_undoing_a_split_makes_one_of_them_and_lets_them_be_merged(office):
    (key,) = office.take([*a_fire("a", "b", "c"), *a_fire("d", "e", "f", text="永固仓库火灾另一处")])
    posts = members(office, key)
    done = split(office, key, posts[3:])

    undo(office, done.id)

    assert sorted(members(office, key)) == sorted(posts)
    assert event(office, done.target).merged_into == key
    with pytest.raises(NotAllowed, match="已经撤销"):
        undo(office, done.id)


def test_moves_are_undone_from_the_last_one(office):
    first, second = two_fires(office)
    done = merge(office, second, first)
    later = split(office, first, members(office, first)[3:5], at(32))

    with pytest.raises(NotAllowed, match=f"{moment(later.at)}，编号 {later.id}"):
        undo(office, done.id, at(33))
    undo(office, later.id, at(33))
    undo(office, done.id, at(34))

    assert len(members(office, first)) == len(members(office, second)) == 3


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda o, a, b: merge(o, a, a), "并入它自己"),
        (lambda o, a, b: split(o, a, []), "不在此事件中"),
        (lambda o, a, b: split(o, a, members(o, b)), "不在此事件中"),
        (lambda o, a, b: split(o, a, members(o, a)), "至少留下一条"),
        (lambda o, a, b: undo(o, "G0"), "没有编号为 G0"),
        (lambda o, a, b: merge(o, "E0", a), "没有编号为 E0"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(office, work, words):
    first, second = two_fires(office)
    before = office.everything()

    with pytest.raises((NotAllowed, NotFound), match=words):
        work(office, first, second)

    assert office.everything() == before


def test_a_part_of_another_event_is_not_merged_once_more(office):
    first, second = two_fires(office)
    merge(office, second, first)

    with pytest.raises(NotAllowed, match=f"已并入 {first}"):
        merge(office, second, first)


def test_a_grave_alerts_event_is_merged_after_two_persons_have_merged_the_alert(office):
    (first,) = office.take(a_fire("a", "b", "c", deaths=12))
    (second,) = office.take(a_blaze("d", "e", "f", deaths=11), at(30))
    grave, other = alert_of(office, second), alert_of(office, first)
    assert (grave.tier, other.tier) == (Tier.II, Tier.II)
    before = office.everything()
    with pytest.raises(NotAllowed, match="须两人同意"):
        merge(office, second, first)
    assert office.everything() == before

    for person in ("甲", "乙"):
        act = Act(action=Action.MERGE, by=person, note="同一起火")
        office.do(lambda uow, act=act: office.processor.act(uow, grave.id, act, at(30.5), other.id))
    merge(office, second, first)
    assert alert_of(office, second).state is AlertState.MERGED
    assert event(office, second).merged_into == first


@pytest.fixture
def verified(service):
    """Two fires of one service, four dead verified in the second."""
    service.clock.set(at(minutes=31))
    tell(service, *a_fire("a", "b", "c"), *a_blaze("d", "e", "f"))
    with service.view() as uow:
        first, second = (event.id for event in uow.events.all())
    findings.confirm(service, second, {FactKind.DEATHS: 4}, by="operator_a", note="电话核实", agreed=Tier.III)
    return first, second


def dead(service, key):
    with service.view() as uow:
        event = uow.events.get(key)
    return event.figures[FactKind.DEATHS].verified if FactKind.DEATHS in event.figures else None


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_what_an_operator_verified_goes_with_a_merged_event_and_comes_back_with_it(service, verified, restarted):
    def later(minutes):
        service.clock.set(at(minutes=minutes))
        if restarted:
            service.rebuild()
        tell(service, *a_fire(f"v{minutes}", deaths=0, told=at(minutes=minutes), text="永固仓库还在冒烟"))
        tell(service, *a_blaze(f"w{minutes}", told=at(minutes=minutes)))

    first, second = verified
    done = regrouping.merge(service, second, first, by="operator_a")
    later(40)
    assert dead(service, first) == 4

    regrouping.undo(service, done.id, by="operator_b")
    later(50)
    assert (dead(service, first), dead(service, second)) == (None, 4)
    with service.view() as uow:
        assert uow.alerts.of_event(second).tier is Tier.III


def test_what_was_verified_of_a_part_stays_verified_when_its_split_is_undone(service):
    tell(service, *(pairs := [*a_fire("a", "b", "c"), *a_fire("d", "e", "f", text="永固仓库火灾另一处")]))
    with service.view() as uow:
        key = uow.events.of_post(pairs[0][0].id)
    done = regrouping.split(service, key, [one.id for one, _ in pairs[3:]], by="operator_a")
    findings.confirm(service, done.target, {FactKind.DEATHS: 2}, by="operator_a", note="电话核实", agreed=Tier.III)

    regrouping.undo(service, done.id, by="operator_a")
    assert dead(service, key) == 2
    service.rebuild()
    tell(service, *a_fire("g", deaths=0, text="永固仓库还在冒烟"))
    assert dead(service, key) == 2


@pytest.mark.parametrize("left", [1, 2])
@pytest.mark.parametrize("minutes", [5, 45], ids=["within the quiet time", "after it"])
def test_clocks_run_on_and_nothing_is_reported_where_a_split_leaves_fewer_than_three(office, left, minutes):
    (key,) = office.take(a_fire("a", "b", "c"))
    split(office, key, members(office, key)[left:], at(minutes=minutes))
    reports = len(office.see(lambda uow: uow.reports.of_event(key)))

    office.take(a_fire("b", deaths=9, told=at(1), text="永固仓库里抬出九个"), at(1))
    for hours in (2, 8, 50):
        office.due(at(hours))

    assert alert_of(office, key).due_at > at(50)
    assert len(office.see(lambda uow: uow.reports.of_event(key))) == reports


def test_an_alert_of_which_too_few_tell_by_now_ends_as_a_false_alarm_without_a_report(office):
    (key,) = office.take(a_fire("a", "b", "c"))
    split(office, key, members(office, key)[2:], at(minutes=5))
    before = office.see(lambda uow: (uow.reports.of_event(key), {n.id for n in uow.outbox.all()}))

    act = Act(action=Action.FALSE_ALARM, by="甲", note="现场无火情")
    office.do(lambda uow: office.processor.act(uow, alert_of(office, key).id, act, at(1)))

    assert alert_of(office, key).state is AlertState.FALSE_ALARM
    reports, known = before
    assert office.see(lambda uow: uow.reports.of_event(key)) == reports
    told = [n for n in office.see(lambda uow: uow.outbox.all()) if n.id not in known]
    assert {n.recipient for n in told} == {"duty_operator", "duty_leader"}
    assert all("误报：现场无火情" in n.reason for n in told)


def test_parts_of_what_was_split_are_not_joined_in_others_nor_by_their_alerts(office):
    first, second = two_fires(office)
    (key,) = office.take(a_fire("g", "h", "i", text="永固仓库火灾另一处", told=at(30)), at(30))
    assert key == first
    done = split(office, first, members(office, first)[3:])
    merge(office, second, first, at(32))
    with pytest.raises(NotAllowed, match=f"曾由甲拆分（{moment(at(31))}，编号 {done.id}）"):
        merge(office, done.target, first, at(33))
    act = Act(action=Action.MERGE, by="甲", note="同一起火")
    alert, into = alert_of(office, done.target), alert_of(office, first)
    with pytest.raises(NotAllowed, match="曾由甲拆分"):
        office.do(lambda uow: office.processor.act(uow, alert.id, act, at(33), into.id))


def test_a_refusal_to_merge_or_undo_says_of_the_events_what_can_be_done(office):
    (first,) = office.take(a_fire("a", "b", "c"))
    (second,) = office.take(a_blaze("d", "e", "f"), at(30))
    with pytest.raises(NotAllowed, match="请反过来合并，把“老街面馆火灾”并入“永固仓库火灾”"):
        merge(office, first, second)

    office.take(a_fire("g", "h", "i", deaths=12, told=at(31), text="永固仓库火灾另一处"), at(31))
    done = split(office, first, members(office, first)[3:], at(32))
    for person in ("甲", "乙"):
        lower = Act(action=Action.LOWER, by=person, tier=Tier.III, note="只有三人")
        office.do(lambda uow, act=lower: office.processor.act(uow, alert_of(office, first).id, act, at(33)))
    with pytest.raises(NotAllowed, match="请先将它降级或结束，再撤销拆分"):
        undo(office, done.id, at(34))


def test_a_grave_split_is_undone_after_two_persons_have_merged_the_alerts(office):
    (key,) = office.take([*a_fire("a", "b", "c", deaths=12), *a_fire("d", "e", "f", deaths=12, text="永固仓库另一处")])
    done = split(office, key, members(office, key)[3:])
    with pytest.raises(NotAllowed, match="请先由两人办理“并入预警”，再撤销拆分"):
        undo(office, done.id, at(32))

    alert, into = alert_of(office, done.target), alert_of(office, key)
    for person in ("甲", "乙"):
        act = Act(action=Action.MERGE, by=person, note="同一起火")
        office.do(lambda uow, act=act: office.processor.act(uow, alert.id, act, at(33), into.id))
    undo(office, done.id, at(34))
    assert event(office, key).posts == 6


def test_casualties_told_of_an_event_whose_alert_goes_on_in_another_are_asked_about(office):
    first, second = two_fires(office)
    alert, into = alert_of(office, second), alert_of(office, first)
    act = Act(action=Action.MERGE, by="甲", note="同一起火")
    office.do(lambda uow: office.processor.act(uow, alert.id, act, at(31), into.id))
    assert asked(office) == []

    office.take(a_blaze("g", "h", "i", deaths=2, told=at(32)), at(32))
    (task,) = office.see(lambda uow: uow.tasks.open())
    assert (task.event_id, "请合并两个事件" in task.reason) == (second, True)


def test_nothing_begins_anew_in_an_event_that_is_a_part_of_another(office):
    first, second = two_fires(office)
    alert = alert_of(office, second)
    for action in (Action.ACKNOWLEDGE, Action.CLOSE):
        act = Act(action=action, by="甲", note="已扑灭")
        office.do(lambda uow, act=act: office.processor.act(uow, alert.id, act, at(31)))
    merge(office, second, first, at(32))
    act = Act(action=Action.REOPEN, by="甲", note="复燃")
    with pytest.raises(NotAllowed, match=f"已并入 {first}"):
        office.do(lambda uow: office.processor.act(uow, alert.id, act, at(33)))
