"""Tests that need a Chinese typeface skip where none is installed: the product goes on without one, and so do they."""

import pytest

from alerts.documents import fonts
from alerts.documents.errors import DocumentError


def _installed():
    try:
        fonts.chosen()
    except DocumentError:
        return False
    return True


needs_chinese_font = pytest.mark.skipif(
    not _installed(), reason="no Chinese typeface on this machine: apt install fonts-noto-cjk"
)
