"""Reading: posts in; readings, events and ratings out. No I/O."""
