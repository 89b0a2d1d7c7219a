"""Bar charts as SVG, made by hand: the same picture on a page, in a PDF and, as pixels, in a DOCX.

No chart tells by colour alone: every bar has its name and its number beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analyzer.model import Tier

FACES = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
INK, SOFT, SHADE = "#1a1a1a", "#555555", "#9aa5b1"
BAR = "#1550a8"
TIER_BARS = {Tier.I: "#b00020", Tier.II: "#e06a00", Tier.III: "#e6b800", Tier.IV: "#1550a8", None: "#777777"}
"""Red, orange, yellow and blue as in 突发事件应对法 art. 63, each dark enough to be seen on white paper."""
WIDTH = 600.0
_ROW, _TOP, _LABEL, _NUMBER = 30.0, 36.0, 160.0, 70.0
_LABEL_SHOWN = 10
_HOUR = 66.0
"""Room for the name of an hour: 11-04 14:00."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 allows in no way, not even escaped; one such character and nobody can open the picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One row: its name, its number, and the number it is compared with."""

    name: str
    value: float
    before: float | None = None
    colour: str = BAR


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """SVG with its size in its own units (`WIDTH` wide) and what it shows in words, for who cannot see it."""

    svg: str
    width: float
    height: float
    words: str


def bars(title: str, rows: Sequence[Bar], *, unit: str, before: str = "") -> Chart:
    """Rows of bars from the left; where `before` names it, the earlier number as a thin grey bar below."""
    most = max((max(row.value, row.before or 0) for row in rows), default=0) or 1
    height = _TOP + _ROW * max(len(rows), 1) + (20 if before else 4)
    drawn = [_text(0, 18, title, size=17, weight="bold")]
    for number, row in enumerate(rows):
        drawn += _bar(row, _TOP + number * _ROW, (WIDTH - _LABEL - _NUMBER) / most, unit)
    if not rows:
        drawn.append(_text(0, _TOP + 16, "本期无数据", colour=SOFT))
    if before:
        drawn.append(_text(_LABEL, height - 5, f"灰色细条为{before}", size=13, colour=SOFT))
    return _chart(title, height, drawn, [_said(row, unit, before) for row in rows])


def columns(title: str, days: Sequence[str], series: Sequence[tuple[str, str, Sequence[float]]], *, unit: str) -> Chart:
    """Stacked columns, one a day; `series` are name, colour and a number for each day, from the bottom up."""
    totals = [sum(values[i] for _, _, values in series) for i in range(len(days))]
    most, ground, room = max(totals, default=0) or 1, 190.0, 130.0
    step = WIDTH / max(len(days), 1)
    drawn = [_text(0, 18, title, size=17, weight="bold")]
    for i, day in enumerate(days):
        left, top = i * step + step * 0.2, ground
        for _, colour, values in series:
            tall = values[i] * room / most
            top -= tall
            drawn.append(_rect(left, top, step * 0.6, tall, colour))
        drawn.append(_text(i * step + step / 2, top - 5, f"{totals[i]:g}", anchor="middle", size=15))
        drawn.append(_text(i * step + step / 2, ground + 16, day, anchor="middle", size=15, colour=SOFT))
    drawn.append(_rect(0, ground, WIDTH, 1, SOFT))
    drawn += _legend(series, ground + 38)
    said = [f"{day}：{total:g}{unit}" for day, total in zip(days, totals, strict=True)]
    return _chart(title, ground + 46, drawn, said)


def curve(title: str, hours: Sequence[tuple[str, float, float | None]], *, unit: str) -> Chart:
    """Narrow columns, one an hour (its name, its number, the usual as a grey mark); every twelfth has its name."""
    most = max((max(value, usual or 0) for _, value, usual in hours), default=0) or 1
    ground, room = 170.0, 120.0
    step = WIDTH / max(len(hours), 24)
    drawn = [_text(0, 18, title, size=15, weight="bold"), _text(0, 40, f"最高{most:g}{unit}", size=11, colour=SOFT)]
    for i, (name, value, usual) in enumerate(hours):
        drawn.append(_rect(i * step, ground - value * room / most, step * 0.8, value * room / most, BAR))
        if usual is not None:
            drawn.append(_rect(i * step, ground - usual * room / most - 1, step, 2, SHADE))
        if i % 12 == 0:
            drawn.append(_text(min(i * step, WIDTH - _HOUR), ground + 16, name, size=11, colour=SOFT))
    drawn.append(_rect(0, ground, WIDTH, 1, SOFT))
    if any(usual is not None for _, _, usual in hours):
        drawn += _legend([("同时段常态", SHADE, ())], ground + 38)
    return _chart(title, ground + 46, drawn, [f"{name} {value:g}{unit}" for name, value, _ in hours if value])


def _bar(row: Bar, top: float, scale: float, unit: str) -> list[str]:
    name = row.name if len(row.name) <= _LABEL_SHOWN else row.name[: _LABEL_SHOWN - 1] + "…"
    long = row.value * scale
    drawn = [
        _text(_LABEL - 8, top + 16, name, anchor="end", size=15),
        _rect(_LABEL, top + 3, long, 17, row.colour),
        _text(_LABEL + long + 6, top + 17, f"{row.value:g}{unit}", size=15),
    ]
    if row.before is not None:
        drawn.append(_rect(_LABEL, top + 21, row.before * scale, 4, SHADE))
    return drawn


def _legend(series: Sequence[tuple[str, str, Sequence[float]]], top: float) -> list[str]:
    drawn, left = [], 0.0
    for name, colour, _ in series:
        drawn += [_rect(left, top - 11, 12, 12, colour), _text(left + 16, top, name, size=13, colour=SOFT)]
        left += 30 + 14 * len(name)
    return drawn


def _said(row: Bar, unit: str, before: str) -> str:
    compared = f"（{before}{row.before:g}{unit}）" if before and row.before is not None else ""
    return f"{row.name}{row.value:g}{unit}{compared}"


def _chart(title: str, height: float, drawn: Sequence[str], said: Sequence[str]) -> Chart:
    words = f"{title}：{'，'.join(said) or '本期无数据'}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-label="{_escaped(words)}" font-family="{FACES}">{"".join(drawn)}</svg>'
    )
    return Chart(svg=svg, width=WIDTH, height=height, words=words)


def _rect(left: float, top: float, wide: float, tall: float, colour: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(wide, 0):.1f}" height="{tall:.1f}" fill="{colour}"/>'


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _text(
    left: float,
    base: float,
    text: str,
    *,
    size: int = 15,
    anchor: str = "start",
    weight: str = "normal",
    colour: str = INK,
) -> str:
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{colour}">{_escaped(text)}</text>'
    )
