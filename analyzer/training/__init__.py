"""Rebuilding every model artefact from a folder of data, and measuring it.

Needs scikit-learn; never imported to read.
"""

from analyzer.training.build import train
from analyzer.training.evaluate import evaluate
from analyzer.training.measures import Measure, table

__all__ = ["Measure", "evaluate", "table", "train"]
