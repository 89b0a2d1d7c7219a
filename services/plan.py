"""plan.yaml as one file: criteria for the analyzer, response for alerts."""

from pathlib import Path

from pydantic import Field

from alerts.response import Response
from analyzer.plan import Plan
from services import config


class PlanFile(Plan):
    """The district's whole plan."""

    response: Response = Field(description="各级报送对象、催办步骤与时限")


def load_plan(path: Path) -> PlanFile:
    """The plan in a file. Raises ConfigError with every problem found."""
    return config.load(path, PlanFile)
