"""What Scrapy's errors mean, as Chinese clauses that say what to do."""

from collections.abc import Mapping

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.settings import MAX_PAGE_BYTES, MAX_REDIRECTS, PAGE_SECONDS

_TOO_BIG = f"内容超过 {MAX_PAGE_BYTES // 1_000_000} MB，已放弃"


def clause(error: Exception) -> str:
    """Return what an error of a download means."""
    said = str(error).lower()
    if "exceeded download_maxsize" in said:
        return _TOO_BIG
    if isinstance(error, IgnoreRequest):
        return f"连续跳转超过 {MAX_REDIRECTS} 次，请核对网址" if "redirection" in said else "请求被放弃"
    if "certificate" in said or "ssl" in said:
        return "HTTPS 证书无法验证，请与网站核对"
    return next((clause for kind, clause in _CLAUSES.items() if isinstance(error, kind)), "连接失败，下次自动再试")


_CLAUSES: Mapping[type[Exception], str] = {
    DownloadTimeoutError: f"{PAGE_SECONDS:.0f} 秒内没有传完，下次自动再试",
    DownloadCancelledError: _TOO_BIG,
    CannotResolveHostError: "域名解析不到公网地址（内网主机须写进 params.allow_private_hosts）",
    DownloadConnectionRefusedError: "网站拒绝连接，请核对网址，下次自动再试",
    ResponseDataLossError: "传输中断，内容不完整，下次自动再试",
}
