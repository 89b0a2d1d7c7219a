"""Where something happens: divisions and the district's own places, found in a text and settled; none invented."""
