"""The files of a service folder: written, checked, read, and taken over when they are edited."""
