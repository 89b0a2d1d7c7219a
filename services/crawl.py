"""The inside of one crawl run, in its child process."""

from collections.abc import Collection
from datetime import datetime
from importlib import import_module
from pathlib import Path

from crawlers.kinds import kinds
from crawlers.run import crawl
from services.logs import configure
from services.settings import load_settings
from services.sources import load_sources
from services.storage.database import open_database


def crawl_folder(folder: Path, ids: Collection[str], now: datetime) -> None:
    """Visit the named sources of a service folder once and store what they give."""
    settings = load_settings(folder)
    data = folder / settings.data
    configure(data / "log.jsonl")
    wanted = [source for source in load_sources(folder / "sources.yaml") if source.id in ids]
    database = open_database(settings.database or f"sqlite:///{data / 'minqing.db'}")
    try:
        crawl(wanted, database.crawl_store, data, now, contact=settings.contact)
    finally:
        database.dispose()


_LOADED_BY_NAME = (
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.downloader.middleware",
    "scrapy.extensions.feedexport",
    "scrapy.extensions.remote_control",
    "scrapy.extensions.telnet",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.pqueues",
    "scrapy.squeues",
)
"""What Scrapy would import in every run; here it is imported once, in the server that runs are forked from."""
kinds()
for _name in _LOADED_BY_NAME:
    import_module(_name)
