"""The reader as the settings want it: who says the tone, and who is asked where the models are not sure."""

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.pipeline import Reader
from analyzer.ports import Adviser, ToneReader
from services.errors import ConfigError
from services.folder.gazetteer import load_gazetteer

if TYPE_CHECKING:  # where nothing is set, a quarter of what reading imports is spared
    from services.settings import ReadingSettings


def build_reader(gazetteer: Path | None, settings: "ReadingSettings | None", *, grouping: bool = True) -> Reader:
    """Without settings only what is bundled reads. Raises ConfigError when something chosen is not to be had."""
    tones, adviser = (None, None) if settings is None else (_tones(settings), _adviser(settings))
    return Reader(load_gazetteer(gazetteer), tones=tones, adviser=adviser, grouping=grouping)


def check_reader(gazetteer: Path | None, settings: "ReadingSettings | None") -> None:
    """Raise what `build_reader` would raise, without loading any model."""
    if gazetteer is not None:
        load_gazetteer(gazetteer)
    if settings is not None:
        _tones(settings)
        _adviser(settings)


def _tones(settings: "ReadingSettings") -> ToneReader | None:
    """None for the bundled model."""
    if settings.sentiment == "bundled":
        return None
    from analyzer.snow import SnowReader  # noqa: PLC0415  # optional

    try:
        return SnowReader()
    except ModuleNotFoundError as error:
        raise ConfigError(["情感选用了 snownlp，但没有安装：请运行 pip install snownlp，或改回 bundled。"]) from error


def _adviser(settings: "ReadingSettings") -> Adviser | None:
    if not settings.adviser.url:
        return None
    from services.logs import to_standard_error  # noqa: PLC0415  # optional
    from services.reading.adviser import HttpAdviser  # noqa: PLC0415  # optional

    to_standard_error()
    return HttpAdviser(settings.adviser)
