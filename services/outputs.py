"""Files beside the record, for people and programs that do not ask the API: events.jsonl, brief.json, brief.html."""

from pathlib import Path

from services.bootstrap import Service
from services.formats import dumps, event_line


def write_outputs(service: Service, folder: Path | None = None) -> list[str]:
    """Write the present state; one sentence a file, saying where it lies."""
    target = folder or service.data
    target.mkdir(parents=True, exist_ok=True)
    with service.unit_of_work() as uow:
        events = sorted(uow.events.all(), key=lambda e: (e.first_seen_at, e.id))
        lines = [event_line(e, uow.events.rating(e.id), uow.events.member_ids(e.id)) for e in events if e.corroborated]
        dates = uow.briefs.dates()
        brief = uow.briefs.get(max(dates)) if dates else None
    (target / "events.jsonl").write_bytes(b"".join(map(dumps, lines)))
    said = [f"事件：{target / 'events.jsonl'}"]
    if brief is not None:
        (target / "brief.json").write_bytes(dumps({"number": brief.number, "revision": brief.revision, **brief.body}))
        (target / "brief.html").write_text(service.brief_html(brief), encoding="utf-8")
        said.append(f"日报：{target / 'brief.html'}（数据 {target / 'brief.json'}）")
    return said
