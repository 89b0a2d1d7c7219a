"""Figures told in a text, each with its kind, qualifier and status."""

from analyzer.facts.document import died_since, document_value
from analyzer.facts.finding import find_facts

__all__ = ["died_since", "document_value", "find_facts"]
