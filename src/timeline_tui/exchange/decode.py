"""The bytes of an imported file as text, with the encoding detected."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import NamedTuple

from timeline_tui.exchange.contract import CannotImport

_MEGABYTE = 1_000_000
_LONG = 10_000
"""Characters: a longer text in another encoding than UTF-8 has more than one letter beyond ASCII."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Text(NamedTuple):
    """The text of a file."""

    text: str
    """Without a byte order mark; line ends unchanged."""
    guesses: list[str]
    """As in `Imported`."""


def text_of(data: bytes, largest: int, *, may_be_windows: bool = False) -> Text:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark.

    Args:
        data: The file.
        largest: The size limit, in bytes.
        may_be_windows: Whether anything but UTF-8 is read as Windows-1252, which spreadsheets still write.

    Raises:
        CannotImport: The file is too large, empty, or not text.
    """
    if len(data) > largest:
        raise CannotImport(
            f"the file is larger than the limit of {largest // _MEGABYTE} MB; split it into several files"
        )
    guesses: list[str] = []
    if data.startswith(_UTF_16):
        text = _decoded(data, "utf-16")
    elif b"\0" in data:
        raise CannotImport("this is binary data, not text; export it as text from the program that made it")
    else:
        text, guesses = _utf_8(data, may_be_windows=may_be_windows)
    if not text.strip():
        raise CannotImport("the file is empty: there is nothing to import")
    return Text(text, guesses)


def title_of(name: str) -> str:
    """The title for a timeline that has none, from the name of its file."""
    return PurePath(name).stem or name


def _utf_8(data: bytes, *, may_be_windows: bool) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    marked = data.decode("utf-8-sig", "replace")
    bad = marked.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(not character.isascii() for character in marked) - marked.count("\ufffd")
    if whole >= bad or (len(marked) > _LONG and not whole and bad == 1):
        count = "1 byte is" if bad == 1 else f"{bad:,} bytes are"
        return marked, [f"{count} not UTF-8, the first in line {line}, and marked as \ufffd"]
    if may_be_windows:
        return data.decode("cp1252", "replace"), ["the text is read as Windows-1252, as it is not UTF-8"]
    raise CannotImport(f"line {line}: this is not UTF-8; save the file as UTF-8 text")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotImport("this starts like UTF-16 but is not valid; save the file as UTF-8 text") from None
