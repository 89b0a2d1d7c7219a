"""Canonical addresses, and the ids that are made of them."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say how a reader came, never what is read.
_TRACKING = re.compile(
    r"(?:(?:utm|pk|mtm|matomo|piwik)_.*|_gl|_ga|_hs(?:enc|mi)|(?:d|g|fb|y|ms|tw|tt)clid|[gw]braid|igshid|mc_[ce]id"
    r"|mkt_tok|spm|scm|(?:wx_?|wt_?)share|share_?(?:token|source|medium|plat|tag|from|id|time)|sharer_share(?:id|time)"
    r"|from_wecom|isappinstalled|nsukey|bd_vid|hm(?:sr|pl|cu|kw|ci)|tt_from|app_share|vd_source|unique_k|refer_flag"
    r"|ref_src|jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|cfid|cftoken)",
    re.IGNORECASE,
)
# WeChat says in this one by what way a link was passed on; elsewhere the word may mean anything.
_PASSED_ON = re.compile(r"from=(?:timeline|singlemessage|groupmessage|message)", re.IGNORECASE)
_SESSION_NAMED = re.compile(
    r"[;?&](?:\w*sessionid\w*|phpsessid|asp\.net_sessionid|session_id|cfid|cftoken|sid)=", re.IGNORECASE
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_JUNK = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


@lru_cache(maxsize=64)  # an item's address is asked for by its id, its link and its memo
def canonical(url: str) -> str:
    """Return the one form of an http(s) address: no tracking, default port, fragment, dot segments or query order.

    Raises ValueError where it is none.
    """
    parts = _split(url)
    path = _escape(_dot_free(_SESSION.sub("", parts.path)) or "/")
    pairs = (pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    query = "&".join(sorted(_escape(pair if "=" in pair else pair + "=") for pair in pairs))
    return urlunsplit((parts.scheme.lower(), _authority(parts), path, query, ""))


def has_session(url: str) -> bool:
    """Whether an address names a session, and so is another one for the next visitor."""
    return _SESSION_NAMED.search(url) is not None


def join(base: str, link: str) -> str | None:
    """Return the absolute http(s) address of a link on a page; None for mailto:, javascript: and the like."""
    try:
        absolute = urljoin(base, _JUNK.sub("", link)) if link.strip() else ""
        _split(absolute)
    except ValueError:
        return None
    return absolute.split("#", 1)[0]


def authority(url: str) -> str:
    """Return "host" or "host:port" in lower case, IDNA-encoded; a default port is left out."""
    return _authority(_split(url))


def _authority(parts: SplitResult) -> str:
    host = _host(parts)
    shown = f"[{host}]" if ":" in host else host
    if parts.port in (None, _DEFAULT_PORTS[parts.scheme.lower()]):
        return shown
    return f"{shown}:{parts.port}"


def hostname(url: str) -> str:
    """Return the host alone, in lower case and IDNA-encoded."""
    return _host(_split(url))


def id_of_url(url: str) -> str:
    """Return the id of what stands at an address."""
    return id_of_canonical(canonical(url))


def id_of_canonical(address: str) -> str:
    """Return the id of what stands at an address that is in its canonical form."""
    return hashlib.sha256(address.encode()).hexdigest()


def id_of_key(source_id: str, key: str) -> str:
    """Return the id of what a source itself calls `key`."""
    return hashlib.sha256(f"{source_id}\n{key}".encode(errors="surrogatepass")).hexdigest()


def _split(url: str) -> SplitResult:
    parts = urlsplit(_JUNK.sub("", url))
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError("not an http(s) address")
    _ = parts.port  # raises ValueError for a port that is no number
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("not a host name") from error


def _dot_free(path: str) -> str:
    kept: list[str] = []
    for piece in path.split("/"):
        if piece == "..":
            kept[1:] = kept[1:-1]
        elif piece != ".":
            kept.append(piece)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)


def _escape(piece: str) -> str:
    """Escape what must be, in capitals, and nothing else; bytes of any encoding (GBK too) stay what they are."""
    shorter = _ESCAPED.sub(_unescape_plain, piece)
    return quote(shorter, safe="%/:@!$&'()*+,;=-._~?", errors="replace")


def _unescape_plain(match: re.Match[str]) -> str:
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0])
    return (_TRACKING.fullmatch(name) or _PASSED_ON.fullmatch(pair)) is not None
