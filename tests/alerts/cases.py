"""A fire with its rating and alert, as the desk would have them, for tests of what people read."""

from datetime import timedelta
from pathlib import Path

from alerts import lifecycle
from alerts.reports.dossier import Statement
from analyzer.model import Tier
from analyzer.rating import rate
from crawlers.model import Authority
from services.folder.plan import load_plan
from tests.builders import NOON, event, figure, place

PLAN = load_plan(Path(__file__).parents[2] / "deploy" / "plan.example.yaml")
DISTRICT = "示范区"
WORKS = place("永固仓库", "plant", ("示范市", "示范区", "永固仓库"))


def fire(deaths=None, verified=None, **more):
    """A fire at a warehouse; official posts verify."""
    figures = more.pop("figures", {})
    if deaths is not None or verified is not None:
        figures = {"deaths": figure(deaths, verified), **figures}
    if verified is not None:
        more.setdefault("by_authority", {"public": 3, "official": 1})
    return event(title="示范区永固仓库火灾", places=(WORKS,), figures=figures, **more)


def rated(of, now=NOON):
    """Rating by the shipped plan."""
    return rate(of, PLAN, now)


def alerted(of, tier=None, now=NOON):
    """Alert at the rating's tier."""
    return lifecycle.opened(of, tier or rated(of).tier or Tier.IV, PLAN.response, now)


def said(number, authority, headline="", after=0):
    """One post of the event."""
    return Statement(
        post_id=f"{number:08x}" + "0" * 56,
        authority=authority,
        told_at=NOON + timedelta(minutes=after),
        headline=headline,
    )


SAID = (
    said(1, Authority.PUBLIC),
    said(2, Authority.MEDIA, "永固仓库起火，消防到场", after=5),
    said(3, Authority.OFFICIAL, "示范区通报永固仓库火情", after=60),
)
