import signal
import subprocess
import sys

from analyzer.grouping.grouper import Grouper
from analyzer.grouping.item import item
from analyzer.idf import Idf
from crawlers.model import Authority
from tests.builders import post
from tests.soak.nursery import TellingReader
from tests.soak.storm import Nursery, telling


def test_whatever_a_storm_tells_is_an_event_of_its_own():
    grouper, weight, reader = Grouper(), Idf.load().weight, TellingReader()
    for number in range(2_000):
        told = post(telling(number), authority=Authority.MEDIA)
        view = item(told, *reader.read_many([told]), weight)
        assert grouper.find(view) is None, (telling(number), number)
        grouper.add(view, f"E{number}")


def test_who_is_killed_is_gone_when_his_death_is_noted():
    """Its memory takes the system a moment, as a service's does."""
    told = "x = bytearray(10**8); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", told], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        Nursery.dies(None, child.pid)
        assert child.poll() == -signal.SIGKILL
