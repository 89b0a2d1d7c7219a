"""The page that asks once before a figure that somebody types opens or raises an alert."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from alerts.errors import NotAllowed
from analyzer.model import FactKind
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


def figures_of(kinds: Sequence[FactKind], values: Sequence[str]) -> dict[FactKind, float]:
    """The figures of a form, those left empty apart. Raises NotAllowed with a sentence."""
    written = {kind: value.strip() for kind, value in zip(kinds, values, strict=False) if value.strip()}
    try:
        return {kind: float(value) for kind, value in written.items()}
    except ValueError:
        raise NotAllowed(f"“{'、'.join(written.values())}”不是数字，请重新填写。") from None
