"""Prepares the characters of a file for the YAML parser.

A YAML parser rejects a whole file for one byte that is not UTF-8 or for one control character, long before
it reaches the place. So such places are found first and replaced by `?`, and a record that contains one is
left out.
U+0085, U+2028 and U+2029 end lines in YAML 1.1, but neither in YAML 1.2 nor in any editor. They are replaced
by characters that the file does not use, and restored in the texts that are read.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.model.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BAD_CHARACTERS = 1_000
"""The number of bad characters from which a file does not count as text; further ones are not located."""

_BLOCK = 1 << 20
_BOM = b"\xef\xbb\xbf"
_ASCII_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
# By the first bytes of each, which are much faster to search for.
_BAD = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"),
    b"\xef\xbf": re.compile(rb"\xef\xbf[\xbe\xbf]"),
}
_BAD_ASCII = re.compile(b"[" + re.escape(_ASCII_CONTROLS) + b"]")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_SEPARATORS = ("\u0085", "\u2028", "\u2029")
# Code points without a meaning of their own, by their length in UTF-8.
_UNUSED = {2: range(0x7B2, 0x7C0), 3: range(0xE000, 0xF8FF)}


_Bad = tuple[int, int, Code, str]


class BadCharacter(NamedTuple):
    """A place with bytes that YAML does not allow; `line` from 0, `column` from 1, in characters."""

    line: int
    column: int
    code: Code
    message: str


class ParsableText(NamedTuple):
    r"""A file that a YAML parser accepts: valid UTF-8 with `\\n` or `\\r\\n` at the end of each line."""

    data: bytearray
    bad_characters: list[BadCharacter]
    """In the order of the file; `MOST_BAD_CHARACTERS` of them mean that the file is not text."""
    substitutes: dict[int, str]
    """The characters to restore in texts, as `str.translate` takes them; mostly empty."""


def parsable(data: bytearray) -> ParsableText:
    """`data`, changed in place for a parser: no byte moves, except that a byte order mark is removed."""
    if data.startswith(_BOM):
        del data[:3]
    if b"\r" in data and _LONE_RETURN.search(data):
        data[:] = _LONE_RETURN.sub(b"\n", data)
    places: list[_Bad] = []
    for start, end in _blocks(data):
        places += _bad_places(data[start:end], start)
        if len(places) >= MOST_BAD_CHARACTERS:
            return ParsableText(data, _located(data, places[:MOST_BAD_CHARACTERS]), {})
    bad_characters = _located(data, places)
    for start, end, _, _ in places:
        data[start:end] = b"?" * (end - start)
    return ParsableText(data, bad_characters, _substitute(data))


def _blocks(data: bytearray) -> Iterator[tuple[int, int]]:
    """Blocks of whole lines, to limit the memory that searching them needs."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
        yield start, end
        start = end


def _bad_places(block: bytearray, base: int) -> list[_Bad]:
    """Start, end, code and message of each bad place, in order; `base` is where the block starts."""
    places: list[_Bad] = []
    if not block.isascii():
        try:
            block.decode()
        except UnicodeDecodeError:
            places += islice(_not_utf8(block, base), MOST_BAD_CHARACTERS)
        for head, pattern in _BAD.items():
            if head in block:
                places += islice(_controls(pattern, block, base), MOST_BAD_CHARACTERS)
    if len(block.translate(None, _ASCII_CONTROLS)) != len(block):
        places += islice(_controls(_BAD_ASCII, block, base), MOST_BAD_CHARACTERS)
    return sorted(places)


def _controls(pattern: re.Pattern[bytes], block: bytearray, base: int) -> Iterator[_Bad]:
    for found in pattern.finditer(block):
        point = ord(found[0].decode())
        message = f"YAML does not allow the character U+{point:04X}"
        yield base + found.start(), base + found.end(), Code.BAD_CHARACTER, message


def _not_utf8(block: bytearray, base: int) -> Iterator[_Bad]:
    for line in re.finditer(rb"[^\n]+", block):
        at, text = 0, line[0]
        while at < len(text):
            try:
                text[at:].decode()
                break
            except UnicodeDecodeError as error:
                start, end = at + error.start, at + error.end
                message = f"the byte 0x{text[start]:02X} is not UTF-8"
                yield base + line.start() + start, base + line.start() + end, Code.BAD_ENCODING, message
                at = end


def _located(data: bytearray, places: list[_Bad]) -> list[BadCharacter]:
    bad_characters = []
    at = line = column = 0
    for start, end, code, message in places:
        if breaks := data.count(b"\n", at, start):
            line += breaks
            at, column = data.rfind(b"\n", at, start) + 1, 0
        column += len(data[at:start].decode("utf-8", "replace"))
        bad_characters.append(BadCharacter(line, column + 1, code, message))
        column += 1
        at = end
    return bad_characters


def _substitute(data: bytearray) -> dict[int, str]:
    substitutes = {}
    for separator in _SEPARATORS:
        code = separator.encode()
        if code in data:
            free = (point for point in _UNUSED[len(code)] if chr(point).encode() not in data)
            if point := next(free, 0):
                data[:] = data.replace(code, chr(point).encode())
                substitutes[point] = separator
    return substitutes
