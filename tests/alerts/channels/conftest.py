"""Far sides that are stopped in the end, and certificates of our own."""

import datetime as dt
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.alerts.channels.http_server import HttpServer

HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
KINDS = {"good": (HERE, 2099), "elsewhere": (x509.DNSName("elsewhere.example"), 2099), "expired": (HERE, 2021)}


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """By kind: a server's context, and one that trusts its certificate. It signs itself."""

    def made(kind):
        folder = tmp_path_factory.mktemp(kind)
        _write(folder, *KINDS[kind])
        ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ours.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        return ours, ssl.create_default_context(cafile=str(folder / "cert.pem"))

    return made


@pytest.fixture(scope="session")
def certificate(certificates):
    return certificates("good")


@pytest.fixture
def serve_http():
    """Start HTTP servers that are stopped in the end."""
    started = []

    def start(answer=lambda _: (200, {}), **options):
        started.append(HttpServer(answer, **options))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def open_channel():
    """Channels that are closed in the end."""
    opened = []

    def keep(channel):
        opened.append(channel)
        return channel

    yield keep
    for channel in opened:
        channel.close()


def _write(folder, name, until):
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(until, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
