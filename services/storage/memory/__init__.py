"""The record in memory: replay runs on it, and tests; it behaves like the one in SQL."""

from services.storage.memory.database import MemoryRecord

__all__ = ["MemoryRecord"]
