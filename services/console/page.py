"""How a page of the console is made, and where a form leads."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape

from alerts.channels import registry
from alerts.errors import AlertError
from alerts.lifecycle import Action
from alerts.reports.wording import amount, by_gravity, reasons
from alerts.roster import PersonEntry
from analyzer.model import Tier
from analyzer.topics import topic_list
from services.acts.foresight import MustAgree
from services.acts.seen import seen
from services.bootstrap import Service
from services.console import words
from services.console.doubts import doubted
from services.errors import ServiceError

HERE = Path(__file__).parent
templates = Jinja2Templates(HERE / "templates")
_MARK = re.compile(r"#([0-9a-f]{8})(?![0-9a-f])")


def evidence(text: str, event_id: str) -> Markup:
    """A report's text whose evidence marks lead to the posts on the event's page; plain without an event."""
    linked = rf'<a href="/events/{event_id}#p-\1">#\1</a>' if event_id else r"#\1"
    return Markup(_MARK.sub(linked, str(escape(text))))  # noqa: S704  # escaped before


templates.env.filters |= {"clock": words.clock, "evidence": evidence}
templates.env.globals |= {
    "amount": amount,
    "reasons": reasons,
    "by_gravity": by_gravity,
    "where": words.where,
    "doubted": doubted,
    "TIERS": {tier.name: tier.chinese for tier in Tier},
    "CHANNELS": registry.CHINESE,
    "until": words.until,
    "AUTHORITY": {"official": "官方", "media": "媒体", "public": "公众"},
    "acts": Action,
    "seen": seen,
    "ENDING": {Action.LOWER, Action.MERGE, Action.CLOSE, Action.FALSE_ALARM},
}


def page(request: Request, service: Service, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    common = {
        "district": service.plan.district,
        "shifted": getattr(service.clock, "shifted", True),
        "now": service.clock.now(),
        "topics": topic_list().names,
        "me": request.cookies.get("minqing_by", ""),
        "people": service.roster.people,
        "staff": _staff(service),
        "departments": service.roster.departments,
        "names": service.roster.names,
    }
    return templates.TemplateResponse(request, name, {**common, **values}, status_code=status)


def _staff(service: Service) -> list[tuple[str, list[PersonEntry]]]:
    """Who may act, those on duty first."""
    now, roster = service.clock.now(), service.roster
    here = {person.id for role in roster.roles for person in roster.on_duty(role.id, now)}
    groups = (("在岗", True), ("其他人员", False))
    found = [(name, [p for p in roster.people if (p.id in here) is wanted]) for name, wanted in groups]
    return [(name, members) for name, members in found if members]


def refusal(request: Request, sentence: str, status: int) -> HTMLResponse:
    """The page that says why there is no page."""
    return page(request, request.app.state.service, "refusal.html", status=status, sentence=sentence)


def answered(
    service: Service, by: str, work: Callable[[], object], target: str = "/shifts", back: str = "/shifts"
) -> RedirectResponse:
    """Where to go after some work: to `target`, or back with a sentence when it was refused. Raises MustAgree."""
    try:
        work()
    except MustAgree:
        raise
    except (AlertError, ServiceError) as error:
        target = f"{back}?{urlencode({'said': str(error)})}"
    return remembering(RedirectResponse(target, status_code=303), service, by)


def remembering(response: RedirectResponse, service: Service, by: str) -> RedirectResponse:
    """The browser proposes the same person next time."""
    if any(person.id == by for person in service.roster.people):
        response.set_cookie("minqing_by", by, httponly=True, samesite="strict")
    return response
