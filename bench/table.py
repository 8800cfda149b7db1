"""What was measured, one row a figure, for people and as JSON."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = (36, 8, 25, 25, 6, 7, 4, 16, 18)
_HEADINGS = (
    "",
    "events",
    "program, ms",
    "floor, ms",
    "ratio",
    "bound",
    "",
    "peak memory, MB",
    "sent, kB a key",
)


class Row(NamedTuple):
    """One figure: times in seconds, of each run, and memory in bytes (0 for unknown)."""

    what: str
    events: str
    times: Sequence[float]
    floor: Sequence[float] = ()
    """The same, of what it is compared with."""
    most_ratio: float | None = None
    """What the median may be at most, as a multiple of the floor's."""
    most: float | None = None
    """What it may be at most, in seconds."""
    memory: int = 0
    floor_memory: int = 0
    sent: float = 0
    """Bytes that the terminal is sent in answer."""
    floor_sent: float = 0

    @property
    def ratio(self) -> float | None:
        """The median as a multiple of the floor's; None without a floor."""
        return median(self.times) / median(self.floor) if self.floor else None

    @property
    def held(self) -> bool | None:
        """Whether it is within its bound; None where it has none."""
        if self.most_ratio is not None and self.ratio is not None:
            return self.ratio <= self.most_ratio
        return None if self.most is None else median(self.times) <= self.most

    def cells(self) -> tuple[str, ...]:
        """What the table prints, column by column."""
        bound = (
            f"{self.most_ratio}x" if self.most_ratio else f"{self.most * 1000:.0f} ms" if self.most else ""
        )
        return (
            self.what,
            self.events,
            _spread(self.times),
            _spread(self.floor),
            "" if self.ratio is None else f"{self.ratio:.2f}",
            bound,
            {None: "", True: "held", False: "OVER"}[self.held],
            _beside(self.memory / 1e6, self.floor_memory / 1e6, 0),
            _beside(self.sent / 1e3, self.floor_sent / 1e3, 1),
        )

    def as_json(self) -> dict[str, Any]:
        """All there is of it, with medians, in milliseconds and bytes."""
        return {
            "what": self.what,
            "events": self.events,
            "median_ms": round(median(self.times) * 1000, 3),
            "runs_ms": [round(time * 1000, 3) for time in self.times],
            "floor_median_ms": round(median(self.floor) * 1000, 3) if self.floor else None,
            "floor_runs_ms": [round(time * 1000, 3) for time in self.floor],
            "ratio": self.ratio and round(self.ratio, 3),
            "most_ratio": self.most_ratio,
            "most_ms": self.most and self.most * 1000,
            "held": self.held,
            "peak_bytes": self.memory,
            "floor_peak_bytes": self.floor_memory,
            "sent_bytes": self.sent,
            "floor_sent_bytes": self.floor_sent,
        }


def headings() -> str:
    """The line above the rows."""
    return _line(_HEADINGS)


def line(row: Row) -> str:
    """A row as it is printed."""
    return _line(row.cells())


def _line(cells: tuple[str, ...]) -> str:
    left, *others = cells
    rest = [cell.rjust(width) for cell, width in zip(others, _COLUMNS[1:], strict=True)]
    return "  ".join([left.ljust(_COLUMNS[0]), *rest]).rstrip()


def _beside(ours: float, floor: float, digits: int) -> str:
    if not ours:
        return ""
    return f"{ours:.{digits}f}" + (f" (floor {floor:.{digits}f})" if floor else "")


def _spread(times: Sequence[float]) -> str:
    if not times:
        return ""
    digits = 1 if median(times) < 0.1 else 0
    middle, low, high = (f"{time * 1000:,.{digits}f}" for time in (median(times), min(times), max(times)))
    return f"{middle} ({low}-{high})" if len(times) > 1 else middle
