"""Getting one page through Scrapy: tries again where that helps, and says in Chinese why it did not work."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import NoReturn

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError
from scrapy.http import Response

from crawlers import urls
from crawlers.faults import clause
from crawlers.middleware import Errand, Refused, plain_headers
from crawlers.page import Absent, Failed, Page
from crawlers.settings import PAGE_SECONDS, RETRIES

_AGAIN_LATER = frozenset((429, 500, 502, 503, 504))
_NOT_NOW = _AGAIN_LATER | {408, 425}
_BACKOFF_SECONDS = 0.3


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
        raise Refused("本次可用的时间已用完，余下的下次再读；需要更久请调大 params.max_seconds", everywhere=True)
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
        kind = Absent if 400 <= response.status < 500 and response.status not in _NOT_NOW else Failed
        raise kind(_status(response.status), gone=response.status in (404, 410))
    return Page(
        url=urls.join(response.url, response.url) or response.url,
        body=response.body,
        status=response.status,
        headers=plain_headers(response),
        encoding=encoding,
    )


def _status(status: int) -> str:
    advice = "请核对网址"
    if status in (401, 403, 407, 412, 418, 451, 521):
        advice = "网站不对未登录的程序开放，本系统不登录、不绕过，请改用公开的订阅或接口"
    elif status in _AGAIN_LATER:
        advice = "下次自动再试"
    return f"网站返回 HTTP {status}，{advice}"


def _fail(error: Exception) -> NoReturn:
    if isinstance(error, Refused):
        raise Failed(str(error), gone=error.gone, blocked=error.blocked, everywhere=error.everywhere) from None
    raise Failed(clause(error)) from None
