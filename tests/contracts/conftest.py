"""Every test here runs over every backend of the record."""

import pytest

from tests.contracts.backends import opened


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def backend(request):
    return request.param


@pytest.fixture
def record(backend, tmp_path, request):
    """A fresh record."""
    cluster = request.getfixturevalue("cluster") if backend == "postgres" else None
    with opened(backend, tmp_path, cluster) as fresh:
        yield fresh


@pytest.fixture
def work(record):
    """One unit of work, open for the whole test."""
    with record.unit_of_work() as open_work:
        yield open_work
