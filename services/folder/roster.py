"""roster.yaml: who is on duty."""

from pathlib import Path

from alerts.roster import Roster
from services.folder import config


def load_roster(path: Path) -> Roster:
    """The roster in a file. Raises ConfigError with every problem that makes it unusable."""
    return config.load(path, Roster)
