"""The spider kinds: one a file under spiders/, each found by itself."""

import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from crawlers import spiders
from crawlers.model import Source
from crawlers.spiders.base import Kind, Params


class BadParams(ValueError):
    """A source that is configured wrongly; `args[0]` is a Chinese sentence."""


@cache
def kinds() -> Mapping[str, type[Kind[Any]]]:
    """Return every kind by its name."""
    for module in pkgutil.iter_modules(spiders.__path__, f"{spiders.__name__}."):
        import_module(module.name)
    return MappingProxyType({found.kind: found for found in sorted(_leaves(Kind), key=lambda found: found.kind)})


def params_of(kind: str) -> type[Params]:
    """Return the parameters of a kind. Raises KeyError for an unknown one."""
    return kinds()[kind].params_type


def spider(source: Source) -> Kind[Any]:
    """Return the spider of a source. Raises BadParams."""
    found = kinds().get(source.kind)
    if found is None:
        known = "、".join(kinds())
        raise BadParams(
            f"来源“{source.name}”：不认识类型 {source.kind}{_near(source.kind, kinds())}，可用的类型有 {known}。"
        )
    try:
        params = found.params_type.model_validate(dict(source.params))
    except ValidationError as error:
        raise BadParams(f"来源“{source.name}”：{_first(error, found.params_type)}。") from None
    return found(source, params)


def _leaves(parent: type[Any]) -> list[type[Kind[Any]]]:
    return [
        leaf for child in parent.__subclasses__() for leaf in (_leaves(child) or [child]) if "kind" in leaf.__dict__
    ]


def _first(error: ValidationError, params: type[Params]) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or "params"
    if fault["type"] == "extra_forbidden":
        return f"params 中有不认识的键 {place}{_near(place, params.model_fields)}"
    if fault["type"] == "missing":
        return f"params 中缺少 {place}"
    return f"params.{place} 的值不对（{fault['msg'].removeprefix('Value error, ')}）"


def _near(word: str, known: Mapping[str, Any]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"，最接近的是 {close[0]}" if close else ""
