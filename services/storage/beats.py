"""Who is alive and who leads: counts that their holders raise. No clock is read, so none can be wrong."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update

from services.ports import Beat
from services.storage.statements import insert_new
from services.storage.tables import beats
from services.storage.transaction import Transaction

B = beats.c


class SqlBeatStore:
    """BeatStore over `beats`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Mapping[str, Beat]:
        """Every name with its holder and count."""
        return {row.name: Beat(row.holder, row.beat) for row in self._transaction.execute(select(beats))}

    def raise_(self, name: str, holder: str) -> bool:
        """Count on; False when somebody else holds the name."""
        mine = update(beats).where(B.name == name, B.holder == holder).values(beat=B.beat + 1)
        return self._transaction.execute(mine).rowcount == 1

    def take(self, name: str, holder: str, over: Beat | None) -> bool:
        """Hold a name that was last seen as `over` (None: that nobody held); False when it has changed since."""
        if over is None:
            row = {"name": name, "holder": holder, "beat": 0}
            return self._transaction.execute(insert_new(self._transaction.dialect, beats), row).rowcount == 1
        seen = (B.name == name, B.holder == over.holder, B.beat == over.beat)
        return (
            self._transaction.execute(update(beats).where(*seen).values(holder=holder, beat=B.beat + 1)).rowcount == 1
        )

    def holds(self, name: str, holder: str) -> bool:
        """Whether this holder has it, and keeps it until this transaction ends."""
        mine = select(B.name).where(B.name == name, B.holder == holder).with_for_update(read=True)
        return self._transaction.execute(mine).first() is not None

    def drop(self, name: str, holder: str) -> None:
        """Nobody holds it any more."""
        self._transaction.execute(delete(beats).where(B.name == name, B.holder == holder))
