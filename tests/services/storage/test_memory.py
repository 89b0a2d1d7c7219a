"""The record in memory does what the one in SQL does, whatever is asked of it and in whatever order."""

import random
from dataclasses import replace

import pytest

from alerts.model import Alert, AlertState, Notification, NotificationState, Report, ReportKind, Task
from analyzer.model import Rating, Tier
from crawlers.model import Authority, Outcome
from services.errors import ServiceError
from services.search.model import SearchQuery
from services.storage.memory import MemoryRecord
from tests.builders import at, event, post, reading

NAMES = "abcdef"


class Asker:
    """Asks any record the same things: `chance` decides what, and the answers decide nothing."""

    def __init__(self, record, seed):
        self.record = record
        self.chance = random.Random(seed)
        self.hour = 0

    def run(self, transactions):
        """All answers, in order."""
        for _ in range(transactions):
            self.hour += 1
            if self.chance.random() < 0.4:
                yield self.crawl()
            with self.record.unit_of_work() as work:
                asked = [self.ask(work) for _ in range(self.chance.randint(1, 6))]
                if self.chance.random() < 0.7:
                    work.commit()
            yield asked
            with self.record.view() as view:
                yield self.look(view)

    def crawl(self):
        store = self.record.crawl_store()
        outcome = store.put(self.post())
        store.close()
        return outcome

    def ask(self, work):
        question = self.chance.choice(
            [
                self.claim,
                self.keep,
                self.discard,
                self.event,
                self.alert,
                self.report,
                self.message,
                self.send,
                self.task,
            ]
        )
        try:
            return question(work)
        except ServiceError as error:
            return type(error)

    def look(self, view):
        now = at(self.hour)
        return [
            view.posts.get(NAMES),
            list(view.events.members(since=at(1))),
            [view.events.member_ids(name) for name in "EF"],
            [view.events.rating(name) for name in "EF"],
            view.events.all(),
            view.events.all(since=at(self.hour / 2)),
            view.alerts.open(),
            view.alerts.all(),
            view.alerts.all(limit=2),
            view.alerts.due(now),
            view.alerts.next_due(),
            view.alerts.of_event("E"),
            view.reports.of_event("E"),
            view.outbox.waiting(),
            view.outbox.all(),
            view.tasks.open(),
            view.sources.tallies(),
            [hit.post_id for hit in view.search.search(SearchQuery(text="停水")).hits],
        ]

    def name(self):
        return self.chance.choice(NAMES)

    def post(self):
        name, told = self.name(), at(self.chance.randint(0, 9))
        return post(self.chance.choice(["停水", "停电", "停水又停电"]), id=name, told=told)

    def claim(self, work):
        lease = at(self.hour + self.chance.randint(0, 3))
        return work.posts.claim(limit=self.chance.randint(1, 3), now=at(self.hour), until=lease)

    def keep(self, work):
        one = replace(self.post(), revision=self.chance.randint(1, 2))
        work.posts.keep(one, reading(one, "service.water"))
        work.events.join(self.chance.choice("EF"), one.id)

    def discard(self, work):
        work.posts.discard(replace(self.post(), revision=self.chance.randint(1, 3)))

    def event(self, work):
        work.events.save(event(id=self.chance.choice("EF"), last_seen_at=at(self.hour)))
        work.events.rate(Rating(event_id="E", event_version=self.hour, plan_version="p"), at(self.hour))

    def alert(self, work):
        stored = work.alerts.get(name := self.name())
        version = (stored.version if stored else 0) + self.chance.choice([1, 1, 1, 0, 2])
        due = self.chance.choice([None, at(self.hour + self.chance.randint(-2, 3))])
        state = self.chance.choice([AlertState.TRIGGERED, AlertState.CLOSED])
        episode, opened = NAMES.index(name), at(10 * NAMES.index(name))
        moved = Alert(id=name, event_id="E", episode=episode, tier=Tier.II, state=state, opened_at=opened)
        work.alerts.save(replace(moved, escalate_at=due, version=version))

    def report(self, work):
        one = Report(
            id=self.name(),
            kind=self.chance.choice([ReportKind.FIRST, ReportKind.FINAL]),
            title="停水",
            text="",
            issued_at=at(self.hour),
            template_version="1",
            event_id="E",
        )
        return work.reports.issue(one).number

    def message(self, work):
        later = self.chance.choice([None, at(self.hour + 2)])
        made = Notification(id=self.name(), recipient="p", channel="c", created_at=at(self.hour), reason="停水")
        kind = self.chance.choice([{}, {"first": True}, {"mild": True}])
        alert = self.chance.choice(["A", "B", None])
        return work.outbox.add(replace(made, next_attempt_at=later, alert_id=alert, **kind))

    def send(self, work):
        claimed = work.outbox.claim(limit=2, now=at(self.hour), until=at(self.hour + self.chance.randint(0, 3)))
        state = self.chance.choice([NotificationState.SENT, NotificationState.RETRY, NotificationState.CANCELLED])
        name = self.name()
        known = work.outbox.get(name)
        if known is not None:
            sent = at(self.hour) if state is NotificationState.SENT else None
            work.outbox.record(replace(known, state=state, next_attempt_at=at(self.hour + 1), sent_at=sent))
        return claimed, work.outbox.oldest_due(at(self.hour)), work.outbox.told_at("p", "c")

    def task(self, work):
        if self.chance.random() < 0.5:
            work.tasks.finish(self.name(), by="甲", outcome="属实", at=at(self.hour))
        return work.tasks.add(Task(id=self.name(), event_id=self.chance.choice("EFG"), at=at(self.hour), reason="核实"))


