"""What every BeatStore must do."""

import threading

from services.ports import Beat


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
