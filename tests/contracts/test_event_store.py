"""What every EventStore must do."""

from dataclasses import replace

from analyzer.model import EventStatus, FactKind, Finding, Rating, Tier
from analyzer.regrouping import Move, Regrouping
from tests.builders import NOON, at, event, figure, place, post, reading


def test_an_event_comes_back_as_it_was_saved_last(work):
    first = event(figures={"deaths": figure(4, 3)}, places=(place("示范区"),), settings=frozenset({"school", "plant"}))
    work.events.save(first)
    work.events.save(later := replace(first, status=EventStatus.RESOLVED, growth=2.5, version=2))
    assert work.events.get(first.id) == later
    assert work.events.get(first.id).figures[FactKind.DEATHS].claimed == 4
    assert work.events.get("none") is None


def test_events_come_by_first_sight_and_can_be_bounded_by_last_sight(work):
    events = [event(id=f"E{h}", first_seen_at=at(h), last_seen_at=at(10 - h)) for h in (3, 1, 2)]
    for one in events:
        work.events.save(one)
    assert [e.id for e in work.events.all()] == ["E1", "E2", "E3"]
    assert [e.id for e in work.events.all(since=at(8))] == ["E1", "E2"]


def test_events_that_may_be_shown_are_found_apart(work):
    first = event(id="E1", voices=2, last_seen_at=at(5))
    for one in (first, event(id="E2", voices=3, last_seen_at=at(1)), event(id="E3", voices=3, last_seen_at=at(6))):
        work.events.save(one)
    assert [e.id for e in work.events.corroborated(since=at(2))] == ["E3"]
    work.events.save(replace(first, confirmed=True))
    assert [e.id for e in work.events.corroborated(since=at(2))] == ["E1", "E3"]
    assert [e.id for e in work.events.corroborated()] == ["E1", "E2", "E3"]


def test_a_post_belongs_to_one_event(work):
    for name in "abc":
        work.events.join("E1", name)
    work.events.join("E2", "b")
    work.events.join("E1", "a")
    assert work.events.member_ids("E1") == ["a", "c"]
    assert work.events.member_ids("E2") == ["b"]
    assert work.events.member_ids("E3") == []
    assert [work.events.of_post(name) for name in "abcd"] == ["E1", "E2", "E1", None]


def test_members_come_in_the_order_in_which_they_were_told(work):
    posts = [post(told=at(h)) for h in (3, 1, 2, 0)]
    for number, one in enumerate(posts):
        work.posts.keep(one, reading(one))
        work.events.join(f"E{number}", one.id)
    work.posts.keep(stray := post(told=at(2)), reading(stray))
    work.events.join("E9", "text purged long ago")
    members = list(work.events.members(since=at(1)))
    assert [(m.event_id, m.post, m.reading) for m in members] == [
        (f"E{number}", posts[number], reading(posts[number])) for number in (1, 2, 0)
    ]


def test_more_members_than_are_read_at_a_time(work):
    posts = [post(told=at(minutes=m)) for m in range(1203)]
    for one in posts:
        work.posts.keep(one, reading(one))
        work.events.join("E1", one.id)
    assert [m.post.id for m in work.events.members(since=NOON)] == [p.id for p in posts]


def test_the_latest_rating_counts(work):
    first = Rating(event_id="E1", event_version=1, plan_version="p")
    work.events.rate(first, at(2))
    work.events.rate(second := replace(first, event_version=2, claimed=Tier.II, due_at=at(9)), at(1))
    work.events.rate(replace(first, event_id="E2"), at(3))
    assert work.events.rating("E1") == second
    assert work.events.rating("E3") is None
    assert work.events.latest(["E1", "E3"]) == {"E1": second}
    assert work.events.latest([f"E{n}" for n in range(2000)]).keys() == {"E1", "E2"}


def test_every_rating_of_an_event_is_remembered_in_order(work):
    first = Rating(event_id="E1", event_version=1, plan_version="p")
    work.events.rate(first, at(1))
    work.events.rate(replace(first, event_id="E2"), at(2))
    work.events.rate(second := replace(first, event_version=2, claimed=Tier.II), at(3))
    assert work.events.history("E1") == [(at(1), first), (at(3), second)]
    assert work.events.history("E3") == []


def test_members_of_some_events_come_in_the_order_in_which_they_were_told(work):
    posts = [post(told=at(h)) for h in (3, 1, 2)]
    for one, key in zip(posts, ("E1", "E2", "E3"), strict=True):
        work.posts.keep(one, reading(one))
        work.events.join(key, one.id)
    assert [(m.event_id, m.post) for m in work.events.members_of({"E1", "E2"})] == [("E2", posts[1]), ("E1", posts[0])]
    assert list(work.events.members_of(())) == []


def test_the_newest_members_are_the_last_to_join(work):
    posts = [post(told=at(h)) for h in (3, 1, 2)]
    for one in posts:
        work.posts.keep(one, reading(one))
        work.events.join("E1", one.id)
    assert [(m.event_id, m.post) for m in work.events.newest("E1", 2)] == [("E1", posts[2]), ("E1", posts[1])]
    assert [m.post for m in work.events.newest("E1", 9)] == [posts[2], posts[1], posts[0]]
    assert list(work.events.newest("E2", 9)) == []


def test_members_are_counted_by_topic_and_by_when_they_were_told(work):
    told = [("hazard.fire", 0), ("hazard.fire", 1), ("service.water", 1), ("hazard.fire", 30)]
    for topic, hours in told:
        one = post(f"{topic} {hours}", told=at(hours))
        work.posts.keep(one, reading(one, topic))
        work.events.join("E1", one.id)
    alone = post("无人并入事件", told=at(1))
    work.posts.keep(alone, reading(alone, "service.gas"))
    work.posts.keep(
        later := replace(one, revision=2, published_at=at(2), text="改在两点"), reading(later, "service.heat")
    )
    assert work.events.topics(at(0), at(1)) == {"hazard.fire": 1}
    assert work.events.topics(at(1), at(48)) == {"hazard.fire": 1, "service.heat": 1, "service.water": 1}
    assert work.events.topics(at(30), at(31)) == {}


def test_a_merge_is_remembered_and_so_is_its_end(work):
    late = Regrouping(id="G2", move=Move.MERGE, source="E1", target="E2", post_ids=("p",), by="a", at=at(2))
    early = replace(late, id="G1", move=Move.SPLIT, at=at(1), note="两处火情")
    work.events.regroup(late)
    work.events.regroup(early)
    work.events.regroup(undone := replace(late, undone_at=at(3), undone_by="b"))
    assert work.events.regroupings() == [early, undone]
    assert work.events.regroupings(since=at(3)) == [undone]


def test_what_operators_verified_comes_back_oldest_first(work):
    late = Finding(id="V1", event_id="E1", by="a", at=at(2), figures={FactKind.DEATHS: 3.0}, note="到场")
    early = replace(late, id="V2", at=at(1), figures={})
    work.events.find(late)
    work.events.find(early)
    assert list(work.events.findings()) == [early, late]
    assert list(work.events.findings(since=at(2))) == [late]
