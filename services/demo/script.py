"""The hand-written script of the demo town, as its resource files give it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from ruamel.yaml import YAML

from crawlers.beijing import BEIJING
from services.demo.wording import titled

OPENS = datetime(2026, 11, 1, tzinfo=BEIJING)
"""The first of the town's 14 days."""
DAYS = 14

SourceKey = Literal["news", "gov", "board", "cap"]


def _moment(value: Any) -> Any:
    """A time of the story, "03 02:15": day of November 2026 and Beijing time. "08 09" is on the hour."""
    if not isinstance(value, str):
        return value
    day, _, clock = value.partition(" ")
    hour, _, minute = clock.partition(":")
    return OPENS.replace(day=int(day), hour=int(hour), minute=int(minute or 0))


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Strict(BaseModel):
    """Unknown keys are errors; values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CapNote(Strict):
    """What a CAP message says besides its words. `of` is the `key` of the message that it updates or cancels."""

    key: str
    kind: Literal["Alert", "Update", "Cancel"]
    status: Literal["Actual", "Exercise", "Test"] = "Actual"
    event: str
    colour: str
    area: str
    hours: int
    instruction: str = ""
    of: str = ""


class Words(Strict):
    """Title and text, given apart or as `say`: "title｜text"."""

    title: str = ""
    text: str = ""

    @model_validator(mode="before")
    @classmethod
    def _said(cls, value: Any) -> Any:
        if isinstance(value, dict) and "say" in value:
            title, text = titled(value["say"])
            return {k: v for k, v in value.items() if k != "say"} | {"title": title, "text": text}
        return value

    @model_validator(mode="after")
    def _told(self) -> Self:
        if not self.text.strip():
            raise ValueError("a post without text")
        return self


class Edit(Words):
    """A later version of a post at the same address."""

    at: Moment


class Line(Words):
    """One post of the script. `told` is its publishing time where it only shows up later, at `at`.

    Lines of one scene with the same `who` are by the same author; all others have different ones.
    """

    at: Moment
    source: SourceKey
    told: Moment | None = None
    who: str = ""
    by: str = ""
    copies: int = 0
    updates: tuple[Edit, ...] = ()
    cap: CapNote | None = None

    @model_validator(mode="before")
    @classmethod
    def _where(cls, value: Any) -> Any:
        return _renamed(value)


class Wave(Strict):
    """Voices that join in between two moments, each text by another author."""

    source: SourceKey
    since: Moment
    until: Moment
    say: tuple[str, ...]
    repeat: int = 1

    @model_validator(mode="before")
    @classmethod
    def _where(cls, value: Any) -> Any:
        return _renamed(value)


class Scene(Strict):
    """One event (or one set of unrelated small matters)."""

    title: str
    posts: tuple[Line, ...]
    waves: tuple[Wave, ...] = ()


class Theme(Strict):
    """Ordinary talk about one thing."""

    source: SourceKey
    by: str = ""
    repeat: int = 1
    lines: tuple[str, ...] = ()


class Script(Strict):
    """Everything that is written by hand."""

    scenes: Mapping[str, Scene]
    themes: Mapping[str, Theme]
    words: Mapping[str, tuple[str, ...]]
    handles: tuple[str, ...]
    bylines: tuple[str, ...]


def resource_path(*path: str) -> Path:
    """Where one resource file lies; the package is always installed as files."""
    return Path(str(resources.files("services.demo").joinpath("resources", *path)))


def resource(*path: str) -> str:
    """The text of one resource file."""
    return resource_path(*path).read_text(encoding="utf-8")


@cache
def script() -> Script:
    """The script, read once."""
    names = sorted(path.name for path in resource_path("events").glob("*.yaml"))
    themes = _yaml("background.yaml")
    return Script.model_validate(
        {
            "scenes": {name.removesuffix(".yaml"): _yaml("events", name) for name in names},
            "themes": {key: value | {"lines": _lines("background", f"{key}.txt")} for key, value in themes.items()},
            "words": _yaml("words.yaml"),
            "handles": _lines("handles.txt"),
            "bylines": _lines("bylines.txt"),
        }
    )


def _yaml(*path: str) -> dict[str, Any]:
    tree: dict[str, Any] = YAML(typ="safe").load(resource(*path))
    return tree


def _lines(*path: str) -> list[str]:
    return resource(*path).splitlines()


def _renamed(value: Any) -> Any:
    """Keys that are short to write and words of Python's own."""
    names = {"in": "source", "from": "since", "to": "until"}
    return {names.get(k, k): v for k, v in value.items()} if isinstance(value, dict) else value
