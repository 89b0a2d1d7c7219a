"""The service's recurring steps: when each was last done, so that one which hangs or fails again and again is seen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

LATE = 60.0
"""Seconds over its turn after which a step that is not done is a matter."""
NAMES = {
    "read": "研判",
    "tick": "时限与催办",
    "issue": "印发定期报告",
    "reload": "检查配置文件",
    "canary": "线路自检",
    "wipe": "清除已删内容的痕迹",
    "purge": "到期清理",
}
"""What the steps are called. A crawl takes as long as its sources let it; their health is looked at by itself."""


FIRST_REST, RESTS = 0.5, 5.0
"""Seconds that a step rests after it has failed once, and again and again: each try may make all memory anew."""


@dataclass(slots=True)
class Steps:
    """Monotonic moments: no clock that is set touches them."""

    _due: dict[str, tuple[float, float]] = field(default_factory=dict)
    _errors: dict[str, str] = field(default_factory=dict)
    _rests: dict[str, tuple[float, float]] = field(default_factory=dict)

    def expect(self, name: str, every: float) -> None:
        """From now on this step is to be done once in so many seconds."""
        self._due[name] = (monotonic(), every)

    def done(self, name: str) -> None:
        """It went well."""
        self._errors.pop(name, None)
        self._rests.pop(name, None)
        if name in self._due:
            self._due[name] = (monotonic(), self._due[name][1])

    def failed(self, name: str, error: Exception) -> None:
        """It did not; it rests twice as long as after the failure before."""
        self._errors[name] = str(error) or type(error).__name__
        _, before = self._rests.get(name, (0.0, FIRST_REST / 2))
        rest = min(RESTS, 2 * before)
        self._rests[name] = (monotonic() + rest, rest)

    def resting(self, name: str) -> bool:
        """Whether it has failed so lately that it is not to be tried now."""
        until, _ = self._rests.get(name, (0.0, 0.0))
        return monotonic() < until

    def late(self) -> Iterator[str]:
        """A Chinese sentence for each step that should have been done more than a minute ago."""
        now = monotonic()
        for name, (last, every) in list(self._due.items()):
            if now - last > every + LATE:
                why = f"，最近一次出错：{error.rstrip('。')}" if (error := self._errors.get(name, "")) else ""
                yield f"“{NAMES[name]}”已有{int(now - last)}秒没有做成{why}。"
