"""A real SMTP server on loopback that misbehaves on demand."""

import asyncio
import email
from email.policy import default

from aiosmtpd.smtp import AuthResult

from services.clock import RunningClock
from services.demo.sink import Line, Listener

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
        options = {"data_size_limit": size, "enable_SMTPUTF8": utf8}
        if login:
            options |= {"authenticator": _login, "auth_required": True, "auth_require_tls": False}
        if context is not None and not implicit_tls:
            options |= {"tls_context": context, "require_starttls": True}
        self._listener = _Listener(self, port, ssl_context=context if implicit_tls else None, **options)
        self.port = self._listener.port
        self._listener.start()
        self.connections = 0  # the listener has knocked once to see whether it is up

    def stop(self):
        self._listener.stop()

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


class _Listener(Listener):
    def factory(self):
        self.handler.connections += 1
        return _Session(self.handler, self.transports, **self.SMTP_kwargs)


class _Session(Line):
    def __init__(self, server, transports, **options):
        self._faults = server.fault
        super().__init__(server, transports, **options)

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


def _login(_server, _session, _envelope, _mechanism, data):
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)
