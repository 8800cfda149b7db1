"""Records in stanzas: `Name: value` lines with an empty line between records, as in the history of apt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.json_document import Object

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported

_LARGEST = 256_000_000
_FIELD = re.compile(r"([A-Za-z][\w-]{0,60}):(?:\s+(.*))?")


def are_stanzas(start: str) -> bool:
    """Whether a text begins as several records whose first field is the same."""
    records = [block.strip().splitlines() for block in re.split(r"\n\s*\n", start.strip())[:6]]
    whole = records[:-1] if len(records) > 2 else records
    heads = [match[1] for lines in whole if (match := _FIELD.fullmatch(lines[0])) is not None]
    fields = all(_FIELD.fullmatch(line) or line[:1].isspace() for lines in whole for line in lines)
    return len(heads) > 1 and len(heads) == len(whole) and len(set(heads)) == 1 and fields


def read(data: bytes, name: str) -> Imported:
    """The records of a file, by the rules for files of any structure.

    Raises:
        CannotImport: It has no records, or none of them is dated.
    """
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    text, guesses = text_of(data, _LARGEST, may_be_windows=True)
    records: list[Object] = []
    last, is_new = "", True
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            is_new = True
            continue
        match = _FIELD.fullmatch(line)
        if match is None:
            if records and last:
                records[-1][last] = f"{records[-1][last]}\n{line.strip()}"
            continue
        if is_new:
            records.append(Object())
            records[-1].line, is_new = number, False
        last = match[1]
        records[-1][last] = match[2] or ""
    if not records:
        raise CannotImport("this file has no records")
    made = of_plain(records, name, prefix="record")
    made.guesses[:0] = guesses
    return made
