"""A real SMTP server on loopback that misbehaves on demand."""

import asyncio
import email
import socket
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from services.clock import RunningClock

USER, PASSWORD = "desk", "correct-horse"


class SmtpServer:
    """Accepts mail on 127.0.0.1, on a free port, until `stop`.

    `fault` maps a stage ("EHLO", "RSET", "MAIL", "RCPT", "DATA") to the line that refuses it, or to "close"
    (breaks the connection off there; in DATA after the whole mail came, before any answer) or "wait".
    """

    def __init__(self, *, context=None, implicit_tls=False, login=False, size=2**25, utf8=True, port=0):
        self.mails, self.recipients, self.connections, self.fault = [], [], 0, {}
        self.refused = set()  # recipients that there are not
        self.arrived = []  # for each mail, Unix seconds
        taken = socket.create_server(("127.0.0.1", port))
        self.port = taken.getsockname()[1]
        options = {"data_size_limit": size, "enable_SMTPUTF8": utf8}
        if login:
            options |= {"authenticator": _login, "auth_required": True, "auth_require_tls": False}
        if context is not None and not implicit_tls:
            options |= {"tls_context": context, "require_starttls": True}
        self._controller = _Controller(
            self,
            taken,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=context if implicit_tls else None,
            ready_timeout=30,
            **options,
        )
        self._controller.start()
        self.connections = 0  # the controller has knocked once to see whether it is up

    def stop(self):
        if self._controller.server is not None:
            # aiosmtpd forgets the plain transport under a TLS one.
            asyncio.run_coroutine_threadsafe(_close(self._controller.transports), self._controller.loop).result()
            self._controller.stop()

    async def _answer(self, server, stage, good="250 OK"):
        wanted = self.fault.get(stage, good)
        if wanted == "wait":
            # Ends when the client hangs up: aiosmtpd cancels the session.
            await asyncio.sleep(60)
        if wanted == "close":
            server.transport.abort()
            return "421 closing"
        return wanted

    async def handle_RSET(self, server, session, envelope):  # noqa: N802  # aiosmtpd calls it so
        return await self._answer(server, "RSET")

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd calls it so
        answer = await self._answer(server, "MAIL")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd calls it so
        good = "550 5.1.1 no such user" if address in self.refused else "250 OK"
        answer = await self._answer(server, "RCPT", good)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd calls it so
        answer = await self._answer(server, "DATA")
        if answer.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.arrived.append(RunningClock().now().timestamp())
            self.mails.append(email.message_from_bytes(envelope.original_content, policy=default))
        return answer


class _Controller(Controller):
    """Takes a socket that is bound already: its port was never free for anybody else."""

    def __init__(self, server, taken, **options):
        self._server, self._taken, self.transports = server, taken, []
        super().__init__(server, **options)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self._taken, ssl=self.ssl_context)

    def factory(self):
        self._server.connections += 1
        return _Session(self._server, self.transports, **self.SMTP_kwargs)


class _Session(SMTP):
    def __init__(self, server, transports, **options):
        self._faults, self._transports = server.fault, transports
        super().__init__(server, **options)

    def connection_made(self, transport):
        self._transports.append(transport)
        super().connection_made(transport)

    async def push(self, status):
        """The greeting can be a fault too."""
        if "banner" in self._faults and status.startswith("220 ") and "ready" not in status.lower():
            status = self._faults["banner"]
        await super().push(status)

    async def smtp_DATA(self, arg):  # noqa: N802  # aiosmtpd calls it so
        """In mid-DATA: asks for the mail and is gone."""
        if self._faults.get("DATA") == "close mid-way":
            await self.push("354 go on")
            self.transport.abort()
        elif self._faults.get("DATA", "").startswith("at once "):
            await self.push(self._faults["DATA"].removeprefix("at once "))
        else:
            await super().smtp_DATA(arg)


async def _close(transports):
    for transport in transports:
        transport.abort()
    await asyncio.sleep(0.01)


def _login(_server, _session, _envelope, _mechanism, data):
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)
