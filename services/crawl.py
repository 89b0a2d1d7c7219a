"""The child process of one crawl run: python -m services.crawl FOLDER --now T SOURCE…."""

import argparse
from datetime import datetime
from pathlib import Path

from crawlers.run import crawl
from services.logs import configure
from services.settings import load_settings
from services.sources import load_sources
from services.storage.database import open_database


def main() -> None:
    """Crawl the named sources once and store what they give."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("sources", nargs="+")
    given = parser.parse_args()
    settings = load_settings(given.folder)
    data = given.folder / settings.data
    configure(data / "log.jsonl")
    wanted = [s for s in load_sources(given.folder / "sources.yaml") if s.id in given.sources]
    database = open_database(settings.database or f"sqlite:///{data / 'minqing.db'}")
    try:
        crawl(wanted, database.crawl_store, data, given.now, contact=settings.contact)
    finally:
        database.dispose()


if __name__ == "__main__":
    main()
