"""Typst at work: data goes in beside the template, never into it, and every warning is an error."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import orjson
import typst

from alerts.documents import fonts
from alerts.documents.errors import DocumentError


def compiled(
    template: bytes, data: Mapping[str, Any], form: Literal["pdf", "png"], *, at: datetime | None = None
) -> bytes:
    """The file. `data` is what the template reads as `sys.inputs.data`; `at` is the date a PDF carries.

    Raises DocumentError.
    """
    serif, sans = fonts.chosen()
    # A PDF's date has no room for less than a second.
    whole = None if at is None else at.replace(microsecond=0)
    inputs = {"data": orjson.dumps({**data, "serif": serif, "sans": sans}).decode()}
    try:
        made, warnings = typst.compile_with_warnings(
            template, font_paths=fonts.book(), sys_inputs=inputs, format=form, ppi=200.0, timestamp=whole
        )
    except typst.TypstError as error:
        raise DocumentError(f"排版失败（{error.message}），请将此报告编号告知系统管理员。") from error
    if warnings:
        # Typst goes on where a font or a character is missing; a paper with holes in it must not go out.
        raise DocumentError(f"排版有误（{warnings[0].message}），请检查本机字体后重试。")
    if isinstance(made, list):
        made = made[0]
    if not made:
        raise DocumentError("排版没有结果，请将此报告编号告知系统管理员。")
    return made
