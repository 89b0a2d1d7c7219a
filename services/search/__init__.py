"""Full-text search over kept posts."""
