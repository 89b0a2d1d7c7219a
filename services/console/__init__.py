"""The duty console: server-rendered pages."""
