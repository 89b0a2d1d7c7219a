"""Collection: sources in, minimised posts out."""
