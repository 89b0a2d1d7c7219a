"""Print which streams of several posts get another tier than the law gives: `python -m tests.measure.tier_streams`.

A stream is posts as [minute, who, text]; who is o (an office), m (media) or pN (somebody). `fooling` ones hold what is
told to mislead. `dead` are the dead claimed and verified at the end, where it is about these.
"""

from collections.abc import Iterator

from analyzer.model import FactKind, Figure
from analyzer.pipeline import Reader
from analyzer.plan import Plan
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from services.replaying.replay import Replay
from tests.acceptance.streams import highest, line, replayed, stands
from tests.acceptance.town import PLAN
from tests.measure.tiers import told

SAID_BY = {"o": ("official", "gov"), "m": ("media", "paper"), "p": ("public", "board")}


def lines(stream: dict) -> list[dict]:
    """A stream's posts as a source gives them."""
    posts = []
    for number, (minute, who, text) in enumerate(stream["posts"]):
        authority, source = SAID_BY[who[0]]
        posts.append(line(number, text, minute, author=who, authority=authority, source=source))
    return posts


def judged(streams: list[dict], reader: Reader, plan: Plan) -> Iterator[tuple[dict, str | None, Replay]]:
    """Each stream with its tier at the end (of one that fools: the highest it ever had) and the replay."""
    for stream in streams:
        replay = replayed(reader, lines(stream), plan)
        last = max((rating.tier for _, rating in stands(replay) if rating and rating.tier), default=None)
        tier = highest(replay) if stream["fooling"] else last
        yield stream, tier and tier.name, replay


def dead(replay: Replay) -> list[float | None]:
    """The dead of the event that counts most, claimed and verified."""
    figures = [one.figures[FactKind.DEATHS] for one, _ in stands(replay) if FactKind.DEATHS in one.figures]
    most = max(figures, key=lambda one: (one.claimed or 0, one.verified or 0), default=Figure())
    return [most.claimed, most.verified]


def main() -> None:
    right: dict[bool, list[bool]] = {False: [], True: []}
    for stream, tier, replay in judged(told("tier_streams.jsonl"), Reader(load_gazetteer(None)), load_plan(PLAN)):
        right[stream["fooling"]].append(tier == stream["tier"])
        if tier != stream["tier"]:
            print(f"{stream['name']}: wanted {stream['tier']}, got {tier}")
            for event, rating in stands(replay):
                figures = {kind.value: (one.claimed, one.verified) for kind, one in event.figures.items()}
                print(f"    {event.topic} {event.status.value} posts {event.posts} {figures} {rating and rating.note}")
                print(f"       {[(one.criterion, one.observed) for one in rating.reasons] if rating else ''}")
    for fooling, all_ in right.items():
        print(f"{'made to fool' if fooling else 'events'}: {sum(all_)}/{len(all_)}")


if __name__ == "__main__":
    main()
