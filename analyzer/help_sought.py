"""Whether the writer, or somebody present, asks for help or action for an actual need (求助)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analyzer.scope.evidence import Evidence, gather
from analyzer.scoring.calibration import Calibration, bundled
from analyzer.topics import topic_list


def help_inputs(evidence: Evidence) -> npt.NDArray[np.float32]:
    """What the calibration of help sought weighs, one row a text."""
    listed = topic_list()
    topics, fields = len(listed.topics), len(listed.elsewhere)
    counts = evidence.counts
    sums = [counts[:, :topics], counts[:, topics : 2 * topics], counts[:, 2 * topics : 2 * topics + fields]]
    return np.stack(
        [
            evidence.scores.of("help"),
            evidence.scores.of("scope"),
            *(np.log1p(part.sum(axis=1)) for part in sums),
            *evidence.logs[:, 2 * topics + fields :].T,
            np.log1p(evidence.lengths).astype(np.float32),
        ],
        axis=1,
    )


class HelpReader:
    """Says for each text whether help is sought."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration

    @classmethod
    def load(cls) -> "HelpReader":
        return cls(bundled())

    def read(self, normalised_text: str) -> bool:
        return self.read_many([normalised_text])[0]

    def read_many(self, texts: Sequence[str], evidence: Evidence | None = None) -> list[bool]:
        """Judge normalised texts; `evidence` spares gathering it twice."""
        if not texts:
            return []
        seen = evidence or gather(texts)
        likely = self._calibration.help_sought.probability(help_inputs(seen))
        return [bool(flag) for flag in (likely >= self._calibration.help_from) & ~seen.remarks_only]
