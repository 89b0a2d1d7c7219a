from analyzer.events.backing import Backing
from analyzer.model import EVIDENCE
from crawlers.model import Authority
from tests.builders import at, post


def test_a_few_of_the_earliest_stand_behind_whatever_order_they_come_in():
    posts = [post(f"第{n}条", told=at(minutes=n), source_id=f"s{n % 2}") for n in range(12)]
    there, back = Backing(), Backing()
    for one in posts:
        there.add(one)
    for one in reversed(posts):
        back.add(one)

    assert there.posts() == back.posts()
    assert there.posts()["first"] == tuple(one.id for one in posts[:EVIDENCE])
    assert there.posts()["latest"] == tuple(one.id for one in posts[-EVIDENCE:])
    assert there.posts()["platforms"] == (posts[0].id, posts[1].id)


def test_offices_stand_by_themselves():
    backing = Backing()
    notice = post("情况通报", authority=Authority.OFFICIAL, told=at(3))
    for one in (post("起火了", told=at(1)), notice):
        backing.add(one)

    assert backing.posts()["official"] == (notice.id,)
    assert notice.id not in backing.posts()["latest"]
