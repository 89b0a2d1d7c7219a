"""People's merges and splits out of a file (docs/formats.md "Decisions, in"), for a replay to do at their time."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from alerts.errors import NotAllowed
from services.acts import regrouping
from services.errors import NotFound
from services.ports import UnitOfWork
from services.processor import Processor
from services.reading.intake import Unusable, fields_of, moment
from services.reading.lines import numbered_lines

KINDS = {"merge": ("posts", "into"), "split": ("posts",), "undo": ("of",)}
"""What people decide, and the fields that each needs."""
SOMEBODY = "值班员"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One merge, split or undo. Events are named by posts in them, which have the same ids in every replay."""

    id: str
    at: datetime
    kind: str
    posts: tuple[str, ...] = ()
    into: str = ""
    of: str = ""
    by: str = SOMEBODY
    note: str = ""
    place: str = ""


def load(path: Path) -> tuple[list[Decision], list[str]]:
    """The decisions in the order of their times, and a Chinese sentence for each line that is none."""
    found, faults = [], []
    for number, line in numbered_lines(path):
        place = f"{path} 第{number}行"
        try:
            found.append(_decision(fields_of(line), place, str(number)))
        except Unusable as error:
            faults.append(f"{place}：{error}。")
    return sorted(found, key=lambda decision: decision.at), faults


@dataclass(kw_only=True)
class Decider:
    """Does decisions and remembers them, so that they can be undone."""

    _done: dict[str, str] = field(default_factory=dict)

    def do(self, processor: Processor, uow: UnitOfWork, decision: Decision) -> str:
        """Do one; why it could not be done as a Chinese sentence, else ""."""
        try:
            self._do(processor, uow, decision)
        except (NotAllowed, NotFound) as error:
            return f"{decision.place}：{error}"
        return ""

    def _do(self, processor: Processor, uow: UnitOfWork, decision: Decision) -> None:
        now, by, note = decision.at, decision.by, decision.note
        if decision.kind == "undo":
            if decision.of not in self._done:
                raise NotFound(f"前面没有做成编号为 {decision.of} 的合并或拆分。")
            regrouping.take_back(processor, uow, self._done[decision.of], by=by, now=now)
            return
        source = _event_of(uow, decision.posts[0])
        if decision.kind == "merge":
            done = regrouping.join(processor, uow, source, _event_of(uow, decision.into), by=by, now=now, note=note)
        else:
            done = regrouping.part(processor, uow, source, decision.posts, by=by, now=now, note=note)
        self._done[decision.id] = done.id


def _event_of(uow: UnitOfWork, post_id: str) -> str:
    event_id = uow.events.of_post(post_id)
    if event_id is None:
        raise NotFound(f"此时没有含帖文 {post_id} 的事件。")
    return event_id


def _decision(fields: dict[str, Any], place: str, number: str) -> Decision:
    kind = fields.get("kind")
    if kind not in KINDS:
        raise Unusable(f"“kind”只能是 {'、'.join(KINDS)}")
    for name in KINDS[kind]:
        if not fields.get(name):
            raise Unusable(f"缺少“{name}”")
    posts = fields.get("posts") or []
    if not isinstance(posts, list):
        raise Unusable("“posts”应当是帖文编号的数组")
    return Decision(
        id=str(fields.get("id") or number),
        at=moment(fields.get("at"), "at"),
        kind=kind,
        posts=tuple(map(str, posts)),
        into=str(fields.get("into") or ""),
        of=str(fields.get("of") or ""),
        by=str(fields.get("by") or SOMEBODY),
        note=str(fields.get("note") or ""),
        place=place,
    )
