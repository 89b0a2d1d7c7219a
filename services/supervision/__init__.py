"""Who leads, whether all that is due gets done, and who is told when it does not."""
