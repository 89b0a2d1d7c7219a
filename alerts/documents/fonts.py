"""The CJK typefaces that are installed; a PDF without one would show nothing."""

from functools import cache

import typst

from alerts.documents.errors import DocumentError

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC")
"""Free ones, in the order of preference. There is no free 仿宋."""


@cache
def book() -> typst.Fonts:
    """All fonts of this machine; looked for once."""
    return typst.Fonts()


@cache
def chosen() -> tuple[str, str]:
    """A serif and a sans serif face. Raises DocumentError when there is none with Chinese characters."""
    return choose(book().families())


def choose(installed: list[str]) -> tuple[str, str]:
    """The best of what is installed; where one of the two is missing the other stands in."""
    serif = next((name for name in SERIF if name in installed), None)
    sans = next((name for name in SANS if name in installed), None)
    found = serif or sans
    if found is None:
        raise DocumentError(
            "本机没有可用的中文字体，不能生成 PDF 和图表；"
            "请安装 fonts-noto-cjk（apt install fonts-noto-cjk）后重启服务。"
        )
    return serif or found, sans or found
