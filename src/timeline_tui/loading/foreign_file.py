"""Files in other formats, opened as they are: converted to our format, with a notice of what was guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.model.problems import Problem, Severity
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.reading.unpack import day_of_change, without_packing
from timeline_tui.storage.mappings import choices_for, remember_what_was_said
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from timeline_tui.exchange.contract import Imported, LeftOut
    from timeline_tui.exchange.event_runs import EventRuns
    from timeline_tui.exchange.stream import Stream
    from timeline_tui.mapping.columns import Mapping
    from timeline_tui.reading.reader import Reading

_LIKE_YAML = re.compile(rb"(?m)^(?:title|format|events|sources|actors)\s*:(?:\s|$)")
"""The keys that a file in our format begins with, whatever its name is."""
LEFT_OUT = "left-out"
"""The code of the problem that something in a file of another format cannot be read."""
CONVERTED = "made of another format"
"""The name under which an index tells that its file is in another format, or in several files."""
_FOREIGN = "imported from another format"
_OURS = (b"\nsources:", b"\nactors:", b"\ntopics:")
"""Keys that no other format has beside `events:`."""


@dataclass
class Streamed:
    """A file in another format that is read piece by piece."""

    path: Path
    stream: Stream | EventRuns
    guesses: list[str] | None = None
    """What was guessed; None as long as it was not read."""
    is_ours: bool = False

    @property
    def mapping(self) -> Mapping | None:
        """What its columns are taken for; None if its format tells."""
        return self.stream.mapping

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return _problems_of(self.path, self.stream.left_out)

    @property
    def notice(self) -> str:
        """What was guessed and skipped, on one line."""
        if self.guesses is None:
            return _FOREIGN
        told = [*self.guesses, *_lost(self.stream.lost)]
        return _notice(told, len(self.stream.left_out), is_ours=False)

    def go_through(self) -> None:
        """Read it to find what cannot be read.

        Raises:
            CannotRead: It holds no events.
        """
        from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415  as above

        try:
            self.stream.go_through()
        except CannotImport as error:
            raise CannotRead(str(self.path), str(error)) from error

    def problems_with(self, _: Iterable[Problem]) -> list[Problem]:
        """What could not be read: the events made of the rest have no errors."""
        return list(self.problems)


class Converted(NamedTuple):
    """A file or folder in another format that was read as a whole."""

    imported: Imported
    notice: str
    """What was guessed and skipped, on one line."""
    problems: tuple[Problem, ...]
    """What could not be read."""

    @property
    def is_ours(self) -> bool:
        """Whether it was in our format already, in several files or in another notation."""
        return self.imported.is_ours

    @property
    def mapping(self) -> Mapping | None:
        """What its keys were taken for, where its format does not tell."""
        return self.imported.mapping

    def reading(self, path: str, report: Callable[[int, int], None] = lambda *_: None) -> Reading:
        """The records of it.

        Args:
            path: The name of the file in problems.
            report: As for `read_plain()`.
        """
        from timeline_tui.exchange.native.yaml import header_of  # noqa: PLC0415  only for other formats
        from timeline_tui.reading.reader import read_plain  # noqa: PLC0415  not in the process of the screen

        header, events = header_of(self.imported), self.imported.events
        return read_plain(header, events, self.imported.lines or [0] * len(events), path, report)

    def problems_with(self, found: Iterable[Problem]) -> list[Problem]:
        """What could not be read, and the errors among the problems of what was."""
        return [*self.problems, *(each for each in found if each.severity is Severity.ERROR)]


def in_our_format(path: Path, data: bytearray) -> Converted | Streamed | None:
    """A file of another format, converted or to be read piece by piece.

    None for a file that is meant to be in our format, with or without errors.

    Raises:
        CannotRead: The format is unknown, or nothing in the file has a date.
        UsageError: A column that was chosen is not there, or the file has no columns.
    """
    found = _foreign(path, data)
    mapping = None if found is None else found.mapping
    remember_what_was_said(path, None if mapping is None else mapping.header)
    return found


def _foreign(path: Path, data: bytearray) -> Converted | Streamed | None:
    if b"\nevents:" in data and any(key in data for key in _OURS):
        return None
    from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415  as above
    from timeline_tui.exchange.registry import read, runs_in, stream_in  # noqa: PLC0415  not for ours

    name = without_packing(path.name)
    suffix = PurePath(name).suffix.lower()
    # A name without a suffix, or none at all, says nothing: then the keys at the beginning tell.
    is_yaml = suffix in (".yaml", ".yml") or (not suffix and bool(_LIKE_YAML.search(data[:4096])))
    if _is_ours(data, name, is_yaml=is_yaml):
        return None
    try:
        choose = partial(choices_for, path)
        stream = stream_in(data, name, None, choose) or runs_in(data, name, day_of_change(path))
        if stream is not None:
            return Streamed(path, stream)
        return _made(read(bytes(data), name, None, choose, modified=day_of_change(path)), path)
    except CannotImport as error:
        if is_yaml:
            # Its problems are reported one by one, as for any file in our format.
            return None
        raise CannotRead(str(path), str(error)) from error


def _is_ours(data: bytearray, name: str, *, is_yaml: bool) -> bool:
    from timeline_tui.exchange.registry import belongs_to_format  # noqa: PLC0415  as above

    if not is_yaml and belongs_to_format(name):
        return False
    from timeline_tui.exchange.native.detect import is_native, shows_native  # noqa: PLC0415  it imports a parser

    return is_native(bytes(data)) if is_yaml else shows_native(bytes(data))


def converted_folder(path: Path) -> Converted:
    """The files of a folder converted to one timeline, one event each.

    Raises:
        CannotRead: Nothing in the files has a date.
    """
    from timeline_tui.exchange import folder  # noqa: PLC0415  only for folders
    from timeline_tui.exchange.contract import CannotImport  # noqa: PLC0415  as above

    try:
        return _made(folder.read(path, choices_for), path)
    except CannotImport as error:
        raise CannotRead(str(path), str(error)) from error


def _made(imported: Imported, path: Path) -> Converted:
    told = [*imported.guesses, *_lost(imported.lost)]
    notice = _notice(told, len(imported.left_out), is_ours=imported.is_ours)
    return Converted(imported, notice, _problems_of(path, imported.left_out))


def _problems_of(path: Path, left_out: Iterable[LeftOut]) -> tuple[Problem, ...]:
    return tuple(
        Problem(str(path), left.line or 1, 1, Severity.WARNING, LEFT_OUT, left.reason, "")
        for left in left_out
    )


def _lost(lost: abc.Mapping[str, int]) -> list[str]:
    counts = ", ".join(f"{count:,} {words}" for words, count in lost.items() if count)
    return [f"left out (not supported here): {counts}"] if counts else []


def _notice(guesses: Sequence[str], left_out: int, *, is_ours: bool) -> str:
    notice = [] if is_ours else [_FOREIGN]
    notice += guesses or ([] if left_out else ["nothing guessed"])
    if left_out:
        notice.append(f"{left_out:,} {'entry' if left_out == 1 else 'entries'} skipped")
    return one_line("; ".join(notice))
