"""Which event a post belongs to: near duplicates first, then words, names, topic, place and time together."""
