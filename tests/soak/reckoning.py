"""What became of all that was put into a storm, as figures, and which of them must not be."""

from collections import Counter, defaultdict

from alerts.model import NotificationState, Purpose
from services.storage.database import open_database
from tests.soak.storm import AFTER

CALLED_OFF = 5.0
"""Seconds before a due time in which nobody may have died, for the service to count as up."""
LATE_UP, LATE_AFTER = 5.0, 15.0
"""What is demanded: seconds that an escalation may be late while the service is up, and after a restart."""


def reckoning(storm):
    """Nothing is asserted here."""
    # The service goes on meanwhile: what has come by now was decided, what the record calls sent has come after it.
    mails = list(storm.server.mails)
    keys = [mail["X-Minqing-Key"] for mail in mails]
    record = open_database(storm.url)
    with record.view() as view:
        notes = view.outbox.all(limit=10**6)
        kept = view.posts.get(storm.put)
        alerts = {alert.id: alert for alert in view.alerts.all(limit=10**6)}
        numbers = [report.number for alert in alerts.values() for report in view.reports.of_event(alert.event_id)]
        audit = view.audit.verify()
    record.dispose()
    come = {mail["X-Minqing-Key"] for mail in list(storm.server.mails)}
    times = Counter(keys)
    decided = {n.id for n in notes}
    held = sum(n.state is not NotificationState.SENT and n.mild for n in notes)
    sent = [mail["Date"].datetime.timestamp() for mail in mails]
    failed = {n.bundle or n.id for n in notes if n.attempts > 1}
    tries = [one for one in zip(keys, sent, storm.server.arrived, strict=False) if one[0] not in failed]
    most, unexplained = repeats(tries, storm.deaths)
    urged = [n for n in notes if n.purpose is Purpose.ESCALATION and n.step == 1]
    return {
        "kills": len(storm.deaths),
        "posts put": len(storm.put),
        "posts lost": len(storm.put) - len(kept),
        "alerts": len(alerts),
        "reports": len(numbers),
        "report numbers given twice": len(numbers) - len(set(numbers)),
        "messages decided": len(notes),
        "messages delivered": sum((n.bundle or n.id) in come for n in notes),
        "mild messages held back to be bundled": held,
        "messages not sent": sum(n.state is not NotificationState.SENT for n in notes) - held,
        "messages sent that never arrived": sum(
            n.state is NotificationState.SENT and (n.bundle or n.id) not in come for n in notes
        ),
        "mails that nobody decided": len(set(times) - decided),
        "mails": len(mails),
        "mails while it was being killed": storm.mails_meanwhile,
        "mails that came again": len(mails) - len(times),
        "mails that came again after one crash, most": most,
        "mails that came again after a try that failed": sum(times[key] - 1 for key in failed if key in times),
        "mails that came again without a crash": len(unexplained),
        "seconds from sending to coming again, without a crash": unexplained,
        "mails under a second Message-ID": len(set(zip(keys, (mail["Message-ID"] for mail in mails), strict=True)))
        - len(times),
        "alerts urged on": len(urged),
        **lateness([(alerts[n.alert_id].opened_at.timestamp(), n.created_at.timestamp()) for n in urged], storm.deaths),
        "audit log": audit.reason if audit else "whole",
    }


def repeats(tries, deaths):
    """How many of one crash came again at the most, and how late those that no crash explains, given one each.

    `tries` are key, Date and arrival of each mail. One that comes again is the doing of a crash after it was first sent
    (its Date, in whole seconds) and before it came again; the server may file it long after the sender died.
    """
    first, spans = {}, []
    for key, begun, moment in tries:
        if key in first:
            spans.append((moment, first[key]))
        first[key] = begun
    taken, unexplained = Counter(), []
    for end, begin in sorted(spans):
        between = [death for death in deaths if begin <= death <= end]
        if between:
            death = min(between, key=lambda one: (taken[one], one))
            taken[death] += 1
        else:
            unexplained.append(round(end - begin, 2))
    return max(taken.values(), default=0), unexplained


def lateness(urged, deaths):
    """How late alerts were urged on, in seconds: while nobody had died, and counted from the restart where one had."""
    late = defaultdict(list)
    for opened, created in urged:
        due = opened + AFTER
        meanwhile = [death for death in deaths if due - CALLED_OFF < death <= created]
        late["after"].append(created - max(due, *meanwhile)) if meanwhile else late["up"].append(created - due)
        late["all"].append(created - due)
    return {
        "urged late while up, seconds, number, median and worst": _spread(late["up"]),
        "urged late after the last restart, seconds, number, median and worst": _spread(late["after"]),
        "urged late through all restarts in a row, seconds, number, median and worst": _spread(late["all"]),
    }


def _spread(late):
    late = sorted(late)
    return [len(late), round(late[len(late) // 2], 2), round(late[-1], 2)] if late else []


def faults(figures):
    """What must not be, by name; a repeat for each crash is allowed, under the same Message-ID."""
    never = (
        "posts lost",
        "report numbers given twice",
        "messages not sent",
        "messages sent that never arrived",
        "mails that nobody decided",
        "mails under a second Message-ID",
        "mails that came again without a crash",
    )
    found = {name: figures[name] for name in never if figures[name]}
    if figures["mails that came again after one crash, most"] > 1:
        found["mails that came again after one crash"] = figures["mails that came again after one crash, most"]
    if figures["alerts"] != figures["posts put"] or figures["alerts urged on"] != figures["alerts"]:
        found["alerts"] = (figures["posts put"], figures["alerts"], figures["alerts urged on"])
    if figures["audit log"] != "whole":
        found["audit log"] = figures["audit log"]
    return found


def too_late(figures):
    """What was later than demanded; a matter of the machine's load too, so no test asks it."""
    wanted = (
        ("urged late while up, seconds, number, median and worst", LATE_UP),
        ("urged late after the last restart, seconds, number, median and worst", LATE_AFTER),
    )
    return {name: figures[name] for name, limit in wanted if figures[name] and figures[name][-1] > limit}
