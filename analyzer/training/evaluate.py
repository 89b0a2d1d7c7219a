"""`minqing evaluate DIR`: scope, topics, sentiment and help sought on texts that were never trained on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from analyzer.help_sought import HelpReader
from analyzer.model import Nature, Scope
from analyzer.nature import judge
from analyzer.nature.make import by_make, complains
from analyzer.scope.evidence import gather
from analyzer.scope.gate import ScopeJudgement, ScopeReader, scope_inputs
from analyzer.scoring.calibration import bundled
from analyzer.scoring.linear import Scores, score
from analyzer.sentiment import TONES, SentimentReader, probabilities
from analyzer.text import normalise
from analyzer.training import scope as training_scope
from analyzer.training import sentiment
from analyzer.training.cleaning import cleaned
from analyzer.training.data import Example, corpus, scope_examples
from analyzer.training.evaluate_facts import evaluate_facts
from analyzer.training.matrix import Inputs
from analyzer.training.measures import Measure, f1, macro_f1, measured, share
from analyzer.training.variants import as_read, asides

_TONE_NUMBERS = {tone.value: number for number, tone in enumerate(TONES)}
_POLITICS = "out.politics"
_SOURCES = {
    "投诉（该来源未参与训练）": ("complaints", "complaints_labelled"),
    "突发事件新闻（该来源未参与训练）": ("emergencies",),
    "突发事件单句（该来源未参与训练）": ("emergency_sentences",),
}


def _remark(text: str) -> str:
    """Praise or criticism of somebody, another for every length of text."""
    remarks = asides()
    return remarks[len(text) % len(remarks)]


_CHANGES: Mapping[str, Callable[[str], str]] = {
    "加一句表扬": lambda text: f"{text}顺便表扬一下张科长，人真好。",
    "加一句批评": lambda text: f"{text}张科长这个人说话太难听。",
    "另起一句评价某人（80句轮换）": lambda text: f"{text.rstrip('。')}。{_remark(text)}",
    "句首加地名": lambda text: f"清溪县{text}",
    "全角数字": lambda text: text.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
    "漏一个字": lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
}
_ANSWERED = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7)
"""Shares of the texts, the surest first, whose tone is asked for."""
_FLOOR_TEXTS = 400
"""SnowNLP reads a hundred texts a second: a sample is enough for a floor."""


def evaluate(data_dir: Path, corpus_dir: Path, *, retrain: bool = False) -> list[Measure]:
    """All measures of the bundled models; with `retrain` also of models that have never seen a whole source."""
    held = [example for example in corpus(corpus_dir) if example.held_out]
    found = [*_scope(held), *_unmoved(held), *_help(held), *_natures(held), *_tones(data_dir, corpus_dir)]
    found += evaluate_facts(data_dir, corpus_dir.parent)
    if retrain:
        found += [*_unseen_sources(data_dir, corpus_dir), *_unseen_tones(data_dir, corpus_dir)]
    return found


def _scope(held: Sequence[Example]) -> Iterator[Measure]:
    if not held:
        return
    judged = ScopeReader.load().read_many([example.text for example in held])
    gold = np.array([int(bool(example.in_scope)) for example in held])
    found = np.array([int(judgement.scope is Scope.IN) for judgement in judged])
    kept = np.array([int(judgement.scope is not Scope.OUT) for judgement in judged])
    inside = gold == 1
    yield measured("范围 F1（自写语料留出半）", f1, gold, found, wanted=0.90)
    hazard = np.array([bool(e.topics) and e.topics is not None and e.topics[0].startswith("hazard.") for e in held])
    yield measured("灾害召回（未丢弃）", share, gold[hazard], kept[hazard], wanted=0.97)
    outside = ~inside
    if outside.any():
        yield measured("范围外误收", _mistaken, gold[outside], found[outside], wanted=0.05, at_most=True)
    politics = np.array([example.group.startswith(_POLITICS) for example in held])
    if politics.any():
        yield measured("时政等误收", _mistaken, gold[politics], found[politics], wanted=0.005, at_most=True)
    named = [(e, j) for e, j in zip(held, judged, strict=True) if e.topics and j.topics]
    first = [int(j.topics[0].code == (e.topics or ("",))[0]) for e, j in named]
    any_of = [int(bool({t.code for t in j.topics} & set(e.topics or ()))) for e, j in named]
    yield measured("主题第一位正确", share, [1] * len(first), first)
    yield measured("主题前三位含正确", share, [1] * len(any_of), any_of)


def _unmoved(held: Sequence[Example]) -> Iterator[Measure]:
    """Whether what a text is taken for stays the same under changes that mean nothing."""
    reader = ScopeReader.load()
    before = [_taken(judgement) for judgement in reader.read_many([example.text for example in held])]
    for name, change in _CHANGES.items():
        changed = [normalise(change(example.text)) for example in held]
        after = [_taken(judgement) for judgement in reader.read_many(changed)]
        same = [int(one == other) for one, other in zip(before, after, strict=True)]
        yield measured(f"不变：{name}", share, [1] * len(same), same)


def _taken(judgement: ScopeJudgement) -> str:
    """The first topic of a text that is kept for sure, else whether it is kept at all."""
    return judgement.topics[0].code if judgement.scope is Scope.IN else "not in scope"


def _mistaken(gold: np.ndarray, found: np.ndarray) -> float:
    return float((found != gold).mean())


def _help(held: Sequence[Example]) -> Iterator[Measure]:
    if held:
        found = HelpReader.load().read_many([example.text for example in held])
        gold = [int(bool(example.help_sought)) for example in held]
        yield measured("求助 F1（自写语料留出半）", f1, gold, [int(flag) for flag in found], wanted=0.90)


def _natures(held: Sequence[Example]) -> Iterator[Measure]:
    """Whether a matter is of now: by words alone, and with what the whole make of a text says beside them."""
    told = [example for example in held if example.in_scope and example.nature is not None]
    if not told:
        return
    texts = [example.text for example in told]
    words = [judge(text) for text in texts]
    seen = gather(texts)
    told_of = complains(ScopeReader.load().read_many(texts, seen), HelpReader.load().read_many(texts, seen))
    whole = by_make(words, told_of, seen.scores, bundled().other_from)
    gold = np.array([int(example.nature != Nature.CURRENT.value) for example in told])
    for name, judgements in (("", whole), ("，只凭词语", words)):
        found = np.array([int(judgement.nature is not Nature.CURRENT) for judgement in judgements])
        yield measured(f"非当下（演练、旧事、统计、假设）认出{name}", share, gold[gold == 1], found[gold == 1])
        yield measured(f"当下误作非当下{name}", _mistaken, gold[gold == 0], found[gold == 0], at_most=True)


def _tones(data_dir: Path, corpus_dir: Path) -> Iterator[Measure]:
    """The bundled model on test splits: an abstention counts as wrong where all three tones are known.

    What it does answer is measured beside; how many texts that are tells how often it abstains.
    """
    tested = [example for example in sentiment.toned(data_dir, corpus_dir) if example.test]
    names = {
        "weibo_virus": ("情感 宏F1（疫情微博测试集）", 0.80),
        "weibo_usual": ("情感 宏F1（日常微博测试半）", 0.80),
        "weibo_covid": ("情感 正负 F1（另一微博集测试部分）", 0.80),
        "corpus": ("情感 宏F1（自写语料留出半）", None),
    }
    for source, (name, wanted) in names.items():
        texts = [example for example in tested if example.source == source]
        if texts:
            gold, found = _judged(texts)
            yield measured(name, macro_f1, gold, found, wanted=wanted)
            answered = [number for number, tone in enumerate(found) if tone >= 0]
            if len(answered) < len(found):
                kept = [[tones[number] for number in answered] for tones in (gold, found)]
                yield measured(f"{name[:-1]}，弃权不计）", macro_f1, *kept)
    for source in ("weibo_virus", "weibo_usual"):
        yield from _answered([e for e in tested if e.source == source], names[source][0][:-1])
    if find_spec("snownlp"):
        polar = [example for example in tested if example.tone != "neutral" and example.source != "corpus"]
        sample = polar[:: max(len(polar) // _FLOOR_TEXTS, 1)]
        yield measured("情感 正负 F1（SnowNLP 底线，抽样）", macro_f1, *_floor(sample))
        ours = [replace(example, full=False) for example in sample]
        yield measured("情感 正负 F1（本模型，同一抽样）", macro_f1, *_judged(ours))


def _answered(examples: Sequence[sentiment.Toned], name: str) -> Iterator[Measure]:
    """How well the tone is told if only the surest share of the texts is answered: what abstaining is worth."""
    if not examples:
        return
    shares = probabilities(score([example.text for example in examples]), bundled())
    gold = np.array([_TONE_NUMBERS[example.tone] for example in examples])
    surest = np.argsort(-shares.max(axis=1), kind="stable")
    for part in _ANSWERED:
        kept = surest[: max(round(part * len(surest)), 1)]
        yield measured(f"{name}，答最有把握的{part:.0%}）", macro_f1, gold[kept], shares[kept].argmax(axis=1))


def _judged(examples: Sequence[sentiment.Toned]) -> tuple[list[int], list[int]]:
    """Gold and found tones; of a text whose set knows no neutral tone, which way it leans."""
    readings = SentimentReader.load().read_many([example.text for example in examples])
    gold = [_TONE_NUMBERS[example.tone] for example in examples]
    found = [
        _TONE_NUMBERS.get(reading.label.value, -1) if example.full else (2 if reading.score > 0 else 0)
        for example, reading in zip(examples, readings, strict=True)
    ]
    return gold, found


def _floor(examples: Sequence[sentiment.Toned]) -> tuple[list[int], list[int]]:
    from snownlp import SnowNLP  # noqa: PLC0415  # takes three seconds to import, and is optional

    gold = [_TONE_NUMBERS[example.tone] for example in examples]
    return gold, [2 if SnowNLP(example.text or "。").sentiments > 0.5 else 0 for example in examples]


def _unseen_sources(data_dir: Path, corpus_dir: Path) -> Iterator[Measure]:
    """Scope F1 on a source that the heads have not seen, against as many texts out of scope, unseen too.

    The whole reader judges, with its bar against politics and the like. The joining weights are the bundled ones: a
    hundred numbers that cannot remember a text.
    """
    examples = as_read(cleaned(scope_examples(data_dir, corpus_dir)))
    inputs = Inputs.of([example.text for example in examples])
    chance = np.random.default_rng(0)
    outside = np.array(
        [i for i, e in enumerate(examples) if e.in_scope is False and (e.held_out or e.source == "news_titles_tnews")]
    )
    for name, sources in _SOURCES.items():
        family = sources[0][:7]
        hidden = np.array([e.source.startswith(family) for e in examples])
        rows = np.array(
            [i for i, e in enumerate(examples) if not (e.held_out or hidden[i] or e.source == "news_titles_tnews")]
        )
        heads = training_scope.fit_heads(examples, inputs, rows)
        inside = np.array([i for i, e in enumerate(examples) if e.source in sources and e.in_scope])
        if not len(inside):
            continue
        chosen = np.concatenate([inside, chance.choice(outside, min(len(inside), len(outside)), replace=False)])
        seen = training_scope.evidence([examples[i] for i in chosen], training_scope.apply(heads, inputs[chosen]))
        judged = ScopeReader.load().read_many(seen.kept, seen)
        found = [int(judgement.scope is Scope.IN) for judgement in judged]
        gold = [int(place < len(inside)) for place in range(len(chosen))]
        yield measured(f"范围 F1：{name}", f1, gold, found, wanted=0.90)


def _unseen_tones(data_dir: Path, corpus_dir: Path) -> Iterator[Measure]:
    """Sentiment across sets: trained on one Weibo set (reviews, words and corpus beside it), tested on the other."""
    everything = sentiment.toned(data_dir, corpus_dir)
    examples = [example for example in everything if example.source.startswith("weibo")]
    own = [example for example in everything if example.source == "corpus" and not example.test]
    support = [*sentiment.lent(data_dir), *own]
    plan: list[tuple[str, Callable[[sentiment.Toned], bool], Callable[[sentiment.Toned], bool]]] = [
        ("疫情→日常", lambda e: e.source == "weibo_virus", lambda e: e.source == "weibo_usual"),
        ("疫情、另一集→日常", lambda e: e.source != "weibo_usual", lambda e: e.source == "weibo_usual"),
        ("疫情、日常→另一集（正负）", lambda e: e.full, lambda e: not e.full),
    ]
    for name, taught, asked in plan:
        score = sentiment.scorer(sentiment.fit([e for e in examples if taught(e)], support))
        tested = [example for example in examples if asked(example)]
        if tested:
            yield measured(f"情感 宏F1（跨集：{name}）", macro_f1, *_leaning(tested, score), wanted=0.76)


def _leaning(
    examples: Sequence[sentiment.Toned], score: Callable[[Sequence[str]], Scores]
) -> tuple[list[int], list[int]]:
    shares = probabilities(score([example.text for example in examples]), bundled())
    gold = [_TONE_NUMBERS[example.tone] for example in examples]
    found = [
        int(row.argmax()) if example.full else (2 if row[2] > row[0] else 0)
        for example, row in zip(examples, shares, strict=True)
    ]
    return gold, found


def calibration_error(held: Sequence[Example]) -> float:
    """Mean distance between the probability given and the share that is in scope, over ten bins."""
    evidence = gather([example.text for example in held])
    likely = bundled().scope.probability(scope_inputs(evidence))
    gold = np.array([bool(example.in_scope) for example in held])
    bins = np.minimum((likely * 10).astype(int), 9)
    return float(
        sum(abs(likely[bins == b].mean() - gold[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    )
