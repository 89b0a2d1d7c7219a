from analyzer.grouping.grouper import Grouper
from analyzer.grouping.item import item
from analyzer.idf import Idf
from crawlers.model import Authority
from tests.builders import post
from tests.soak.nursery import TellingReader
from tests.soak.storm import telling


def test_whatever_a_storm_tells_is_an_event_of_its_own():
    grouper, weight, reader = Grouper(), Idf.load().weight, TellingReader()
    for number in range(2_000):
        told = post(telling(number), authority=Authority.MEDIA)
        view = item(told, *reader.read_many([told]), weight)
        assert grouper.find(view) is None, (telling(number), number)
        grouper.add(view, f"E{number}")
