"""What a text tells of: something real and present, or a drill, an old story, a statistic, a mere possibility."""

from analyzer.nature.judging import Judgement, judge, warning

__all__ = ["Judgement", "judge", "warning"]
