"""Whether a post is about a hazard or a public service, and which: n-gram heads and keyword evidence together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress

import numpy as np
import numpy.typing as npt

from analyzer.model import Fact, FactKind, Nature, Scope, TopicScore
from analyzer.scope.evidence import Evidence, gather
from analyzer.scope.passages import LONG, passages
from analyzer.scope.perils import hangs_on
from analyzer.scope.slogans import RULERS, SLOGAN, UNREST, WAR, beside
from analyzer.scoring.calibration import Calibration, bundled
from analyzer.topics import HAZARD, topic_list

Matrix = npt.NDArray[np.float32]

MOST_TOPICS = 3
_EATEN = "hazard.food_poisoning"

_LETTER = re.compile(r"[^\W\d_]")
_QUAKE = "hazard.earthquake"
_SHAKEN = re.compile(r"震|海啸|[晃摇]")
"""Without it hardly anybody speaks of an earthquake."""
_SURELY = 0.7
"""Share from which a text is on one all the same ("吊灯摆得厉害"): of the held-out half 18 are below it and name no
shaking, of which 4 have their topic right as they are, 8 by their next likeliest."""
_FORCE = re.compile(r"打架|斗殴|群殴|互殴|围殴|殴打|打群架|约架|械斗|持[刀棍]|[捅砍打刺踩]伤|踩踏")
_SICK = re.compile(
    r"[呕吐]吐|吐了|[腹拉]泻|中毒|拉肚|肚子|[腹胃]痛|恶心|洗胃|不适|发烧|[吃喝][了完坏出]|变质|误[食服]|毒"
)
_SURE = 0.9
"""Share from which a passage of a long text is a matter: of 6,460 long reviews two were taken in by it, complaints."""
_IN_PERIL = 0.7
"""How likely such a cry is taken to be a matter: in scope, and no surer than it is."""
_DOUBTED = 0.5
"""No surer than this, a matter is not in scope."""
_CLAUSE_SURE = 0.8
"""Share from which a clause beside one that names a power is a hazard; services are what powers speak of."""
_WAR_FROM = 0.1
"""The odds of politics and the like from which a text with a word of war or terror is dropped."""
_LIKELIER, _MUCH_LIKELIER = 1.5, 4.5
"""Times by which politics and the like must be likelier than a matter that is in doubt, and than one that is named."""
_LONG = 300
_LEAST_VARIETY = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeJudgement:
    """Scope with its probability, and the topics best first; none when out of scope."""

    scope: Scope
    probability: float
    topics: tuple[TopicScore, ...] = ()


_LIVES = frozenset({FactKind.DEATHS, FactKind.MISSING})


def settled(judgement: ScopeJudgement, facts: Sequence[Fact]) -> ScopeJudgement:
    """The judgement; unsure of a hazard by which people died or are missing, it is in scope, for that costs lives."""
    lost = any(fact.kind in _LIVES and fact.value > 0 and fact.status is Nature.CURRENT for fact in facts)
    if judgement.scope is Scope.UNSURE and lost and judgement.topics and judgement.topics[0].code.startswith(HAZARD):
        return replace(judgement, scope=Scope.IN)
    return judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class _Counts:
    """Keyword counts by what they speak for, as logarithms of 1 + n."""

    strong: Matrix
    weak: Matrix
    elsewhere: Matrix
    trouble: Matrix


def _split(logs: Matrix) -> _Counts:
    listed = topic_list()
    topics, fields = len(listed.topics), len(listed.elsewhere)
    return _Counts(
        strong=logs[:, :topics],
        weak=logs[:, topics : 2 * topics],
        elsewhere=logs[:, 2 * topics : 2 * topics + fields],
        trouble=logs[:, 2 * topics + fields :],
    )


def _hazards() -> npt.NDArray[np.bool_]:
    return np.array([code.startswith(HAZARD) for code in topic_list().codes])


def _heads(evidence: Evidence) -> Matrix:
    return np.stack([evidence.scores.of(code) for code in topic_list().codes], axis=1)


def scope_inputs(evidence: Evidence) -> Matrix:
    """What the scope's calibration weighs, one row a text."""
    counts, hazards, heads = _split(evidence.logs), _hazards(), _heads(evidence)
    ngram, barred = evidence.scores.of("scope"), evidence.scores.of("barred")
    harm, complaint, response, ask, rescue = counts.trouble.T
    strong_hazard = counts.strong[:, hazards].sum(axis=1)
    strong_service = counts.strong[:, ~hazards].sum(axis=1)
    weak_hazard = counts.weak[:, hazards].max(axis=1)
    weak_service = counts.weak[:, ~hazards].max(axis=1)
    elsewhere = counts.elsewhere.sum(axis=1)
    return np.stack(
        [
            ngram,
            evidence.scores.of("scope.triples"),
            barred,
            np.maximum(barred, 0) * (strong_hazard + strong_service > 0),
            heads.max(axis=1),
            heads[:, hazards].max(axis=1),
            strong_hazard,
            strong_service,
            np.minimum(strong_hazard, 0.7),
            np.minimum(strong_service, 0.7),
            weak_hazard,
            weak_service,
            harm,
            complaint,
            response,
            ask,
            rescue,
            weak_hazard * harm,
            weak_hazard * rescue,
            np.maximum(barred, 0) * rescue,
            weak_service * complaint,
            strong_hazard * elsewhere,
            elsewhere,
            np.log1p(evidence.lengths).astype(np.float32),
            *heads.T,
            *evidence.logs.T,
        ],
        axis=1,
    )


