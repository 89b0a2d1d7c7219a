"""The reader as the settings want it: who says the tone, and who is asked where the models are not sure."""

from pathlib import Path

from analyzer.pipeline import Reader
from analyzer.ports import Adviser, ToneReader
from services.errors import ConfigError
from services.gazetteer import load_gazetteer
from services.settings import AdviserSettings, ReadingSettings, Tones


def build_reader(gazetteer: Path | None, settings: ReadingSettings, *, grouping: bool = True) -> Reader:
    """Raises ConfigError when something chosen is not to be had."""
    return Reader(
        load_gazetteer(gazetteer),
        tones=_tones(settings.sentiment),
        adviser=_adviser(settings.adviser),
        grouping=grouping,
    )


def check_reader(gazetteer: Path | None, settings: ReadingSettings | None) -> None:
    """Raise what `build_reader` would raise, without loading any model."""
    if gazetteer is not None:
        load_gazetteer(gazetteer)
    if settings is not None:
        _tones(settings.sentiment)
        _adviser(settings.adviser)


def _tones(chosen: Tones) -> ToneReader | None:
    """None for the bundled model."""
    if chosen is Tones.BUNDLED:
        return None
    from analyzer.snow import SnowReader  # noqa: PLC0415  # optional

    try:
        return SnowReader()
    except ModuleNotFoundError as error:
        raise ConfigError(["情感选用了 snownlp，但没有安装：请运行 pip install snownlp，或改回 bundled。"]) from error


def _adviser(settings: AdviserSettings) -> Adviser | None:
    if not settings.url:
        return None
    from services.adviser import HttpAdviser  # noqa: PLC0415  # optional

    return HttpAdviser(settings)
