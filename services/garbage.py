"""The collector of garbage, told what stays."""

import ctypes
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


def give_back() -> None:
    """Give the system what was freed: loading leaves a seventh of its memory in pieces, and whoever is forked has them.

    Where the C library has no such call (it is glibc's), they stay.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
