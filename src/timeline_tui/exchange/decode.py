"""The text of a file that an importer is given, or why there is none."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import NamedTuple

from timeline_tui.exchange.contract import CannotImport

_MEGABYTE = 1_000_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Text(NamedTuple):
    """What stands in a file."""

    text: str
    """Without a byte order mark; line ends as they are."""
    guesses: list[str]
    """As in `Imported`."""


def text_of(data: bytes, largest: int, *, may_be_windows: bool = False) -> Text:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark.

    Args:
        data: The file.
        largest: The most bytes that are read.
        may_be_windows: Whether what is no UTF-8 is read as Windows-1252, which spreadsheets still write.

    Raises:
        CannotImport: It is too large, empty, or no text.
    """
    if len(data) > largest:
        size, limit = len(data) // _MEGABYTE, largest // _MEGABYTE
        raise CannotImport(f"{size:,} MB are too much: up to {limit} MB are read; give it in several files")
    guesses: list[str] = []
    if data.startswith(_UTF_16):
        text = _decoded(data, "utf-16")
    elif b"\0" in data:
        raise CannotImport("this is binary data, no text; export it as text from the program that made it")
    else:
        text, guesses = _utf_8(data, may_be_windows=may_be_windows)
    if not text.strip():
        raise CannotImport("the file is empty: there is nothing to import")
    return Text(text, guesses)


def title_of(name: str) -> str:
    """What a timeline without a title is called, by its file's name."""
    return PurePath(name).stem or name


def _utf_8(data: bytes, *, may_be_windows: bool) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if may_be_windows:
        return data.decode("cp1252", "replace"), ["the text is read as Windows-1252, as it is not UTF-8"]
    raise CannotImport(f"line {line}: this is not UTF-8; save the file as UTF-8 text")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotImport("this begins like UTF-16 and is none; save the file as UTF-8 text") from None
