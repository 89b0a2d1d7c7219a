"""Files beside the record, for people and programs that do not ask the API: events.jsonl, brief.json, brief.html."""

from pathlib import Path

from alerts.beijing import day_of
from alerts.reports import page
from services.bootstrap import Service
from services.formats import dumps, event_line
from services.reporting import periodicals
from services.reporting.periodicals import DAILY
from services.retelling import retold


def write_outputs(service: Service, folder: Path, *, issued: bool = False) -> list[str]:
    """Write the present state; one sentence a file, saying where it lies.

    The brief is today's so far, or with `issued` the last one issued.
    """
    now = service.clock.now()
    with service.view() as uow:
        lines = [
            event_line(e, retold(uow.events.rating(e.id), e, service.plan, now), uow.events.member_ids(e.id))
            for e in uow.events.corroborated()
        ]
        dates = uow.reports.periods(DAILY.kind)
        last = uow.reports.of_period(DAILY.kind, dates[0]) if issued and dates else None
        brief = last or periodicals.draft(service, uow, DAILY, day_of(now))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.jsonl").write_bytes(b"".join(map(dumps, lines)))
    (folder / "brief.json").write_bytes(dumps(periodicals.line(brief)))
    (folder / "brief.html").write_text(page.html(brief), encoding="utf-8")
    return [f"事件：{folder / 'events.jsonl'}", f"日报：{folder / 'brief.html'}（数据 {folder / 'brief.json'}）"]
