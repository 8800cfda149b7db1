"""The bytes of an imported file as text, with the encoding detected."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import NamedTuple

from timeline_tui.exchange.contract import CannotImport

_MEGABYTE = 1_000_000
_LONG = 10_000
"""Characters: a longer text in another encoding than UTF-8 has more than one letter beyond ASCII."""
_BLOCK = 1 << 20
_LOOKED_AT = 1 << 24
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Text(NamedTuple):
    """The text of a file."""

    text: str
    """Without a byte order mark; line ends unchanged."""
    guesses: list[str]
    """As in `Imported`."""


class Encoded(NamedTuple):
    """A file of which any run of whole lines can be decoded by itself."""

    data: bytes | bytearray
    start: int
    """Where the text begins: behind a byte order mark."""
    encoding: str
    guesses: list[str]
    """As in `Imported`."""

    def decode(self, start: int, end: int) -> str:
        """The text of some bytes that are whole lines."""
        return self.data[start:end].decode(self.encoding, "replace")


def encoded(data: bytes | bytearray, *, may_be_windows: bool = False) -> Encoded:
    """A file in UTF-8, or in UTF-16 with a byte order mark, with its encoding.

    Args:
        data: The file.
        may_be_windows: Whether anything but UTF-8 is read as Windows-1252, which spreadsheets still write.

    Raises:
        CannotImport: The file is empty, or not text.
    """
    if data.startswith(_UTF_16):
        data = _decoded(data, "utf-16").encode("utf-8", "replace")
    elif b"\0" in data:
        raise CannotImport("this is binary data, not text; export it as text from the program that made it")
    if len(data) < _BLOCK and data.strip() in (b"", codecs.BOM_UTF8):
        raise CannotImport("the file is empty: there is nothing to import")
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    line = _first_line_that_is_not_utf_8(data)
    if not line:
        return Encoded(data, start, "utf-8", [])
    if broken := _broken_bytes(data):
        count = "1 byte is" if broken == 1 else f"{broken:,} bytes are"
        told = f"{count} not UTF-8, the first in line {line}, and marked as \ufffd"
        return Encoded(data, start, "utf-8", [told])
    if may_be_windows:
        return Encoded(data, 0, "cp1252", ["the text is read as Windows-1252, as it is not UTF-8"])
    raise CannotImport(f"line {line}: this is not UTF-8; save the file as UTF-8 text")


def _broken_bytes(data: bytes | bytearray) -> int:
    """How many places are not UTF-8 in a text that mostly is; 0 if the text is in another encoding."""
    marked = data[:_LOOKED_AT].decode("utf-8", "replace")
    bad = max(1, marked.count("\ufffd") - data.count("\ufffd".encode(), 0, _LOOKED_AT))
    whole = 0 if marked.isascii() else sum(letter > "\x7f" for letter in marked) - marked.count("\ufffd")
    return bad if whole >= bad or (len(marked) > _LONG and bad == 1) else 0


def _first_line_that_is_not_utf_8(data: bytes | bytearray) -> int:
    """The first line, from 1, that has bytes that are not UTF-8; 0 if there is none."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        try:
            decoder.decode(block, final=start + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            place = max(0, start + error.start - len(decoder.getstate()[0]))
            return data.count(b"\n", 0, place) + 1
    return 0


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
    found = encoded(data, may_be_windows=may_be_windows)
    return Text(found.decode(found.start, len(found.data)), found.guesses)


def title_of(name: str) -> str:
    """The title for a timeline that has none, from the name of its file."""
    return PurePath(name).stem or name


def _decoded(data: bytes | bytearray, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotImport("this starts like UTF-16 but is not valid; save the file as UTF-8 text") from None
