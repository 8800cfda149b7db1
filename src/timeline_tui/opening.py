"""A file opened: read, checked and indexed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline_tui.index import Index
from timeline_tui.problems import Problem, Severity
from timeline_tui.records import Header
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Opened:
    """What there is of a file, and what is wrong with it."""

    path: str
    index: Index
    problems: tuple[Problem, ...]
    """Ordered by line."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def open_timeline(path: Path, *, today: int) -> Opened:
    """Read, check and index `path`; what is wrong with it is in the result.

    `today` is the day number that past and future are told apart by.

    Raises:
        CannotRead: there is no text to be had from `path`.
        TimelineError: the index cannot be built.
    """
    # A process that shows what another one has read needs to know nothing of YAML.
    from timeline_tui.checks import check  # noqa: PLC0415
    from timeline_tui.reader import read_timeline  # noqa: PLC0415

    reading = read_timeline(path)
    problems = check(reading, today=today)
    header = reading.header or Header(title=one_line(path.name))
    return Opened(reading.path, Index.build(header, reading.events), tuple(problems))
