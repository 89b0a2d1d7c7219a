"""Reports that come by the calendar, and all reports as files."""
