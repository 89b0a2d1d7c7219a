"""SnowNLP as a tone backend: kept to compare with, and for desks that are used to it. Two classes only."""

from collections.abc import Sequence

from analyzer.model import Sentiment, Tone
from analyzer.scoring.linear import Scores

_UNSURE = 0.2
"""A score nearer to zero than this names no tone."""


class SnowReader:
    """Reads as `SentimentReader` does, a hundred texts a second; it knows no neutral tone.

    Raises ModuleNotFoundError where SnowNLP is not installed.
    """

    def __init__(self) -> None:
        from snownlp import SnowNLP  # noqa: PLC0415  # takes three seconds to import, and is optional

        self._judge = SnowNLP

    def read_many(self, texts: Sequence[str], scores: Scores | None = None) -> list[Sentiment]:
        """Judge normalised texts; it has no use for `scores`."""
        del scores
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Sentiment:
        if not text.strip():
            return Sentiment(label=Tone.UNSURE, score=0.0)
        score = round(2 * float(self._judge(text).sentiments) - 1, 3)
        if abs(score) < _UNSURE:
            return Sentiment(label=Tone.UNSURE, score=score)
        return Sentiment(label=Tone.POSITIVE if score > 0 else Tone.NEGATIVE, score=score)
