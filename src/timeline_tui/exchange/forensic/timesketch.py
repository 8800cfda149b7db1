"""Timesketch's CSV and JSON Lines: `message`, `datetime`, `timestamp_desc`, and any other fields.

A timestamp is the first second that a date can mean; the field `edtf` has the date itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.dates.numbers import UNITS, Unit, since_1970, unit_of
from timeline_tui.exchange import csv_dialect, json_document
from timeline_tui.exchange.contract import CannotImport, Exported
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.forensic.rows import (
    LINKS,
    Time,
    begins,
    begins_exactly,
    linked,
    meaning,
    time_of,
    title_and_text,
)
from timeline_tui.exchange.json_lines import JsonRows
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.exchange.pieces import PIECE
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.gathering import Gathering
    from timeline_tui.timeline.view import View

    LeaveOut: TypeAlias = Callable[[int, str], None]

_FIRST = ("message", "datetime", "timestamp_desc", "edtf", "tag")
_NEEDED = "Timesketch has the fields message, datetime (or timestamp) and timestamp_desc"

_MICROSECONDS = UNITS[2]
_NUMBER = re.compile(r"-?[0-9]{1,21}(?:\.[0-9]+)?")
Fields = dict[str, object]


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The timeline in a file for Timesketch, CSV or JSON Lines.

    Raises:
        CannotImport: It is neither, or no row has both a message and a time.
    """
    lines = TextLines(data)
    first = next((line for line in lines if line.strip()), "").lstrip()[:1]
    source = _Objects(data, lines) if first in ("{", "[") else _Table(data, lines)
    return EventRuns(source, name, "timesketch", _events, _NEEDED)


def _events(source: _Objects | _Table, gathered: Gathering) -> Iterator[None]:
    yield from linked(partial(_rows, source, _unit_of(source)), gathered, may_link=source.may_link)
    gathered.left_out.sort()
    if not gathered.count:
        left = gathered.left_out
        first = f": line {left[0].line}: {left[0].reason}" if left else ""
        raise CannotImport(f"no row can be read as an event{first}. {_NEEDED}")


def _rows(source: _Objects | _Table, unit: Unit, gathered: Gathering) -> Iterator[None]:
    reader = _Reader(unit, gathered)
    for line, fields in source.rows(gathered.leave_out):
        reader.take(line, fields)
        yield
    if unit is not _MICROSECONDS:
        gathered.guesses.append(f"numbers are {unit.name} since 1970, which make them plausible")
    if reader.moved:
        gathered.guesses.append(
            f"rows whose `datetime` differs from `edtf` have that `datetime`: {reader.moved}"
        )


def write(view: View) -> Exported:
    """A view as CSV for Timesketch, in its order; cells that a spreadsheet would run are made harmless."""
    lost = Counter[str]()
    rows = list(_exported(view, lost))
    names = list(dict.fromkeys([*_FIRST, *(name for row in rows for name in row)]))
    cells = ([csv_dialect.harmless(_cell(row.get(name, ""))) for name in names] for row in rows)
    return Exported(csv_dialect.csv_text(iter([list(map(csv_dialect.harmless, names)), *cells])), lost)


def write_jsonl(view: View) -> Exported:
    """A view as JSON Lines for Timesketch, in its order."""
    lost = Counter[str]()
    # Maps are exported as text: as objects, each actor would become a field in the index of Timesketch.
    rows = ({name: _flat(value) for name, value in row.items()} for row in _exported(view, lost))
    return Exported("".join(json_document.json_text(row, indent=-1) for row in rows), lost)


def _exported(view: View, lost: Counter[str]) -> Iterator[Fields]:
    events = []
    for key in view.keys:
        event = view.event(key)
        first = begins(event.date.text)
        if not first or event.date.text == UNDATED:
            lost["events without a date in the years 1 to 9999"] += 1
            continue
        events.append(event)
        count_lost(lost, event, FLAT | {"text", "extra"})
        fields: Fields = {
            "message": one_line(event.title),
            "datetime": f"{begins_exactly(event.date.text)}+00:00",
            "timestamp_desc": meaning(view, event.date),
            "edtf": event.date.text,
        }
        own = flattened(view, key, event) | ({"text": visible(event.text)} if event.text else {})
        if tags := own.pop("tags", None):
            fields["tag"] = tags
        yield fields | own | {name: value for name, value in event.extra.items() if name not in fields | own}
    count_details(lost, view, events)


