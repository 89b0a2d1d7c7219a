"""Pair F1 of streams that were written before the code that groups them was looked at."""

from dataclasses import replace

import pytest

from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.measure.grouping import complaints, grouped, pair_scores, read

READER = Reader(Gazetteer.load(()))


@pytest.mark.parametrize(
    ("stream", "precision", "recall"),
    [
        ("complaints_two_towns", 0.94, 0.88),
        ("hazards_microblog", 0.90, 0.58),
        ("complaints_and_hazards", 0.82, 0.83),
        ("complaints_letters", 0.84, 0.96),
        ("hazards_ten", 0.9, 0.77),
        ("complaints_and_hazards_next", 0.85, 0.66),
        ("complaints_district", 0.92, 0.88),
        ("hazards_province", 0.95, 0.92),
        ("complaints_county", 0.82, 0.96),
        ("complaints_suburb", 0.93, 0.82),
        ("hazards_lakes", 0.94, 0.88),
        ("complaints_city", 0.95, 0.95),
        ("complaints_mailbox", 0.96, 0.93),
        ("complaints_clips", 0.84, 0.60),
        ("long_events", 0.89, 0.80),
        ("complaints_outages", 0.90, 0.63),
        ("complaints_quarter", 0.80, 0.91),
        ("complaints_quarter_next", 0.84, 0.88),
        ("complaints_orders", 0.95, 0.88),
        ("complaints_talk", 0.92, 0.71),
        ("complaints_quay", 0.67, 0.60),
        ("complaints_mailbox_next", 0.85, 0.77),
        ("complaints_north", 0.78, 0.61),
        ("complaints_south", 0.91, 0.58),
        ("news_outlets", 0.86, 0.83),
        ("letters_prefecture", 0.86, 0.54),
        ("complaints_calls", 0.67, 0.71),
        ("posts_small_city", 0.88, 0.34),
        ("news_retold", 0.59, 0.57),
        ("complaints_three_ways", 0.63, 0.69),
        ("news_archive", 0.76, 0.70),
        ("complaints_board", 0.70, 0.58),
        ("news_country", 0.73, 0.71),
        ("news_six_weeks", 0.86, 0.48),
        ("complaints_letters_next", 0.90, 0.75),
        ("complaints_whole_city", 0.93, 0.95),
        ("complaints_coast", 0.93, 0.97),
        ("complaints_snapshots", 0.50, 0.42),
        ("hazards_prefecture", 0.73, 0.43),
        ("hot_topics", 0.74, 0.44),
        ("complaints_borough", 0.57, 0.40),
        ("complaints_nationwide", 0.80, 0.40),
        ("complaints_city_line", 0.92, 0.86),
        ("news_month", 0.96, 0.93),
        ("posts_province", 0.84, 0.77),
        ("letters_county", 0.65, 0.92),
        ("complaints_city_line_next", 0.96, 0.89),
        ("news_month_next", 0.93, 0.80),
        ("posts_province_next", 0.91, 0.70),
        ("complaints_clips_next", 0.78, 0.65),
        ("hot_country", 0.97, 0.89),
        ("hot_country_next", 0.82, 0.75),
        ("hot_country_last", 0.96, 0.70),
        ("news_emergencies", 0.97, 0.82),
    ],
)
def test_posts_of_one_matter_are_found_together(stream, precision, recall):
    posts = complaints(stream)
    found = grouped(posts, read(posts, READER), dropping=False)

    scores = pair_scores(found, [label for _, label in posts])

    assert scores[0] >= precision
    assert scores[1] >= recall


def test_what_is_told_days_after_a_long_event_is_no_part_of_it():
    """A fire lane blocked ten days after a fire, a burst pipe after a flood: 32 of them, each a matter of its own."""
    posts = complaints("long_events")
    found = grouped(posts, read(posts, READER), dropping=False)

    later = [group for group, (_, event) in zip(found, posts, strict=True) if event.startswith("x")]
    long = {group for group, (_, event) in zip(found, posts, strict=True) if not event.startswith("x")}

    assert len([group for group in later if group in long]) <= 1


def test_hazards_of_one_region_are_not_buried_in_each_other():
    """Twenty happenings within a day: 0.25 and 0.72 before "the only one" looked at what else goes on."""
    posts = [(replace(post, region="990101"), event) for post, event in complaints("hazards_ten")]
    found = grouped(posts, read(posts, READER), dropping=False)

    precision, recall, _ = pair_scores(found, [label for _, label in posts])

    assert precision >= 0.70
    assert recall >= 0.70
