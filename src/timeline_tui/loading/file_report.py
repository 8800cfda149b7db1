"""What was found in a file, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from timeline_tui.model.problems import Problem
    from timeline_tui.model.records import Header


class FileReport(NamedTuple):
    """What was found in a file, besides its events."""

    header: Header | None
    """None if the file is not a timeline at all."""
    events: int
    problems: list[Problem]
    """All problems, by line."""
    valid_until: int
    """The first day number on which checking may find other problems."""
    left_out: dict[str, int]
    """The number of records of each kind (`event`, `source`) that are missing because of an error."""
