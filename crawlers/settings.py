"""Politeness and limits. None of them can be switched off."""

from typing import Any

from crawlers.robots import TOKEN

VERSION = "0.1"
DAILY_REQUESTS = 5_000
DAILY_REQUESTS_PRIVATE = 50_000
MAX_PAGE_BYTES = 12_000_000
PAGE_SECONDS = 20.0
SOURCE_SECONDS = 300.0
MAX_REDIRECTS = 5
# Visits side by side. Each may hold a few pages of the greatest size; more sources than this wait their turn.
AT_ONCE = 24
# A host that asks for a longer pause than this is left for a later run.
MAX_WAIT_SECONDS = 30.0
RETRIES = 2

_OFF = (
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "scrapy.downloadermiddlewares.retry.RetryMiddleware",
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware",
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware",
    "scrapy.downloadermiddlewares.stats.DownloaderStats",
)
_NO_EXTENSIONS = (
    "corestats.CoreStats",
    "logcount.LogCount",
    "telnet.TelnetConsole",
    "memusage.MemoryUsage",
    "memdebug.MemoryDebugger",
    "closespider.CloseSpider",
    "feedexport.FeedExporter",
    "logstats.LogStats",
    "spiderstate.SpiderState",
    "throttle.AutoThrottle",
    "remote_control.RemoteControl",
)


def user_agent(contact: str) -> str:
    """Return the name that we go by. Raises ValueError without a contact: a site must be able to reach us."""
    plain = " ".join(contact.split())
    if not plain or not plain.isascii() or len(plain) > 200:
        raise ValueError("采集必须写明联系方式（邮箱或网址，ASCII 字符），网站据此联系我们")
    return f"{TOKEN.capitalize()}/{VERSION} (+{plain})"


def scrapy_settings(contact: str) -> dict[str, Any]:
    """Return Scrapy's settings; redirects and manners are our own middleware's part."""
    return {
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.middleware.Manners": 50,
            **dict.fromkeys(_OFF),
        },
        # Nothing but the web: no files, no FTP, no data URLs.
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawlers.handler.BoundedHandler"),
        },
        "EXTENSIONS": dict.fromkeys(f"scrapy.extensions.{name}" for name in _NO_EXTENSIONS),
        "SPIDER_MIDDLEWARES": {"scrapy.spidermiddlewares.referer.RefererMiddleware": None},
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "TWISTED_DNS_RESOLVER": "crawlers.resolver.PublicResolver",
        "DNS_TIMEOUT": 10,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_TIMEOUT": PAGE_SECONDS,
        "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }
