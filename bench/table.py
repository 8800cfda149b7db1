"""What was measured, one row a figure: for people, as JSON, and from that as Markdown.

`python -m bench.table bench/results.json` prints the Markdown.
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COLUMNS = (44, 9, 25, 25, 6, 7, 4, 24, 18)
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
_MARKDOWN = ("", "median (least–most)", "floor", "ratio", "bound", "", "peak memory")


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
    """Of all processes, each at its peak, added up."""
    floor_memory: int = 0
    most_memory: int = 0
    """What it may be at most."""
    shared_once: int = 0
    """The most that was held at once, with what processes share counted once."""
    sent: float = 0
    """Bytes that the terminal is sent in answer."""
    floor_sent: float = 0

    @property
    def ratio(self) -> float | None:
        """The median as a multiple of the floor's; None without a floor."""
        return median(self.times) / median(self.floor) if self.floor else None

    @property
    def held(self) -> bool | None:
        """Whether it is within its bounds; None where it has none, or was not compared."""
        held = []
        if self.most_ratio is not None and self.ratio is not None:
            held.append(self.ratio <= self.most_ratio)
        if self.most is not None:
            held.append(median(self.times) <= self.most)
        if self.most_memory:
            held.append(self.memory <= self.most_memory)
        return all(held) if held else None

    @property
    def bound(self) -> str:
        """What it may be at most, in words."""
        time = f"{self.most_ratio}x" if self.most_ratio else f"{self.most * 1000:.0f} ms" if self.most else ""
        return f"{time}, {self.most_memory / 1e6:.0f} MB" if self.most_memory else time

    def cells(self) -> tuple[str, ...]:
        """What the table prints, column by column."""
        memory = _beside(self.memory / 1e6, self.floor_memory / 1e6, 0)
        return (
            self.what,
            self.events,
            _spread(self.times),
            _spread(self.floor),
            _times_as_much(self.ratio),
            self.bound.partition(",")[0],
            {None: "", True: "held", False: "OVER"}[self.held],
            f"{memory}, at most {self.most_memory / 1e6:.0f}" if self.most_memory else memory,
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
            "bound": self.bound,
            "held": self.held,
            "peak_bytes": self.memory,
            "floor_peak_bytes": self.floor_memory,
            "shared_once_bytes": self.shared_once,
            "sent_bytes": self.sent,
            "floor_sent_bytes": self.floor_sent,
        }


def headings() -> str:
    """The line above the rows."""
    return _line(_HEADINGS)


def line(row: Row) -> str:
    """A row as it is printed."""
    return _line(row.cells())


def markdown(results: dict[str, Any]) -> Iterator[str]:
    """The lines of what `results.json` holds, a table for each timeline."""
    load = results["load"]
    versions = ", ".join(f"{name} {number}" for name, number in results["machine"].items())
    yield f"{versions}. Load {load['before'][0]:.2f} before and {load['after'][0]:.2f} after; "
    yield f"{results['runs']} runs, {results['minutes']:.0f} minutes."
    for events, rows in groupby(results["rows"], key=lambda row: row["events"]):
        yield f"\n**{events} events**\n"
        yield _markdown_line(_MARKDOWN)
        yield _markdown_line(["---", *["--:"] * (len(_MARKDOWN) - 1)])
        for row in rows:
            yield _markdown_line(_markdown_cells(row))


def _markdown_cells(row: dict[str, Any]) -> tuple[str, ...]:
    memory = f"{row['peak_bytes'] / 1e6:,.0f} MB" if row["peak_bytes"] else ""
    if row["shared_once_bytes"]:
        memory += f" ({row['shared_once_bytes'] / 1e6:,.0f} MB shared pages once)"
    return (
        row["what"].replace("  ", "… "),
        _in_words([time / 1000 for time in row["runs_ms"]]),
        _in_words([time / 1000 for time in row["floor_runs_ms"]], spread=False),
        _times_as_much(row["ratio"]),
        row["bound"].replace("x", " ×"),
        {None: "", True: "held", False: "**over**"}[row["held"]],
        memory,
    )


def _markdown_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_words(times: Sequence[float], *, spread: bool = True) -> str:
    """`12.3 ms (11.0–15.2)`, or in seconds from ten on."""
    if not times:
        return ""
    unit, factor = ("s", 1.0) if median(times) >= 10 else ("ms", 1000.0)
    digits = 1 if unit == "s" or median(times) < 0.1 else 0
    middle, low, high = (f"{time * factor:,.{digits}f}" for time in (median(times), min(times), max(times)))
    return f"{middle} {unit} ({low}–{high})" if spread and len(times) > 1 else f"{middle} {unit}"


def _times_as_much(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def _line(cells: tuple[str, ...]) -> str:
    left, *others = cells
    rest = [cell.rjust(width) for cell, width in zip(others, _COLUMNS[1:], strict=True)]
    return "  ".join([left.ljust(_COLUMNS[0]), *rest]).rstrip()


def _beside(ours: float, floor: float, digits: int) -> str:
    if not ours:
        return ""
    return f"{ours:,.{digits}f}" + (f" (floor {floor:,.{digits}f})" if floor else "")


def _spread(times: Sequence[float]) -> str:
    if not times:
        return ""
    digits = 1 if median(times) < 0.1 else 0
    middle, low, high = (f"{time * 1000:,.{digits}f}" for time in (median(times), min(times), max(times)))
    return f"{middle} ({low}-{high})" if len(times) > 1 else middle


if __name__ == "__main__":
    print("\n".join(markdown(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
