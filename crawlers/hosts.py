"""Where a source may be read: its own hosts, and public addresses only."""

import ipaddress
from dataclasses import dataclass

from crawlers import urls
from crawlers.model import Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The hosts of one source, as "host" or "host:port".

    A private host is one that the source names; "host" alone then stands for each of its ports.
    """

    hosts: frozenset[str]
    private: frozenset[str] = frozenset()

    def refusal(self, url: str) -> str | None:
        """Return why an address may not be fetched, as a Chinese clause; None where it may."""
        try:
            authority, host = urls.authority(url), urls.hostname(url)
        except ValueError:
            return "地址不是 http(s) 网址"
        if self.names_private(authority):
            return None
        if is_private_literal(host):
            return f"{host} 是内网地址；确需读取时请把它写进该来源的 params.allow_private_hosts"
        if _plain(authority) not in self.hosts:
            return f"{authority} 不是该来源的网站；确属该来源时请把它写进 params.hosts"
        return None

    def names_private(self, authority: str) -> bool:
        """Whether the source names this host as private and allowed."""
        return authority in self.private or authority.rpartition(":")[0] in self.private


def reach(source: Source, *, hosts: tuple[str, ...] = (), private: tuple[str, ...] = ()) -> Reach:
    """Return the hosts of a source: that of its address, and those it names."""
    return Reach(
        hosts=frozenset(_plain(name) for name in (_authority(source.url), *map(_authority, hosts)) if name),
        private=frozenset(name for name in map(_authority, private) if name),
    )


def is_private_literal(host: str) -> bool:
    """Whether a host is written as an address that is not public."""
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet; an IPv4 address inside an IPv6 one counts as itself."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner:
            return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast


def _authority(name: str) -> str:
    try:
        return urls.authority(name if "://" in name else f"http://{name}")
    except ValueError:
        return ""


def _plain(authority: str) -> str:
    """Take "www." off, since sites send readers from one form to the other."""
    return authority.removeprefix("www.")
