"""The systemd journal as JSON, one entry a line (`journalctl -o json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.json_lines import JsonRows
from timeline_tui.exchange.json_shapes import add_of_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.gathering import Gathering


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The entries of the journal.

    Raises:
        CannotImport: It is not text, or no line is an entry.
    """
    empty = "no line of this file is an entry of the journal"
    return EventRuns(JsonRows(data), name, "journal", _entries, empty)


def _entries(rows: JsonRows, gathered: Gathering) -> Iterator[None]:
    for line, value in rows.numbered(gathered.leave_out):
        add_of_journal(gathered, value, line)
        yield
