"""What every PostQueue must do."""

from dataclasses import replace

from analyzer.model import Scope
from crawlers.model import Outcome
from tests.builders import at, post, reading

ONE, TWO = at(1), at(2)


def put(record, *posts):
    store = record.crawl_store()
    outcomes = [store.put(one) for one in posts]
    store.close()
    return outcomes


def claim(record, *, limit=10, now=ONE, until=TWO):
    with record.unit_of_work() as work:
        claimed = work.posts.claim(limit=limit, now=now, until=until)
        work.commit()
    return list(claimed)


def settle(record, *kept, out=()):
    with record.unit_of_work() as work:
        for one in kept:
            work.posts.keep(one, reading(one))
        for one in out:
            work.posts.discard(one)
        work.commit()


def test_the_oldest_told_is_claimed_first(record):
    posts = [post(told=at(minutes=m)) for m in (5, 1, 9, 3)]
    put(record, *posts)
    assert claim(record, limit=3) == [posts[1], posts[3], posts[0]]


def test_nobody_else_claims_a_post_until_the_lease_runs_out(record):
    one, other = post(told=at()), post(told=at(minutes=1))
    put(record, one, other)
    assert claim(record, limit=1, now=at(1), until=at(2)) == [one]
    assert claim(record, now=at(1.5), until=at(3)) == [other]
    assert claim(record, now=at(2), until=at(4)) == [one]


def test_a_claim_that_is_rolled_back_is_no_claim(record):
    one = post()
    put(record, one)
    with record.unit_of_work() as work:
        assert work.posts.claim(limit=9, now=at(1), until=at(2)) == [one]
    assert claim(record) == [one]


def test_a_settled_post_is_not_claimed_again(record):
    one, other = post(), post()
    put(record, one, other)
    claim(record)
    settle(record, one, out=[other])
    assert claim(record, now=at(99)) == []


def test_a_kept_post_comes_back_as_it_was_put(record):
    one = post("全角１２３、表情😀、\x00", title="标题", region="110101", engagement=2**40, voice="甲")
    put(record, one)
    settle(record, one)
    with record.view() as view:
        assert view.posts.get([one.id]) == [one]


def test_posts_are_given_in_the_order_asked_for_and_unknown_ones_left_out(record):
    one, other = post(), post()
    put(record, one, other)
    settle(record, one)
    with record.view() as view:
        assert view.posts.get([other.id, "unknown", one.id]) == [other, one]
        assert view.posts.get([]) == []


def test_nothing_but_a_count_is_left_of_what_is_out_of_scope(record):
    one = post("与本职无关的闲谈")
    put(record, one)
    settle(record, out=[one])
    with record.view() as view:
        assert not view.posts.get([one.id])
        tally = view.sources.tallies("2026-11-03")[one.source_id]
        assert (tally.read, tally.kept, tally.out_of_scope) == (1, 0, 1)


def test_settling_twice_changes_nothing(record):
    """A worker whose lease ran out comes back when another one has done its work."""
    one, other = post(), post()
    put(record, one, other)
    settle(record, one, out=[other])
    settle(record, other, out=[one])
    with record.view() as view:
        assert view.posts.get([one.id, other.id]) == [one]
        tally = view.sources.tallies()[""]
        assert (tally.read, tally.kept, tally.out_of_scope) == (2, 1, 1)


def test_settling_twice_in_one_transaction_counts_once(record):
    one = post()
    put(record, one)
    with record.unit_of_work() as work:
        work.posts.keep(one, reading(one))
        work.posts.discard(one)
        work.commit()
    with record.view() as view:
        assert view.posts.get([one.id]) == [one]
        assert view.sources.tallies()[""].out_of_scope == 0


def test_a_post_that_was_never_put_may_be_kept_with_its_reading(record):
    one = post()
    settle(record, one)
    assert put(record, one) == [Outcome.DUPLICATE]
    with record.view() as view:
        assert view.posts.get([one.id]) == [one]
        assert view.sources.tallies()[""].read == 2


def test_what_was_read_of_an_edited_post_does_not_settle_the_edit(record):
    one = post("水管爆裂")
    edited = replace(one, text="水管爆裂，已修复")
    put(record, one)
    claim(record)
    assert put(record, edited) == [Outcome.REVISED]
    settle(record, one)
    assert claim(record, now=at(1)) == [replace(edited, revision=2)]


def test_a_kept_post_shows_its_old_text_until_the_edit_was_read(record):
    one = post("水管爆裂")
    put(record, one)
    settle(record, one)
    put(record, replace(one, text="水管爆裂，已修复"))
    (second,) = claim(record)
    with record.view() as view:
        assert view.posts.get([one.id]) == [one]
    settle(record, second)
    with record.view() as view:
        assert view.posts.get([one.id]) == [second]
        assert view.sources.tallies()[""].kept == 2


def test_an_edit_that_is_out_of_scope_takes_the_old_text_along(record):
    one = post("水管爆裂")
    put(record, one)
    settle(record, one)
    put(record, replace(one, text="改成了闲谈"))
    settle(record, out=claim(record))
    with record.view() as view:
        assert view.posts.get([one.id]) == []


def test_unsure_posts_are_kept_and_counted_apart(record):
    one = post()
    put(record, one)
    with record.unit_of_work() as work:
        work.posts.keep(one, reading(one, scope=Scope.UNSURE))
        work.commit()
    with record.view() as view:
        tally = view.sources.tallies()[""]
        assert (tally.read, tally.kept, tally.unsure) == (1, 0, 1)


def test_a_large_batch_is_settled_at_once(record):
    posts = [post(told=at(minutes=m / 60)) for m in range(1500)]
    put(record, *posts[:50])
    settle(record, *posts[:1000], out=posts[1000:])
    with record.view() as view:
        assert len(view.posts.get([p.id for p in posts])) == 1000
        assert view.sources.tallies()[""].out_of_scope == 500


def test_a_kept_post_is_found_by_the_digits_its_id_begins_with(record):
    first, second, third, unread = (
        replace(post(), id=start + "0" * (64 - len(start)))
        for start in ("3f0c9a1e", "3f0c9a1ef", "3f0c9a1f", "3f0c9a1e5")
    )
    put(record, first, second, third, unread)
    settle(record, first, second, third)
    with record.view() as view:
        assert view.posts.numbered("3f0c9a1e") == [first, second]
        assert view.posts.numbered("3f0c9a1ff") == []
