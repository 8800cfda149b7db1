"""Records whose lines have tags: games of chess in PGN, and references in RIS. Each record is an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.json_document import Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.contract import Imported

_LARGEST = 256_000_000
_GAME: Final = re.compile(r'\[([A-Za-z]\w*)\s+"((?:[^"\\]|\\.)*)"\]\s*')
_REFERENCE: Final = re.compile(r"\s*([A-Z][A-Z0-9])  ?- ?(.*)")
_FIELDS: Final = {
    "TI": "title", "T1": "title", "AU": "actors", "A1": "actors", "AB": "text", "N2": "text", "UR": "url",
    "KW": "tags", "TY": "kind", "DO": "doi", "JO": "journal", "JF": "journal", "T2": "journal",
    "PB": "publisher", "DA": "date", "PY": "year", "Y1": "year",
}  # fmt: skip
"""Names for the tags of RIS; any other tag is its own name."""
_LISTS: Final = ("actors", "tags")


def shows_tagged(start: str) -> bool:
    """Whether a text begins with a game or a reference."""
    first = next((line for line in start.splitlines() if line.strip()), "")
    return _GAME.fullmatch(first) is not None or re.match(r"TY  ?- ?[A-Z]", first) is not None


def read(data: bytes, name: str) -> Imported:
    """The games or references of a file, by the rules for files of any structure.

    Raises:
        CannotImport: It has none, or none of them is dated.
    """
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    lines = re.split(r"\r\n?|\n", text)
    is_chess = next((_GAME.fullmatch(line) for line in lines if line.strip()), None) is not None
    records = [*(_games(lines) if is_chess else _references(lines))]
    if not records:
        raise CannotImport("this file has no records")
    made = of_plain(records, name, prefix="pgn" if is_chess else "ris")
    made.guesses[:0] = guesses
    return made


def _games(lines: list[str]) -> Iterator[Object]:
    game, moves = Object(), list[str]()
    for number, line in enumerate(lines, start=1):
        match = _GAME.fullmatch(line)
        if match is not None and (moves or not game):
            if game:
                yield _played(game, moves)
            game, moves = Object(), []
            game.line = number
        if match is None:
            moves += [line.strip()] if line.strip() and game else []
        elif match[2].strip("?.- "):
            game[match[1]] = re.sub(r"\\(.)", r"\1", match[2])
    if game:
        yield _played(game, moves)


def _played(game: Object, moves: list[str]) -> Object:
    """A game with its players and moves; digits of its date that are not known are left out."""
    if date := str(game.get("Date", "")):
        game["Date"] = re.sub(r"(?:\.\?+)+\Z", "", date).replace(".", "-").replace("?", "X")
    names = [str(game[side]) for side in ("White", "Black") if side in game]
    game["players"] = names
    game["title"] = " \u2013 ".join(names) + (f" {game['Result']}" if "Result" in game else "")
    game["text"] = " ".join(moves)
    return game


def _references(lines: list[str]) -> Iterator[Object]:
    found, last = Object(), ""
    for number, line in enumerate(lines, start=1):
        match = _REFERENCE.fullmatch(line)
        if match is None:
            if found and last not in ("", *_LISTS) and line.strip():
                found[last] = f"{found[last]} {line.strip()}"
        elif match[1] == "TY":
            if found:
                yield found
            found, last = Object(), "kind"
            found.line = number
            found[last] = match[2].strip()
        elif match[1] != "ER" and match[2].strip():
            last = _FIELDS.get(match[1], match[1])
            # A date in full may be 2012/09/01/ or 2012///Spring.
            value = match[2].strip().rstrip("/") if last in ("date", "year") else match[2].strip()
            before = found.get(last)
            if last in _LISTS:
                found[last] = [*(before if isinstance(before, list) else []), value]
            else:
                found[last] = f"{before}; {value}" if before else value
    if found:
        yield found
