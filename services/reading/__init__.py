"""Recorded posts in, readings out: what `minqing analyze` does, and the reader that the settings ask for."""
