"""A process that works on the record until it is killed; it says what it has committed, a line each.

It reads no clock: its time is a count of its steps.
"""

import sys
from dataclasses import replace

from alerts.model import Notification, NotificationState, Report, ReportKind
from services.storage.database import open_database
from tests.builders import at, post, reading

MINUTE = 1 / 60


def work(url, run):
    record = open_database(url)
    store = record.crawl_store()
    for step in range(10**6):
        now = at(run + step * MINUTE / 100)
        one = post(f"第{run}次第{step}条：小区停水", id=f"{run}-{step}", told=now)
        store.put(one)
        say("put", one.id)
        if step % 3 == 2:
            read(record, now)
        if step % 4 == 3:
            send(record, now)


def read(record, now):
    with record.unit_of_work() as uow:
        claimed = uow.posts.claim(limit=3, now=now, until=at(10**4))
        uow.commit()
    with record.unit_of_work() as uow:
        for one in claimed:
            if one.id.endswith("0"):
                uow.posts.discard(one)
                continue
            uow.posts.keep(one, reading(one, "service.water"))
            uow.events.join("E1", one.id)
            report = uow.reports.issue(report_on(one, now))
            uow.outbox.add(message(one, report, now))
            uow.audit.append(at=now, actor="system", action="issue", target=report.number)
        uow.commit()
    for one in claimed:
        say("read", one.id)


def send(record, now):
    with record.unit_of_work() as uow:
        claimed = uow.outbox.claim(limit=2, now=now, until=at(10**4))
        uow.commit()
    for one in claimed:
        with record.unit_of_work() as uow:
            uow.outbox.record(replace(one, state=NotificationState.SENT, sent_at=now))
            uow.commit()
        say("sent", one.id)


def report_on(one, now):
    return Report(
        id=f"R{one.id}", kind=ReportKind.FIRST, title="停水", text=one.text, issued_at=now, template_version="1"
    )


def message(one, report, now):
    return Notification(
        id=f"N{one.id}", recipient="p", channel="email", created_at=now, reason="停水", report_id=report.id
    )


def say(word, name):
    sys.stdout.write(f"{word} {name}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
