"""The mails that a sink has filed, as people's mail programs would read them."""

import email
from email.policy import default


def read(path):
    """One filed mail."""
    return email.message_from_bytes(path.read_bytes(), policy=default)


def mails(sink):
    """All of them, oldest first."""
    return [read(path) for path in sink.mails()]


def addresses(sink):
    """Who got one, in order."""
    return [mail["To"].addresses[0].addr_spec for mail in mails(sink)]


def words(mail):
    """Subject and both bodies, decoded."""
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(mail["Subject"]), str(mail["From"]), str(mail["To"]), *bodies])
