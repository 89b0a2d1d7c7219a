import json
from collections import Counter
from datetime import timedelta

import pytest

from services.demo.answers import answers
from services.demo.script import DAYS, OPENS, script
from services.demo.story import AUTHORITY, SEED, story_as_jsonl, tell

STORY = tell()


def of(event: str, source: str | None = None):
    return [item for item in STORY if item.theme == event and source in {None, item.source}]


def voices(event: str, day: int) -> int:
    """Distinct authors on the board on one day of the story."""
    board = of(event, "board")
    return len({i.author_id for i in board if i.visible_at.astimezone(OPENS.tzinfo).day == day})


def test_the_same_seed_tells_the_same_story():
    assert tell() == STORY


def test_another_seed_tells_it_in_other_words_with_the_same_events():
    other = tell(seed=SEED + 1)

    assert other != STORY
    assert Counter(i.theme for i in other) == Counter(i.theme for i in STORY)
    assert [i.text for i in other if i.source == "cap"] == [i.text for i in STORY if i.source == "cap"]


def test_the_counts_lie_within_the_answers_bounds():
    assert answers().posts.admits(len(STORY))
    assert answers().out_of_scope_share.admits(sum(not i.in_scope for i in STORY) / len(STORY))


def test_every_source_speaks_and_everything_happens_within_the_fourteen_days():
    closes = OPENS + timedelta(days=DAYS)

    assert {i.source for i in STORY} == set(AUTHORITY)
    assert all(OPENS <= i.published_at <= i.visible_at < closes for i in STORY)
    assert all(at.tzinfo is not None for i in STORY for at in i.changed_at)


def test_posts_come_in_the_order_in_which_they_show_up_under_ids_of_their_own():
    assert [i.visible_at for i in STORY] == sorted(i.visible_at for i in STORY)
    assert len({i.id for i in STORY}) == len(STORY)


def test_every_event_of_the_answers_is_told_within_its_time_and_no_other():
    told = {i.event for i in STORY} - {None}

    assert told == set(answers().events)
    for item in STORY:
        if item.event:
            assert answers().events[item.event].covers(item.visible_at), item


def test_every_event_is_named_by_one_of_its_places():
    for key, expected in answers().events.items():
        names = [name.removesuffix("街道").removesuffix("镇") for name in expected.places]
        assert any(name[:4] in i.title + i.text for i in of(key) for name in names), key


def test_no_public_text_is_told_twice_but_for_reposts():
    texts = Counter(i.text for i in STORY if i.source == "board")
    reposted = {i.text for i in STORY if any(i.text in o.text and i is not o for o in STORY)}

    assert {text for text, n in texts.items() if n > 1} <= reposted
    assert len(texts) > 0.98 * sum(texts.values())


def test_the_road_has_three_voices_on_its_first_day_and_twelve_in_all_and_no_answer():
    assert voices("road", 2) == 3
    assert len({i.author_id for i in of("road", "board")}) >= 12
    assert not of("road", "gov")
    assert not of("road", "news")


def test_the_workers_reach_ten_voices_on_one_day_only_after_the_first():
    assert voices("wages", 7) == 3
    assert voices("wages", 8) >= 10


def test_no_other_matter_has_three_voices_on_one_day():
    """Small matters are one post each; nothing but the events may come to notice."""
    assert len({i.text for i in of("singles")}) == len(of("singles"))
    assert len(of("single")) == 1


def test_some_posts_show_up_late_and_some_are_edited():
    assert any(i.visible_at - i.published_at > timedelta(days=1) for i in STORY)
    edited = [i for i in STORY if i.updates]
    assert {i.source for i in edited} == {"news", "gov"}
    first = edited[0]
    assert first.as_of(first.visible_at)[1] != first.as_of(first.changed_at[-1])[1]


def test_what_the_government_says_can_be_written_in_gbk():
    for item in STORY:
        if item.source == "gov":
            (item.title + item.text + item.author).encode("gbk")


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_every_planted_identity_is_in_the_story(seed):
    said = "\n".join(f"{i.title}\n{i.text}" for i in tell(seed=seed))

    for kind, values in answers().planted.items():
        if kind not in {"handles", "bylines"}:
            assert [v for v in values if v not in said] == [], kind
    assert {i.author for i in STORY if i.source == "board"} <= set(answers().planted["handles"])


def test_nobody_mentions_a_handle_or_a_byline_in_a_text():
    """Otherwise a search for planted authors would find innocent words."""
    said = "\n".join(f"{i.title}\n{i.text}" for i in STORY)

    assert [v for kind in ("handles", "bylines") for v in answers().planted[kind] if v in said] == []


@pytest.mark.parametrize("number", answers().planted["identity_cards"])
def test_planted_identity_cards_have_a_valid_checksum(number):
    weights = [2 ** (17 - k) % 11 for k in range(17)]

    assert "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] == number[17]


@pytest.mark.parametrize("number", answers().planted["bank_cards"])
def test_planted_bank_cards_pass_luhn(number):
    digits = [int(d) for d in reversed(number)]

    assert sum(d if k % 2 == 0 else sum(divmod(2 * d, 10)) for k, d in enumerate(digits)) % 10 == 0


def test_a_greater_scale_multiplies_the_talk_and_keeps_the_events():
    large = tell(scale=14)

    assert 9_000 <= len(large) <= 12_000
    assert {i.event for i in large} == {i.event for i in STORY}
    assert [i.text for i in large if i.source == "cap"] == [i.text for i in STORY if i.source == "cap"]
    assert Counter(i.theme for i in large)["road"] == len(of("road"))
    assert len({i.author_id for i in large}) > len(script().handles)


def test_jsonl_has_a_line_for_every_post_and_edit_in_the_order_of_collection():
    lines = [json.loads(line) for line in story_as_jsonl(STORY)]

    assert len(lines) == len(STORY) + sum(len(i.updates) for i in STORY)
    assert [line["collected_at"] for line in lines] == sorted(line["collected_at"] for line in lines)
    assert {line["authority"] for line in lines} == {"official", "media", "public"}
    assert all(line["published_at"].endswith("+08:00") for line in lines)
    twice = [i for i, n in Counter(line["id"] for line in lines).items() if n > 1]
    assert len(twice) == sum(bool(i.updates) for i in STORY)
