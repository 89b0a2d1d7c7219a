"""What a page says of itself in JSON-LD (schema.org), which most news sites carry."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from crawlers.text import Node

_MAX_SCRIPTS = 10
_MAX_LENGTH = 200_000
_MAX_DEPTH = 6
_MAX_OBJECTS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """The first date of publication and the names of those who wrote it; "" and none where nothing is said."""

    date: str = ""
    authors: tuple[str, ...] = ()


def linked(page: Node) -> Linked:
    """Return what the page's linked data say."""
    scripts = (one for one in page.iter("script") if "ld+json" in (one.get("type") or "").lower())
    objects = [found for script in islice(scripts, _MAX_SCRIPTS) for found in _objects(script.text or "")]
    dates = (found.get("datePublished") for found in objects)
    authors = (name for found in objects for name in _authors(found.get("author")))
    return Linked(
        date=next((date for date in dates if isinstance(date, str) and date), ""), authors=tuple(dict.fromkeys(authors))
    )


def _objects(written: str) -> Iterator[dict[str, Any]]:
    try:
        document = orjson.loads(written) if len(written) <= _MAX_LENGTH else None
    except orjson.JSONDecodeError:
        return
    yield from islice(_walk(document, _MAX_DEPTH), _MAX_OBJECTS)


def _walk(found: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(found, dict):
        yield found
        for value in found.values():
            yield from _walk(value, depth - 1)
    elif depth and isinstance(found, list):
        for value in found:
            yield from _walk(value, depth - 1)


def _authors(found: Any) -> Iterator[str]:
    if isinstance(found, list):
        for one in found:
            yield from _authors(one)
    elif isinstance(found, dict):
        yield from _authors(found.get("name"))
    elif isinstance(found, str) and found.strip():
        yield found.strip()
