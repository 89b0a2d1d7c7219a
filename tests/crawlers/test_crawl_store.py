"""The in-memory store keeps the contract."""

import pytest

from tests.contracts.crawl_store import CrawlStoreContract, MemoryCrawlStore


class TestMemoryCrawlStore(CrawlStoreContract):
    @pytest.fixture
    def store(self):
        return MemoryCrawlStore()
