"""The collector of garbage, told what stays."""

import gc

YOUNG = 20_000
"""New objects between two looks of the collector: reading makes many, and few go round in circles."""


def keep_remembered() -> None:
    """As `keep_loaded`, without a look at what has come since: what goes round in circles among it stays for good."""
    gc.freeze()


def keep_loaded() -> None:
    """Models, places and pages loaded by now stay to the end: the collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
