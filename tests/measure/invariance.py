"""Print how often a change that adds no news of a happening changes what is read of it and how it is rated.

    .venv/bin/python -m tests.measure.invariance [--errors [KIND]] [--seed N] [--each N] [--tiers N]

A pair is a text and one variation of it. Topic and facts are compared on every pair, the tier (each alone, told by an
office, through the example plan) on every n-th.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analyzer.model import Nature, Reading, Scope
from analyzer.pipeline import Reader
from analyzer.plan import Plan
from crawlers.model import Post
from crawlers.privacy import VoiceKey
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from services.reading.intake import parse
from services.replaying.replay import Replay, RolesThemselves

FOLDER = Path("tests/resources/invariance")
AT = datetime(2026, 11, 3, 4, 0, tzinfo=UTC).isoformat()
HOME = "云溪县"
TOWNS = (
    "青石镇",
    "临江县",
    "宁都县",
    "石首市",
    "大厂县",
    "五河县",
    "三水区",
    "万年县",
    "百色市",
    "九江市",
    "六安市",
    "双流区",
    "上海市",
    "红河州",
    "火山镇",
    "安乐镇",
)
FIGURE = re.compile(r"[0-9０-９.:：〇零一二两俩三仨四五六七八九十百千万亿半几多余]+.?")
COUNTED = re.compile(r"(?<![\d.])\d+(?=[人户名个间棵辆台家例小天户级])")
CLAUSE_END = re.compile(r"[，。！？；]")
EMOJI = "😡😭🙏👍🔥💧😂🤬❤️🚒"
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Told:
    """One text as a source would give it."""

    text: str
    title: str = ""


def lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def wrappings(name: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in lines(name)]


def in_chinese(number: int) -> str:
    """As one says it, below 100,000."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return in_chinese(high) + "万" + (("零" if low < 1_000 else "") + in_chinese(low) if low else "")
    said, gap = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            said += ("零" if gap else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(said)
    return said.removeprefix("一") if said.startswith("一十") else said or DIGITS[0]


def ends(text: str) -> list[int]:
    """Where a clause inside the text ends."""
    return [found.end() for found in CLAUSE_END.finditer(text) if found.end() < len(text)]


def spots(text: str) -> list[int]:
    """Characters outside figures that a typo may hit."""
    taken = {at for found in FIGURE.finditer(text) for at in range(*found.span())}
    return [at for at, char in enumerate(text) if at not in taken and "\u4e00" <= char <= "\u9fff"]


class Variations:
    """Every kind of change, drawn at random."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.remarks = lines("remarks.txt")
        self.alike = dict(line.split(" ", 1) for line in lines("homophones.txt"))
        self.hant = lines("traditional.txt")
        self.platforms = wrappings("platforms.txt")
        self.untaught = wrappings("unseen_platforms.txt")

    def of(self, number: int, text: str) -> Iterator[tuple[str, Told, str | None]]:
        """(kind, varied, what was added or None) of one text with its town still open."""
        plain = text.replace("{t}", HOME)
        for kind, change in self.kinds().items():
            remark = self.draw.choice(self.remarks)
            varied = change(plain, remark)
            if varied is not None:
                yield kind, varied, remark if kind.startswith("remark") else None
        if "{t}" in text:
            yield "town", Told(text.replace("{t}", self.draw.choice(TOWNS))), None
        yield "traditional", Told(self.hant[number].replace("{t}", HOME)), None

    def kinds(self) -> dict[str, Callable[[str, str], Told | None]]:
        mark = self.draw.choice
        return {
            "remark before": lambda t, r: Told(r + mark("。！，") + t),
            "remark before, no mark": lambda t, r: Told(r + mark(["", " "]) + t),
            "remark behind": lambda t, r: Told(t.rstrip("。！") + mark("。！，") + r + mark(["", "！", "。", "…"])),
            "remark behind, no mark": lambda t, r: Told(t.rstrip("。！") + mark(["", " "]) + r),
            "remark on a line": lambda t, r: Told(f"{t}\n{r}"),
            "remark in the middle": self.inside,
            "remark in brackets": lambda t, r: Told(mark([f"{t}（{r}）", f"【{r}】{t}", f"{t}({r})"])),
            "remark as hashtag": lambda t, r: Told(mark([f"#{r}# {t}", f"{t} #{r}#", f"{t}#{r}"])),
            "remark as title": Told,
            "remark of a reposter": lambda t, r: Told(f"{r}//@某某：{t}"),
            "full width": self.full_width,
            "chinese numerals": self.chinese,
            "homophone": self.homophone,
            "dropped": self.dropped,
            "doubled": self.doubled,
            "emoji": self.emoji,
            "platform": lambda t, _: Told(self.draw.choice(self.platforms).replace("{}", t)),
            "platform, untaught": lambda t, _: Told(self.draw.choice(self.untaught).replace("{}", t)),
        }

    def inside(self, text: str, remark: str) -> Told | None:
        at = self.draw.choice(ends(text) or [0])
        return Told(f"{text[:at]}{remark}{text[at - 1]}{text[at:]}") if at else None

    def full_width(self, text: str, _: str) -> Told | None:
        varied = re.sub(r"\d", lambda found: chr(ord(found[0]) + 0xFEE0), text)
        return Told(varied) if varied != text else None

    def chinese(self, text: str, _: str) -> Told | None:
        varied = COUNTED.sub(lambda found: in_chinese(int(found[0])), text)
        return Told(varied) if varied != text else None

    def homophone(self, text: str, _: str) -> Told | None:
        at = self.draw.choice([at for at in spots(text) if text[at] in self.alike])
        return Told(text[:at] + self.draw.choice(self.alike[text[at]]) + text[at + 1 :])

    def dropped(self, text: str, _: str) -> Told | None:
        at = self.draw.choice(spots(text))
        return Told(text[:at] + text[at + 1 :])

    def doubled(self, text: str, _: str) -> Told | None:
        at = self.draw.choice(spots(text))
        return Told(text[: at + 1] + text[at:])

    def emoji(self, text: str, _: str) -> Told | None:
        signs = "".join(
            self.draw.choice(["😡", "😭", "🙏", "👍", "🔥", "💧", "😂", "🤬", "❤️"])
            for _ in range(self.draw.randint(1, 3))
        )
        at = self.draw.choice([0, len(text), *ends(text)])
        return Told(text[:at] + signs + text[at:])


def post(told: Told, key: VoiceKey) -> Post:
    line = {"id": "1", "source": "s", "authority": "official", "title": told.title, "text": told.text}
    return parse(json.dumps({**line, "published_at": AT, "collected_at": AT}, ensure_ascii=False).encode(), "", key)


def topic(reading: Reading) -> str | None:
    """What it is kept as."""
    return reading.topics[0].code if reading.topics and reading.scope is not Scope.OUT else None


def facts(reading: Reading) -> Counter[tuple[str, float]]:
    return Counter((one.kind.value, one.value) for one in reading.facts if one.status is Nature.CURRENT)


def tier(taken: Post, reader: Reader, plan: Plan) -> str | None:
    replay = Replay(plan, reader, RolesThemselves())
    replay.feed([taken])
    replay.finish()
    with replay.record.view() as uow:
        ratings = [uow.events.rating(event.id) for event in uow.events.all()]
    tiers = [one.tier for one in ratings if one is not None and one.tier is not None]
    return max(tiers).name if tiers else None


@dataclass(frozen=True)
class Pair:
    """What one variation changed."""

    kind: str
    plain: str
    varied: Told
    topic: tuple[str | None, str | None]
    facts: tuple[Counter[tuple[str, float]], Counter[tuple[str, float]]]
    tier: tuple[str | None, str | None] | None

    @property
    def changed(self) -> set[str]:
        parts = {"topic": self.topic, "facts": self.facts, "tier": self.tier or (None, None)}
        return {name for name, (before, after) in parts.items() if before != after}


def pairs(reader: Reader, plan: Plan, *, seed: int, each: int, tiers: int) -> Iterator[Pair]:
    """Every text with `each` variations of each kind; the tier of every `tiers`-th pair (0: of none)."""
    key, texts, vary, number = VoiceKey.fleeting(), lines("texts.txt"), Variations(seed), 0
    for at, text in enumerate(texts):
        plain = post(Told(text.replace("{t}", HOME)), key)
        varied = [one for _ in range(each) for one in vary.of(at, text)]
        posts = [post(told, key) for _, told, _ in varied]
        before, *after = reader.read_many([plain, *posts])
        if topic(before) is None:
            continue
        rated = tier(plain, reader, plan) if tiers else None
        for (kind, told, _), taken, reading in zip(varied, posts, after, strict=True):
            number += 1
            both = (rated, tier(taken, reader, plan)) if tiers and number % tiers == 0 else None
            yield Pair(kind, plain.text, told, (topic(before), topic(reading)), (facts(before), facts(reading)), both)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", nargs="?", const="")
    for name, default in (("--seed", 1), ("--each", 10), ("--tiers", 10)):
        parser.add_argument(name, type=int, default=default)
    asked = parser.parse_args()
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs(
        Reader(load_gazetteer(None)),
        load_plan(Path("deploy/plan.example.yaml")),
        seed=asked.seed,
        each=asked.each,
        tiers=asked.tiers,
    ):
        count = told[pair.kind]
        count.update({"pairs": 1, "rated": pair.tier is not None, **dict.fromkeys(pair.changed, 1)})
        count["any"] += bool(pair.changed)
        if asked.errors is not None and pair.changed and pair.kind.startswith(asked.errors):
            print(f"{pair.kind}: {pair.plain}\n    {pair.varied.title} | {pair.varied.text}")
            print(f"    {pair.topic} {pair.facts[0] - pair.facts[1]} {pair.facts[1] - pair.facts[0]} {pair.tier}")
    for kind, count in told.items():
        shares = " ".join(f"{name} {count[name] / count['pairs']:7.2%}" for name in ("topic", "facts"))
        rated, whole = f"tier {count['tier']}/{count['rated']}", f"any {count['any'] / count['pairs']:7.2%}"
        print(f"{kind:24} {count['pairs']:6} {shares} {rated} {whole}")


if __name__ == "__main__":
    main()
