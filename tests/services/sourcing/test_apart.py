"""`minqing crawl` follows its list of sources while it runs."""

from services.clock import SteppedClock
from services.sourcing.apart import open_crawling
from tests.builders import NOON
from tests.services.desk import a_folder

SOURCE = '  - {{id: {0}, kind: feed, name: {0}, url: "https://{0}.example/feed.xml", authority: media}}\n'


def test_an_edited_list_is_taken_over_and_a_faulty_one_is_not(tmp_path):
    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    folder = a_folder(tmp_path / "crawl", sources="sources:\n" + SOURCE.format("a"), database=shared)
    crawling, path = open_crawling(folder, SteppedClock(NOON)), folder / "sources.yaml"
    try:
        assert crawling.refresh() == 0
        path.write_text(path.read_text(encoding="utf-8") + SOURCE.format("b"), encoding="utf-8")
        assert crawling.refresh() == 1
        path.write_text("sources: [", encoding="utf-8")
        assert crawling.refresh() == 0
        assert [source.id for source in crawling.sources] == ["a", "b"]
    finally:
        crawling.close()