@pytest.mark.parametrize("seed", range(8))
def test_both_records_answer_alike(record, seed):
    pairs = zip(Asker(record, seed).run(40), Asker(MemoryRecord(), seed).run(40), strict=True)
    for number, (from_sql, from_memory) in enumerate(pairs):
        assert plain(from_memory) == plain(from_sql), number


def plain(answer):
    """Lists and tuples alike."""
    return [plain(part) for part in answer] if isinstance(answer, list | tuple) else answer


def test_a_replay_reads_back_what_was_decided_in_order():
    record = MemoryRecord()
    with record.unit_of_work() as work:
        for hour, name in ((3, "c"), (1, "a"), (2, "b")):
            work.events.rate(rating := Rating(event_id=name, event_version=1, plan_version="p"), at(hour))
            work.reports.issue(
                Report(id=name, kind=ReportKind.FIRST, title="", text="", issued_at=at(hour), template_version="1")
            )
            work.outbox.add(Notification(id=name, recipient="p", channel="c", created_at=at(hour), reason=""))
            work.tasks.add(Task(id=name, event_id=name, at=at(hour), reason=""))
        work.tasks.finish("a", by="甲", outcome="", at=at(9))
        work.commit()
    with record.view() as view:
        assert [r.event_id for _, r in view.events.ratings()] == ["c", "a", "b"]
        assert next(view.events.ratings()) == (at(3), replace(rating, event_id="c"))
        assert [r.id for r in view.reports.issued()] == ["c", "a", "b"]
        assert [n.id for n in view.outbox.decided()] == ["c", "a", "b"]
        assert [t.id for t in view.tasks.asked()] == ["c", "a", "b"]


def test_what_was_asked_is_told_with_the_hour_at_which_it_was_asked():
    record = MemoryRecord()
    with record.unit_of_work() as work:
        work.tasks.add(Task(id="one", event_id="e", at=at(0), reason="仅1人反映"))
        work.tasks.add(Task(id="two", event_id="e", at=at(1), reason="仅2人反映"))
        work.commit()
    with record.view() as view:
        assert [(t.at, t.reason) for t in view.tasks.asked()] == [(at(0), "仅1人反映"), (at(1), "仅2人反映")]
        assert [(t.at, t.reason) for t in view.tasks.open()] == [(at(0), "仅2人反映")]


def test_a_record_without_texts_keeps_only_what_reports_quote():
    record = MemoryRecord(texts=False)
    one = post("停水")
    media = replace(post("停水两天", authority=Authority.MEDIA), title="东河路停水")
    with record.unit_of_work() as work:
        work.posts.keep(one, reading(one))
        work.posts.keep(media, reading(media))
        work.events.join("E", one.id)
        work.commit()
    with record.view() as view:
        assert [(p.title, p.text, p.voice) for p in view.posts.get([one.id, media.id])] == [
            ("", "", None),
            ("东河路停水", "", None),
        ]
        assert view.events.member_ids("E") == [one.id]
        assert view.sources.tallies()[""].kept == 2
    assert record.crawl_store().put(one) is Outcome.DUPLICATE


def test_posts_that_never_waited_leave_nothing_in_the_queue():
    """A replay reads each post as it comes: nothing may grow but what is kept."""
    record = MemoryRecord(texts=False)
    for _ in range(5):
        with record.unit_of_work() as work:
            kept, dropped = post("停水"), post("天气真好")
            work.posts.keep(kept, reading(kept))
            work.posts.discard(dropped)
            work.commit()
    with record.view() as view:
        assert view.posts.oldest(at()) is None
        assert view.sources.tallies()[""].read == 10
    assert record._tables.unread._later == []


def test_of_events_that_are_remembered_no_more_no_posts_are_kept_but_their_ids():
    record = MemoryRecord(texts=False)
    told = {name: post(f"{name}停水") for name in ("past", "remembered")}
    with record.unit_of_work() as work:
        for name, one in told.items():
            work.posts.keep(one, reading(one))
            work.events.save(event(id=name, last_seen_at=one.told_at))
            work.events.join(name, one.id)
        work.commit()
    record.forget_posts(told["past"].told_at, {"remembered"})
    with record.view() as view:
        assert [one.id for one in view.posts.get([one.id for one in told.values()])] == [told["remembered"].id]
        assert view.events.member_ids("past") == [told["past"].id]


def test_messages_that_nobody_sends_stand_in_no_line():
    record = MemoryRecord(sends=False)
    message = Notification(id="n", recipient="a", channel="email", created_at=at(), reason="")
    with record.unit_of_work() as work:
        assert [work.outbox.add(message) for _ in range(2)] == [True, False]
        work.commit()
    with record.view() as view:
        assert view.outbox.decided() == [message]
        assert view.outbox.waiting() == 0
