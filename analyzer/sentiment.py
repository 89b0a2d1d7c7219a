"""The tone of a post. It is described for the desk and is no input of any rule."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analyzer.model import Sentiment, Tone
from analyzer.scoring import linear
from analyzer.scoring.calibration import Calibration, bundled
from analyzer.scoring.linear import Scores

TONES = (Tone.NEGATIVE, Tone.NEUTRAL, Tone.POSITIVE)
"""Order of the three columns everywhere."""


def probabilities(scores: Scores, calibration: Calibration) -> npt.NDArray[np.float32]:
    """Shares of the three tones, one row a text: first whether it is neutral at all, then which way it leans.

    Two questions rather than three, since most labelled sets know only the second.
    """
    neutral = _share(scores.of("tone.neutral") + np.float32(calibration.neutral_shift))
    positive = _share(scores.of("tone.positive"))
    return np.stack([(1 - neutral) * (1 - positive), neutral, (1 - neutral) * positive], axis=1)


def _share(odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


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
