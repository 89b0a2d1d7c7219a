"""What all tests share, and their bounds: a connection that leaves this machine is refused with the address."""

import ipaddress
import socket

import pytest
import structlog
from hypothesis import settings

from services.demo.sink import MailSink
from tests.contracts.backends import Cluster, missing

# How long an example takes tells of the machine, not of the code.
settings.register_profile("minqing", deadline=None)
settings.load_profile("minqing")


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine():
    """Refuse every address but loopback ones and Unix sockets."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    with pytest.MonkeyPatch.context() as patch:
        for name, method in real.items():
            patch.setattr(socket.socket, name, _guarded(method))
        yield


@pytest.fixture(autouse=True)
def _own_log():
    """No test notes where another one, or a command that it ran, has led the log."""
    yield
    structlog.reset_defaults()


def _guarded(method):
    def call(self, *arguments):
        address = arguments[-1]
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise OSError(f"tests speak to loopback only, not to {address}")
        return method(self, *arguments)

    return call


def _is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def cluster():
    """A private PostgreSQL server."""
    if missing():
        pytest.skip(missing())
    running = Cluster()
    yield running
    running.stop()


@pytest.fixture
def sink(tmp_path):
    """A letter box."""
    with MailSink(tmp_path / "mail") as running:
        yield running