class _Reader:
    """Makes events of rows.

    Args:
        unit: Of numbers since 1970.
        gathered: Takes them.
    """

    def __init__(self, unit: Unit, gathered: Gathering) -> None:
        self._unit = unit
        self._gathered = gathered
        self._builder = gathered.builder
        self.moved = 0
        """How many rows have a time that no longer agrees with their `edtf`."""

    def take(self, line: int, fields: Fields) -> None:
        """Make an event of a row, or record why that is not possible."""
        fields = {name: value for name, value in fields.items() if value not in ("", [], {})}
        message = fields.pop("message", "")
        if not isinstance(message, str) or not message.strip():
            self._gathered.leave_out(line, "there is no message")
            return
        title, text = title_and_text(message)
        date = self._date(fields)
        if "tag" in fields and "tags" not in fields:
            fields["tags"] = _tags(fields.pop("tag"))
        taken = self._builder.fields(fields)
        event: Fields = {
            "id": self._builder.ids.id_for(title, str(taken.pop("id", ""))),
            "date": date,
            "title": title,
            "text": text,
        }
        self._gathered.put(line, {name: value for name, value in (event | taken).items() if value})

    def _date(self, fields: Fields) -> str:
        """The date; fields that it covers completely are removed from `fields`."""
        written = fields.get("datetime")
        time = self._time(written) if isinstance(written, str) else time_of("")
        edtf = time.edtf or since_1970(str(fields.get("timestamp", "")), self._unit) or UNDATED
        if time.edtf and time.is_exact:
            del fields["datetime"]
        exact = fields.get("edtf")
        if isinstance(exact, str) and (first := begins(exact)):
            del fields["edtf"]
            if first == begins(edtf):
                fields.pop("timestamp_desc", None)
                return exact
            self.moved += 1
        return edtf

    def _time(self, written: str) -> Time:
        """A timestamp, a number since 1970, or a date as people write it."""
        if (time := time_of(written)).edtf:
            return time
        if edtf := since_1970(written, self._unit):
            return Time(edtf, is_exact=True)
        return Time(edtf_of(written), is_exact=False)


def _unit_of(source: _Objects | _Table) -> Unit:
    """The unit that makes most of the numbers plausible; Timesketch's own are microseconds."""
    numbers = (
        float(value)
        for _, fields in source.rows(lambda *_: None)
        for name in ("datetime", "timestamp")
        if isinstance(value := fields.get(name), str) and _NUMBER.fullmatch(value.strip())
    )
    return unit_of(numbers) or _MICROSECONDS


class _Objects(JsonRows):
    """The objects of JSON Lines, or of a single JSON list.

    Args:
        data: The file.
        lines: Its lines.
    """

    def __init__(self, data: bytes | bytearray, lines: TextLines) -> None:
        super().__init__(data, may_be_windows=True)
        self.may_link = lines.mentions(LINKS)

    def rows(self, leave_out: LeaveOut) -> Iterator[tuple[int, Fields]]:
        """The objects, each with its line; what is told of a line that has none, with the reason."""
        for line, value in self.numbered(leave_out):
            if isinstance(value, dict):
                yield line, dict(value)
            else:
                leave_out(line, "this is not an object with fields")


class _Table:
    """The rows of a CSV file.

    Args:
        data: The file.
        lines: Its lines.

    Raises:
        CannotImport: It is not a table, or lacks the columns of Timesketch.
    """

    def __init__(self, data: bytes | bytearray, lines: TextLines) -> None:
        self._table = csv_dialect.TableReader(data)
        self._names = self._table.names
        if "message" not in self._names or not {"datetime", "timestamp"} & set(self._names):
            raise CannotImport(f"{_NEEDED}; this table has {', '.join(self._names)[:200]}")
        self.guesses = self._table.guesses
        self.may_link = lines.mentions(LINKS)
        self.done = 0

    def rows(self, leave_out: LeaveOut) -> Iterator[tuple[int, Fields]]:
        """The rows, each with its line; told of rows that cannot be read once all were gone through."""
        clean: Callable[[str], str] = csv_dialect.as_it_was if "edtf" in self._names else str
        names = [clean(name) for name in self._names]
        for piece, rows in self._table.runs(PIECE):
            self.done = piece.end
            for row in rows:
                cells = zip(names, row.cells, strict=True)
                yield row.line, {name: clean(cell) for name, cell in cells if cell.strip()}
        for left in self._table.left_out:
            leave_out(*left)


def _tags(value: object) -> object:
    """Tags as a list; Timesketch itself writes lists into cells as Python does: `['a', 'b']`."""
    if isinstance(value, str) and value.startswith("['") and value.endswith("']"):
        return value[2:-2].split("', '")
    return value


def _cell(value: object) -> str:
    if isinstance(value, list) and all(
        isinstance(item, str) and not set(item) & set(",[]{}") for item in value
    ):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _flat(value: object) -> object:
    is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if is_list or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
