"""The problems of a file, by all processors where it is long, and nothing else made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.loading.progress import Reporter
from timeline_tui.loading.read_and_check import File, take_in
from timeline_tui.reading.open_file import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline_tui.loading.progress import Progress
    from timeline_tui.model.problems import Problem


def check_file(
    path: Path, *, today: int, report: Callable[[Progress], None] = lambda _: None
) -> list[Problem]:
    """All problems of a file, by line.

    Args:
        path: The file; `-` for standard input.
        today: The day number that past and future are told apart by.
        report: Told how far the reading has come, ten times a second.

    Raises:
        CannotRead: There is no text to be had from `path`.
        BrokenOff: It was not read to its end.
    """
    reporter = Reporter(report)
    data = read_bytes(path)
    reporter.size = len(data)
    file = File(data, str(path), today)
    account = take_in(
        file, lambda: None, lambda done, events, *_: reporter.heard(done / reporter.size, events)
    )
    return account.problems
