"""The district's tier plan: criteria with their source in law, and how an event is measured against them."""

from analyzer.plan.criteria import Confidence, Criterion, Plan, Totals
from analyzer.plan.measures import Measure, Measures, described, observed, reaches, spoken

__all__ = [
    "Confidence",
    "Criterion",
    "Measure",
    "Measures",
    "Plan",
    "Totals",
    "described",
    "observed",
    "reaches",
    "spoken",
]
