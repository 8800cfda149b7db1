"""The systemd journal as JSON, one entry a line (`journalctl -o json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.exchange import json_document
from timeline_tui.exchange.contract import CannotImport, Imported, LeftOut
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.json_shapes import read_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 1_000_000_000


def read(data: bytes, name: str) -> Imported:
    """The entries of the journal.

    Raises:
        CannotImport: No line is an entry.
    """
    left_out: list[LeftOut] = []
    made = read_journal(_entries(text_of(data, _LARGEST).text, left_out), name)
    made.left_out = sorted([*made.left_out, *left_out])
    if not made.events:
        raise CannotImport("no line of this file is an entry of the journal")
    return made


def _entries(text: str, left_out: list[LeftOut]) -> Iterator[object]:
    if text.lstrip().startswith("["):
        found = json_document.parsed(text)
        yield from found if isinstance(found, list) else ()
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield json_document.parsed(line, number)
        except CannotImport as error:
            left_out.append(LeftOut(number, str(error)))
