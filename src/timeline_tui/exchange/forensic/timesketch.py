"""Timesketch's CSV and JSON Lines: `message`, `datetime`, `timestamp_desc`, and any other fields.

A timestamp is the first second that a date can mean; the field `edtf` has the date itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.dates.numbers import UNITS, Unit, since_1970, unit_of
from timeline_tui.exchange import csv_dialect, json_document
from timeline_tui.exchange.contract import CannotImport, Exported, Imported, LeftOut
from timeline_tui.exchange.decode import text_of
from timeline_tui.exchange.flat_event import FLAT, EventBuilder, flattened
from timeline_tui.exchange.forensic.rows import (
    Time,
    begins,
    begins_exactly,
    meaning,
    time_of,
    title_and_text,
)
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline_tui.timeline.view import View

_LARGEST = 64_000_000
_FIRST = ("message", "datetime", "timestamp_desc", "edtf", "tag")
_NEEDED = "Timesketch has the fields message, datetime (or timestamp) and timestamp_desc"

_MICROSECONDS = UNITS[2]
_NUMBER = re.compile(r"-?[0-9]{1,21}(?:\.[0-9]+)?")
Fields = dict[str, object]


def read(data: bytes, name: str) -> Imported:
    """The timeline in a file for Timesketch, CSV or JSON Lines.

    Raises:
        CannotImport: It is neither, or no row has both a message and a time.
    """
    text = text_of(data, _LARGEST, may_be_windows=True).text
    left_out: list[LeftOut] = []
    rows = _objects(text, left_out) if text.lstrip()[:1] in ("{", "[") else _rows(data, left_out)
    found = list(rows)
    reader = _Reader(_unit_of(found))
    for line, fields in found:
        reader.take(line, fields, left_out)
    if not reader.events:
        first = f": line {left_out[0].line}: {left_out[0].reason}" if left_out else ""
        raise CannotImport(f"no row can be read as an event{first}. {_NEEDED}")
    reader.builder.set_aside_dead_links(reader.events)
    imported = Imported(name, reader.events, reader.lines, reader.builder.header(), left_out=left_out)
    if reader.unit is not _MICROSECONDS:
        imported.guesses.append(f"numbers are {reader.unit.name} since 1970, which make them plausible")
    if reader.moved:
        imported.guesses.append(
            f"rows whose `datetime` differs from `edtf` have that `datetime`: {reader.moved}"
        )
    return imported


def write(view: View) -> Exported:
    """A view as CSV for Timesketch, in its order; cells that a spreadsheet would run are made harmless."""
    lost = Counter[str]()
    rows = list(_events(view, lost))
    names = list(dict.fromkeys([*_FIRST, *(name for row in rows for name in row)]))
    cells = ([csv_dialect.harmless(_cell(row.get(name, ""))) for name in names] for row in rows)
    return Exported(csv_dialect.csv_text(iter([list(map(csv_dialect.harmless, names)), *cells])), lost)


def write_jsonl(view: View) -> Exported:
    """A view as JSON Lines for Timesketch, in its order."""
    lost = Counter[str]()
    # Maps are exported as text: as objects, each actor would become a field in the index of Timesketch.
    rows = ({name: _flat(value) for name, value in row.items()} for row in _events(view, lost))
    return Exported("".join(json_document.json_text(row, indent=-1) for row in rows), lost)


def _events(view: View, lost: Counter[str]) -> Iterator[Fields]:
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
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.events: list[Fields] = []
        self.lines: list[int] = []
        self.moved = 0
        """How many rows have a time that no longer agrees with their `edtf`."""
        self.builder = EventBuilder("timesketch")

    def take(self, line: int, fields: Fields, left_out: list[LeftOut]) -> None:
        """Make an event of a row, or record why that is not possible."""
        fields = {name: value for name, value in fields.items() if value not in ("", [], {})}
        message = fields.pop("message", "")
        if not isinstance(message, str) or not message.strip():
            left_out.append(LeftOut(line, "there is no message"))
            return
        title, text = title_and_text(message)
        date = self._date(fields)
        if "tag" in fields and "tags" not in fields:
            fields["tags"] = _tags(fields.pop("tag"))
        taken = self.builder.fields(fields)
        event: Fields = {
            "id": self.builder.ids.id_for(title, str(taken.pop("id", ""))),
            "date": date,
            "title": title,
            "text": text,
        }
        self.events.append({name: value for name, value in (event | taken).items() if value})
        self.lines.append(line)

    def _date(self, fields: Fields) -> str:
        """The date; fields that it covers completely are removed from `fields`."""
        written = fields.get("datetime")
        time = self._time(written) if isinstance(written, str) else time_of("")
        edtf = time.edtf or since_1970(str(fields.get("timestamp", "")), self.unit) or UNDATED
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
        if edtf := since_1970(written, self.unit):
            return Time(edtf, is_exact=True)
        return Time(edtf_of(written), is_exact=False)


def _unit_of(rows: Sequence[tuple[int, Fields]]) -> Unit:
    """The unit that makes most of the numbers plausible; Timesketch's own are microseconds."""
    numbers = [
        float(value)
        for _, fields in rows
        for name in ("datetime", "timestamp")
        if isinstance(value := fields.get(name), str) and _NUMBER.fullmatch(value.strip())
    ]
    return unit_of(numbers) or _MICROSECONDS


def _objects(text: str, left_out: list[LeftOut]) -> Iterator[tuple[int, Fields]]:
    """The objects of JSON Lines, or of a single JSON list."""
    if text.lstrip().startswith("["):
        found = json_document.parsed(text)
        for item in found if isinstance(found, list) else []:
            if isinstance(item, json_document.Object):
                yield item.line, dict(item)
            else:
                left_out.append(LeftOut(0, "this is not an object with fields"))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json_document.parsed(line, number)
        except CannotImport as error:
            left_out.append(LeftOut(number, str(error).removeprefix(f"line {number}, ")))
            continue
        if isinstance(value, dict):
            yield number, dict(value)
        else:
            left_out.append(LeftOut(number, "this is not an object with fields"))


def _rows(data: bytes, left_out: list[LeftOut]) -> Iterator[tuple[int, Fields]]:
    """The rows of a CSV file."""
    found = csv_dialect.table_of(data)
    if "message" not in found.names or not {"datetime", "timestamp"} & set(found.names):
        raise CannotImport(f"{_NEEDED}; this table has {', '.join(found.names)[:200]}")
    left_out += found.left_out
    is_ours = "edtf" in found.names
    clean: Callable[[str], str] = csv_dialect.as_it_was if is_ours else str
    for row, record in zip(found.rows, found.records(), strict=True):
        yield row.line, {clean(name): clean(cell) for name, cell in record.items()}


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
