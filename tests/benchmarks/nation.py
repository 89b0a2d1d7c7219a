"""`replay` of a nationwide stream, 100,000 posts or `nation=1000000`: CPU per post and memory as the posts go by."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import product
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import orjson

from services.replaying import replay

CORPUS = Path(__file__).parents[1] / "resources" / "corpus"
PLAN = Path("deploy/plan.example.yaml")
POSTS, STEPS = 100_000, 10
DAYS = 60
"""Twice as long as an event takes in new posts, so that the first half of all events is past at the end."""
IN_SCOPE = 0.45
START = datetime(2026, 9, 1, tzinfo=UTC)
COUNTIES = [f"{one}{other}县" for one, other in product("青云柏棠栖沐苍澄禾砚珑霁", "河岭禾川坪溪原麓泽洲桥浦")]
COMPOUNDS = [f"{one}{other}小区" for one, other in product("桂枫榆槐梨荷兰竹菊桃杏樱", "苑馨泰宁悦和景瑞晴雅祥锦")]


def measure(out: Path, posts: int = POSTS) -> dict[str, object]:
    stream = out / "nation.jsonl"
    gazetteer = out / "nation-places.jsonl"
    gazetteer.write_bytes(b"".join(orjson.dumps({"name": c, "level": "county"}) + b"\n" for c in COUNTIES))
    with stream.open("wb") as file:
        file.writelines(orjson.dumps(line) + b"\n" for line in told(posts))
    command = [sys.executable, "-m", "tests.benchmarks.nation", stream, gazetteer, str(posts // STEPS)]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            sys.stderr.buffer.write(line)  # It takes its time.
            lines.append(orjson.loads(line))
    *steps, whole = lines
    return {f"{step['posts']} posts": {k: v for k, v in step.items() if k != "posts"} for step in steps} | whole


def told(posts: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Posts in order of time: happenings in many towns, each told by one to fifty, among talk that is out of scope."""
    dice = random.Random(seed)
    said = _sentences()
    inside, outside = ([k for k in said if k.startswith("out.") is out] for out in (False, True))
    times = sorted(dice.random() * DAYS * 86400 for _ in range(int(posts * (1 - IN_SCOPE))))
    talk = ((at, _mixed(said[dice.choice(outside)], dice)) for at in times)
    told = merge(talk, _happenings(posts - len(times), said, inside, dice))
    return (
        {
            "source": f"board{number % 40}",
            "authority": "public",
            "text": text,
            "author": f"u{dice.randrange(posts)}",
            "published_at": (START + timedelta(seconds=at)).isoformat(),
        }
        for number, (at, text) in enumerate(told)
    )


def _happenings(
    posts: int, said: dict[str, list[str]], topics: list[str], dice: random.Random
) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    while len(found) < posts:
        lines = said[dice.choice(topics)]
        where, begins = f"{dice.choice(COUNTIES)}{dice.choice(COMPOUNDS)}", dice.random() * DAYS * 86400
        voices = min(int(dice.paretovariate(0.9)), 50, posts - len(found))
        found += [(begins + dice.expovariate(1 / 20_000), f"{where}，{_mixed(lines, dice)}") for _ in range(voices)]
    return sorted(found)


def _mixed(lines: list[str], dice: random.Random) -> str:
    return "，".join(dice.sample(lines, 3))


def _sentences() -> dict[str, list[str]]:
    """Sentences of the corpus by what they are about."""
    found = {}
    for path in sorted(CORPUS.glob("*.jsonl")):
        texts = (json.loads(line)["text"] for line in path.open(encoding="utf-8"))
        found[path.stem] = [s for text in texts for s in text.replace("！", "。").split("。") if 8 <= len(s) <= 60]
    return found


class Watched(replay.Replay):
    """Says every so many posts what they have cost."""

    step, before = 0, (0, 0.0)

    def take(self, read):
        super().take(read)
        posts, cpu = self.counts.read, getrusage(RUSAGE_SELF).ru_utime
        if posts - self.before[0] >= self.step:
            _say(posts=posts, **_cost(posts - self.before[0], cpu - self.before[1]))
            Watched.before = posts, cpu


def _cost(posts: int, cpu: float) -> dict[str, object]:
    own = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    return {"main process, cpu µs/post": round(1e6 * cpu / posts, 1), "main process MB": round(own)}


def _say(**figures: object) -> None:
    print(orjson.dumps(figures).decode(), flush=True)


if __name__ == "__main__":
    stream, places, Watched.step = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    replay.Replay = Watched
    counts = replay.replay_file(stream, plan=PLAN, out=stream.parent / "nation", roster=None, gazetteer=places)
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    _say(**{"cpu µs/post, all processes": round(1e6 * seconds / counts["read"], 1)})
