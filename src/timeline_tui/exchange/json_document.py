"""JSON as plain data: every scalar is the text that was typed, and every object has its line number."""

from __future__ import annotations

import json
import re
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.exchange.contract import CannotImport

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 128_000_000
"""Size limit of a file, in bytes; reading it takes about five times as much memory."""

MOST_VALUES = 10_000_000
"""About the most values that are read, however short they are."""

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\n]', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONSTANTS = {True: "true", False: "false"}

_TEXTS = msgspec.json.Decoder(dict[str, str])
_PAIRS = json.JSONDecoder(
    object_pairs_hook=list, parse_int=str, parse_float=str, parse_constant=str, strict=False
)


class Object(dict[str, object]):
    """A JSON object: names and their texts, lists and objects; `null` values are left out."""

    __slots__ = ("line",)

    line: int
    """The line that it begins on, from 1."""


def parsed(text: str, first_line: int = 1) -> object:
    """The value of a JSON text.

    Numbers, `true` and `false` are text as typed, a repeated name becomes `name-2`, and a lone surrogate,
    which is not a character, becomes U+FFFD.

    Raises:
        CannotImport: It is not valid JSON (the text says where), or it has too many values.
    """
    if text.count("{") + text.count("[") + text.count(",") > MOST_VALUES:
        raise CannotImport(f"more than {MOST_VALUES:,} values are too many; split the file into several")
    is_flat = text.count("{") == 1
    lines = repeat(first_line) if is_flat and "\n" not in text else _lines(text, first_line)

    def made(pairs: list[tuple[str, object]]) -> Object:
        found = Object()
        found.line = next(lines)
        for name, value in pairs:
            if value is not None:
                found[_free(whole(name), found)] = _plain(value)
        return found

    decoder = json.JSONDecoder(
        object_pairs_hook=made, parse_int=str, parse_float=str, parse_constant=str, strict=False
    )
    try:
        return _plain(decoder.decode(text))
    except json.JSONDecodeError as error:
        line = error.lineno + first_line - 1
        message = f"line {line}, column {error.colno}: this is not valid JSON: {_lowered(error.msg)}"
        raise CannotImport(message) from None
    except RecursionError:
        raise CannotImport("the lists and objects of this JSON are nested too deeply") from None


def flat_object(line: str, number: int) -> Object | None:
    """What `parsed()` gives for a line with an object of texts, numbers and constants; None for others."""
    if len(line) > MOST_VALUES or "\\" in line:
        return None
    try:
        found = Object(_TEXTS.decode(line))
        # Without escapes, each name and each text has two quotation marks, and more are of a name come again.
        size = line.count('"') // 4
    except (msgspec.MsgspecError, RecursionError):
        pairs = _pairs(line)
        found, size = Object(pairs), len(pairs)
    if len(found) != size or not size:
        return None
    found.line = number
    return found


def _pairs(line: str) -> list[tuple[str, object]]:
    """The names and values of an object of texts, numbers and constants; none if it is anything else."""
    if line.count("{") != 1 or not line.lstrip().startswith("{"):
        return []
    try:
        found: list[tuple[str, object]] = _PAIRS.decode(line)
    except (ValueError, RecursionError):
        return []
    pairs = [
        (name, _CONSTANTS[value] if isinstance(value, bool) else value)
        for name, value in found
        if value is not None
    ]
    return pairs if all(isinstance(value, str) for _, value in pairs) else []


def json_text(value: object, *, indent: int = 2) -> str:
    """Plain data as JSON and a line end; on one line if `indent` is negative."""
    try:
        encoded = msgspec.json.encode(value, enc_hook=_text)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_whole(value))
    if indent >= 0:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode() + "\n"


def _text(value: object) -> str:
    """A subtype of text, such as HTML, as plain text, the only one that the encoder takes."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


def whole(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate, which UTF-8 cannot encode."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _whole(value: object) -> object:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {whole(str(name)): _whole(item) for name, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list | tuple) else value


def _lines(text: str, first_line: int) -> Iterator[int]:
    """The first line of each object, in the order in which the objects end."""
    open_, line = [], first_line
    for match in _TOKENS.finditer(text):
        found = match[0]
        if found == "{":
            open_.append(line)
        elif found == "}":
            yield open_.pop() if open_ else line
        else:
            line += found.count("\n")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, list):
        return [_plain(item) for item in value if item is not None]
    return value


def _free(name: str, taken: Object) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
