"""What could not be delivered: looked at and sent again, by `minqing outbox`, the API and the console alike."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from alerts.beijing import BEIJING
from alerts.model import Notification, NotificationState
from alerts.roster import Roster
from services.clock import RunningClock
from services.errors import NotFound
from services.folder.roster import load_roster
from services.ports import UnitOfWork
from services.sourcing.table import aligned
from services.upkeep import record

MOST = 10_000
"""Letters looked at in one go."""
REPLAYABLE = frozenset({NotificationState.DEAD, NotificationState.RETRY, NotificationState.CANCELLED})
_HEADING = ("编号", "状态", "收件人", "渠道", "决定时间", "已试", "原因")


def replay(uow: UnitOfWork, ids: Collection[str], *, by: str, now: datetime) -> int:
    """Put letters back into the queue, due at once, with a line in the audit log. Raises NotFound; how many there were.

    A letter that was sent in the meantime stays sent. Before it goes out the alert is read again, as before every try.
    """
    found = [letter for key in ids if (letter := uow.outbox.get(key)) is not None]
    unknown = set(ids) - {letter.id for letter in found}
    if unknown:
        raise NotFound(f"发件箱中没有编号为 {'、'.join(sorted(unknown))} 的消息，请用 minqing outbox list 查看。")
    waiting = [letter for letter in found if letter.state in REPLAYABLE]
    for letter in waiting:
        again = replace(letter, state=NotificationState.PENDING, attempts=0, next_attempt_at=None, bundle="")
        uow.outbox.record(again)
        uow.audit.append(at=now, actor=by, action="replay", target=letter.id, note=letter.error)
    return len(waiting)


def listed(folder: Path, states: Collection[NotificationState]) -> Iterator[str]:
    """Letters in these states, newest first, as a table. Raises ConfigError."""
    roster = load_roster(folder / "roster.yaml")
    letters = [letter for state in sorted(states) for letter in _in(folder, state)]
    if not letters:
        yield "没有未送达的消息。"
        return
    yield from aligned([_HEADING, *(_row(letter, roster) for letter in letters)])


def replay_folder(folder: Path, ids: Sequence[str], *, by: str) -> str:
    """Send the named dead letters again, or all of them; also while the service runs. Raises ConfigError, NotFound."""
    wanted = list(ids) or [letter.id for letter in _in(folder, NotificationState.DEAD)]
    with record(folder) as database, database.unit_of_work() as uow:
        count = replay(uow, wanted, by=by, now=RunningClock().now())
        uow.commit()
    return f"已将{count}条消息放回发件箱，服务运行时会立即重发。" if count else "没有需要重发的消息。"


def _in(folder: Path, state: NotificationState) -> Sequence[Notification]:
    with record(folder) as database, database.view() as uow:
        return uow.outbox.all(state=state, limit=MOST)


def _row(letter: Notification, roster: Roster) -> tuple[str, ...]:
    return (
        letter.id,
        letter.state.chinese,
        roster.names.get(letter.recipient, letter.recipient),
        letter.channel,
        f"{letter.created_at.astimezone(BEIJING):%m-%d %H:%M}",
        str(letter.attempts),
        letter.error or letter.reason,
    )
