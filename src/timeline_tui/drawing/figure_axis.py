"""An axis of figures, drawn in cells: each figure as a sign, or as a drawing at its place on the axis.

Each kind of figure has its own sign, so that colour is never needed to tell them apart.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.model.figures import Figure

FigureKind = Literal["exact", "about", "range", "at most", "at least"]

FIGURE_SIGNS: dict[FigureKind, str] = {
    "exact": "●",
    "about": "≈",
    "at most": "≤",
    "at least": "≥",
    "range": "↔",
}
"""One cell each."""
FIGURE_DRAWINGS: dict[FigureKind, str] = {
    "exact": "●",
    "about": "≈",
    "at most": "◂──┤",
    "at least": "├──▸",
    "range": "├──┤",
}
_ABOUT_END = "≈"
_MARGIN = 2
"""Cells left free at both ends of the axis, for the arrows of open-ended figures."""
_PRECISION = 200
"""Digits of the calculation: enough to distinguish any two figures of a file, and some for a division."""
_LONG = 15
"""A number with more characters than this is written with an exponent on the axis."""
_FEW, _MANY = 3, 10
"""Number of steps on the axis, at least and at most."""


def figure_kind(figure: Figure) -> FigureKind:
    """The kind of a figure; an approximate bound or range counts as a bound or range."""
    if figure.low is None:
        return "at most"
    if figure.high is None:
        return "at least"
    if figure.low != figure.high:
        return "range"
    return "about" if figure.about else "exact"


def figure_without_sign(figure: Figure) -> str:
    """The figure without its sign: `8,000`, `8,000–10,000`, `≈8,000` for an approximate bound."""
    named = [value for value in (figure.low, figure.high) if value is not None]
    about = _ABOUT_END if figure.about and figure_kind(figure) != "about" else ""
    return about + "–".join(dict.fromkeys(f"{value:,f}" for value in named))


class FigureAxis:
    """An axis over `width` cells from one round number to another.

    It includes 0 unless the figures would then be too close to each other to be told apart.
    """

    def __init__(self, figures: Iterable[Figure], width: int) -> None:
        self.width = width
        self._values = {
            value for figure in figures for value in (figure.low, figure.high) if value is not None
        }
        self._cells: dict[Decimal, int] = {}
        with localcontext(prec=_PRECISION):
            self._fit(min(self._values), max(self._values))
            # The last number's label stands at the right end, where open-ended figures have their arrow.
            after = max(_MARGIN, min(1 + len(_label(self.high, self.step)), width // 2))
        self._room = max(width - _MARGIN - after, 2)

    def _fit(self, low: Decimal, high: Decimal) -> None:
        # Figures that would coincide on an axis from 0 get an axis that starts near them.
        if high == low or high - low >= max(abs(high), abs(low)) / 5:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if high == low:
            high = low + 1
        widest = min(max(len(f"{low:,f}"), len(f"{high:,f}")), _LONG) + 3
        step = _round_up((high - low) / max(_FEW, min(_MANY, self.width // widest)))
        if all(value == value.to_integral_value() for value in (low, high, *self._values)):
            step = max(step, Decimal(1))
        self.low = (low / step).to_integral_value(ROUND_FLOOR) * step
        self.high = (high / step).to_integral_value(ROUND_CEILING) * step
        self.step = step

    def cell(self, value: Decimal) -> int:
        """The cell of a value."""
        found = self._cells.get(value)
        if found is None:
            with localcontext(prec=_PRECISION):
                place = (value - self.low) / (self.high - self.low) * (self._room - 1)
                found = self._cells[value] = _MARGIN + int(place.to_integral_value(ROUND_HALF_UP))
        return found

    def draw(self, figure: Figure) -> str:
        """The drawing of a figure at its place on the axis, in at most `width` cells."""
        low = 0 if figure.low is None else self.cell(figure.low)
        high = self.width - 1 if figure.high is None else self.cell(figure.high)
        sign = figure_kind(figure)
        if low == high:
            return " " * low + FIGURE_SIGNS[sign]
        left = "◂" if sign == "at most" else _ABOUT_END if figure.about else "├"
        right = "▸" if sign == "at least" else _ABOUT_END if figure.about else "┤"
        return " " * low + left + "─" * (high - low - 1) + right

    def text(self) -> str:
        """The axis itself: each number stands right of its tick `╷`, or left of it at the end."""
        with localcontext(prec=_PRECISION):
            steps = int((self.high - self.low) / self.step)
            values = [self.low + self.step * place for place in range(steps + 1)]
            last = _label(values[-1], self.step)
        end = self.cell(values[-1])
        end_text = f"╷{last}" if end + 1 + len(last) <= self.width else f"{last}╷"
        end_start = end if end_text[0] == "╷" else end - len(last)
        line = ""
        for value in values[:-1]:
            text = f"╷{_label(value, self.step)}"
            start = self.cell(value)
            if start >= len(line) + bool(line) and start + len(text) < end_start:
                line = line.ljust(start) + text
        if len(line) <= end_start:
            return line.ljust(end_start) + end_text
        return line or f"{' ' * end}╷"

    def merges(self) -> bool:
        """Whether two different figures share a cell."""
        count = len(self._values)
        return count > self._room or len(set(map(self.cell, self._values))) < count


def _label(value: Decimal, step: Decimal) -> str:
    """A multiple of the step, with just enough digits to distinguish it from the next one."""
    plain = f"{value:,.{max(-step.adjusted(), 0)}f}"
    return plain if len(plain) <= _LONG else f"{value:.{max(value.adjusted() - step.adjusted(), 0)}E}"


def _round_up(step: Decimal) -> Decimal:
    """The smallest of 1, 2 or 5 times a power of ten that is not less than `step`."""
    power = Decimal(1).scaleb(step.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step)
