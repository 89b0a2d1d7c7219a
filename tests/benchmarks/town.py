"""`analyze` and `replay` on the town scaled to 10⁴ and 10⁵ posts: posts a second, and cost per post at both sizes."""

from pathlib import Path

from services.demo.script import resource_path
from services.demo.story import story_as_jsonl, tell
from tests.benchmarks._process import Cost, minqing

SCALES = {"10^4": 14, "10^5": 143}
PLAN = Path("deploy/plan.example.yaml")


def measure(out: Path) -> dict[str, object]:
    figures: dict[str, object] = {}
    places = resource_path("gazetteer.jsonl")
    for size, scale in SCALES.items():
        story = out / f"town-{scale}.jsonl"
        lines = list(story_as_jsonl(tell(scale=scale)))
        story.write_text("\n".join(lines) + "\n", encoding="utf-8")
        analyzed = minqing("analyze", story, "-o", out / "readings.jsonl", "--gazetteer", places)
        replayed = minqing("replay", story, "--plan", PLAN, "--out", out / "replay", "--gazetteer", places)
        figures |= _said(f"analyze {size}", analyzed, len(lines)) | _said(f"replay {size}", replayed, len(lines))
    for command in ("analyze", "replay"):
        small, large = (figures[f"{command} {size} cpu µs/post"] for size in SCALES)
        figures[f"{command} cost per post 10^5 / 10^4"] = round(large / small, 2)
    return figures


def _said(name: str, cost: Cost, posts: int) -> dict[str, object]:
    return {
        f"{name} posts": posts,
        f"{name} posts/s": round(posts / cost.wall),
        f"{name} cpu µs/post": round(1e6 * cost.cpu / posts, 1),
        f"{name} peak MB": round(cost.peak_mb),
        f"{name} exit": cost.exit_code,
    }
