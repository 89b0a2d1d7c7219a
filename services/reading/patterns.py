"""What the patterns of reading compile to, kept as Python keeps bytecode: compiling them is half of a start.

A pattern's code is found by the pattern itself, so none is ever out of date. What another Python has kept, or other
rules of analyzer/patterns/expressions.py or words.py, is not looked at (docs/adr/0003-patterns-are-kept.md).
"""

import hashlib
import importlib
import marshal
import os
import sys
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from analyzer.patterns import expressions, words

FILE = Path(__file__).parent / "__pycache__" / f"patterns.{sys.implementation.cache_tag}"
_compiler: Any = importlib.import_module("re._compiler")
_sre: Any = importlib.import_module("_sre")

Asked = tuple[str | bytes, int]
"""A pattern and its flags."""
Code = tuple[str | bytes, int, bytes, tuple[Any, ...]]
"""What the engine of `re` makes a pattern of: the pattern, all its flags, its code, its groups."""
_CODE = "I"
"""The engine's codes are 32 bits wide."""


class Codes:
    """Compiles patterns: those known from an earlier start at once, the others as `re` does."""

    def __init__(self, known: Mapping[Asked, Code]) -> None:
        self._known = known
        self.used: dict[Asked, Code] = {}
        self._made: list[Code] = []

    @contextmanager
    def compiling(self) -> Iterator[None]:
        """Stand before the compiler of `re`, and between it and its engine."""
        self._plainly = _compiler.compile
        _compiler.compile, _compiler._sre = self._compile, SimpleNamespace(**{**vars(_sre), "compile": self._make})  # noqa: SLF001
        try:
            yield
        finally:
            _compiler.compile, _compiler._sre = self._plainly, _sre  # noqa: SLF001

    def _compile(self, pattern: Any, flags: int = 0) -> Any:
        asked = pattern, int(flags)
        code = self._known.get(asked)
        compiled = self._ready(*code) if code else self._plainly(pattern, flags)
        self.used[asked] = code or self._made.pop()
        return compiled

    def _make(self, pattern: str | bytes, flags: int, code: list[int], *groups: Any) -> Any:
        self._made.append((pattern, int(flags), array(_CODE, code).tobytes(), groups))
        return _sre.compile(pattern, flags, code, *groups)

    @staticmethod
    def _ready(pattern: str | bytes, flags: int, code: bytes, groups: tuple[Any, ...]) -> Any:
        return _sre.compile(pattern, flags, array(_CODE, code).tolist(), *groups)


@contextmanager
def kept(file: Path = FILE) -> Iterator[None]:
    """What is imported inside is compiled from what an earlier start has kept; what is new is kept for the next.

    Nothing is done where reading is imported already, and nothing kept where nothing can be written.
    """
    if "analyzer.pipeline" in sys.modules:
        yield
        return
    known, expressions.known = _read(file)
    codes = Codes(known)
    with codes.compiling():
        yield
        importlib.import_module("analyzer.patterns.scan").compile_all()
    if codes.used.keys() - known or expressions.told.keys() - expressions.known:
        _write(file, (codes.used, expressions.told))
    expressions.known = {}  # 11 MB that nobody asks for again
    expressions.told.clear()


def _read(file: Path) -> tuple[dict[Asked, Code], dict[tuple[str, str], Any]]:
    try:
        made_by, codes, answers = marshal.loads(file.read_bytes())  # noqa: S302  # written by this program, like bytecode
    except (OSError, EOFError, ValueError, TypeError):
        return {}, {}
    return (codes, answers) if made_by == _makers() else ({}, {})


def _write(file: Path, found: tuple[Any, ...]) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        part.write_bytes(marshal.dumps((_makers(), *found)))
        part.replace(file)


def _makers() -> tuple[str, int, str]:
    """Whose work it is: this Python's, and that of the rules as they are written now."""
    rules = b"".join(Path(str(module.__file__)).read_bytes() for module in (expressions, words))
    return sys.version, int(_sre.MAGIC), hashlib.sha256(rules).hexdigest()
