"""The page that asks once before a verified figure opens or raises an alert."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse

from services.acts.foresight import Foresight
from services.bootstrap import Service
from services.console.page import page


def asked(request: Request, service: Service, foresight: Foresight, kept: Mapping[str, str], back: str) -> HTMLResponse:
    """The figures to look at again; `kept` is what else was written, `back` where nothing is registered."""
    rows = [
        (kind, int(value) if value.is_integer() else value, foresight.event.figures.get(kind))
        for kind, value in foresight.figures.items()
    ]
    return page(request, service, "agree.html", foresight=foresight, rows=rows, kept=kept, back=back)
