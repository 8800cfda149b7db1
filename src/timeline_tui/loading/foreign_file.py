"""Files of other makes, opened as they are: what they hold as a file of the format, and what was guessed."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.model.problems import Problem, Severity
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline_tui.exchange.contract import Imported

LEFT_OUT = "left-out"
"""The code of the problem that something of a file of another make cannot be read."""
LINES = "lines of the file"
"""What the lines of a file of another make are kept under, with its index."""
_OURS = (b"\nsources:", b"\nactors:", b"\ntopics:")
"""What no other format has beside `events:`."""


class Understood(NamedTuple):
    """A file of another make as one of the format."""

    data: bytearray
    """YAML in the format."""
    notice: str
    """What was guessed and left out, on one line."""
    lines: tuple[list[int], list[int]]
    """The lines that events begin on in `data`, ascending, and those in the file itself, 0 for unknown."""
    problems: tuple[Problem, ...]
    """What could not be read, at its place in the file itself."""

    def at_home(self, problem: Problem) -> Problem:
        """A problem of `data` at its place in the file itself."""
        return problem._replace(line=original_line(self.lines, problem.line), column=1)


def original_line(lines: Sequence[Sequence[int]], line: int) -> int:
    """The line of the file itself that stands for one of what was made of it; 1 where that is not known."""
    made, own = lines
    place = bisect_right(made, line) - 1
    return (own[place] or 1) if place >= 0 else 1


def understood(path: Path, data: bytearray) -> Understood | None:
    """What a file of another make holds; None for one that is meant in the format, with errors or not.

    Raises:
        CannotRead: It is of no make that is known, or nothing in it has a date.
    """
    if b"\nevents:" in data and any(key in data for key in _OURS):
        return None
    from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415  as above
    from timeline_tui.exchange.native.detect import is_native, shows_native  # noqa: PLC0415  as above
    from timeline_tui.exchange.registry import belongs_to_format, read  # noqa: PLC0415  not for ours

    is_yaml = path.suffix.lower() in (".yaml", ".yml", "") or str(path) == "-"
    if is_native(bytes(data)) if is_yaml else not belongs_to_format(path.name) and shows_native(bytes(data)):
        return None
    try:
        return _made(read(bytes(data), path.name), path)
    except CannotImport as error:
        if is_yaml:
            # What is wrong with it is told place by place, as of any file of the format.
            return None
        raise CannotRead(str(path), str(error)) from error


def understood_folder(path: Path) -> Understood:
    """What the files of a folder hold, an event each.

    Raises:
        CannotRead: Nothing in them has a date.
    """
    from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415  as above
    from timeline_tui.exchange.registry import read_folder  # noqa: PLC0415  only for folders

    try:
        return _made(read_folder(path), path)
    except CannotImport as error:
        raise CannotRead(str(path), str(error)) from error


def _made(imported: Imported, path: Path) -> Understood:
    from timeline_tui.exchange.native.yaml import yaml_with_lines  # noqa: PLC0415  only for what is of another make

    text, made = yaml_with_lines(imported)
    own = imported.lines or [0] * len(made)
    problems = tuple(
        Problem(str(path), left.line or 1, 1, Severity.WARNING, LEFT_OUT, left.reason, "")
        for left in imported.left_out
    )
    notice: list[str] = [] if imported.is_ours else ["imported from another format"]
    notice += imported.guesses or ["nothing guessed"]
    if problems:
        notice.append(f"{len(problems):,} {'entry' if len(problems) == 1 else 'entries'} skipped")
    return Understood(bytearray(text, "utf-8"), one_line("; ".join(notice)), (made, own), problems)
