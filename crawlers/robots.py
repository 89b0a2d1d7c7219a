"""What a site's robots.txt asks of us."""

import re
from dataclasses import dataclass

from protego import Protego

# The product token that a site names us by.
TOKEN = "minqing"  # noqa: S105  # a name, no secret
# RFC 9309: what follows the token, such as a version, is no part of it. Protego compares the whole line.
_NAMED_WITH_MORE = re.compile(
    rf"^([ \t]*user-?agent[ \t]*:[ \t]*{TOKEN})(?![\w-])[^\r\n]*", re.IGNORECASE | re.MULTILINE
)
# Site owners who ask for more than this mean "not by machine".
MAX_DELAY = 600.0


@dataclass(frozen=True, kw_only=True)
class Robots:
    """The rules of one host. `reason` is a Chinese clause where all is refused for now."""

    parser: Protego | None = None
    reason: str = ""

    def refusal(self, url: str) -> str | None:
        """Return why an address may not be fetched, as a Chinese clause."""
        if self.reason:
            return self.reason
        if self.parser and not self.parser.can_fetch(url, TOKEN):
            return "该站 robots.txt 不允许读取，请改用网站公开的订阅或接口，或与网站联系"
        return None

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for (Crawl-delay, or Request-rate)."""
        if not self.parser:
            return 0.0
        rate = self.parser.request_rate(TOKEN)
        asked = max(
            self.parser.crawl_delay(TOKEN) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0
        )
        return min(max(asked, 0.0), MAX_DELAY)


def withheld(status: int) -> bool:
    """Whether an answer leaves the rules unknown."""
    return status == 429 or status >= 500


def read(status: int, body: bytes) -> Robots:
    """Return the rules that an answer to /robots.txt means (RFC 9309).

    No such file: everything is allowed. A server that fails: nothing is, for now.
    """
    if withheld(status):
        return Robots(reason=f"该站 robots.txt 暂时取不到（HTTP {status}），按规定暂不读取，下次再试")
    if status >= 300:
        return Robots()
    rules = body.decode("utf-8-sig", errors="replace")
    return Robots(parser=Protego.parse(_NAMED_WITH_MORE.sub(r"\1", rules)))


def unreachable(why: str) -> Robots:
    """Return the rules of a host that does not answer: nothing is allowed, for now."""
    return Robots(reason=f"该站 robots.txt 取不到（{why}），按规定暂不读取")
