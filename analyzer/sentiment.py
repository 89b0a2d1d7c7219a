"""The tone of a post. It is described for the desk and is no input of any rule."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analyzer import linear
from analyzer.calibration import Calibration, bundled
from analyzer.linear import Scores
from analyzer.model import Sentiment, Tone

TONES = (Tone.NEGATIVE, Tone.NEUTRAL, Tone.POSITIVE)
"""Order of the three columns everywhere."""


def probabilities(scores: Scores, calibration: Calibration) -> npt.NDArray[np.float32]:
    """Softmax of the three tone heads, calibrated; one row a text."""
    odds = np.stack([scores.of(f"tone.{tone.value}") for tone in TONES], axis=1)
    odds = odds * np.float32(calibration.tone_scale) + np.array(calibration.tone_shift, dtype=np.float32)
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


class SentimentReader:
    """Negative, neutral or positive; unsure where no label is likely enough, and for a text without letters."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration

    @classmethod
    def load(cls) -> "SentimentReader":
        return cls(bundled())

    def read(self, normalised_text: str) -> Sentiment:
        return self.read_many([normalised_text])[0]

    def read_many(self, texts: Sequence[str], scores: Scores | None = None) -> list[Sentiment]:
        """Judge normalised texts; `scores` (of an Evidence) spares scoring them twice."""
        if not texts:
            return []
        shares = probabilities(scores or linear.score(texts), self._calibration)
        best, likely = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
        leaning = np.round((shares[:, 2] - shares[:, 0]).astype(np.float64), 3).tolist()
        return [
            self._label(text, TONES[index], share, score)
            for text, index, share, score in zip(texts, best, likely, leaning, strict=True)
        ]

    def _label(self, text: str, tone: Tone, share: float, score: float) -> Sentiment:
        if not text.strip():
            return Sentiment(label=Tone.UNSURE, score=0.0)
        return Sentiment(label=tone if share >= self._calibration.tone_from else Tone.UNSURE, score=score)
