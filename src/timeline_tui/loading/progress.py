"""The progress of reading a file, as numbers and in words."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.text import byte_sizes as sizes
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY = 0.1
"""Seconds between two reports on the progress."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SURE = 0.02
"""The share of the work after which the time for the rest can be estimated."""


class Progress(msgspec.Struct, tag="progress"):
    """How far a file has been read."""

    share: float
    """The share of all work that is done, from 0 to 1."""
    size: int
    """The size of the file in bytes; 0 if it is not known."""
    events: int
    """Events read so far."""
    seconds: float
    """Seconds since the beginning."""

    @property
    def left(self) -> float | None:
        """Seconds that the rest will probably take; None if it is too early to tell."""
        if self.share < _SURE or self.seconds < 1:
            return None
        return self.seconds * (1 - self.share) / self.share


class Reporter:
    """Reports the progress of reading a file since this was made, but not too often.

    Args:
        report: Called with the progress.
        every: Seconds between two reports.
    """

    size = 0
    """The size of the file in bytes, set when it is known."""

    def __init__(self, report: Callable[[Progress], None], every: float = EVERY) -> None:
        self._report, self._every = report, every
        self._began = self._reported = monotonic()

    def report(self, share: float, events: int) -> None:
        """Report, unless the last report was less than `every` seconds ago."""
        if monotonic() - self._reported >= self._every:
            self.report_now(share, events)

    def report_now(self, share: float, events: int) -> None:
        """Report, however recent the last report is."""
        self._reported = monotonic()
        self._report(Progress(share, self.size, events, self._reported - self._began))


def progress_in_words(progress: Progress) -> str:
    """`43 % of 573 MB · 430,000 events read · about 25 s left`; all may have been read before all is done."""
    size = f" of {sizes.format_size(progress.size)}" if progress.size else ""
    words = [percent(progress.share) + size, f"{progress.events:,} events read"]
    if progress.left is not None:
        words.append(f"about {_seconds_in_words(progress.left)} left")
    return " · ".join(words)


def reading_in_words(name: str, progress: Progress) -> str:
    """`Reading story.yaml: 43 % of 573 MB`; the name of the file may be raw."""
    return f"Reading {one_line(name)}: {progress_in_words(progress)}"


def percent(share: float) -> str:
    """`43 %`."""
    return f"{int(share * 100)} %"


def bar(share: float, cells: int) -> str:
    """A bar of `cells` cells, filled to the nearest eighth of a cell."""
    eighths = round(min(max(share, 0), 1) * cells * 8)
    full, part = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(cells)


def _seconds_in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"
