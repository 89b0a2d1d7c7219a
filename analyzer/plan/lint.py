"""What is doubtful in a valid plan: tiers nothing reaches, thresholds out of order, topics left out."""

import difflib
import re
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from analyzer.model import Tier
from analyzer.places.settings import KINDS
from analyzer.plan.criteria import Criterion, Plan
from analyzer.plan.measures import meets, parse, title, told
from analyzer.topics import HAZARD

SETTINGS = frozenset(KINDS) | {"village", "street", "road", "water"}
"""Kinds of place that readings tell of: those that texts name, and the gazetteer's levels."""
_NO_SOURCE = re.compile(
    r"(?:依据|来源|出处)?(?:[暂尚]?(?:无|没有|缺|未[定知填])|不[详明]|同上|略|空|(?:有?待|请)[定补填查核确完][充写认实善入]?)"
    r"(?:依据|来源|出处)?|x+|todo|tbd|na|none|null|nil|unknown|test|测试|示例",
    re.IGNORECASE,
)
"""What is written where a source should stand and there is none."""

Place = tuple[str | int, ...]
"""Where in plan.yaml something stands: ("criteria", 3, "tiers")."""


def lint(plan: Plan, topics: Collection[str], settings: Collection[str] = SETTINGS) -> list[tuple[Place, str]]:
    """Each doubt with its place and in one Chinese sentence; `topics` are the codes of the closed list."""
    whole = [*_unreached(plan), *_left_out(plan, topics)]
    found: list[tuple[Place, str]] = [(("criteria",), sentence) for sentence in whole]
    for index, criterion in enumerate(plan.criteria):
        at: Place = ("criteria", index)
        found += [((*at, "tiers"), sentence) for sentence in (*_order(criterion), *_jumped(criterion))]
        found += [((*at, "tiers"), sentence) for sentence in _gaps(criterion)]
        found += [((*at, "source"), sentence) for sentence in _sourceless(criterion)]
        found += [((*at, "unless"), sentence) for sentence in _never(criterion)]
        found += [((*at, "topics"), sentence) for sentence in _unknown_topics(criterion, topics)]
        for key, named in (("settings", criterion.settings), ("unless", criterion.unless)):
            found += [((*at, key), sentence) for sentence in _unknown_settings(criterion, named, settings)]
    return found + list(_contradictions(plan))


def _unreached(plan: Plan) -> Iterator[str]:
    used = [criterion for criterion in plan.criteria if not list(_never(criterion))]
    for tier in Tier:
        if not any(tier in criterion.tiers for criterion in used):
            yield f"没有任何判据能达到{tier.chinese}，该级永远不会启动。"


def _order(criterion: Criterion) -> Iterator[str]:
    """Overlaps: whatever meets this row of a milder tier meets a row of a graver one."""
    for low in sorted(criterion.tiers):
        rows = criterion.tiers[low]
        above = [(high, row) for high in sorted(criterion.tiers) if high > low for row in criterion.tiers[high]]
        hidden = [(row, *by) for row in rows if (by := next((one for one in above if meets(row, one[1])), None))]
        lost = f"{'' if len(hidden) == len(rows) else '凭此一项'}{low.name}级达不到"
        for row, high, graver in hidden:
            said = f"{low.name}级“{told(row)}”不低于{high.name}级“{told(graver)}”"
            yield f"判据“{criterion.title}”：{said}，{lost}。"


def _jumped(criterion: Criterion) -> Iterator[str]:
    """Gaps: a tier that has no threshold at all between two that have one."""
    for low, high in pairwise(sorted(criterion.tiers)):
        if high - low > 1:
            yield f"判据“{criterion.title}”从{low.name}级直接跳到{high.name}级，请确认是否漏写。"


def _gaps(criterion: Criterion) -> Iterator[str]:
    """Gaps: what a milder and a graver tier measure, and the tier between them, with other thresholds, does not."""
    found: dict[tuple[Tier, str], str] = {}
    for low, tier, high in combinations(sorted(criterion.tiers), 3):
        for row in criterion.tiers[high]:
            below = next((told(one) for one in criterion.tiers[low] if meets(row, one)), "")
            if below and not any(meets(row, one) for one in criterion.tiers[tier]):
                ends = f"{low.name}级“{below}”、{high.name}级“{told(row)}”"
                said = f"{tier.name}级没有与{ends}相应的门槛，会由{low.name}级直接跳到{high.name}级，请确认是否漏写。"
                found.setdefault((tier, below), f"判据“{criterion.title}”：{said}")
    yield from found.values()


