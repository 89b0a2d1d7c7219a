"""The word lists of analyzer/resources that are written as YAML."""

from importlib import resources
from typing import Any

from analyzer.patterns.expressions import once


def read(name: str) -> Any:
    """What a file of the resources holds."""
    return _parsed(resources.files("analyzer").joinpath("resources", name).read_text(encoding="utf-8"))


@once
def _parsed(text: str) -> Any:
    """Like what patterns compile to it is kept for the next start: parsing takes a tenth of one."""
    from ruamel.yaml import YAML  # noqa: PLC0415  # mostly not needed

    return YAML(typ="safe").load(text)
