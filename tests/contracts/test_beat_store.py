"""What every BeatStore must do."""

import threading

import pytest

from services.ports import Beat
from services.storage.database import open_database
from services.storage.errors import Unavailable


def test_a_name_is_taken_once_and_held_until_it_is_dropped(work):
    assert work.beats.all() == {}
    assert work.beats.take("lead", "a", None)
    assert not work.beats.take("lead", "b", None)
    assert work.beats.all() == {"lead": Beat("a", 0)}
    assert (work.beats.holds("lead", "a"), work.beats.holds("lead", "b")) == (True, False)
    work.beats.drop("lead", "b")
    assert work.beats.holds("lead", "a")
    work.beats.drop("lead", "a")
    assert work.beats.all() == {}


def test_only_its_holder_can_count_on(work):
    work.beats.take("lead", "a", None)
    assert work.beats.raise_("lead", "a")
    assert not work.beats.raise_("lead", "b")
    assert not work.beats.raise_("nothing", "a")
    assert work.beats.all()["lead"] == Beat("a", 1)


def test_a_silent_holder_is_followed_but_not_one_who_has_counted_on(work):
    work.beats.take("lead", "a", None)
    seen = work.beats.all()["lead"]
    work.beats.raise_("lead", "a")
    assert not work.beats.take("lead", "b", seen)
    assert work.beats.take("lead", "b", work.beats.all()["lead"])
    assert not work.beats.raise_("lead", "a")
    assert work.beats.holds("lead", "b")


def test_of_many_who_want_to_follow_one_does(record):
    with record.unit_of_work() as work:
        work.beats.take("lead", "dead", None)
        work.commit()
    followed = []

    def follow(name):
        with record.unit_of_work() as work:
            if work.beats.take("lead", name, Beat("dead", 0)):
                followed.append(name)
            work.commit()

    threads = [threading.Thread(target=follow, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(followed) == 1
    with record.view() as view:
        assert view.beats.all()["lead"] == Beat(followed[0], 1)


@pytest.mark.postgres
def test_a_leader_may_count_on_in_the_middle_of_a_long_transaction_and_nobody_follows_it(cluster):
    record = open_database(cluster.fresh())
    followed = threading.Event()
    with record.unit_of_work() as work:
        work.beats.take("lead", "a", None)
        work.commit()

    def follow():
        with record.unit_of_work() as other:
            other.beats.take("lead", "b", Beat("a", 0))
            followed.set()

    with record.unit_of_work() as long:
        assert long.beats.holds("lead", "a")
        thread = threading.Thread(target=follow)
        thread.start()
        assert not followed.wait(0.5)
        with record.unit_of_work() as beating:
            assert beating.beats.raise_("lead", "a")
            beating.commit()
        assert not followed.is_set()
    thread.join()
    record.dispose()


@pytest.mark.postgres
def test_one_who_is_stopped_in_a_transaction_holds_nothing_up_once_it_is_fenced(cluster):
    url = cluster.fresh()
    frozen, other = open_database(url, "a"), open_database(url, "b")
    with frozen.unit_of_work() as work:
        work.beats.take("lead", "a", None)
        work.commit()
    stopped = frozen.unit_of_work()
    assert stopped.beats.holds("lead", "a")
    with other.unit_of_work() as work:
        work.beats.fence("a")
        assert work.beats.take("lead", "b", Beat("a", 0))
        work.commit()
    with pytest.raises(Unavailable):
        stopped.commit()
    with frozen.view() as view:
        assert view.beats.all()["lead"].holder == "b"
    for record in (frozen, other):
        record.dispose()
