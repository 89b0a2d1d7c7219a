"""People merge and split events, and undo it: engine, record, alerts and audit together."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from alerts.errors import NotAllowed
from alerts.lifecycle import Action, line, unanswered
from alerts.matter import Act
from alerts.model import Decision
from alerts.reports.wording import moment
from analyzer import regrouping
from analyzer.model import Event, EventStatus
from analyzer.regrouping import Move, Regrouping
from services.errors import NotFound
from services.ports import UnitOfWork
from services.processor import Processor
from services.supervision.judgements import mark, verified

if TYPE_CHECKING:
    from services.bootstrap import Service

Work = Callable[[UnitOfWork, datetime], Regrouping]


def merge(service: "Service", source: str, into: str, *, by: str, note: str = "") -> Regrouping:
    """Make one event a part of another. Raises NotFound, or NotAllowed with a sentence."""
    return _acted(service, by, lambda uow, now: join(service.processor, uow, source, into, by=by, now=now, note=note))


def split(service: "Service", event_id: str, post_ids: Collection[str], *, by: str, note: str = "") -> Regrouping:
    """Make some posts of an event an event of their own. Raises NotFound, or NotAllowed with a sentence."""
    return _acted(
        service, by, lambda uow, now: part(service.processor, uow, event_id, post_ids, by=by, now=now, note=note)
    )


def undo(service: "Service", regrouping_id: str, *, by: str) -> Regrouping:
    """Take a merge or split back. Raises NotFound, or NotAllowed with a sentence."""
    return _acted(service, by, lambda uow, now: take_back(service.processor, uow, regrouping_id, by=by, now=now))


def _acted(service: "Service", by: str, work: Work) -> Regrouping:
    service.require_person(by)
    with service.lock:
        try:
            with service.unit_of_work() as uow:
                now = service.clock.now()
                done = work(uow, now)
                action = done.move.value if done.stands else f"undo {done.move.value}"
                uow.audit.append(
                    at=now, actor=by, action=action, target=f"{done.source} → {done.target}", note=done.note
                )
                uow.commit()
                service.judged.add(mark(done))
        except (NotAllowed, NotFound):
            raise
        except Exception:
            service.forget()
            raise
        service.unlearn()
    return done


def join(
    processor: Processor, uow: UnitOfWork, source: str, into: str, *, by: str, now: datetime, note: str = ""
) -> Regrouping:
    """All posts of `source` become posts of `into`."""
    event, target = _open(uow, source), _open(uow, into)
    if event.id == target.id:
        raise NotAllowed("不能把一个事件并入它自己。")
    processor.require_unparted(uow, source, into)
    ids = tuple(uow.events.member_ids(source))
    key = regrouping.regrouping_id(Move.MERGE, source, ids, now)
    beside = len(uow.events.member_ids(into))
    done = Regrouping(
        id=key, move=Move.MERGE, source=source, target=into, post_ids=ids, by=by, at=now, note=note, beside=beside
    )
    _move(uow, ids, into)
    _fold(processor, uow, event, target, by, now, done)
    return _settled(processor, uow, done, (into,), now)


def part(
    processor: Processor,
    uow: UnitOfWork,
    event_id: str,
    post_ids: Collection[str],
    *,
    by: str,
    now: datetime,
    note: str = "",
) -> Regrouping:
    """Some posts of an event become an event of their own."""
    event = _open(uow, event_id)
    members = uow.events.member_ids(event_id)
    wanted = set(post_ids)
    ids = tuple(post_id for post_id in members if post_id in wanted)
    if not ids or len(ids) < len(wanted):
        raise NotAllowed("要拆出的帖文不在此事件中，请刷新页面后重选。")
    if len(ids) == len(members):
        raise NotAllowed("不能把全部帖文拆出去，至少留下一条。")
    key = regrouping.regrouping_id(Move.SPLIT, event_id, ids, now)
    target = regrouping.split_id(event, key)
    done = Regrouping(id=key, move=Move.SPLIT, source=event_id, target=target, post_ids=ids, by=by, at=now, note=note)
    _move(uow, ids, target)
    return _settled(processor, uow, done, (event_id, target), now)


def take_back(processor: Processor, uow: UnitOfWork, regrouping_id: str, *, by: str, now: datetime) -> Regrouping:
    """What was merged is apart again, what was split is one again; later moves of the same events come first.

    What joined while two events were one is asked anew to which it belongs: without the merge it might be there.
    """
    history = uow.events.regroupings()
    done = next((move for move in history if move.id == regrouping_id), None)
    if done is None:
        raise NotFound(f"没有编号为 {regrouping_id} 的合并或拆分。")
    if not done.stands:
        raise NotAllowed(f"这次{done.move.chinese}已经撤销。")
    after = regrouping.later(history, done)
    if after is not None:
        raise NotAllowed(f"此后又做过{after.move.chinese}（{moment(after.at)}，编号 {after.id}），请先撤销那一次。")
    undone = replace(done, undone_at=now, undone_by=by)
    if done.move is Move.SPLIT:
        split_off, whole = _open(uow, done.target), _open(uow, done.source)
        _move(uow, uow.events.member_ids(done.target), done.source)
        _fold(processor, uow, split_off, whole, by, now, done)
        return _settled(processor, uow, undone, (done.source,), now)
    _open(uow, done.target)
    _move(uow, done.post_ids, done.source)
    between = frozenset() if done.beside is None else frozenset(uow.events.member_ids(done.target)[done.beside :])
    _settled(processor, uow, undone, (done.source, done.target), now, between)
    _stand_again(uow, done)
    processor.unmerge(uow, done.source, by, now)
    return undone


def _open(uow: UnitOfWork, event_id: str) -> Event:
    event = uow.events.get(event_id)
    if event is None:
        raise NotFound(f"没有编号为 {event_id} 的事件。")
    if event.merged_into is not None:
        whole = uow.events.get(event.merged_into)
        raise NotAllowed(f"“{event.title}”已并入 {event.merged_into}（{whole.title if whole else ''}）。")
    alert = uow.alerts.of_event(event_id)
    if alert is not None and alert.drill:
        raise NotAllowed(f"“{event.title}”是演练，不与任何事件合并，也不拆分。")
    return event


def _move(uow: UnitOfWork, post_ids: Iterable[str], target: str) -> None:
    for post_id in post_ids:
        uow.events.join(target, post_id)


def _fold(
    processor: Processor, uow: UnitOfWork, event: Event, into: Event, by: str, now: datetime, move: Regrouping
) -> None:
    """An event ends in another: what stands of it points there, and its alert goes on in the other's."""
    alert, other = uow.alerts.of_event(event.id), uow.alerts.of_event(into.id)
    merges = move.move is Move.MERGE  # else a split is undone, which cannot be done the other way round
    if alert is not None and not alert.state.final:
        if other is None or other.state.final:
            way = "反过来合并，或先结束这个预警" if merges else "先结束这个预警，再撤销拆分"
            raise NotAllowed(f"“{event.title}”有未结束的预警，而“{into.title}”没有：请{way}。")
        if other.tier < alert.tier:
            way = f"反过来合并，把“{into.title}”并入“{event.title}”" if merges else "先将它降级或结束，再撤销拆分"
            higher = f"“{event.title}”的预警（{alert.tier.chinese}）高于“{into.title}”的（{other.tier.chinese}）"
            raise NotAllowed(f"{higher}：请{way}。")
        act = Act(action=Action.MERGE, by=by, note=f"事件并入“{into.title}”", into=other)
        decision = processor.desk.on_action(processor.matter(uow, alert, now), act, now)
        if decision.alert is None or not decision.alert.state.final:
            raise NotAllowed(
                f"“{event.title}”的预警为{alert.tier.chinese}，合并须两人同意：请先由两人办理“并入预警”，"
                f"再{'合并事件' if merges else '撤销拆分'}。"
            )
        processor.store(uow, decision)
    ended = replace(event, status=EventStatus.MERGED, merged_into=into.id, posts=0, version=event.version + 1)
    uow.events.save(ended)
    uow.tasks.withdraw(event.id)  # of what is left to verify the whole event asks


