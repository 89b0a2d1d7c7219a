"""How fast a host is asked."""

from datetime import UTC, datetime

import pytest

from crawlers.pace import PUBLIC_DELAY, pace, retry_after

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_a_public_host_gets_at_least_a_second_between_requests():
    assert pace(public=True, asked=0).seconds >= PUBLIC_DELAY
    assert pace(public=True, asked=0.2).seconds >= PUBLIC_DELAY


def test_what_robots_asks_is_kept_with_a_little_more():
    assert 5 < pace(public=True, asked=5).seconds < 5.5
    assert pace(public=True, asked=5).concurrency == 1


def test_a_named_private_host_starts_without_delay():
    assert pace(public=False, asked=0).seconds == 0


def test_a_slow_host_is_asked_more_slowly_and_a_quick_one_again_faster():
    slow = pace(public=True, asked=0).after(8, ok=True)
    assert slow.seconds == 4
    assert slow.after(0.1, ok=True).seconds < 4


def test_a_quick_error_does_not_speed_up():
    slow = pace(public=True, asked=0).after(8, ok=True)
    assert slow.after(0.01, ok=False).seconds == 4


def test_never_faster_than_the_floor():
    quick = pace(public=True, asked=3).after(0.01, ok=True)
    assert quick.seconds > 3


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Fri, 20 Nov 2026 02:01:00 GMT", 60),
        ("Fri, 20 Nov 2026 01:00:00 GMT", 0),
        ("soon", None),
        (None, None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header, seconds):
    assert retry_after(header, NOW) == seconds
