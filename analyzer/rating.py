"""An event held against the plan: pure, and it explains itself."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from analyzer.model import Basis, Event, EventStatus, FactKind, NextThreshold, Rating, Reason, Tier
from analyzer.plan import Criterion, Measures, Plan, described, observed, reaches, spoken
from analyzer.plan.measures import UNANSWERED, figures, parse, settled, told
from analyzer.topics import HAZARD, happening

UNRATED = {
    EventStatus.DRILL: "演练，不定级",
    EventStatus.RETOLD: "旧闻重提，不定级",
    EventStatus.REFUTED: "官方已辟谣，不定级",
}
LIFE = (FactKind.DEATHS, FactKind.MISSING, FactKind.SERIOUS_INJURED, FactKind.INJURED, FactKind.TRAPPED, FactKind.ILL)


def rate(event: Event, plan: Plan, now: datetime) -> Rating:
    """Rating of `event` at `now`: the gravest tier that any criterion reaches, claimed and verified apart."""
    if event.status in UNRATED:
        return _rating(event, plan, note=UNRATED[event.status])
    if (afar := _afar(event, plan.region)) and event.topic.startswith(HAZARD):
        return _rating(event, plan, verify=f"所述地点（{afar}）不在本区，请核实是否涉及本区", note="发生在外地，不定级")
    if not event.corroborated:
        return _rating(event, plan, verify=_why_verify(event), note="反映人数不足三人，且无媒体或官方来源，先核实")
    criteria, sides = _held(event, plan, now)
    reasons = tuple(
        reason
        for basis in (Basis.VERIFIED, Basis.CLAIMED)
        for criterion in criteria
        if (reason := _best(criterion, sides[basis])) is not None
    )
    tiers = {b: max((r.tier for r in reasons if r.basis is b), default=None) for b in Basis}
    return _rating(
        event,
        plan,
        claimed=tiers[Basis.CLAIMED],
        verified=tiers[Basis.VERIFIED],
        reasons=tuple(sorted(reasons, key=lambda r: -r.tier)),
        next_thresholds=tuple(_nexts(criteria, sides.values(), max(filter(None, tiers.values()), default=None))),
        verify=_doubts(event),
        due_at=_due(criteria, event, now),
    )


def restated(rating: Rating, event: Event, plan: Plan, now: datetime, above: Tier | None = None) -> Rating:
    """The rating as it was made, told as things stand at `now`: hours run on, an answer ends them.

    Its tiers and what reached them stay, for looking at an event rates nothing. What would raise it lies beyond the
    alert's tier too, which is `above`.
    """
    if event.status is EventStatus.DRILL:
        event = replace(event, status=EventStatus.ACTIVE)  # as drills.rated does
    criteria, sides = _held(event, plan, now)
    known = {criterion.id: criterion for criterion in criteria}
    reached = max(filter(None, (rating.tier, above)), default=None)
    return replace(
        rating,
        reasons=tuple(_again(reason, known.get(reason.criterion), sides[reason.basis]) for reason in rating.reasons),
        next_thresholds=tuple(_nexts(criteria, sides.values(), reached)) if rating.next_thresholds else (),
    )


def _held(event: Event, plan: Plan, now: datetime) -> tuple[list[Criterion], dict[Basis, Measures]]:
    """The criteria that are for such an event, and what is told of it on either side."""
    criteria = [c for c in plan.criteria if c.applies_to(event.topics, event.settings)]
    return criteria, {basis: Measures(event=event, basis=basis, now=now, totals=plan.sums) for basis in Basis}


def _again(reason: Reason, criterion: Criterion | None, m: Measures) -> Reason:
    """The reason with what is told now; as it was where the plan asks for something else by now."""
    rows = criterion.tiers.get(reason.tier, ()) if criterion is not None else ()
    row = next((row for row in rows if told(row) == reason.threshold), None)
    return reason if criterion is None or row is None else replace(reason, observed=_observed(criterion, row, m))


def _afar(event: Event, region: str) -> str:
    """Names of the places told, where none of them lies in or around the district that the plan is for."""
    codes = [place.code or "" for place in event.places]
    if not (region.isdigit() and codes and all(code.isdigit() for code in codes)):
        return ""
    home, there = _prefix(region), [_prefix(code) for code in codes]
    if any(code.startswith(home) or home.startswith(code) for code in there):
        return ""
    return "、".join(place.name for place in event.places)


def _prefix(code: str) -> str:
    """The digits that all codes within a division begin with: 330100 holds 3301…"""
    short = code.rstrip("0")
    return short + "0" * (len(short) % 2)


def _rating(event: Event, plan: Plan, **parts: object) -> Rating:
    return Rating(event_id=event.id, event_version=event.version, plan_version=plan.version, **parts)  # type: ignore[arg-type]


def _best(criterion: Criterion, m: Measures) -> Reason | None:
    """The gravest tier of one criterion that is reached, with its evidence."""
    for tier in sorted(criterion.tiers, reverse=True):
        for row in criterion.tiers[tier]:
            if _met(row, m):
                return Reason(
                    criterion=criterion.id,
                    tier=tier,
                    basis=m.basis,
                    source=criterion.source,
                    confidence=criterion.confidence.value,
                    threshold=told(row),
                    observed=_observed(criterion, row, m),
                    evidence=tuple(dict.fromkeys(_evidence(row, m))),
                )
    return None


def _met(row: dict[str, float], m: Measures) -> bool:
    return all(reaches(name, least, m) for name, least in row.items())


def _observed(criterion: Criterion, row: dict[str, float], m: Measures) -> str:
    """What is told of all that a row asks for; what has happened where it asks for no more."""
    said = "，".join(described(name, m) for name in figures(row))
    if said:
        return said
    return criterion.title if criterion.settings else f"发生{happening(criterion.topic_of(m.event.topics))}"


def _evidence(row: dict[str, float], m: Measures) -> Iterator[str]:
    for name in figures(row) or row:
        for measure in parse(name):
            yield from m.backing(measure.name)
            for kind in measure.kinds:
                yield from m.evidence(kind)


def _nexts(criteria: list[Criterion], sides: Collection[Measures], tier: Tier | None) -> Iterator[NextThreshold]:
    """For each criterion all that reaches the nearest tier above the present one by any side, at most four criteria.

    The nearest comes first; what an earlier one says, or what is reached sooner anyhow, is not said again.
    """
    ways: list[tuple[tuple[float, float], Criterion, Tier, dict[str, float], Measures]] = []
    answered = any(settled(m.event) for m in sides)
    ahead: dict[str, list[dict[str, float]]] = {}
    for criterion in criteria:
        open_ = {t: _open(rows, answered=answered) for t, rows in criterion.tiers.items() if tier is None or t > tier}
        above = {t: rows for t, rows in open_.items() if rows}
        if not above:
            continue
        nearest = min(above)
        ahead[criterion.id] = above[nearest]
        found = ((_distance(row, m), row, m) for row in above[nearest] for m in sides)
        distance, row, m = min(found, key=lambda one: one[0])
        ways.append((distance, criterion, nearest, row, m))
    asked = [(nearest, row) for _, criterion, nearest, _, _ in ways for row in ahead[criterion.id]]
    said: set[tuple[Tier, str]] = set()
    told_of = 0
    for _, criterion, nearest, row, m in sorted(ways, key=lambda r: (r[0], r[1].id)):
        fresh = [one for one in ahead[criterion.id] if (nearest, told(one)) not in said]
        left = [one for one in fresh if not any(_sooner(other, (nearest, one)) for other in asked)]
        if not left or told_of == 4:
            continue
        told_of += 1
        said |= {(nearest, told(one)) for one in left}
        yield NextThreshold(
            criterion=criterion.id,
            tier=nearest,
            threshold="或".join(map(told, left)),
            observed=_standing(criterion, left, row if row in left else left[0], m),
        )


def _standing(criterion: Criterion, rows: Iterable[dict[str, float]], nearest: dict[str, float], m: Measures) -> str:
    """What is told of all that these rows ask for; of the nearest one alone where nothing is."""
    known = [name for row in rows for name in figures(row) if observed(name, m) is not None]
    if not known:
        return _observed(criterion, nearest, m)
    names = [*figures(nearest), *known] if any(name in nearest for name in known) else known
    return "，".join(described(name, m) for name in dict.fromkeys(names))


def _open(rows: Iterable[dict[str, float]], *, answered: bool) -> list[dict[str, float]]:
    """Rows that may still be reached: once the public is answered no hours of waiting are added."""
    return [row for row in rows if not (answered and UNANSWERED in row)]


def _sooner(one: tuple[Tier, dict[str, float]], other: tuple[Tier, dict[str, float]]) -> bool:
    """Whether one threshold is always reached before another one, for a tier as grave."""
    (tier, row), (known, more) = one, other
    return row != more and tier >= known and all(name in more and more[name] >= least for name, least in row.items())


def _distance(row: dict[str, float], m: Measures) -> tuple[float, float]:
    """Share of the way still missing, 0 (met) to 1 (nothing told): of the worst part, then of all parts together."""
    parts = []
    for name, least in row.items():
        value = observed(name, m) or 0
        parts.append(0.0 if least <= 0 else max(0.0, 1 - value / least))
    return max(parts), sum(parts)


def _due(criteria: list[Criterion], event: Event, now: datetime) -> datetime | None:
    """When an unanswered concern reaches its next threshold without any new post."""
    if settled(event):
        return None
    moments = (
        event.first_seen_at + timedelta(hours=row[UNANSWERED])
        for criterion in criteria
        for rows in criterion.tiers.values()
        for row in rows
        if UNANSWERED in row
    )
    return min((moment for moment in moments if moment > now), default=None)


def _why_verify(event: Event) -> str:
    """A claim of danger to life that too few have made is the duty operator's to verify, and goes no further."""
    claims = []
    for kind in LIFE:
        figure = event.figures.get(kind)
        value = figure and (figure.claimed or figure.unsupported)
        if value:
            claims.append(spoken(kind.value, value))
    if claims:
        return f"仅{event.voices}人反映，称{'、'.join(claims)}，请核实"
    if event.topic.startswith(HAZARD) and event.help_sought:
        return f"仅{event.voices}人反映险情并求助，请核实"
    return ""


def _doubts(event: Event) -> str:
    """Greater figures that only one voice claims."""
    for kind in LIFE:
        figure = event.figures.get(kind)
        if figure is not None and figure.unsupported:
            return f"有个别人称{spoken(kind.value, figure.unsupported)}，未获佐证，请核实"
    return ""