def _stand_again(uow: UnitOfWork, done: Regrouping) -> None:
    """An event of whose posts nothing can be read any more is as it was stored when it was merged."""
    event = uow.events.get(done.source)
    if event is not None and event.merged_into is not None:
        posts = len(done.post_ids)
        alone = replace(event, status=EventStatus.SLEEPING, merged_into=None, posts=posts, version=event.version + 1)
        uow.events.save(alone)


def _settled(
    processor: Processor,
    uow: UnitOfWork,
    done: Regrouping,
    touched: tuple[str, ...],
    now: datetime,
    asked: Collection[str] = frozenset(),
) -> Regrouping:
    """The engine's memory follows the record, and what is left of both is rated."""
    keys = (done.source, done.target)
    uow.events.regroup(done)
    placed = processor.engine.regroup(keys, list(uow.events.members_of(keys)), verified(uow), asked)
    for post_id, key in placed.items():
        uow.events.join(key, post_id)
    for key in touched:
        processor.reassess(uow, key, now)
        _ask_again(processor, uow, key, now)
    return done


def _ask_again(processor: Processor, uow: UnitOfWork, key: str, now: datetime) -> None:
    """Where the office's answer went with the posts that left, the public still waits for one."""
    event, alert = uow.events.get(key), uow.alerts.of_event(key)
    if event is None or alert is None or (moved := unanswered(alert, event)) == alert:
        return
    reason = "官方回应不属于此事，回应公众的时限继续计算"
    processor.store(uow, Decision(alert=moved, reason=reason, log=(line(moved, "unanswered", reason, now),)))
