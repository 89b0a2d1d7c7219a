"""What tests of the running service share."""

import logging

import pytest
import structlog


@pytest.fixture
def root_logging():
    """Logging as it was, after a test that writes the service's log."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield root
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
