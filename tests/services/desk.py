"""A service over a folder of its own, whose reader understands of each post what the test says."""

import random
from contextlib import contextmanager
from dataclasses import replace

import pytest

from alerts.drills import SOURCE
from services import bootstrap, worker
from services.clock import SteppedClock
from services.folder.init import write_folder
from tests.builders import NOON, at, fact, place, post, reading

CONTACT = "duty@minqing.example"
WAREHOUSE = place("永固仓库", "plant", ("示范市", "示范区", "永固仓库"))


class FakeReader:
    """Gives the readings it was told, in the order of the posts."""

    def __init__(self):
        self.readings = {}

    def read_many(self, posts):
        return [replace(self._of(post), post_id=post.id) for post in posts]

    def _of(self, post):
        return reading(post, "hazard.fire") if post.source_id == SOURCE else self.readings[post.id]

    def settings(self, post, reading):
        return frozenset()


def a_folder(folder, *, sources="sources: []\n", mail=2525, **settings):
    """A service folder as `minqing init` writes it, with these settings and sources."""
    write_folder(folder)
    lines = {"contact": CONTACT, "mail": f"{{host: 127.0.0.1, port: {mail}, timeout: 5}}"}
    lines |= {"listen": "{host: 127.0.0.1, port: 0}", **settings}
    (folder / "settings.yaml").write_text("".join(f"{k}: {v}\n" for k, v in lines.items()), encoding="utf-8")
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    return folder


@contextmanager
def opened(folder, now=NOON):
    """The folder's service under a clock that the test sets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "build_reader", lambda gazetteer, settings: FakeReader())
        service = bootstrap.open_service(folder, SteppedClock(now))
    try:
        yield service
    finally:
        service.close()


def tell(service, *pairs):
    """Posts with their readings arrive and are read."""
    store = service.database.crawl_store()
    for told, understood in pairs:
        service.reader.readings[told.id] = understood
        store.put(told)
    store.close()
    while worker.read(service):
        pass


SEEN = (
    "整个天都映红了",
    "加班回来正好路过",
    "门卫的电话一直打不通",
    "关紧窗户还是一屋子味道",
    "孩子被警笛吵醒哭个不停",
    "公交在桥头就让我们下了车",
    "群里有人发了现场录像",
    "隔壁网吧的人全跑到街上",
    "听见有人喊快拿水来",
    "站在天桥上热浪扑到脸上",
)
"""What each saw, in words of his own: one text with other tails is one witness."""


def incompressible(characters, seed):
    """A text that is like no other and takes its full room on a disk."""
    chance = random.Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(characters))


def a_fire(*voices, deaths=3, told=NOON, text="永固仓库起火", **more):
    """What these voices say of one fire, as pairs of post and reading."""
    said = [
        post(f"{text}，第{n}条，{SEEN[n % len(SEEN)]}", voice=voice, told=told, **more)
        for n, voice in enumerate(voices, start=1)
    ]
    facts = [fact(value=deaths)] if deaths else []
    return [(one, reading(one, "hazard.fire", *facts, places=(WAREHOUSE,))) for one in said]


MILL = place("城北面粉厂", "plant", ("示范市", "示范区", "城北面粉厂"))
FIRST = ("粉尘", "烟囱", "传送带", "筒仓")
SECOND = ("浓烟", "消防车", "卷帘门", "货架")


def said(words, *voices, minutes, places=(), deaths=0):
    """What these voices say of a fire, in these words."""
    posts = [
        post(f"{words[n % 4]}，{SEEN[ord(voice) % len(SEEN)]}", voice=voice, told=at(minutes=minutes))
        for n, voice in enumerate(voices)
    ]
    facts = [fact(value=deaths)] if deaths else []
    return [(one, reading(one, "hazard.fire", *facts, places=places, terms=words)) for one in posts]


def two_tellings(service):
    """A fire with an alert, what is told without a place in words of its own, and what is told in the words of both.

    The second is told hours after the first: of one hour they would be one.
    """
    service.clock.set(at(minutes=430))
    tell(service, *said(FIRST, "a", "b", "c", minutes=0, places=(MILL,), deaths=3))
    tell(service, *said(SECOND, "d", "e", "f", minutes=409))
    tell(service, *said((*SECOND, *FIRST), "g", "h", "i", "j", minutes=412))
