"""Kinds of report, one a file."""
