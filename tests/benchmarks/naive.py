"""`minqing analyze` side by side with the naive pipeline: jieba.lcut, SnowNLP's sentiment, keyword topics, one process.

Pairs of runs follow each other closely, so that a busy machine slows both alike. Wall ratios hold on a quiet machine
only; CPU ratios come nearer on a busy one: they compare one process each, times the cores that `minqing analyze` uses.
"""

import json
import os
import random
import statistics
import tempfile
import time
from collections import deque
from pathlib import Path

from analyzer.topics import topic_list
from tests.benchmarks._process import minqing

CORPUS = Path(__file__).parents[1] / "resources" / "corpus"
PAIRS = 3
NAIVE_POSTS = 300
SHORTEST = 42
"""Shorter posts are left out: the rest are about as long as posts on the platforms, 65 characters on average."""
POSTS = 60_000
"""Start-up is counted; this many posts take some seconds."""
COPIED, OF_THE_LAST = 0.3, 2_000
"""In the second stream so many posts repeat one of the last ones word for word, as reposts and copied notices do."""


def measure(out: Path) -> dict[str, object]:
    del out
    texts = _texts()
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts.jsonl"
        _write(posts, texts)
        _naive(texts[:5])  # dictionaries are loaded before the clock starts
        rounds = [_pair(texts, posts, Path(folder) / "out.jsonl") for _ in range(PAIRS)]
        watched = minqing("analyze", posts, "-o", Path(folder) / "out.jsonl")
        _write(posts, texts, copied=COPIED)
        copies = [_cost(posts, Path(folder) / "out.jsonl") for _ in range(PAIRS)]
    cores = len(os.sched_getaffinity(0))
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    return {
        "characters a post, mean": round(statistics.fmean(map(len, texts)), 1),
        "naive posts/s": round(1 / middle["naive wall"]),
        "analyze posts/s": round(1 / middle["wall"]),
        "naive CPU µs a post": round(middle["naive cpu"] * 1e6),
        "analyze CPU µs a post": round(middle["cpu"] * 1e6),
        "times faster by wall, each pair": [round(one["naive wall"] / one["wall"]) for one in rounds],
        f"times faster by CPU on {cores} cores, each pair": [
            round(cores * one["naive cpu"] / one["cpu"]) for one in rounds
        ],
        "analyze peak MB, all processes": round(watched.peak_mb),
        "analyze peak MB, shared pages counted for each process": round(watched.summed_mb),
        f"analyze posts/s, {COPIED:.0%} of them copies": round(1 / statistics.median(wall for wall, _ in copies)),
        f"analyze CPU µs a post, {COPIED:.0%} of them copies": round(statistics.median(cpu for _, cpu in copies) * 1e6),
    }


def _pair(texts: list[str], posts: Path, out: Path) -> dict[str, float]:
    wall, cpu = time.monotonic(), time.process_time()
    _naive(texts[:NAIVE_POSTS])
    naive = (time.monotonic() - wall) / NAIVE_POSTS, (time.process_time() - cpu) / NAIVE_POSTS
    cost = _cost(posts, out)
    return {"naive wall": naive[0], "naive cpu": naive[1], "wall": cost[0], "cpu": cost[1]}


def _cost(posts: Path, out: Path) -> tuple[float, float]:
    """Seconds a post of the clock, and of one process's CPU."""
    cost = minqing("analyze", posts, "-o", out, watched=False)
    if cost.exit_code or sum(1 for _ in out.open("rb")) != POSTS:
        raise RuntimeError("minqing analyze did not read every post")
    # Of several processes the operating system tells a parent only the time of those that it waited for itself.
    alone = minqing("analyze", posts, "-o", out, "--processes", "1", watched=False)
    return cost.wall / POSTS, alone.cpu / POSTS


def _naive(texts: list[str]) -> list[tuple[list[str], float, list[str]]]:
    """What a newcomer would write: words, a sentiment, and the topics whose words occur."""
    import jieba  # noqa: PLC0415  # optional
    from snownlp import SnowNLP  # noqa: PLC0415

    topics = {topic.code: topic.strong for topic in topic_list().topics}
    found = []
    for text in texts:
        words = jieba.lcut(text)
        tone = SnowNLP(text).sentiments
        found.append((words, tone, [code for code, named in topics.items() if any(word in text for word in named)]))
    return found


def _texts() -> list[str]:
    """The corpus, mixed: every post once, in and out of scope in turn, about 65 characters on average."""
    rows = [json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    texts = [f"{row['title']}\n{row['text']}".strip() for row in rows]
    texts = [text for text in texts if len(text) >= SHORTEST]
    return [texts[place * 7919 % len(texts)] for place in range(len(texts))]


def _write(path: Path, texts: list[str], copied: float = 0.0) -> None:
    """Posts that differ by their number, so that nothing is a repeat but that share which is `copied`."""
    chance = random.Random(1)
    lately: deque[str] = deque(maxlen=OF_THE_LAST)
    with path.open("w", encoding="utf-8") as file:
        for number in range(POSTS):
            again = bool(lately) and chance.random() < copied
            text = chance.choice(lately) if again else f"{texts[number % len(texts)]} {number}"
            lately.append(text)
            post = {"source": "bench", "authority": "public", "text": text}
            file.write(json.dumps(post, ensure_ascii=False) + "\n")
