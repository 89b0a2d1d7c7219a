"""`make soak`: a thousand kills on SQLite and a thousand on PostgreSQL, or as many as named; JSON, and 1 on a fault."""

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import orjson

from tests.contracts.backends import Cluster, missing
from tests.soak.reckoning import faults, reckoning, too_late
from tests.soak.storm import storm

OUT = Path("var/soak")
PAUSE = 0.8
"""Seconds between two events: few enough for the mails to keep up with the kills."""
LONGEST = 3.5
"""Seconds between two kills on PostgreSQL at the most, where the lead has to pass on before anything is decided."""
STEADY = 60
"""Seconds of posts without a kill, after the storm: how late the service is while it is up."""
CALM = 1800
"""Seconds that the survivors have for what is left."""


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("backends", nargs="*", default=["sqlite", "postgres"])
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    bad = False
    for backend in options.backends:
        figures = run(backend, options.kills, options.seed)
        sys.stdout.write(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode() + "\n")
        (OUT / f"{backend}.json").write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
        bad = bad or bool(figures.get("faults") or figures.get("too late"))
    sys.exit(1 if bad else 0)


def run(backend, kills, seed):
    """One storm on one kind of record; on PostgreSQL two processes share it."""
    if backend == "postgres" and missing():
        return {"backend": backend, "left out": missing()}
    with ExitStack() as stack:
        options = {}
        if backend == "postgres":
            cluster = Cluster()
            stack.callback(cluster.stop)
            options = {"url": cluster.fresh(), "processes": 2, "longest": LONGEST}
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        raging = stack.enter_context(storm(folder, seed=seed, pause=PAUSE, **options))
        raging.rage(kills)
        raging.steady(STEADY)
        calmed = raging.calm(CALM)
        figures = reckoning(raging)
        return {
            "backend": backend,
            "calmed down": calmed,
            **figures,
            "faults": faults(figures),
            "too late": too_late(figures),
        }


if __name__ == "__main__":
    main()
