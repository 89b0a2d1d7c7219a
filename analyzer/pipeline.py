"""The stages of reading, a plain list: normalise, scope and topic, sentiment, nature, places, facts, fingerprint."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import NamedTuple

from analyzer import nature
from analyzer.advice import second_opinion
from analyzer.copies import Copies, Known
from analyzer.facts import find_facts
from analyzer.grouping import fingerprint
from analyzer.grouping.item import lead
from analyzer.grouping.meaning import Meanings
from analyzer.grouping.recalled import without_recalled
from analyzer.help_sought import HelpReader
from analyzer.model import Fact, Nature, Place, Reading, Scope, Sentiment
from analyzer.nature import make
from analyzer.nature.clauses import is_dated
from analyzer.patterns.scan import BATCH, forget, look_at, plain_of
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer
from analyzer.places.settings import settings_in
from analyzer.ports import Adviser, ToneReader
from analyzer.scope import evidence
from analyzer.scope.gate import ScopeJudgement, ScopeReader, settled
from analyzer.scope.remarks import LAST_MARKS
from analyzer.scoring.calibration import bundled
from analyzer.sentiment import SentimentReader
from analyzer.terms import terms
from analyzer.text import language, normalise_many
from crawlers.model import Post


class _Judged(NamedTuple):
    """What the models say of one post, and the text they were shown: bare of trimmings, and without remarks too."""

    scope: ScopeJudgement
    sentiment: Sentiment
    help_sought: bool
    plain: str
    kept: str


class Reader:
    """All stages. One reader serves any number of posts; it keeps no text, but the last readings for copies.

    Without `tones` the bundled model says the tone; without `adviser` nobody is asked for a second opinion.
    `grouping` off leaves out what only the grouping of posts needs: fingerprint, terms and what a text is about.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        tones: ToneReader | None = None,
        adviser: Adviser | None = None,
        grouping: bool = True,
    ) -> None:
        self._gazetteer = gazetteer
        self._places = PlaceFinder(gazetteer)
        self._scope = ScopeReader.load()
        self._sentiment = tones or SentimentReader.load()
        self._adviser = adviser
        self._grouping = grouping
        self._help = HelpReader.load()
        self._copies = Copies(self._read_batch)

    def read_many(self, posts: Sequence[Post]) -> list[Reading]:
        """A reading for each post, in order. `read_at` is when the post was collected."""
        if not posts:
            return []
        readings = [one for at in range(0, len(posts), BATCH) for one in self._copies.read_many(posts[at : at + BATCH])]
        if self._adviser is None:
            return readings
        return second_opinion(self._adviser, readings, [post.body for post in posts])

    def _read_batch(self, posts: Sequence[Post]) -> list[Known]:
        """Stage after stage, not post after post: what a stage looks up stays in the processor's cache."""
        bodies = [post.body for post in posts]
        normal = normalise_many(bodies)
        texts = [text.strip("\n") for text in normal]
        seen = evidence.gather(texts)
        scopes, asked = self._scope.read_many(texts, seen), self._help.read_many(texts, seen)
        judged = map(
            _Judged,
            scopes,
            self._sentiment.read_many(texts, seen.scores),
            asked,
            seen.plain,
            seen.kept,
        )
        # A last full stop is wrapped around nothing: most posts end with one.
        wrapped = [
            at for at, (text, kept) in enumerate(zip(texts, seen.kept, strict=True)) if kept != text.rstrip(LAST_MARKS)
        ]
        bare = [seen.kept[at] for at in wrapped]
        look_at([*bodies, *bare], [*normal, *normalise_many(bare)])
        told = [nature.judge(body, post.told_at) for post, body in zip(posts, bodies, strict=True)]
        # What is set around a drill or an old story, or said of anybody beside it, makes it no news.
        for at, plain in zip(wrapped, bare, strict=True):
            told[at] = replace(told[at], nature=nature.judge(plain, posts[at].told_at).nature)
        told = make.by_make(told, make.complains(scopes, asked), seen.scores, bundled().other_from)
        facts = [
            find_facts(body, nature=judgement.nature, title_end=len(post.title), told_at=post.told_at)
            for post, body, judgement in zip(posts, bodies, told, strict=True)
        ]
        places = self._places.find_many(bodies, [post.region for post in posts])
        readings = list(map(self._reading, posts, bodies, judged, told, facts, places))
        if self._grouping:
            readings = _with_meanings(posts, readings)
        dates = (post.told_at if is_dated(plain_of(body)) else None for post, body in zip(posts, bodies, strict=True))
        known = list(map(Known, readings, dates))
        forget()
        return known

    def settings(self, post: Post, reading: Reading) -> frozenset[str]:
        """Kinds of place that a post tells of: of the places named, and of unnamed ones ("学校食堂")."""
        named = (self._gazetteer.settings(place) for place in reading.places)
        return settings_in(post.body).union(*named)

    def _reading(
        self,
        post: Post,
        body: str,
        judged: _Judged,
        told: nature.Judgement,
        facts: tuple[Fact, ...],
        places: tuple[Place, ...],
    ) -> Reading:
        """What all stages say together; out of scope there is no more than the format needs."""
        spoken = language(judged.plain)
        # Another language is skipped; what has no letter at all is no language, and nothing is sure of it.
        read = judged.scope if told.nature is not Nature.CURRENT else settled(judged.scope, facts)
        scope = read if spoken != "other" else ScopeJudgement(scope=Scope.OUT, probability=0.0)
        inside = scope.scope is not Scope.OUT
        readable = bool(scope.topics) or not inside
        compared = inside and self._grouping
        return Reading(
            post_id=post.id,
            scope=scope.scope,
            read_at=post.collected_at,
            model_version=model_version(),
            topics=scope.topics,
            sentiment=judged.sentiment,
            help_sought=judged.help_sought and spoken == "zh" and readable,
            places=places,
            facts=facts,
            language=spoken,
            nature=told.nature,
            refutes=told.refutes,
            resolves=told.resolves,
            answers=told.answers,
            warning=nature.warning(body) if inside else None,
            fingerprint=fingerprint.bands(judged.kept) if compared else (),
            own_words=fingerprint.own_words(judged.kept) if compared else (),
            terms=_terms(judged.kept, titled=bool(post.title)) if compared else (),
        )


def _terms(text: str, *, titled: bool) -> tuple[str, ...]:
    """The words of a text that tell its own happening."""
    title, end, body = text.partition("\n")
    return terms(f"{title}{end}{without_recalled(body, titled=titled)}", titled=titled)


def _with_meanings(posts: Sequence[Post], readings: list[Reading]) -> list[Reading]:
    """Readings with what their posts are about, but of those out of scope."""
    leads = [lead(post) for post, reading in zip(posts, readings, strict=True) if reading.scope is not Scope.OUT]
    about = iter(Meanings.load().read_many(leads))
    return [
        reading if reading.scope is Scope.OUT else replace(reading, **next(about)._asdict()) for reading in readings
    ]


@cache
def model_version() -> str:
    """What tells this reader from another: a digest of its models and resources."""
    digest = hashlib.sha256()
    for package in ("analyzer.models", "analyzer.resources"):
        for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
