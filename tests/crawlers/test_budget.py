"""The daily budget and the pauses that hosts asked for."""

from datetime import UTC, datetime, timedelta

from crawlers.budget import FILE, Budget

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def spend(budget, times, limit, now=NOW):
    return [budget.take("a.example", now, limit=limit) for _ in range(times)]


def test_no_more_than_the_limit_is_given_in_a_day(tmp_path):
    assert spend(Budget(folder=tmp_path), 30, 25).count(True) == 25


def test_the_count_goes_on_in_the_next_process(tmp_path):
    first = Budget(folder=tmp_path)
    spend(first, 10, 25)
    first.close(NOW)
    assert spend(Budget(folder=tmp_path), 30, 25).count(True) == 15


def test_a_killed_process_counts_too_much_and_never_too_little(tmp_path):
    spend(Budget(folder=tmp_path), 10, 25)
    assert spend(Budget(folder=tmp_path), 30, 25).count(True) <= 15


def test_two_processes_at_once_stay_within_the_limit_together(tmp_path):
    one, other = Budget(folder=tmp_path), Budget(folder=tmp_path)
    given = sum((spend(one, 1, 50) + spend(other, 1, 50)).count(True) for _ in range(60))
    assert given == 50


def test_a_new_beijing_day_starts_at_nought(tmp_path):
    budget = Budget(folder=tmp_path)
    assert spend(budget, 5, 5).count(True) == 5
    budget.close(NOW)
    assert spend(budget, 5, 5, NOW + timedelta(hours=15)).count(True) == 5


def test_a_pause_lasts_until_its_end_and_outlives_the_process(tmp_path):
    Budget(folder=tmp_path).pause("a.example", NOW, NOW + timedelta(hours=1))
    later = Budget(folder=tmp_path)
    assert later.paused_until("a.example", NOW) == NOW + timedelta(hours=1)
    assert later.paused_until("b.example", NOW) is None
    assert later.paused_until("a.example", NOW + timedelta(hours=2)) is None


def test_a_long_pause_ends_no_other_pause_and_gives_no_new_budget(tmp_path):
    budget = Budget(folder=tmp_path)
    assert spend(budget, 25, 25).count(True) == 25
    budget.pause("b.example", NOW, NOW + timedelta(hours=1))
    budget.pause("c.example", NOW, NOW + timedelta(days=1))
    assert budget.paused_until("b.example", NOW) == NOW + timedelta(hours=1)
    assert spend(Budget(folder=tmp_path), 1, 25) == [False]


def test_a_spoilt_ledger_is_begun_anew(tmp_path):
    (tmp_path / FILE).write_text("[]")
    assert spend(Budget(folder=tmp_path), 1, 5) == [True]


def test_turns_at_a_host_are_a_gap_apart_whoever_takes_them(tmp_path):
    first, second = Budget(folder=tmp_path), Budget(folder=tmp_path)
    assert first.turn("a.example", 1000.0, gap=2.0, patience=60) == 0
    assert second.turn("a.example", 1000.5, gap=2.0, patience=60) == 1.5
    assert first.turn("a.example", 1000.5, gap=0.0, patience=60) == 3.5
    assert first.turn("b.example", 1000.5, gap=2.0, patience=60) == 0
    assert second.turn("a.example", 1009.0, gap=2.0, patience=60) == 0


def test_a_turn_that_is_too_far_away_is_not_taken(tmp_path):
    budget = Budget(folder=tmp_path)
    budget.turn("a.example", 1000.0, gap=30.0, patience=60)
    assert budget.turn("a.example", 1000.0, gap=30.0, patience=5) is None
    assert budget.turn("a.example", 1000.0, gap=30.0, patience=60) == 30


def test_a_turn_of_another_clock_is_no_turn(tmp_path):
    budget = Budget(folder=tmp_path)
    budget.turn("a.example", 9_000_000.0, gap=30.0, patience=60)
    assert budget.turn("a.example", 1000.0, gap=1.0, patience=60) == 0
