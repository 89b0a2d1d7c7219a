"""What has not been seen for long is found, whatever was seen again in between."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.grouping.ageing import Ageing

HOURS = st.integers(-100, 2000)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), HOURS, st.booleans()), max_size=40))
def test_it_finds_what_looking_at_all_would_find(steps):
    ages, seen = Ageing(), {}
    for key, hour, looks in steps:
        if looks:
            before = hour * 3600.0
            old = {key for key, at in seen.items() if at < before}
            assert set(ages.gone(before, seen.get)) == old
            for gone in old:
                del seen[gone]
        else:
            if key not in seen:
                ages.add(key)
            seen[key] = max(hour * 3600.0, seen.get(key, hour * 3600.0))


def test_one_of_which_nothing_is_known_any_more_is_left_out():
    ages = Ageing()
    ages.add("a")
    assert ages.gone(0.0, lambda _: None) == []
    assert ages.gone(1e9, lambda _: 0.0) == []