def topic_inputs(evidence: Evidence) -> Matrix:
    """What the topics' calibration weighs: texts × topics × inputs; the same weights serve every topic."""
    counts, hazards, heads = _split(evidence.logs), _hazards(), _heads(evidence)
    texts, topics = heads.shape
    best_two = np.sort(heads, axis=1)[:, -2:]
    rival = np.where(heads == best_two[:, 1:], best_two[:, :1], best_two[:, 1:])
    strong_others = counts.strong.sum(axis=1, keepdims=True) - counts.strong
    weak_others = counts.weak.sum(axis=1, keepdims=True) - counts.weak

    def each(column: Matrix) -> Matrix:
        return np.broadcast_to(column[:, None], (texts, topics))

    harm, complaint = each(counts.trouble[:, 0]), each(counts.trouble[:, 1])
    inputs = [
        heads,
        heads - rival,
        counts.strong,
        np.minimum(counts.strong, 0.7),
        counts.weak,
        strong_others,
        weak_others,
        harm * hazards,
        complaint * hazards,
        np.broadcast_to(hazards.astype(np.float32), (texts, topics)),
        each(evidence.scores.of("scope")),
        each(np.log1p(evidence.lengths).astype(np.float32)),
    ]
    return np.stack(inputs, axis=2)


def _named(evidence: Evidence) -> npt.NDArray[np.bool_]:
    """Whether a text has any keyword of any topic."""
    return np.asarray(evidence.counts[:, : 2 * len(topic_list().topics)].any(axis=1))


def _readable(texts: Sequence[str], evidence: Evidence) -> list[bool]:
    """Whether there is something to judge: a letter, and in a long text more than one phrase repeated."""
    repeated = (evidence.lengths >= _LONG) & (evidence.variety < _LEAST_VARIETY)
    return [bool(_LETTER.search(text)) and not same for text, same in zip(texts, repeated.tolist(), strict=True)]


