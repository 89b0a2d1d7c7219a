"""Recorded streams under a virtual clock, with the decisions people made in them."""
