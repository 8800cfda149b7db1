"""Logs whose lines are rows of columns that a line beginning with `#Fields` names: W3C (IIS), Zeek."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline_tui.exchange.contract import CannotImport, Imported, LeftOut
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.stream import as_guessed
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.exchange.unknown_shape.reader import of_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.stream import Choose

_FIELDS: Final = re.compile(r"#[Ff]ields:?[ \t]+(.*)")
_EMPTY: Final = frozenset(("-", "(empty)", ""))
_CELL: Final = re.compile(r'"((?:[^"]|"")*)"|(\S+)')


def has_fields(start: str) -> bool:
    """Whether a text begins with lines of `#`, one of which names the columns of the others."""
    lines = [line for line in start.splitlines()[:20] if line.strip()]
    return bool(lines) and lines[0].startswith("#") and any(map(_FIELDS.fullmatch, lines))


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The rows of such a log.

    Raises:
        CannotImport: It is not text, or has no rows with dates.
    """
    lines = TextLines(data)
    left_out: list[LeftOut] = []
    rows = list(_rows(lines, left_out))
    if not rows:
        raise CannotImport("this log names its columns, and has no rows")
    made = of_plain(rows, name, prefix="log", choose=choose)
    made.guesses += lines.guesses
    made.left_out += left_out
    return made


def _rows(lines: TextLines, left_out: list[LeftOut]) -> Iterator[Object]:
    names: list[str] = []
    has_tabs = False
    for number, line in enumerate(lines, start=1):
        if (match := _FIELDS.fullmatch(line)) is not None:
            has_tabs = "\t" in match[1].strip()
            names = named_apart(match[1].rstrip("\t ").split("\t") if has_tabs else match[1].split())
            continue
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t") if has_tabs else [one or other for one, other in _CELL.findall(line)]
        if len(cells) > len(names):
            left_out.append(LeftOut(number, f"{len(cells)} cells where the log names {len(names)} columns"))
            continue
        row = Object({key: cell for key, cell in zip(names, cells, strict=False) if cell not in _EMPTY})
        row.line = number
        yield row