class ScopeReader:
    """The scope gate. What it finds out of scope is dropped, so between the two thresholds it says unsure."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self._codes = topic_list().codes

    @classmethod
    def load(cls) -> "ScopeReader":
        return cls(bundled())

    def read(self, normalised_text: str, terms: Sequence[str] = ()) -> ScopeJudgement:  # noqa: ARG002  # words may serve a later model
        return self.read_many([normalised_text])[0]

    def read_many(self, texts: Sequence[str], evidence: Evidence | None = None) -> list[ScopeJudgement]:
        """Judge normalised texts; `evidence` spares gathering it twice."""
        if not texts:
            return []
        seen = evidence or gather(texts)
        inputs = scope_inputs(seen)
        scope = self._calibration.scope.probability(inputs)
        topics = self._calibration.topics.probability(topic_inputs(seen))
        eaten = self._codes.index(_EATEN)
        for row in np.flatnonzero(topics.argmax(axis=1) == eaten).tolist():
            if _FORCE.search(seen.kept[row]) and not _SICK.search(seen.kept[row]):
                topics[row, eaten] = 0  # Who is taken to hospital from a brawl has eaten nothing bad.
        quake = self._codes.index(_QUAKE)
        for row in np.flatnonzero(topics.argmax(axis=1) == quake).tolist():
            if topics[row, quake] < _SURELY and not _SHAKEN.search(seen.kept[row]):
                topics[row, quake] = 0  # Most public texts on rescue are on one earthquake: any rescue reads like it.
        named = _named(seen)
        dropped = self._barred(seen, inputs, scope, named, topics) | self._idle(seen)
        # Beside slogans what no word names is a matter only where it is surely one.
        dropped |= (seen.public & SLOGAN > 0) & ~named & (scope < self._calibration.bare_from)
        # What a sentence of slogans goes on about is a service only where it is surely one.
        doubted = (seen.public & SLOGAN > 0) & ~_split(seen.logs).strong.any(axis=1) & (scope < _SURE)
        doubted &= ~_hazards()[topics.argmax(axis=1)]
        scope[doubted] = np.minimum(scope[doubted], _DOUBTED)
        scope[dropped] = 0
        self._see_perils(seen, scope, dropped)
        self._look_beside(seen, scope, topics, dropped)
        self._look_inside(seen, scope, topics, ~dropped & named & ~self._kept(seen, scope, topics))
        best = np.argsort(-topics, axis=1, kind="stable")[:, :MOST_TOPICS]
        shares = np.take_along_axis(topics, best, axis=1)
        likely = shares >= self._calibration.topic_from
        likely[:, 0] = True
        columns = (scope, best, shares, likely, named, self._kept(seen, scope, topics))
        rows = zip(*(column.tolist() for column in columns), _readable(texts, seen), strict=True)
        return [
            ScopeJudgement(scope=Scope.UNSURE, probability=probability)
            if not readable
            else ScopeJudgement(scope=Scope.OUT, probability=probability)
            if not kept
            else self._judge(probability, compress(zip(indexes, values, strict=True), told), named=named)
            for probability, indexes, values, told, named, kept, readable in rows
        ]

    def _kept(self, seen: Evidence, scope: Matrix, topics: Matrix) -> npt.NDArray[np.bool_]:
        """What may be a matter; a hazard on less, for a lost one costs lives, but where a word names one beyond doubt.

        A word that names one, and yet is not believed even so, is a figure of speech.
        """
        calibration = self._calibration
        hazard = scope * topics[:, _hazards()].sum(axis=1) / topics.sum(axis=1)
        unnamed = ~_split(seen.logs).strong.any(axis=1)
        return np.asarray((scope >= calibration.unsure_from) | (unnamed & (hazard >= calibration.hazard_unsure_from)))

    def _look_inside(self, seen: Evidence, scope: Matrix, topics: Matrix, open_: npt.NDArray[np.bool_]) -> None:
        """A long text that is out of scope as a whole is what its surest passage is, if that is surely a matter."""
        long = open_ & (seen.lengths >= LONG)
        parts = {row: found for row in np.flatnonzero(long).tolist() if (found := passages(seen.plain[row]))}
        if not parts:
            return
        shares, told, _ = self._judge_parts([*chain.from_iterable(parts.values())])
        start = 0
        for row, found in parts.items():
            best = start + int(shares[start : start + len(found)].argmax())
            start += len(found)
            if shares[best] >= _SURE:
                scope[row], topics[row] = shares[best], told[best]

    def _see_perils(self, seen: Evidence, scope: Matrix, dropped: npt.NDArray[np.bool_]) -> None:
        """Who cries out that somebody hangs on and cannot much longer is surely in scope."""
        elsewhere = _split(seen.logs).elsewhere.any(axis=1)
        doubted = (scope < self._calibration.bare_from) & ~elsewhere & ~dropped
        for row in np.flatnonzero(doubted).tolist():
            if hangs_on(seen.kept[row]):
                scope[row] = _IN_PERIL

    def _look_beside(self, seen: Evidence, scope: Matrix, topics: Matrix, dropped: npt.NDArray[np.bool_]) -> None:
        """A text that is dropped is what its other sentences are that name no office, power or protest, if a matter.

        Its other clauses count only for a hazard, and nothing beside a war does.
        """
        parts = [*beside(seen.plain, seen.public, np.flatnonzero(dropped).tolist())]
        if not parts:
            return
        shares, told, named = self._judge_parts([left for _, left, _ in parts])
        least = np.where(named, self._calibration.in_from, self._calibration.bare_from)
        hazard = _hazards()[told.argmax(axis=1)]
        for at, (row, _, whole) in enumerate(parts):
            if shares[at] >= (least[at] if whole else _CLAUSE_SURE if hazard[at] else 1):
                scope[row], topics[row] = shares[at], told[at]

    def _judge_parts(self, texts: Sequence[str]) -> tuple[Matrix, Matrix, npt.NDArray[np.bool_]]:
        """Of parts of texts: how likely each is a matter, which, and whether a keyword names it."""
        seen = gather(texts)
        inputs, named = scope_inputs(seen), _named(seen)
        shares = self._calibration.scope.probability(inputs)
        topics = self._calibration.topics.probability(topic_inputs(seen))
        shares[self._barred(seen, inputs, shares, named, topics) | self._idle(seen)] = 0
        return shares, topics, named

    def _barred(
        self, seen: Evidence, inputs: Matrix, scope: Matrix, named: npt.NDArray[np.bool_], topics: Matrix
    ) -> npt.NDArray[np.bool_]:
        """Politics, marches, the military, obituaries: what is not even surely a matter is dropped on less."""
        calibration = self._calibration
        sure = scope >= np.where(named, calibration.in_from, calibration.bare_from)
        # Nor is it surely one where nobody can say which: "走了六个小时，沿路一直有人派水".
        sure &= topics.max(axis=1) >= calibration.topic_from
        least = np.where(sure, calibration.barred_from, calibration.doubted_from)
        counts = _split(seen.logs)
        # "深夜工厂大火，十人罹难" mourns nobody: a lesser word of a hazard beside one of harm names a matter too.
        harmed = counts.weak[:, _hazards()].any(axis=1) & (counts.trouble[:, 0] > 0)
        least[counts.strong.any(axis=1) | harmed] = calibration.spared_to
        least[seen.public & WAR > 0] = _WAR_FROM
        barred = calibration.barred.probability(inputs)
        # What may be a matter is dropped too where it is likelier, or much likelier, to be one of these.
        odds = np.where(least < calibration.spared_to, _LIKELIER, _MUCH_LIKELIER)
        return np.asarray((barred >= least) | (~sure & (barred > odds * scope)))

    def _idle(self, seen: Evidence) -> npt.NDArray[np.bool_]:
        """Mere remarks and slogans, and texts on an office or a power without a word of a matter, harm or rescue.

        What is on a protest is idle without a word that names a matter beyond doubt, what is on a riot always.
        """
        counts = _split(seen.logs)
        sure = counts.strong.any(axis=1)
        harm, _, _, _, rescue = counts.trouble.T > 0
        public = (seen.public & UNREST > 0) | ((seen.public & RULERS > 0) & ~harm & ~rescue)
        riot = (seen.public & UNREST > 0) & (seen.public & WAR > 0)
        powers = seen.powers & ~counts.trouble.any(axis=1)
        return np.asarray(seen.remarks_only | riot | ((powers | public) & ~sure))

    def _judge(self, probability: float, topics: Iterable[tuple[int, float]], *, named: bool) -> ScopeJudgement:
        """What may be in scope. `topics` are places in the list with their shares, the likeliest first."""
        calibration = self._calibration
        found = [TopicScore(code=self._codes[at], probability=round(share * probability, 4)) for at, share in topics]
        least = calibration.hazard_from if found[0].code.startswith(HAZARD) else calibration.in_from
        scope = Scope.IN if probability >= (least if named else calibration.bare_from) else Scope.UNSURE
        return ScopeJudgement(scope=scope, probability=probability, topics=tuple(found))
