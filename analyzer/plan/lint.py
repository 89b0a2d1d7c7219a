"""What is doubtful in a valid plan: tiers nothing reaches, thresholds out of order, topics left out."""

from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from analyzer.model import Tier
from analyzer.plan.criteria import Criterion, Plan
from analyzer.plan.measures import parse, spoken, title
from analyzer.settings import KINDS
from analyzer.topics import HAZARD

SETTINGS = frozenset(KINDS) | {"village", "street", "road", "water"}
"""Kinds of place that readings tell of: those that texts name, and the gazetteer's levels."""


def lint(plan: Plan, topics: Collection[str], settings: Collection[str] = SETTINGS) -> list[str]:
    """One Chinese sentence for each doubt; `topics` are the codes of the closed list."""
    return [
        *_unreached(plan),
        *(sentence for criterion in plan.criteria for sentence in _order(criterion)),
        *_unknown_names(plan, topics, settings),
        *_left_out(plan, topics),
        *_contradictions(plan),
    ]


def _unreached(plan: Plan) -> Iterator[str]:
    for tier in Tier:
        if not any(tier in criterion.tiers for criterion in plan.criteria):
            yield f"没有任何判据能达到{tier.chinese}，该级永远不会启动。"


def _ladders(criterion: Criterion) -> Iterator[tuple[str, list[tuple[Tier, float]]]]:
    """For each measure that stands alone in its row: its thresholds from tier IV up."""
    found: dict[str, dict[Tier, float]] = {}
    for tier in sorted(criterion.tiers):
        for row in criterion.tiers[tier]:
            if len(row) == 1:
                (name, least), *_ = row.items()
                found.setdefault(name, {})[tier] = min(least, found.get(name, {}).get(tier, least))
    for name, steps in found.items():
        yield name, sorted(steps.items())


def _order(criterion: Criterion) -> Iterator[str]:
    """Overlaps (a milder tier's threshold is not below the graver one's) and gaps (a tier is jumped over)."""
    for name, steps in _ladders(criterion):
        for (low, small), (high, great) in pairwise(steps):
            if small >= great:
                yield (
                    f"判据“{criterion.title}”：{low.name}级“{spoken(name, small, threshold=True)}”不低于"
                    f"{high.name}级“{spoken(name, great, threshold=True)}”，{low.name}级达不到。"
                )
            if high - low > 1 and not any(low < t < high for t in criterion.tiers):
                yield f"判据“{criterion.title}”：“{title(name)}”从{low.name}级直接跳到{high.name}级，请确认是否漏写。"


def _unknown_names(plan: Plan, topics: Collection[str], settings: Collection[str]) -> Iterator[str]:
    for criterion in plan.criteria:
        for pattern in criterion.topics:
            stem = pattern[:-1] if pattern.endswith(".*") else None
            if not (pattern in topics or (stem and any(topic.startswith(stem) for topic in topics))):
                yield f"判据“{criterion.title}”的主题 {pattern} 不在主题表中，永远不会用到。"
        for setting in criterion.settings:
            if setting not in settings:
                yield f"判据“{criterion.title}”的场所 {setting} 不会被识别，可用的有：{'、'.join(sorted(settings))}。"


def _left_out(plan: Plan, topics: Collection[str]) -> Iterator[str]:
    """Hazards that only attention could ever rate."""
    for topic in sorted(code for code in topics if code.startswith(HAZARD)):
        if not any(c.applies_to((topic,), frozenset(SETTINGS)) and _by_harm(c) for c in plan.criteria):
            yield f"灾害主题 {topic} 没有按伤亡或损失定级的判据，只能靠关注度定级。"


def _by_harm(criterion: Criterion) -> bool:
    return any(
        not measure.attention
        for rows in criterion.tiers.values()
        for row in rows
        for name in row
        for measure in parse(name)
    )


def _contradictions(plan: Plan) -> Iterator[str]:
    """Two criteria for one topic that give one measure different tiers."""
    for one, other in combinations(plan.criteria, 2):
        shared = sorted(set(one.topics) & set(other.topics))
        if not shared or set(one.settings) != set(other.settings):
            continue
        ours, theirs = dict(_ladders(one)), dict(_ladders(other))
        for name in sorted(ours.keys() & theirs.keys()):
            if ours[name] != theirs[name]:
                pair = f"判据“{one.title}”与“{other.title}”"
                yield f"{pair}对主题 {shared[0]} 的“{title(name)}”门槛不同，实际按较严者定级。"
