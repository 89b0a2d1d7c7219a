"""Who is alive and who leads: counts that their holders raise. No clock is read, so none can be wrong."""

from collections.abc import Mapping

from sqlalchemy import delete, select, text, update

from services.ports import Beat
from services.storage.engine import session_of
from services.storage.statements import insert_new
from services.storage.tables import beats
from services.storage.transaction import Transaction

B = beats.c
_END_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = :session AND usename = current_user AND pid <> pg_backend_pid()"
)


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
        # Waits for whoever `holds` it, which counting on does not.
        if self._transaction.execute(select(B.name).where(*seen).with_for_update()).first() is None:
            return False
        self._transaction.execute(update(beats).where(B.name == name).values(holder=holder, beat=B.beat + 1))
        return True

    def holds(self, name: str, holder: str) -> bool:
        """Whether this holder has it, and keeps it until this transaction ends; meanwhile it can be counted on."""
        mine = select(B.name).where(B.name == name, B.holder == holder).with_for_update(read=True, key_share=True)
        return self._transaction.execute(mine).first() is not None

    def fence(self, holder: str) -> None:
        """End a dead holder's sessions: one that was stopped in a transaction would keep its locks."""
        if self._transaction.dialect == "postgresql":
            self._transaction.execute(_END_SESSIONS, {"session": session_of(holder)})

    def drop(self, name: str, holder: str) -> None:
        """Nobody holds it any more."""
        self._transaction.execute(delete(beats).where(B.name == name, B.holder == holder))
