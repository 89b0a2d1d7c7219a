"""A desk to whom three voices and an office tell of a fire, and one voice of something else."""

import httpx
import pytest

from crawlers.model import Authority
from services.run import web
from tests.builders import at, fact, place, post, reading
from tests.services.conftest import SOURCES
from tests.services.desk import WAREHOUSE, a_fire, a_folder, opened, tell

WELL = place("上涧村", "village", ("示范市", "示范区", "上涧村"))
PUBLIC_ADDRESS = "https://board.example/p/17"
NOTICE = "https://gov.example/notices/3.html"


@pytest.fixture
def told(service):
    """The service, told."""
    tell_all(service)
    return service


def tell_all(service):
    """What everybody says."""
    notice = post(
        "示范区通报永固仓库火情，死亡3人。",
        title="永固仓库火情通报",
        authority=Authority.OFFICIAL,
        told=at(minutes=5),
        link=NOTICE,
    )
    alone = post("上涧村老井里有个孩子掉下去了", voice="lonely", told=at(minutes=6))
    tell(service, *a_fire("secret-a", "secret-b", "secret-c"))
    service.clock.set(at(minutes=10))
    tell(
        service,
        (notice, reading(notice, "hazard.fire", fact(value=3), places=(WAREHOUSE,))),
        (alone, reading(alone, "hazard.work_accident", fact("trapped", 1), places=(WELL,))),
    )


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    """A client of a told desk that all tests of a file share: they only look."""
    with (
        opened(a_folder(tmp_path_factory.mktemp("desk"), sources=SOURCES)) as service,
        web(service) as address,
        httpx.Client(base_url=address, timeout=10) as running,
    ):
        tell_all(service)
        yield running


@pytest.fixture
def alert(told):
    """The fire's alert."""
    with told.view() as uow:
        (found,) = uow.alerts.all()
    return found


@pytest.fixture
def unseen(told):
    """The event that one voice tells of."""
    with told.view() as uow:
        (found,) = [event for event in uow.events.all() if not event.corroborated]
    return found
