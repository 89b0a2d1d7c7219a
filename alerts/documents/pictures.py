"""Charts as pixels, for files that cannot hold SVG."""

from functools import lru_cache

from alerts.documents.paper import Picture
from alerts.documents.typesetting import compiled

_TEMPLATE = b"""
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1mm, height: data.height * 1mm, margin: 0mm)
#image(bytes(data.svg), format: "svg", width: 100%, height: 100%)
"""


@lru_cache(maxsize=32)
def png(picture: Picture) -> bytes:
    """The chart at 200 dots an inch. Raises DocumentError."""
    return compiled(_TEMPLATE, {"svg": picture.svg, "width": picture.width, "height": picture.height}, "png")
