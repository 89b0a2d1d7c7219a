"""How a source is, in one word and one sentence."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.reports import wording
from alerts.reports.wording import moment
from crawlers.model import Health, Source
from services.ports import SourceState
from services.sourcing.rhythm import A_NIGHT, usual

SILENT_AFTER = 2
"""Silent is who has had nothing new for twice the usual time,"""
SILENT_INTERVALS = 3
"""and for at least three visits' time."""
OVERDUE_INTERVALS = 3
OVERDUE_AT_LEAST = timedelta(hours=1)
"""Nobody has looked at a source for too long: the times of the daily brief."""
NAMES: Mapping[Health, str] = {
    Health.OK: "正常",
    Health.UNCHANGED: "无更新",
    Health.EMPTY: "空",
    Health.FAILING: "失败",
    Health.BLOCKED: "对方不允许采集",
    Health.SILENT: "久无更新",
}
JUST_BEGUN = "刚接入，尚无更新"
_EVENTFUL = frozenset({"cap"})
"""Kinds whose silence is good news: no warning has been issued."""
_OFTEN_EMPTY = frozenset({"cap", "file_drop", "sitemap"})
"""Kinds that hold only what is in force, what was just dropped, or what has just changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """`health` is None for a source that was never visited; `fresh`: it was read lately and as it should be.

    `sentence` says what is the matter or worth knowing, without the source's name; often empty. `usual` is how long
    the source is usually quiet, None while that is unknown or of no use. `just_begun`: it is read since lately, and
    nothing has appeared on it since.
    """

    health: Health | None
    fresh: bool
    sentence: str = ""
    usual: timedelta | None = None
    just_begun: bool = False

    @property
    def word(self) -> str:
        """How it is, as tables say it."""
        return "未采集" if self.health is None else JUST_BEGUN if self.just_begun else NAMES[self.health]


def assess(state: SourceState | None, source: Source, now: datetime) -> Assessment:
    """How a source is, as far as its visits tell: whether it is silent only a visit can know."""
    if state is None or state.last_visit_at is None:
        return Assessment(health=None, fresh=False, sentence="尚未采集过。")
    problem = state.problem.replace(f"来源“{source.name}”：", "")
    if state.health in {Health.FAILING, Health.BLOCKED}:
        return Assessment(health=state.health, fresh=False, sentence=_joined(problem, _since(state), _notes(state)))
    quiet = _usual(state, source)
    if _is_silent(state, source, quiet):
        return Assessment(health=Health.SILENT, fresh=False, sentence=_silence(state, quiet), usual=quiet)
    overdue = now - state.last_visit_at > max(OVERDUE_INTERVALS * source.interval, OVERDUE_AT_LEAST)
    empty = state.health is Health.EMPTY and source.kind not in _OFTEN_EMPTY
    said = (
        f"自{moment(state.last_visit_at)}起没有采集。" if overdue else "",
        "页面能打开，但里面没有条目，请核对来源设置或网站是否改版。" if empty else "",
        problem,
        _notes(state),
    )
    return Assessment(
        health=state.health,
        fresh=not (overdue or empty),
        sentence=_joined(*said),
        usual=quiet,
        just_begun=state.health is Health.UNCHANGED and _just_begun(state, state.last_visit_at),
    )


def coverage(found: Collection[Assessment]) -> str:
    """What all pages that name the sources begin with."""
    return wording.coverage(sum(one.fresh for one in found), len(found))


def as_assessed(states: Mapping[str, SourceState], sources: Iterable[Source], now: datetime) -> dict[str, SourceState]:
    """The states with the health and the sentence that a reader is to see, for the daily brief."""
    found = {}
    for source in sources:
        if source.id in states:
            seen = assess(states[source.id], source, now)
            health = Health.OK if seen.fresh or seen.health is None else seen.health
            found[source.id] = replace(states[source.id], health=health, problem=seen.sentence)
    return found


def _usual(state: SourceState, source: Source) -> timedelta | None:
    if state.last_new_at is None or state.last_visit_at is None or source.kind in _EVENTFUL:
        return None
    return usual(state.arrivals, state.last_new_at, state.last_visit_at, source.interval)


def _is_silent(state: SourceState, source: Source, quiet: timedelta | None) -> bool:
    if state.last_new_at is None or state.last_visit_at is None or quiet is None:
        return False
    limit = max(SILENT_AFTER * quiet, SILENT_INTERVALS * source.interval)
    return state.last_visit_at - state.last_new_at > limit


def _just_begun(state: SourceState, seen: datetime) -> bool:
    if state.since is None or seen - state.since > A_NIGHT:
        return False
    return state.last_new_at is None or state.last_new_at <= state.since


def _silence(state: SourceState, quiet: timedelta | None) -> str:
    since = moment(state.last_new_at) if state.last_new_at else ""
    often = f"（平时同一时段间隔不超过{_span(quiet)}）" if quiet else ""
    return f"自{since}起没有新内容{often}，请到网站核对是否停更或改版。"


def _since(state: SourceState) -> str:
    return f"最近一次成功采集在{moment(state.last_success_at)}。" if state.last_success_at else "尚未成功采集过。"


def _notes(state: SourceState) -> str:
    stale = f"有{state.stale}条早于保留期限，没有保存。" if state.stale else ""
    aside = f"有{state.quarantined}项读不懂，已搁置，不影响其余，请告知系统管理员。" if state.quarantined else ""
    return stale + aside


def _joined(*sentences: str) -> str:
    return "".join(sentences).replace("。；", "。")


def _span(length: timedelta) -> str:
    """A length in the unit that people would use, rounded up."""
    minutes = -(-length // timedelta(minutes=1))
    for size, unit in ((1440, "天"), (60, "小时")):
        if minutes % size == 0 or minutes > 1.5 * size:
            return f"{-(-minutes // size)}{unit}"
    return f"{minutes}分钟"
