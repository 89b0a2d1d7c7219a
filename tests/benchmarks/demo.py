"""The demo as a newcomer runs it, set up already: whole seconds and peak memory."""

import tempfile
from pathlib import Path

from tests.benchmarks._process import minqing


def measure(out: Path) -> dict[str, object]:
    del out
    with tempfile.TemporaryDirectory() as folder:
        cost = minqing("demo", "--once", "--folder", Path(folder) / "demo")
    return {
        "seconds": round(cost.wall, 1),
        "cpu seconds": round(cost.cpu, 1),
        "peak MB, all processes": round(cost.peak_mb),
        "exit": cost.exit_code,
    }
