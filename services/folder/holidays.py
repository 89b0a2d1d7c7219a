"""holidays.yaml: the district's changes to the public calendar of working days."""

from pathlib import Path

from alerts.holidays import HolidayFile, WorkCalendar
from services.folder import config


def load_holidays(path: Path) -> HolidayFile:
    """The file; without one there is nothing to change. Raises ConfigError with every problem found."""
    return config.load(path, HolidayFile) if path.exists() else HolidayFile()


def load_calendar(folder: Path) -> WorkCalendar:
    """The working days of a service folder. Raises ConfigError."""
    return load_holidays(folder / "holidays.yaml").calendar()
