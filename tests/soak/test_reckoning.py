from tests.soak.reckoning import AFTER, lateness, repeats


def test_a_repeat_belongs_to_a_crash_between_its_two_arrivals():
    assert repeats([("a", 1.0, 1.2), ("b", 2.0, 2.2), ("a", 4.0, 4.2)], deaths=[3.0]) == (1, [])


def test_a_mail_that_the_server_filed_long_after_its_sender_died_belongs_to_that_death():
    assert repeats([("a", 1.0, 4.0), ("a", 5.0, 5.1)], deaths=[1.5]) == (1, [])


def test_two_repeats_of_one_crash_are_counted_and_shared_out_where_there_was_another():
    tries = [(key, time, time) for key, time in zip("abab", (1.0, 2.0, 6.0, 7.0), strict=True)]
    assert repeats(tries, deaths=[3.0]) == (2, [])
    assert repeats(tries, deaths=[3.0, 5.0]) == (1, [])


def test_a_repeat_that_no_crash_explains_is_found():
    assert repeats([("a", 1.0, 1.1), ("a", 4.0, 4.1)], deaths=[5.0, 0.5]) == (0, [3.1])


def test_lateness_after_a_crash_counts_from_the_last_restart():
    due = 100.0 + AFTER
    late = lateness([(100.0, due + 1), (200.0, 200.0 + AFTER + 7)], deaths=[200.0 + AFTER + 4])
    up, after, whole = late.values()
    assert (up, after, whole) == ([1, 1.0, 1.0], [1, 3.0, 3.0], [2, 7.0, 7.0])
