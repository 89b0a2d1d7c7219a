"""A mail server on loopback that files what it accepts: the demo's letter box, and the tests' faulty one."""

import asyncio
import re
import socket
from collections.abc import Awaitable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from weakref import WeakSet

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.listening import hear_out

_UNSAFE = re.compile(r"[^\w.@+-]+")


@dataclass(kw_only=True, slots=True)
class Faults:
    """What the server does wrong, until it is told otherwise.

    `reply` refuses every mail after its text with that line ("451 …", "554 …"); `refused` are recipients
    answered with 550; `hang_up` closes the line in DATA; `slow` waits so many seconds before it answers.
    `times` faults happen (None: all of them), then it behaves.
    """

    reply: str = ""
    refused: frozenset[str] = frozenset()
    hang_up: bool = False
    slow: float = 0.0
    times: int | None = None

    def due(self) -> bool:
        """Whether the next mail meets a fault; counts down."""
        if not (self.reply or self.hang_up or self.slow):
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


class MailSink:
    """SMTP on 127.0.0.1; each accepted mail becomes `folder`/NNNN-<recipient>.eml, one a recipient.

    Use it as a context manager. `faults` may be set at any time.
    """

    def __init__(self, folder: Path, *, port: int = 0, faults: Faults | None = None) -> None:
        self.folder = folder
        self.faults = faults or Faults()
        self._numbers = count(1 + _highest(folder))
        self._controller = Listener(self, port, decode_data=False)
        self.host, self.port = "127.0.0.1", self._controller.port

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    def mails(self) -> list[Path]:
        """Filed mails, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient is offered."""
        if address in self.faults.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # the same
        """One whole mail has arrived."""
        if self.faults.due():
            if self.faults.slow:
                await asyncio.sleep(self.faults.slow)
            if self.faults.hang_up:
                cast("asyncio.Transport", server.transport).abort()
                return "421 4.3.2 closing"
            if self.faults.reply:
                return self.faults.reply
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            self._file(recipient, content)
        return "250 2.0.0 filed"

    def _file(self, recipient: str, content: bytes) -> None:
        """Write beside and rename, so that nobody ever reads half a mail."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{next(self._numbers):04d}-{_UNSAFE.sub('_', recipient)}.eml"
        draft = target.with_suffix(".part")
        draft.write_bytes(content)
        draft.replace(target)


class Listener(Controller):
    """Binds its socket at once, so that its port is known before the start and never free for anybody else.

    At its end it hangs up on everybody: aiosmtpd leaves those alone whose greeting is not out yet, and forgets the
    plain transport under a TLS one.
    """

    def __init__(self, handler: object, port: int = 0, **options: Any) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.transports = WeakSet[asyncio.Transport]()
        name, bound = self._socket.getsockname()
        super().__init__(handler, hostname=name, port=bound, ready_timeout=30, **options)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)

    def factory(self) -> SMTP:
        """One client's session."""
        return Line(self.handler, self.transports, **self.SMTP_kwargs)

    def stop(self, no_assert: bool = False) -> None:  # noqa: FBT001, FBT002  # aiosmtpd's
        """End; harmless a second time."""
        if self.server is not None:
            asyncio.run_coroutine_threadsafe(self._hang_up(cast("asyncio.Server", self.server)), self.loop).result()
            super().stop(no_assert)

    async def _hang_up(self, server: asyncio.Server) -> None:
        await hear_out(server)
        for transport in list(self.transports):
            transport.abort()
        await asyncio.sleep(0.01)


class Line(SMTP):
    """A session that notes what it speaks through."""

    def __init__(self, handler: object, transports: WeakSet[asyncio.Transport], **options: Any) -> None:
        self._transports = transports
        super().__init__(handler, **options)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called twice where a client starts TLS."""
        self._transports.add(cast("asyncio.Transport", transport))
        super().connection_made(transport)


def _highest(folder: Path) -> int:
    """Greatest number filed so far, so that a restarted sink goes on counting."""
    numbers = (path.name.partition("-")[0] for path in folder.glob("*.eml"))
    return max((int(number) for number in numbers if number.isdigit()), default=0)
