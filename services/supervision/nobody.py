"""To whom the canary's message goes."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from alerts.model import Message
from alerts.people import Person
from services.storage.tallies import CANARY

log = structlog.get_logger("canary")

NOBODY = Person(id=CANARY, name="线路自检", channels={CANARY: CANARY})


class NobodysChannel:
    """Takes what is sent to nobody."""

    name = CANARY

    def send(self, message: Message) -> None:
        """It has arrived."""
        log.info("canary arrived", key=message.key)

    def address_problem(self, address: str) -> str:
        """Nobody's only address is right."""
        return "" if address == CANARY else f"“{address}”不是线路自检的地址。"

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(slots=True)
class Canary:
    """The last one that was sent, and since when."""

    key: str = ""
    sent_at: datetime | None = None
