"""What the columns of a file are taken for, and what a person changes about that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.mapping.columns import Mapping, check_names
from timeline_tui.mapping.kept_mapping import KEPT, unpacked
from timeline_tui.reading.open_file import CannotRead, read_start
from timeline_tui.reading.unpack import packing_of, read_source, without_packing
from timeline_tui.storage.mappings import choices_for, file_beside, remember, say_before_reading, text_of
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections import abc
    from pathlib import Path

    from timeline_tui.index.index import Index
    from timeline_tui.mapping.columns import Role

_START = 1 << 20
"""Bytes at the beginning of a file that show its columns, where they can be read by themselves."""


def mapping_of(path: Path, name: str | None = None) -> Mapping:
    """What the columns of a file are taken for, with what was said about them.

    Args:
        path: The file.
        name: Its format, if that is known.

    Raises:
        CannotRead: It cannot be read.
        UsageError: Its columns have their meaning by its format, or there is none that was chosen.
    """
    from timeline_tui.exchange.registry import mapping_in  # noqa: PLC0415  not for our own format

    if path.is_dir():
        raise UsageError(
            f"{one_line(path.name)} is a folder: say what columns are for one of its files, which is"
            " remembered for all files with the same columns"
        )
    choose = partial(choices_for, path)
    try:
        # What is read only once is read as a whole.
        start, file = b"" if str(path) == "-" else read_start(path, _START), without_packing(path.name)
        is_part = bool(start) and not packing_of(start)
        found = mapping_in(start, file, name, choose, is_whole=False) if is_part else None
        if found is None:
            found = mapping_in(bytes(read_source(path)), file, name, choose)
    except CannotImport as error:
        raise CannotRead(str(path), str(error)) from error
    if found is None:
        raise UsageError(f"{one_line(path.name)} is in a format in which each field has its meaning")
    return found


def choose(path: Path, chosen: abc.Mapping[Role, str], name: str | None = None) -> str:
    """Take columns of a file for something else from now on; why that is not remembered, or an empty text.

    Args:
        path: The file.
        chosen: The column or template for a role; an empty text takes back what was said.
        name: The format of the file, if that is known.

    Raises:
        CannotRead: The file cannot be read.
        UsageError: There is no such column, or the columns have their meaning by the format. For standard
            input, that shows only when it is read.
    """
    if str(path) == "-":
        say_before_reading(path, chosen)
        return ""
    mapping = mapping_of(path, name)
    for role, value in chosen.items():
        mapping = mapping.with_choice(role, value)
    check_names(mapping)
    if file_beside(path).exists():
        save_beside(path, mapping)
    return remember(mapping.header, mapping.chosen)


def save_beside(path: Path, mapping: Mapping) -> Path:
    """Write what was said about the columns of a file into a file beside it, whose path is returned.

    Raises:
        TimelineError: It cannot be written.
    """
    place = file_beside(path)
    try:
        place.write_text(text_of(mapping.chosen), "utf-8")
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise TimelineError(one_line(f"{place}: {reason}")) from None
    return place


def is_as_chosen(index: Index, path: Path) -> bool:
    """Whether an index of a file was made with what is now said about the columns of the file."""
    data = index.kept(KEPT)
    if data is None:
        return True
    mapping = unpacked(data)
    try:
        return choices_for(path, mapping.header) == mapping.chosen
    except TimelineError:
        return False
