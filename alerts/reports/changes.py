"""What is different from what people were last told."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from alerts.model import Report
from alerts.reports.wording import CASUALTIES, EXTENT, amount, doubtful, marks
from analyzer.model import FactKind, Figure

RUN_DOWN = frozenset({FactKind.TRAPPED, FactKind.MISSING, FactKind.HOUSEHOLDS})
"""Counts that fall as people are freed, found and reconnected: no error is corrected then."""
_NOTHING = Figure()
UNCHANGED = "自上次报告以来数字无变化"
_GIST = 120
"""Characters of what changed that a mail's head or a short message shows."""
_MARKS = re.compile(r"（#[^（）]{0,200}）")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One figure as it was reported and as it is now."""

    kind: FactKind
    before: Figure
    after: Figure

    @property
    def fell(self) -> bool:
        """Whether people were told too much: the figure to go by is lower than the one reported."""
        was, now = _best(self.before), _best(self.after)
        if was is None or now is None or now >= was:
            return False
        first_verified = self.before.verified is None and self.after.verified is not None
        return first_verified or self.kind not in RUN_DOWN

    def sentence(self) -> str:
        """Both sides in words, each with its evidence."""
        before, after = self.before, self.after
        sides = [
            _verified(self.kind, before, after),
            _claimed(self.kind, before, after) if doubtful(after) or after.verified is None else "",
        ]
        return f"{self.kind.chinese}：{'；'.join(filter(None, sides)) or '待核实数字已由核实数字取代'}"


def _best(figure: Figure) -> float | None:
    """The figure to go by: the verified one where there is one."""
    return figure.claimed if figure.verified is None else figure.verified


def _verified(kind: FactKind, before: Figure, after: Figure) -> str:
    """How the verified side changed; a first verified figure says what was claimed until now."""
    if before.verified is None and after.verified is not None and before.claimed is not None:
        was = amount(kind, before.claimed, before.qualifier)
        return f"原报待核实{was}，现已核实{amount(kind, after.verified)}{marks(after.verified_evidence)}"
    return _side("已核实", kind, before.verified, after.verified, after.verified_evidence)


def _claimed(kind: FactKind, before: Figure, after: Figure) -> str:
    return _side("待核实", kind, before.claimed, after.claimed, after.evidence)


def _side(name: str, kind: FactKind, before: float | None, after: float | None, evidence: Sequence[str]) -> str:
    """One side's change; empty when it stayed."""
    if before == after:
        return ""
    if after is None:
        return f"{name}原报{amount(kind, before or 0)}，现已无佐证"
    if before is None:
        return f"{name}{'新增' if after else ''}{amount(kind, after)}{marks(evidence)}"
    verb = "增至" if after > before else "降至"
    return f"{name}由{amount(kind, before)}{verb}{amount(kind, after)}{marks(evidence)}"


def between(before: Mapping[FactKind, Figure], after: Mapping[FactKind, Figure]) -> Iterator[Change]:
    """Figures whose claimed or verified value changed, gravest kind first."""
    told = before.keys() | after.keys()
    for kind in filter(told.__contains__, (*CASUALTIES, *EXTENT)) if told else ():
        old, new = before.get(kind, _NOTHING), after.get(kind, _NOTHING)
        if (old.claimed, old.verified) != (new.claimed, new.verified):
            yield Change(kind=kind, before=old, after=new)


def sentences(found: Iterable[Change]) -> str:
    """One line for each."""
    return "\n".join(change.sentence() for change in found)


def reads_otherwise(name: str, said: str, earlier: Sequence[Report]) -> bool:
    """Whether a field says something else than in the latest report that had it; other evidence alone is no news."""
    before = next((r.fields[name] for r in reversed(earlier) if name in r.fields), "")
    return _MARKS.sub("", said) != _MARKS.sub("", before)


def gist(report: Report) -> str:
    """What a follow-up or correction tells, in one line without evidence: the head of a mail, or a short message."""
    told = [report.fields.get(name, "") for name in ("更正事项", "级别变化", "事态变化", "数字变化")]
    lines = [line for text in told for line in text.splitlines() if line and line != UNCHANGED]
    said = "；".join(_MARKS.sub("", line) for line in lines)
    return (said if len(said) <= _GIST else said[: _GIST - 1] + "…") or "伤亡等数字无变化，其他情况有更新"
