"""Files beside the record, for people and programs that do not ask the API: events.jsonl, brief.json, brief.html."""

from pathlib import Path

from services import briefs
from services.bootstrap import Service
from services.formats import dumps, event_line


def write_outputs(service: Service, folder: Path, *, issued: bool = False) -> list[str]:
    """Write the present state; one sentence a file, saying where it lies.

    The brief is today's so far, or with `issued` the last one issued.
    """
    with service.view() as uow:
        events = sorted(uow.events.all(), key=lambda e: (e.first_seen_at, e.id))
        lines = [event_line(e, uow.events.rating(e.id), uow.events.member_ids(e.id)) for e in events if e.corroborated]
        dates = uow.briefs.dates()
        last = uow.briefs.get(max(dates)) if issued and dates else None
        brief = last or briefs.provisional(service, uow, service.clock.now())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.jsonl").write_bytes(b"".join(map(dumps, lines)))
    (folder / "brief.json").write_bytes(dumps(briefs.line(brief)))
    (folder / "brief.html").write_text(briefs.html(brief), encoding="utf-8")
    return [f"事件：{folder / 'events.jsonl'}", f"日报：{folder / 'brief.html'}（数据 {folder / 'brief.json'}）"]
