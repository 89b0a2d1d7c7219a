"""Beijing time: the only time people write and read."""

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""China has kept no summer time since 1991, so a fixed offset is exact for every date the desk meets."""
