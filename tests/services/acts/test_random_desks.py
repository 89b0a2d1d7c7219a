"""Whatever people do to events in whatever order: memory is what a restart would make, few voices stay unseen."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.errors import AlertError
from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer import regrouping as moves
from analyzer.model import FactKind, Tier
from crawlers.model import Authority
from services import worker
from services.acts import findings, regrouping
from services.console.board import cards_of
from services.errors import ServiceError
from tests.builders import fact, place, post, reading
from tests.services.desk import SEEN, tell

WORKS = {name: place(name, "plant", ("示范市", "示范区", name)) for name in ("永固仓库", "城北面粉厂", "东门纱厂")}
WORDS = {"永固仓库": ("烟囱", "筒仓"), "城北面粉厂": ("粉尘", "传送带"), "东门纱厂": ("棉纱", "机房")}
STEPS = 30


class Hands:
    """People at a desk, and posts that come in, as chance has it."""

    def __init__(self, service, seed):
        self.service, self.chance, self.said = service, random.Random(seed), 0

    def move(self):
        now = self.service.clock.now() + timedelta(minutes=self.chance.choice((1, 7, 40, 200)))
        self.service.clock.set(now)
        with suppress(AlertError, ServiceError):  # what is refused changes nothing
            self.chance.choice(
                (self.hear, self.hear, self.merge, self.split, self.undo, self.verify, self.end, self.answer)
            )(now)
        worker.tick(self.service)

    def events(self):
        with self.service.view() as uow:
            return [event.id for event in uow.events.all() if event.merged_into is None]

    def hear(self, now):
        name, who = self.chance.choice(list(WORKS)), self.chance.choices(list(Authority), (1, 1, 8))[0]
        for _ in range(self.chance.randint(1, 4)):
            self.said += 1
            voice = f"v{self.said}" if who is Authority.PUBLIC else None
            said = f"{name}起火{SEEN[self.said % len(SEEN)]}{self.said}"
            told = post(said, voice=voice, authority=who, told=now)
            deaths = [fact(value=self.chance.choice((0, 1, 3, 12)))] if self.chance.random() < 0.6 else []
            tell(self.service, (told, reading(told, "hazard.fire", *deaths, places=(WORKS[name],), terms=WORDS[name])))

    def merge(self, now):
        if len(known := self.events()) > 1:
            regrouping.merge(self.service, *self.chance.sample(known, 2), by="operator_a")

    def split(self, now):
        if known := self.events():
            key = self.chance.choice(known)
            with self.service.view() as uow:
                ids = list(uow.events.member_ids(key))
            regrouping.split(self.service, key, self.chance.sample(ids, (len(ids) + 1) // 2), by="operator_a")

    def undo(self, now):
        with self.service.view() as uow:
            standing = moves.standing(uow.events.regroupings())
        if standing:
            regrouping.undo(self.service, self.chance.choice(standing[-2:]).id, by="operator_b")

    def verify(self, now):
        if known := self.events():
            key, figures = self.chance.choice(known), {FactKind.DEATHS: self.chance.choice((0.0, 2.0, 3.0))}
            for agreed in (None, *Tier):
                with suppress(AlertError):
                    findings.confirm(self.service, key, figures, by="operator_a", note="电话", agreed=agreed)
                    return

    def end(self, now):
        with self.service.view() as uow:
            alerts = uow.alerts.all()
        if alerts:
            alert, how = self.chance.choice(alerts), self.chance.choice((Action.FALSE_ALARM, Action.REOPEN))
            for person in ("operator_a", "operator_b"):
                self.service.act(alert.id, Act(action=how, by=person, note="看过现场"))

    def answer(self, now):
        """An answer is recorded, or the last one taken back."""
        with self.service.view() as uow:
            alerts = uow.alerts.open()
        if alerts:
            alert, how = self.chance.choice(alerts), self.chance.choice((Action.ANSWER, Action.RETRACT))
            if how is Action.RETRACT:
                with suppress(AlertError):
                    self.service.act(alert.id, Act(action=Action.ANSWER, by="operator_a", note="通报"))
            self.service.act(alert.id, Act(action=how, by="operator_a", note="通报"))


def plain(events):
    """Without what counts decisions or the posts of an hour."""
    return {event.id: replace(event, version=0, growth=None, heat=0) for event in events}


@pytest.mark.parametrize("seed", range(6))
def test_memory_is_the_record_and_what_fewer_than_three_say_is_shown_nowhere(service, seed):
    hands = Hands(service, seed)
    for _ in range(STEPS):
        hands.move()

        now = service.clock.now()
        remembered = plain(service.processor.engine.events(now))
        service.rebuild()
        assert plain(service.processor.engine.events(now)) == remembered
        with service.view() as uow:
            events = {event.id: event for event in uow.events.all()}
            assert plain(event for event in events.values() if event.merged_into is None) == remembered
            assert all(event.corroborated for event in (events[card.event.id] for card in cards_of(service, uow, now)))
            assert not [alert for alert in uow.alerts.open() if events[alert.event_id].merged_into is not None]
            history = uow.events.regroupings()
            split = [move for move in moves.standing(history) if move.move is moves.Move.SPLIT]
            assert all(moves.whole(history, one.source) != moves.whole(history, one.target) for one in split)
