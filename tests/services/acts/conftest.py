import pytest

from tests.services.desk import a_fire, tell


@pytest.fixture
def fire(service):
    """An alert of tier III: three voices tell of three dead."""
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return alert
