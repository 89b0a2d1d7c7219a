"""The inside of one crawl run, in its child process."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path

from crawlers import urls
from crawlers.hosts import is_private_literal
from crawlers.kinds import kinds
from crawlers.model import Health, Source, Visit
from crawlers.ports import CrawlStore
from crawlers.run import crawl
from crawlers.settings import user_agent
from services.folder.sources import load_sources
from services.logs import configure
from services.settings import Settings, load_settings
from services.storage.database import open_database


def crawl_folder(folder: Path, ids: Collection[str], now: datetime) -> None:
    """Visit the named sources of a service folder once and store what they give."""
    wanted = [source for source in load_sources(folder / "sources.yaml") if source.id in ids]
    crawl_sources(folder, load_settings(folder), wanted, now)


def crawl_sources(folder: Path, settings: Settings, wanted: Sequence[Source], now: datetime) -> None:
    """Visit these sources of a service folder once and store what they give."""
    data = folder / settings.data
    configure(data / "log.jsonl", settings.secrets)
    database = open_database(settings.database or f"sqlite:///{data / 'minqing.db'}")
    try:
        contact = settings.contact
        if not _is_usable(contact):
            contact, wanted = "not-given", _intranet(wanted, database.crawl_store, now)
        store = partial(database.crawl_store, timedelta(days=settings.retention_days))
        crawl(wanted, store, data, now, contact=contact)
    finally:
        database.dispose()


def _is_usable(contact: str) -> bool:
    try:
        user_agent(contact)
    except ValueError:
        return False
    return True


def _intranet(sources: Sequence[Source], store_factory: Callable[[], CrawlStore], now: datetime) -> list[Source]:
    """The sources on our own machines; the others are told that no site is read without a way to reach us."""
    store = store_factory()
    own = []
    for source in sources:
        if _is_ours(source):
            own.append(source)
            continue
        why = f"来源“{source.name}”：没有采集，因为 settings.yaml 的 contact 还没有填写联系方式（邮箱或网址）。"
        store.visited(
            Visit(source_id=source.id, health=Health.FAILING, started_at=now, finished_at=now, problems=(why,))
        )
    store.close()
    return own


def _is_ours(source: Source) -> bool:
    """Whether reading it disturbs nobody else: a folder, or a host on our own network."""
    try:
        return source.kind == "file_drop" or is_private_literal(urls.hostname(source.url))
    except ValueError:
        return False


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
