"""Getting one page through Scrapy: tries again where that helps, and says in Chinese why it did not work."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, NoReturn

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawlers import urls
from crawlers.middleware import Errand, Refused
from crawlers.page import Failed, Page
from crawlers.settings import MAX_PAGE_BYTES, MAX_REDIRECTS, PAGE_SECONDS, RETRIES

_AGAIN_LATER = frozenset((429, 500, 502, 503, 504))
_BACKOFF_SECONDS = 0.3
_TOO_BIG = f"内容超过 {MAX_PAGE_BYTES // 1_000_000} MB，已放弃"


async def fetch(
    crawler: Crawler, url: str, errand: Errand, *, headers: Mapping[str, str], encoding: str | None
) -> Page | None:
    """Return the page, or None where it has not changed. Raises Failed."""
    for attempt in range(RETRIES + 1):
        last = attempt == RETRIES
        try:
            response = await _download(crawler, url, errand, headers)
        except (DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError) as error:
            if last or "certificate" in str(error).lower():
                _fail(error)
        except Exception as error:  # noqa: BLE001  # Scrapy's and Twisted's errors have no common root
            _fail(error)
        else:
            if response.status not in _AGAIN_LATER or last:
                return _page(response, encoding)
        await asyncio.sleep(_BACKOFF_SECONDS * 3**attempt)
    raise AssertionError("unreachable")


async def _download(crawler: Crawler, url: str, errand: Errand, headers: Mapping[str, str]) -> Response:
    rest = errand.deadline - monotonic()
    if rest <= 0:
        raise Refused("该来源本次可用的时间已用完，余下的下次再读")
    request = Request(
        url,
        headers=dict(headers),
        dont_filter=True,
        meta={"errand": errand, "download_timeout": min(PAGE_SECONDS, max(rest, 1.0)), "handle_httpstatus_all": False},
    )
    return await crawler.engine.download_async(request)


def _page(response: Response, encoding: str | None) -> Page | None:
    if response.status == 304:
        return None
    if not 200 <= response.status < 300:
        raise Failed(f"网站返回 HTTP {response.status}", gone=response.status in (404, 410))
    headers: dict[str, str] = {}
    for name in response.headers:
        value: Any = response.headers.get(name)
        headers[name.decode("latin-1").lower()] = value.decode("latin-1") if value else ""
    return Page(
        url=urls.join(response.url, response.url) or response.url,
        body=response.body,
        status=response.status,
        headers=headers,
        encoding=encoding,
    )


def _fail(error: Exception) -> NoReturn:
    if isinstance(error, Refused):
        raise Failed(str(error), blocked=error.blocked) from None
    raise Failed(_clause(error)) from None


def _clause(error: Exception) -> str:
    said = str(error).lower()
    if "exceeded download_maxsize" in said:
        return _TOO_BIG
    if isinstance(error, IgnoreRequest):
        return f"连续跳转超过 {MAX_REDIRECTS} 次" if "redirection" in said else "请求被放弃"
    if "certificate" in said or "ssl" in said:
        return "HTTPS 证书无法验证"
    return next((clause for kind, clause in _CLAUSES.items() if isinstance(error, kind)), "连接失败")


_CLAUSES: Mapping[type[Exception], str] = {
    DownloadTimeoutError: f"{PAGE_SECONDS:.0f} 秒内没有传完",
    DownloadCancelledError: _TOO_BIG,
    CannotResolveHostError: "域名解析不到公网地址（内网主机须写进 params.allow_private_hosts）",
    DownloadConnectionRefusedError: "网站拒绝连接",
    ResponseDataLossError: "传输中断，内容不完整",
}
