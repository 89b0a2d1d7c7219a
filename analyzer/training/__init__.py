"""Rebuilding every model artefact from a folder of data, and measuring it. Needs scikit-learn; never imported to read."""

from analyzer.training.build import train

__all__ = ["train"]