def _sourceless(criterion: Criterion) -> Iterator[str]:
    """A source that names none."""
    words = re.sub(r"[\W_\d]+", "", criterion.source)
    if not words or _NO_SOURCE.fullmatch(words):
        said = "等于没有写依据，请写明法规、预案名称与条款，或“本区自定”"
        yield f"判据“{criterion.title}”的 source “{criterion.source}”{said}。"


def _never(criterion: Criterion) -> Iterator[str]:
    """A criterion that is for certain places only, and for none of them."""
    if criterion.settings and set(criterion.settings) <= set(criterion.unless):
        named = "、".join(KINDS.get(kind, kind) for kind in criterion.settings)
        yield f"判据“{criterion.title}”仅限{named}，又写明不用于{named}，永远不会用到。"


def _unknown_topics(criterion: Criterion, topics: Collection[str]) -> Iterator[str]:
    for pattern in criterion.topics:
        stem = pattern[:-1] if pattern.endswith(".*") else None
        if not (pattern in topics or (stem and any(topic.startswith(stem) for topic in topics))):
            close = difflib.get_close_matches(pattern, topics, n=1, cutoff=0.6)
            hint = f"，是不是“{close[0]}”" if close else "，永远不会用到"
            yield f"判据“{criterion.title}”的主题 {pattern} 不在主题表中{hint}。"


def _unknown_settings(criterion: Criterion, named: Collection[str], settings: Collection[str]) -> Iterator[str]:
    for setting in named:
        if setting not in settings:
            yield f"判据“{criterion.title}”的场所 {setting} 不会被识别，可用的有：{'、'.join(sorted(settings))}。"


def _left_out(plan: Plan, topics: Collection[str]) -> Iterator[str]:
    """Hazards that only attention could ever rate."""
    for topic in sorted(code for code in topics if code.startswith(HAZARD)):
        if not any(c.topic_of((topic,)) and _by_harm(c) and not list(_never(c)) for c in plan.criteria):
            yield f"灾害主题 {topic} 没有按伤亡或损失定级的判据，只能靠关注度定级。"


def _by_harm(criterion: Criterion) -> bool:
    return any(
        not measure.attention
        for rows in criterion.tiers.values()
        for row in rows
        for name in row
        for measure in parse(name)
    )


def _contradictions(plan: Plan) -> Iterator[tuple[Place, str]]:
    """Two criteria for one topic that give one measure different tiers, at the second one's place."""
    for (_, one), (index, other) in combinations(enumerate(plan.criteria), 2):
        shared = sorted(set(one.topics) & set(other.topics))
        if not shared or set(one.settings) != set(other.settings):
            continue
        ours, theirs = _ladders(one), _ladders(other)
        for names in sorted(ours.keys() & theirs.keys()):
            if ours[names] != theirs[names]:
                pair = f"判据“{one.title}”与“{other.title}”"
                said = f"{pair}对主题 {shared[0]} 的“{'、'.join(map(title, names))}”门槛不同，实际按较严者定级。"
                yield ("criteria", index, "tiers"), said


def _ladders(criterion: Criterion) -> dict[tuple[str, ...], dict[Tier, list[tuple[float, ...]]]]:
    """For the measures of each row, what the rows that ask for the same ones want at each tier, the least first."""
    found: dict[tuple[str, ...], dict[Tier, list[tuple[float, ...]]]] = {}
    for tier, rows in sorted(criterion.tiers.items()):
        for row in rows:
            wanted = {"+".join(sorted(measure.name for measure in parse(name))): least for name, least in row.items()}
            names = tuple(sorted(wanted))
            found.setdefault(names, {}).setdefault(tier, []).append(tuple(wanted[name] for name in names))
    return {names: {tier: sorted(rows) for tier, rows in steps.items()} for names, steps in found.items()}
